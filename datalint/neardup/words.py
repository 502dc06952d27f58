"""Words of any script as numbers: the units of word shingles."""

from __future__ import annotations

import unicodedata

import numpy as np
import numpy.typing as npt

from datalint.neardup.hashing import Rows, Words, constant, sum_positions

# Scripts written without spaces: Thai, Lao, Myanmar, Khmer, kana and ideographs (Unicode blocks).
_SPACELESS = (
    range(0x0E00, 0x0F00),
    range(0x1000, 0x10A0),
    range(0x1780, 0x1800),
    range(0x3005, 0x3008),
    range(0x3040, 0x3100),
    range(0x31F0, 0x3200),
    range(0x3400, 0x4DC0),
    range(0x4E00, 0xA000),
    range(0xF900, 0xFB00),
    range(0xFF66, 0xFFA0),
    range(0x20000, 0x32400),
)
_JOINERS = (0x200C, 0x200D)
_GAP, _RUN, _SINGLE = 0, 1, 2
_SEED = constant(3)


def _kind(code: int) -> int:
    category = unicodedata.category(chr(code))
    if not (category[0] in "LMN" or category == "Pc" or code in _JOINERS):
        return _GAP
    return _SINGLE if any(code in block for block in _SPACELESS) else _RUN


_ASCII_KINDS = np.array([_kind(code) for code in range(128)], np.uint8)


def _kinds(codes: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint8]:
    if not len(codes) or codes.max() < 128:
        return _ASCII_KINDS[codes]
    seen, where = np.unique(codes, return_inverse=True)
    return np.array([_kind(int(code)) for code in seen], np.uint8)[where]


def word_hashes(codes: npt.NDArray[np.uint32], lengths: Rows) -> tuple[Words, Rows]:
    """Return a hash for each word, and the number of words of each text.

    A word is a run of letters, marks, digits and connectors; characters of scripts written without spaces
    are words of their own. A text that has none (``"?!"``) is one word as a whole.

    Args:
        codes: the code points of all texts, one after another.
        lengths: the length of each text.
    """
    ends = np.cumsum(lengths)
    starts = ends - lengths
    kinds = _kinds(codes)
    in_words = np.concatenate(([0], np.cumsum(kinds > _GAP)))
    wordless = np.flatnonzero((lengths > 0) & (in_words[ends] == in_words[starts]))
    for row in wordless:
        kinds[starts[row] : ends[row]] = _RUN
    begins = kinds == _SINGLE
    runs = kinds == _RUN
    begins[1:] |= runs[1:] & ~runs[:-1]
    heads = starts[lengths > 0]
    begins[heads] |= runs[heads]
    kept = np.flatnonzero(kinds > _GAP)
    word_starts = np.flatnonzero(begins[kept])
    word_lengths = np.diff(word_starts, append=len(kept))
    hashes = sum_positions(codes[kept].astype(np.uint64), word_starts, word_lengths, _SEED)
    rows = np.searchsorted(ends, kept[word_starts], side="right")
    return hashes, np.bincount(rows, minlength=len(lengths)).astype(np.int64)
