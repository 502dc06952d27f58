"""An estimate of tokens without a tokenizer: each byte of UTF-8 adds what its kind costs on average.

The first byte of a character tells the script, so that one table serves all of them. The weights are a least-squares
fit of relative errors, over files of different kinds of text and sentences of 75 languages, to the mean of the
tokenizers of Qwen3, gpt-oss, Llama 3 and DeepSeek-V4. ``benchmarks/estimate.py`` measures the error (docs/stats.md).
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

#: Parts of a token in which weights are counted.
_UNIT: Final = 64
#: The first and last byte of a range, and what each byte in it adds. Other bytes continue a character, and add nothing.
_WEIGHTS: Final = (
    (0x21, 0x7E, 31),  # punctuation, where nothing else is said
    (0x20, 0x20, 9),
    (0x09, 0x0D, 44),
    (0x30, 0x39, 64),  # digits
    (0x41, 0x5A, 18),
    (0x61, 0x7A, 13),
    (0xC2, 0xCD, 115),  # Latin letters with accents
    (0xCE, 0xCF, 38),  # Greek
    (0xD0, 0xD3, 25),  # Cyrillic
    (0xD4, 0xD7, 47),  # Armenian, Hebrew
    (0xD8, 0xDF, 29),  # Arabic
    (0xE0, 0xE0, 46),  # India, Thai, Lao
    (0xE1, 0xE1, 59),  # Georgian, Khmer, Ethiopic; Vietnamese vowels
    (0xE2, 0xE2, 130),  # quotation marks, dashes, symbols
    (0xE3, 0xE3, 46),  # Kana
    (0xE4, 0xE9, 40),  # Han
    (0xEA, 0xED, 54),  # Hangul
    (0xEE, 0xEF, 61),
    (0xF0, 0xF4, 357),  # emoji
)
#: Bytes that are summed at a time, as 32-bit floats, which is exact up to 2**24.
_STRETCH: Final = 1 << 16


def _table() -> NDArray[np.float32]:
    table = np.zeros(256, np.float32)
    for first, last, weight in _WEIGHTS:
        table[first : last + 1] = weight
    return table


_TABLE: Final = _table()


def estimated_tokens(texts: pl.Series) -> NDArray[np.int64]:
    """Return an estimate of the tokens of each text (no nulls), rounded up."""
    data = np.frombuffer("".join(texts.to_list()).encode(), np.uint8)
    ends = np.cumsum(texts.str.len_bytes().to_numpy(), dtype=np.int64)
    if not len(data):
        return np.zeros(len(texts), np.int64)
    starts = np.concatenate((np.zeros(1, np.int64), ends[:-1]))
    stretches = np.arange(0, len(data), _STRETCH)
    cuts = np.union1d(starts[starts < len(data)], stretches)
    sums = np.empty(len(cuts), np.int64)
    bounds = [*np.searchsorted(cuts, stretches).tolist(), len(cuts)]
    # A stretch at a time stays in the processor's cache.
    for start, (first, last) in zip(stretches.tolist(), pairwise(bounds), strict=True):
        weights = _TABLE[data[start : start + _STRETCH]]
        sums[first:last] = np.add.reduceat(weights, cuts[first:last] - start)
    # Sums of the stretches up to each place where a text begins or ends.
    before = np.concatenate((np.zeros(1, np.int64), np.cumsum(sums)))
    units = before[np.searchsorted(cuts, ends)] - before[np.searchsorted(cuts, starts)]
    return -(-units // _UNIT)
