"""Tables of one column whose first record is a text like the others, and no name of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from datalint.support.names.column_names import NAMES, Strength, strength
from datalint.support.word_scripts import has_words

#: Texts below the first one from which on their lengths say how long one is.
_MANY: Final = 20
#: Words of the first text, and of most others.
_SEVERAL: Final = 4
_WORDS: Final = 5
#: One of so many texts that is no longer than the first one.
_SHORTER: Final = 10


def is_one_of_texts(name: str, column: Sequence[str]) -> bool:
    """Return whether the first record of the only column is as long as many others, which are texts that differ.

    A name is shorter than the texts below it, or is written as one (``Customer Comment``, ``sentences from reviews``).
    """
    filled = [field for field in column if field]
    if len(filled) < _MANY or not has_words(name, _SEVERAL) or name.istitle() or name.isupper():
        return False
    if any(strength(name, meaning) >= Strength.WORD for meaning in NAMES):
        return False
    shorter = sum(len(field) <= len(name) for field in filled)
    texts = sum(has_words(field, _WORDS) for field in filled)
    return 2 * len(set(filled)) > len(filled) and _SHORTER * shorter >= len(filled) and 2 * texts >= len(filled)
