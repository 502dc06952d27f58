"""The preamble of texts: what all of them begin with, such as an instruction before the text to classify."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import reduce
from typing import Final

from datalint.support.common_prefix import common_prefix

#: Characters of a preamble at least and at most.
CHARS: Final = 30
_MOST: Final = 20_000
#: Where a preamble may end: behind a line, a colon or a sentence.
_END: Final = r"(?s).*(?:\n|[:：]\s|[.!?。！？؟।]\s)"


def preamble_of(texts: Sequence[str], size: int) -> str:
    """Return what all texts begin with, up to the end of a line or sentence; empty if that is short.

    It has fewer than ``size`` characters, those of the shortest text.
    """
    shared = reduce(lambda one, other: one[: common_prefix(one, other)], (text[:_MOST] for text in texts))
    end = re.match(_END, shared[: max(size - 1, 0)])
    return end[0] if end is not None and len(end[0]) >= CHARS else ""
