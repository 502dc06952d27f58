"""What to do with a row of unknown shape that has texts with nothing next to them, or no text."""

from __future__ import annotations

from typing import Final

from datalint.api import Record, excerpt
from datalint.rules.common.keys.nested_texts import deep_texts
from datalint.rules.common.lazy_pattern import lazy_pattern
from datalint.support.sentence_signs import QUESTION_MARKS
from datalint.support.text_lists import are_texts

#: What to do with other files, such as settings, reports and lists.
LEAVE: Final = "leave the file out if it is not training data"
#: Numbers next to a single word from which on these are measured, and the word names what was.
_MEASURED: Final = 10
#: Texts of a list from which on short ones are no words, if they have blanks.
_MANY: Final = 8
#: The keys of the words of a sentence.
_TOKENS: Final = ("tokens", "words")
#: Characters up to which a value is no answer, such as an identifier.
SHORT: Final = 40
#: A key that the option takes without quotes.
PLAIN: Final = lazy_pattern(r"\w{1,40}")
IN_OPTION: Final = lazy_pattern(r"[\w.-]{1,40}")
_NUMBER: Final = lazy_pattern(r"\s*[+-]?[0-9][0-9.,]{0,30}(?:[eE][+-]?[0-9]{1,3})?\s*")


def of_one_key(record: Record) -> str | None:
    """Return what to do with a row that has one key; None for any other row."""
    if len(record.value) != 1:
        return None
    [(key, value)] = record.value.items()
    if are_texts(value, 0):
        if key in _TOKENS:
            return f'join the words of "{key}" to one text under text, as the tokenizer of a model divides it by itself'
        return f'write each text of "{excerpt(key, 40)}" as a row'
    typed = key if PLAIN.fullmatch(key) else "KEY"
    return f"say what it means with --columns text={typed} or --columns prompt={typed}"


def of_parts(record: Record) -> str | None:
    """Return what to do with a row whose texts are in one list; None for any other row."""
    if (parts := _only_parts(record)) is None:
        return None
    named = f'"{excerpt(parts, 40)}"'
    return f"{named} is a list of texts: write each of them as a row, or all as one text under text"


def of_texts_alone(record: Record) -> str | None:
    """Return what to do with a row whose texts are in one object; None for any other row."""
    if (alone := _only_texts(record)) is None:
        return None
    return f"for the texts alone, try --columns text={alone}; to learn them as answers, add their prompts"


def without_text(record: Record) -> str | None:
    """Return what to do with a row that has objects or numbers alone; None for one that has a text or a list."""
    values = [item for item in record.value.values() if item]
    if not any(isinstance(item, str) for item in values) and sum(isinstance(item, dict) for item in values) > 1:
        return f"{LEAVE}, write each object as a text, or say what they mean with --columns prompt=KEY,response=KEY"
    texts = [item for item in values if isinstance(item, str | list) and not _is_number(item)]
    measured = len(values) > _MEASURED and not any(isinstance(item, dict) for item in values)
    if measured and len(texts) == 1 and isinstance(texts[0], str) and PLAIN.fullmatch(texts[0]):
        return f"no key contains text, only numbers and a name for them: {LEAVE}"
    if not texts:
        deep = deep_texts(record.value)
        where = f'texts are in objects within "{excerpt(deep, 40)}"' if deep else "no key contains text"
        return f"{where}; {LEAVE}, or write each example as a row of its own with keys such as prompt and completion"
    return None


def _only_parts(record: Record) -> str | None:
    """Return the key of the only list of texts of a row with nothing else but short values; None for any other row."""
    others = [(key, item) for key, item in record.value.items() if not isinstance(item, list)]
    lists = [(key, item) for key, item in record.value.items() if isinstance(item, list) and item]
    if len(lists) != 1 or any(isinstance(item, dict) or len(str(item)) > 2 * SHORT for _, item in others):
        return None
    key, texts = lists[0]
    if not all(isinstance(each, str) for each in texts):
        return None
    asked = all(each.rstrip().endswith(QUESTION_MARKS) for each in texts)
    spaced = sum(" " in each.strip() for each in texts)
    many = len(texts) >= _MANY and spaced > len(texts) / 2
    return key if asked or many or sum(map(len, texts)) > SHORT * len(texts) else None


def _only_texts(record: Record) -> str | None:
    """Return the path of the first text of a row that has texts in one object alone; None for any other row."""
    values = record.value.values()
    objects = [(key, item) for key, item in record.value.items() if isinstance(item, dict)]
    if len(objects) != 1 or any(isinstance(item, list) or (isinstance(item, str) and " " in item) for item in values):
        return None
    key, inner = objects[0]
    texts = [name for name, item in inner.items() if isinstance(item, str)]
    path = f"{key}.{texts[0]}" if texts and any(" " in inner[name] for name in texts) else ""
    return path if IN_OPTION.fullmatch(path) else None


def _is_number(item: object) -> bool:
    """Return whether a value is a number, also one that is written as text, or a list of numbers."""
    if isinstance(item, list):
        return all(map(_is_number, item))
    return isinstance(item, int | float) or (isinstance(item, str) and _NUMBER.fullmatch(item) is not None)
