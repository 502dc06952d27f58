"""Keys of the two texts of a pair: each text is read whole, also if the other one contains it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

#: Words for the sides of an inference, at the end of a key.
_INFERENCE: Final = r"(?:.{0,80}[._\W])?(?:premise|hypothesis|conclusion)"
#: Differences between the keys of two texts: ``sentence1`` and ``sentence2``, ``text_a`` and ``text_b``.
_ONE_OF_TWO: Final = r"(.{1,80}?)[-_ ]?(?:[12]|(?<=[-_ ])[ab])"
#: Pairs of keys that are remembered.
_REMEMBERED: Final = 256


@lru_cache(maxsize=_REMEMBERED)
def are_paired(one: str, other: str) -> bool:
    """Return whether two keys are by their names those of a premise and its hypothesis, or the two texts of a pair."""
    keys = one.lower(), other.lower()
    if keys[0] == keys[1]:
        return False
    if all(re.fullmatch(_INFERENCE, key) for key in keys):
        return True
    stems = [found.group(1) for key in keys if (found := re.fullmatch(_ONE_OF_TWO, key))]
    return len(stems) == 2 and stems[0] == stems[1]
