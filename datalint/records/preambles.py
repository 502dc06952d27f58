"""The preamble of prompts.

It says nothing about what makes two rows different, and would make a short text long.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

from datalint.support.distinct import evenly_spaced
from datalint.support.preamble import CHARS, preamble_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from datalint.records.analyses import Text

#: Prompts that are read, evenly spaced, and at least.
_SAMPLE: Final = 64
_LEAST: Final = 20


def shared_preamble(sizes: NDArray[np.integer], texts: Callable[[Sequence[int]], list[Text]]) -> str:
    """Return what all prompts begin with, up to the end of a line or sentence; empty if that is short.

    ``sizes`` are the characters of the prompt of each row, and ``texts`` reads rows. It is empty as well if a row has
    no prompt.
    """
    if len(sizes) < _LEAST or sizes.min() <= CHARS:
        return ""
    some = evenly_spaced(len(sizes), _SAMPLE).tolist()
    prompts = {text.prompt for text in texts(some)}
    return preamble_of(sorted(prompts), int(sizes.min())) if len(prompts) >= _LEAST else ""
