"""How many examples a property test draws: few in each run, and more where DATALINT_EXAMPLES says how many times."""

from __future__ import annotations

import os
from typing import Final

_TIMES: Final = int(os.environ.get("DATALINT_EXAMPLES", "1"))


def examples(number: int, often: int | None = None) -> int:
    """Return the number of examples for a test that draws ``number`` in a usual run.

    ``often`` is the number that other runs multiply, where an example takes so long that a usual run draws fewer.
    """
    return number if _TIMES == 1 else (often or number) * _TIMES
