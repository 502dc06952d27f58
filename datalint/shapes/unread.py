"""The text by which rows of unknown shape are compared: all their values but a number of the row."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final

from datalint.records.canonical import as_text

#: Words in the name of a key with the number of the row, in any case; an empty name is one too.
_NUMBERS: Final = frozenset("id idx index uuid guid row no nr num number line unnamed sample example record".split())
_LONGEST: Final = 30
#: Words of a text that is more than a name or a label, and characters and letters of one in a script without spaces.
_WORDS: Final = 4
_CHARS: Final = 12
_LETTERS: Final = 6
#: The first letter of scripts without spaces, most of whose letters are a syllable or a word.
_SPACELESS: Final = "\u0e00"


def unread_text(value: dict[str, Any]) -> str:
    """Return the values of a row without a readable part, each on a line.

    A number of the row is left out if there is a text: else it would make copies different rows.
    """
    texts = {key: as_text(item) for key, item in value.items()}
    kept = {key: text for key, text in texts.items() if not _numbers(key, value[key])}
    whole = len(kept) == len(texts) or not any(map(_is_sentence, kept.values()))
    return "\n".join((texts if whole else kept).values())


def _numbers(key: str, item: Any) -> bool:
    if not isinstance(item, int | str | None) or (isinstance(item, str) and " " in item):
        return False
    return len(key) <= _LONGEST and _names_number(key)


@lru_cache(maxsize=1024)
def _names_number(key: str) -> bool:
    return _NUMBERS.issuperset(re.findall(r"[^\W\d_]+", key.lower()))


def _is_sentence(text: str) -> bool:
    if text.count(" ") >= _WORDS - 1:
        return True
    return not text.isascii() and (
        len(text) >= _CHARS or sum(each >= _SPACELESS and each.isalpha() for each in text) >= _LETTERS
    )
