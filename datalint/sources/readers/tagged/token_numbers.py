"""Numbers of tokens in tagged text: those of a sentence count from 0 or 1."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

#: The number of a token, behind what identifies its sentence; and that of several tokens that are written as one or of
#: one that is not written.
_NUMBER: Final = re.compile(r"([^\s]{1,60}[_:/-])?([0-9]{1,6})")
PART: Final = re.compile(r"[0-9]{1,6}[-.][0-9]{1,6}")


def count(fields: Sequence[str]) -> bool:
    """Return whether there are numbers, which count from 0 or 1; what is before them is the same in all."""
    found = [match.groups() for field in fields if (match := _NUMBER.fullmatch(field)) is not None]
    if not found or len(found) < len(fields) or len({prefix for prefix, _ in found}) > 1:
        return False
    numbers = [int(number) for _, number in found]
    return numbers[0] in (0, 1) and all(after - before == 1 for before, after in pairwise(numbers))
