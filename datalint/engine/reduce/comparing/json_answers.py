"""Answers that are JSON: the values that they state."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

import orjson

from datalint.support.named_tuple import NamedTuple
from datalint.support.word_scripts import runs_of_letters

#: What an answer that is JSON begins with, and how one stands in a block of code, and between tags.
STRUCTURED: Final = ("{", "[", "```", "<")
_FENCED: Final = r"(?s)```(?:json)?\s*(.*?)\s*```"
_TAG: Final = r"<(\w{1,40})>\s*[{\[]"
#: Characters of an answer that is read, of a value that is no text, and the most values of an answer.
_READ: Final = 20_000
_VALUE: Final = 40
_MOST: Final = 1_000
#: Keys of a title, and its characters.
_TITLES: Final = frozenset(("title", "name", "heading", "subject"))
_TITLE: Final = 120


class Stated(NamedTuple):
    """A value that an answer states.

    Attributes:
        path: a hash of the keys that lead to it; all elements of a list have the same one.
        key: the last of the keys.
        value: the value, in lower case and without punctuation; empty if it is null.
    """

    path: int
    key: str
    value: str

    @property
    def is_text(self) -> bool:
        """Whether it is so long that it may say the same in other words."""
        return len(self.value) > _VALUE

    @property
    def is_title(self) -> bool:
        """Whether it names what the answer is about."""
        return self.key.lower() in _TITLES and 0 < len(self.value) <= _TITLE


def stated_in(answer: str) -> frozenset[Stated]:
    """Return the values of an answer that is JSON, as :func:`values_in` reads it; nothing if there are many.

    Texts, which have more than 40 characters, are left out: they may say the same in other words.
    """
    return frozenset(each for each in values_in(answer) if not each.is_text)


def values_in(answer: str) -> list[Stated]:
    """Return the values, and the texts, of an answer that is a JSON object or array, or one or several between tags."""
    text = answer.strip()
    if not text.startswith(STRUCTURED) or len(text) > _READ:
        return []
    if text.startswith("```") and (fenced := re.fullmatch(_FENCED, text)):
        text = fenced.group(1)
    elif tag := re.match(_TAG, text):
        text = _without_tags(text, tag.group(1))
    try:
        found = orjson.loads(text)
    except ValueError:
        return []
    values = list(islice(_values(found), _MOST + 1))
    return values if len(values) <= _MOST else []


def _without_tags(text: str, tag: str) -> str:
    """Return the JSON between tags, which tool calls have; an array of several; an empty text if there is more."""
    end = f"</{tag}>"
    if not text.endswith(end):
        return ""
    parts = re.split(rf"{end}\s*<{tag}>", text[len(tag) + 2 : -len(end)])
    return parts[0] if len(parts) == 1 else f"[{','.join(parts)}]"


def _values(found: object) -> Iterator[Stated]:
    left: list[tuple[int, str, object]] = [(0, "", found)]
    while left:
        path, key, value = left.pop()
        if isinstance(value, dict):
            left.extend((hash((path, inner)), inner, each) for inner, each in value.items())
        elif isinstance(value, list):
            left.extend((path, key, each) for each in value)
        elif isinstance(value, bool):
            yield Stated(path, key, str(value).lower())
        elif isinstance(value, int | float):
            yield Stated(path, key, f"{value:g}")
        elif value is None:
            yield Stated(path, key, "")
        elif isinstance(value, str):
            yield Stated(path, key, " ".join(runs_of_letters(value.casefold())))
