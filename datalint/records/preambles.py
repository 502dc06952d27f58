"""The preamble of prompts: what all of them begin with, such as an instruction before the text to classify.

It says nothing about what makes two rows different, and would make a short text long.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import reduce
from typing import TYPE_CHECKING, Final

import numpy as np

from datalint.support.common_prefix import common_prefix

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from datalint.records.analyses import Text

#: Prompts that are read, evenly spaced, and at least; and characters of a preamble.
_SAMPLE: Final = 64
_LEAST: Final = 20
_CHARS: Final = 60
_MOST: Final = 20_000
#: Where a preamble may end: behind a line, a colon or a sentence.
_END: Final = r"(?s).*(?:\n|[:：]\s|[.!?。！？؟।]\s)"


def shared_preamble(sizes: NDArray[np.integer], texts: Callable[[Sequence[int]], list[Text]]) -> str:
    """Return what all prompts begin with, up to the end of a line or sentence; empty if that is short.

    ``sizes`` are the characters of the prompt of each row, and ``texts`` reads rows. It is empty as well if a row has
    no prompt.
    """
    if len(sizes) < _LEAST or sizes.min() <= _CHARS:
        return ""
    some = np.linspace(0, len(sizes) - 1, min(len(sizes), _SAMPLE)).astype(np.int64).tolist()
    prompts = {text.prompt[:_MOST] for text in texts(some)}
    if len(prompts) < _LEAST:
        return ""
    shared = reduce(lambda one, other: one[: common_prefix(one, other)], sorted(prompts))
    end = re.match(_END, shared[: int(sizes.min()) - 1])
    return end[0] if end is not None and len(end[0]) >= _CHARS else ""
