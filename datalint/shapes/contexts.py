"""The context of a prompt: what is read of it, and what only says where something is, or is said in the prompt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from datalint.records.canonical import as_text
from datalint.shapes.sink import Sink
from datalint.support.lazy_pattern import lazy_pattern

#: Characters from which on a context that is a part of its prompt is read once, and how deep its texts are.
LONG_CONTEXT: Final = 100
_DEEPEST: Final = 4
#: A name with the number of its paragraph.
_PLACE: Final = lazy_pattern(r"[^\n]{1,100}-\d{1,5}")
#: A mark of a program, such as "no_evidence".
_MARK: Final = lazy_pattern(r"[a-z_]{1,30}")
#: What JSON writes in another way within a text.
_ESCAPED: Final = lazy_pattern(r'["\\\x00-\x1f]')
#: Last words of keys of places: of all locators one is there, others may be names of sources too. Some are in words.
_LOCATORS: Final = frozenset(("id", "ids", "locator", "locators", "offset", "offsets", "start", "end", "page", "pages"))
_NAMED_PLACES: Final = frozenset("source document doc file filename line lines index idx section score rank".split())
_IN_WORDS: Final = frozenset(("locator", "locators"))
_LAST_WORD: Final = lazy_pattern(r"[_\W]|(?<=[a-z])(?=[A-Z])")
_LONGEST_NAME: Final = 80


def read_context(value: Any, path: str, sink: Sink, *, whole: bool = False) -> None:
    """Read a context of the prompt, unless it is empty or the prompt contains it.

    A ``whole`` one is read although the prompt has it: it is the other text of a pair. Lists in lists in a list that
    name numbered places, such as paragraphs of articles, have nothing to read, and nor have objects that only locate.
    """
    if isinstance(value, list) and (_are_places(value) or _are_locators(value)):
        return
    if value is None or value == {} or (not whole and sink.asked and is_said(value, sink.asked)):
        return
    text = "\n".join(map(as_text, value)) if isinstance(value, list) else as_text(value)
    if not text:
        return
    if sink.has_prompt:
        sink.add_to_turn(text, path)
    else:
        sink.prompt(text, path)


def _are_places(value: list[Any]) -> bool:
    """Return whether lists of at least three levels hold names with numbers ("Old Harbour-12"), and else only marks."""
    if not (value and isinstance(value[0], list) and any(isinstance(each, list) for each in value[0])):
        return False
    texts = [*_texts_in(value)]
    places = [text for text in texts if _PLACE.fullmatch(text) is not None]
    return bool(places) and all(_MARK.fullmatch(text) is not None for text in {*texts} - {*places})


def _are_locators(value: list[Any]) -> bool:
    """Return whether objects only say where something is: ``[{"source_id": "a7", "locator": "table 2"}]``.

    What a locator says of the place is for the one who looks there, and may state the answer.
    """
    if not value or not all(isinstance(each, dict) and each for each in value):
        return False
    items = [(_LAST_WORD.split(key)[-1].lower(), item) for each in value for key, item in each.items()]
    if not {word for word, _ in items} <= _LOCATORS | _NAMED_PLACES or not all(_is_short(*item) for item in items):
        return False
    return any(word in _LOCATORS for word, _ in items)


def _is_short(word: str, item: object) -> bool:
    """Whether a part of a locator is a number, a name without blanks, or words about a place."""
    if isinstance(item, list):
        return all(isinstance(each, int | float) for each in item)
    if isinstance(item, str):
        return word in _IN_WORDS or (len(item) <= _LONGEST_NAME and not any(map(str.isspace, item.strip())))
    return item is None or isinstance(item, int | float)


def is_said(value: Any, asked: Sequence[str]) -> bool:
    """Return whether the long texts of a context, of which there is one at least, are parts of what is ``asked``.

    Short ones, such as the name of what a text is judged by, mean something although the prompt has them too.
    """
    texts = [text for text in _texts_in(value) if len(text) >= LONG_CONTEXT]
    if isinstance(value, str) or not texts:
        return bool(texts) and any(value in said for said in asked)
    return all(any(_is_in(text, said) for said in asked) for text in texts)


def _is_in(text: str, said: str) -> bool:
    """Whether a text is a part of what is asked, as it is or as JSON writes it in an object that is read."""
    return text in said or (_ESCAPED.search(text) is not None and as_text([text])[2:-2] in said)


def _texts_in(value: Any, depth: int = 0) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict) and depth < _DEEPEST:
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts_in(item, depth + 1)
