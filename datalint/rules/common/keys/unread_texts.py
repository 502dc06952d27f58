"""The text of a value under a key that no turn is read from, and whether the turns have it as well."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from datalint.support.lazy_pattern import lazy_pattern
from datalint.support.names.token_keys import TAG

#: Put between the texts of an example: a control character that texts hardly have.
BETWEEN: Final = "\x1e"
#: Characters of a value that are looked for in the turns of its row.
SAID_CHARS: Final = 100
#: Characters that a template may add to an example.
_TEMPLATE: Final = 500
#: Times the length of a text that another form of it has at most.
_FORM: Final = 2.2
#: A mark before or after an entity.
_MARK: Final = lazy_pattern(r"\[/?[A-Za-z]\w{0,30}\]|</?[A-Za-z]\w{0,30}>")
#: Characters that the items of a list of texts have on average.
_LEAST: Final = 20
#: Characters of a text that are looked at for tags.
_TAGGED: Final = 500
#: Characters of an object that is written as text and may have nothing but words.
_OBJECT: Final = 2_000
#: Characters of a text in an object from which on it counts, and how deep it may be.
_SENTENCE: Final = 40
_DEPTH: Final = 6
#: An address, a path of a file, a hash or another name: no white space, and ASCII unless it says that it is one.
_NAME: Final = lazy_pattern(
    r"(?i)(?:[a-z][a-z+.-]{1,12}://|data:|www\.)\S*|[!-~]*|[^\n<>|?*\"]{0,300}[/\\][^\n/\\]{1,200}\.\w{2,4}"
)


def is_said(text: str, turn: str) -> bool:
    """Whether a turn has the beginning of a text, whatever its case, and whether its words are set apart or not.

    Marks around parts of the text do not count (``[E1]x[/E1]``, ``<e1>x</e1>``).
    """
    if "[/" in text or "</" in text:
        text = _MARK.sub("", text)
    begin = text[:SAID_CHARS].lower()
    if text[:SAID_CHARS] in turn or begin in turn.lower():
        return True
    bare = "".join(begin.split())
    return len(bare) >= _LEAST and bare in "".join(turn.lower().split())


def is_copy(text: str, turn: str) -> bool:
    """Whether a text has the beginning of each of the row's turns, or the longest one and little else.

    That is the example as a template writes it, and another form of what is read.
    """
    parts = turn.split(BETWEEN)
    if len(text) <= 2 * len(turn) + _TEMPLATE and all(part[:SAID_CHARS] in text for part in parts):
        return True
    longest = max(parts, key=len)
    alike = len(longest) >= _LEAST and len(text) <= _FORM * len(longest)
    return alike and longest[:SAID_CHARS].casefold() in text.casefold()


def text_of(value: Any) -> str:
    """Return a text, the items of a list of texts, what is said in conversations, or the sentences in other objects.

    Words by themselves are another form of what is read, and addresses, paths and hashes are no texts. A list or an
    object that is written as text is one of words too. Tags of the words or characters of a text are no text.
    """
    if isinstance(value, str):
        if _are_tags(value):
            return ""
        is_object = value.startswith("{") and len(value) <= _OBJECT
        if (is_object or value.startswith("[")) and _are_words(value):
            return ""
        return "" if _NAME.fullmatch(value.strip()) is not None else value
    if isinstance(value, dict):
        return "\n".join(_sentences(value))
    if not isinstance(value, list) or not value:
        return ""
    if isinstance(value[0], dict | list):
        turns = [turn for each in value for turn in (each if isinstance(each, list) else [each])]
        return "\n".join(filter(None, map(_said, turns))) or "\n".join(_sentences(value))
    if not all(isinstance(each, str) for each in value):
        return ""
    text = "\n".join(value)
    named = all(_NAME.fullmatch(each.strip()) is not None for each in value)
    return text if len(text) >= _LEAST * len(value) and not named else ""


def _are_tags(text: str) -> bool:
    """Whether a text begins with several tags of what is part of a name: in a prompt, they would give the answer away."""
    tags = text[:_TAGGED].split()
    tags = tags[:-1] if len(text) > _TAGGED else tags
    return len(tags) > 1 and all(map(TAG.fullmatch, tags))


def _are_words(text: str) -> bool:
    """Whether a text is a list or an object of words, numbers or objects without a sentence."""
    from datalint.support.written_lists import parse_list

    found = parse_list(text)
    return isinstance(found, list | dict) and not text_of(found)


def _sentences(value: Any, depth: int = 0) -> Iterator[str]:
    """Yield the texts in objects and lists that are more than names and labels."""
    if isinstance(value, str):
        if len(value) >= _SENTENCE:
            yield value
    elif isinstance(value, dict | list) and depth < _DEPTH:
        for each in value.values() if isinstance(value, dict) else value:
            yield from _sentences(each, depth + 1)


def _said(turn: Any) -> str:
    """Return the text of a message, empty for anything else."""
    text = (
        turn.get("content", turn.get("value")) if isinstance(turn, dict) and ("role" in turn or "from" in turn) else ""
    )
    return text if isinstance(text, str) else ""
