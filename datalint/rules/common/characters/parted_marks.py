"""Words in scripts of India whose vowel signs stand on their own, as tokenizers write them for which these are no letters."""

from __future__ import annotations

from typing import Final

from datalint.rules.common.lazy_pattern import lazy_pattern

#: The first character of the blocks of Devanagari, Bengali, Gurmukhi, Gujarati, Oriya, Tamil, Telugu, Kannada and
#: Malayalam, in which the signs of aa, i, ii and the virama have the same places.
_BLOCKS: Final = range(0x900, 0xD80, 0x80)
_SIGNS: Final = (0x3E, 0x3F, 0x40, 0x4D)
#: The viramas, which a joiner follows.
VIRAMAS: Final = "".join(chr(block + _SIGNS[-1]) for block in _BLOCKS)
#: What stands in such texts: a blank and one of these signs.
AFTER_BLANK: Final = tuple(f" {chr(block + sign)}" for block in _BLOCKS for sign in _SIGNS)
#: The vowel signs and viramas of all blocks; those after a blank that is after a letter or sign of the same scripts.
_MARKS: Final = "".join(f"{chr(block + 0x3E)}-{chr(block + 0x4D)}" for block in _BLOCKS)
_ALL: Final = lazy_pattern(f"[{_MARKS}]")
_PARTED: Final = lazy_pattern(f"(?<=[\u0900-\u0d7f] )[{_MARKS}]")
#: Such signs at least, and their share of all.
_LEAST: Final = 3
_SHARE: Final = 0.5


def parted_marks(text: str) -> tuple[int, int]:
    """Return how many signs of a text stand after a blank, and where the first one does; 0 if most are in their words."""
    found = [match.start() for match in _PARTED.finditer(text)]
    if len(found) < _LEAST or len(found) < _SHARE * sum(1 for _ in _ALL.finditer(text)):
        return 0, 0
    return len(found), found[0]
