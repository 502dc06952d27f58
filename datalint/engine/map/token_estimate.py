"""An estimate of tokens without a tokenizer: each byte of UTF-8 adds what its kind costs on average.

The first byte of a character tells the script, so that one table serves all of them. The weights are a least-squares
fit of relative errors, over files of different kinds of text and sentences of 75 languages, to the mean of the
tokenizers of Qwen3, gpt-oss, Llama 3 and DeepSeek-V4. ``benchmarks/estimate.py`` measures the error (docs/stats.md).
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from datalint.neardup.text.buffers import utf8
from datalint.neardup.text.hashing import Bytes, Rows
from datalint.support.distinct import distinct

if TYPE_CHECKING:
    from datalint.neardup.compiled.written import Kernels

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
#: Pairs of bytes that are summed at a time, as 32-bit floats, which is exact up to 2**24.
_STRETCH: Final = 1 << 15


def _table() -> NDArray[np.int64]:
    table = np.zeros(256, np.int64)
    for first, last, weight in _WEIGHTS:
        table[first : last + 1] = weight
    return table


_TABLE: Final = _table()


@cache
def _pair_table() -> NDArray[np.float32]:
    """Return the weight of each two bytes, whichever of them is first."""
    table: NDArray[np.float32] = (_TABLE[:, None] + _TABLE[None, :]).reshape(-1).astype(np.float32)
    return table


def estimated_tokens(
    texts: pl.Series, kernels: Kernels | None = None, read: tuple[Bytes, Rows] | None = None
) -> NDArray[np.int64]:
    """Return an estimate of the tokens of each text (no nulls), rounded up.

    ``read`` is the result of :func:`~datalint.neardup.text.buffers.utf8` for the texts if the caller has it.
    """
    if kernels is None:
        units = _sums(texts)
    else:
        units = np.empty(len(texts), np.int64)
        kernels.add_weights(_TABLE, *(utf8(texts) if read is None else read), units)
    return -(-units // _UNIT)


def _sums(texts: pl.Series) -> NDArray[np.int64]:
    """Return the weight of each text. Looking up two bytes at a time takes a third of the time of single bytes."""
    # Joined as bytes: a single character beyond Latin-1 makes one long string two or four times as large.
    data = np.frombuffer(b"".join((*texts.cast(pl.Binary).to_list(), b"\0")), np.uint8)
    pairs = np.frombuffer(data, np.uint16, len(data) // 2)
    bounds = np.concatenate((np.zeros(1, np.int64), np.cumsum(texts.str.len_bytes().to_numpy(), dtype=np.int64)))
    stretches = np.arange(0, len(pairs), _STRETCH)
    wanted = bounds // 2
    cuts = distinct(np.concatenate((wanted[wanted < len(pairs)], stretches)))
    sums = np.empty(len(cuts), np.int64)
    limits = [*np.searchsorted(cuts, stretches).tolist(), len(cuts)]
    # A stretch at a time stays in the processor's cache.
    for start, (first, last) in zip(stretches.tolist(), pairwise(limits), strict=True):
        weights = _pair_table().take(pairs[start : start + _STRETCH])
        sums[first:last] = np.add.reduceat(weights, cuts[first:last] - start)
    # Sums up to each place where a text begins or ends; a byte in the middle of a pair is added.
    before = np.concatenate((np.zeros(1, np.int64), np.cumsum(sums)))[np.searchsorted(cuts, wanted)]
    odd = np.flatnonzero(bounds % 2)
    before[odd] += _TABLE[data[bounds[odd] - 1]]
    return np.diff(before)
