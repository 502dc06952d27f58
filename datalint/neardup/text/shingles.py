"""Shingles: overlapping pieces of a text; the similarity of two texts is that of their sets of shingles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from datalint.core.errors import DatalintError
from datalint.neardup.text.hashing import Halves, Rows, Words, constant, scramble64, spread, sum_positions
from datalint.neardup.text.words import word_hashes
from datalint.support.classes import frozen
from datalint.support.lazy_pattern import lazy_pattern

_Codes = npt.NDArray[np.uint8] | npt.NDArray[np.uint32]

_FORM = lazy_pattern(r"(char|word)-([1-9][0-9]{0,2})")
#: The widest window that fits into a 64-bit word, at one byte per character.
_WORD = 8
#: The first characters of a window that are hashed as one number.
_FIRST = 4
_CHAR, _HIGH, _SHORT, _WIDEN, _TOKEN, _LINEAR, _UPPER = range(10, 17)


@frozen
class Shingling:
    """How a text is split into shingles: ``size`` consecutive characters (code points) or words.

    A text with fewer units than ``size`` is a single shingle; an empty text has none. Words are those of
    :func:`~datalint.neardup.text.words.word_hashes`.
    """

    unit: str = "char"
    size: int = 5

    @classmethod
    def parse(cls, text: str) -> Shingling:
        """Parse ``char-5``, ``word-3`` and the like.

        Raises:
            DatalintError: if ``text`` has another form.
        """
        match = _FORM.fullmatch(text.strip().lower())
        if match:
            return cls(match[1], int(match[2]))
        numbers = re.findall(r"[1-9][0-9]{0,2}", text[:40])
        import difflib

        close = difflib.get_close_matches(re.sub(r"[^a-z]", "", text[:40].lower()), ["char", "word"], 1, 0.5)
        size = int(numbers[0]) if numbers else 3 if close == ["word"] else 5
        raise DatalintError(
            f"shingles are char-N or word-N with N from 1 to 999, not {text[:40]!r}; "
            f"did you mean {cls(close[0] if close else 'char', size)}?"
        )

    def __str__(self) -> str:
        return f"{self.unit}-{self.size}"

    @property
    def is_summed(self) -> bool:
        """Whether the shingles' 32-bit hashes are sums over their characters."""
        return self.unit == "char" and self.size <= _WORD


def shingle_hashes(texts: Sequence[str], shingling: Shingling, part: int = 0) -> tuple[Words, Rows]:
    """Return the hashes of all shingles of ``texts``, one text after another, and the number of hashes of each text.

    A text has as many hashes as characters (or words): a window that would extend past its end repeats an earlier hash
    of the same text, which does not change the set. Equal shingles of one ``part`` have equal hashes in every text,
    ASCII or not; different parts hash differently. ASCII shingles of up to eight characters have no collisions; others
    have those of a random 64-bit function.
    """
    joined = "".join(texts)
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    codes = _codes(joined)
    if shingling.unit == "word":
        tokens, lengths = word_hashes(codes.astype(np.uint32), lengths)
        hashes = _widen(scramble64(tokens ^ np.uint64(constant(_TOKEN, part))), 1, shingling.size)
        _fix_ends(hashes, tokens, lengths, shingling.size, part)
    else:
        width = min(shingling.size, _WORD)
        hashes = _widen(_char_hashes(codes, width, part), width, shingling.size)
        _fix_ends(hashes, codes, lengths, shingling.size, part)
    return hashes, lengths


def shingle_halves(texts: Sequence[str], shingling: Shingling, part: int = 0) -> tuple[Halves, Rows]:
    """Do the same as :func:`shingle_hashes` with 32-bit hashes, for sketches, in less than half the time.

    The hash of a window of characters is a sum of products with random odd numbers (multilinear hashing, Carter and
    Wegman 1979): of the lowest bytes of the first four characters as one number, of the lowest byte of each further
    character, and of the higher bits of characters outside Latin-1.
    """
    if not shingling.is_summed:
        words, lengths = shingle_hashes(texts, shingling, part)
        words >>= np.uint64(32)
        halves: Halves = words.astype(np.uint32)
    else:
        lengths = np.fromiter(map(len, texts), np.int64, len(texts))
        codes = _codes("".join(texts))
        halves = _sum_windows(codes, *products(shingling.size, part))
        _fix_ends(halves, codes, lengths, shingling.size, part)
    return halves, lengths


@lru_cache(maxsize=64)
def products(size: int, part: int) -> tuple[Halves, Halves]:
    """Return the multipliers of a window's characters: those of their lowest bytes, and those of their higher bits."""
    first, *others = (constant(_LINEAR, part, i) for i in range(size))
    # The shift drops those of the first four bytes that exceed a shorter shingle.
    first <<= 8 * max(_FIRST - size, 0)
    low = [*(first << 8 * i for i in range(min(size, _FIRST))), *others[_FIRST - 1 :]]
    high = [constant(_UPPER, part, i) for i in range(size)]
    return _low_bits(low), _low_bits(high)


def _low_bits(numbers: Sequence[int]) -> Halves:
    return np.array([number & 0xFFFFFFFF for number in numbers], np.uint32)


def _sum_windows(codes: _Codes, low: Halves, high: Halves) -> Halves:
    bytes_ = codes.astype(np.uint8, copy=False)
    # Four bytes as one number times the first byte's multiplier equal the sum of the products of each byte.
    windows: Halves = np.ndarray((len(codes),), "<u4", bytes_.tobytes() + bytes(_FIRST), 0, (1,))
    halves: Halves = windows * low[0]
    for i in range(_FIRST, len(low)):
        halves[:-i] += bytes_[i:] * low[i]
    if codes.dtype != np.uint8:
        _add_high(halves, codes >> np.uint32(8), high)
    return halves


def _add_high(halves: Halves, above: Halves, multipliers: Halves) -> None:
    """Add the bits above the lowest byte of each character to the windows that contain it."""
    dense = np.count_nonzero(above) * 8 > len(above)
    where = np.flatnonzero(above) if not dense else None
    for i, multiplier in enumerate(multipliers):
        if where is None:
            halves[: max(len(halves) - i, 0)] += above[i:] * multiplier
        else:
            inside = where[where >= i]
            halves[inside - i] += above[inside] * multiplier


def count_shingles(units: Rows, shingling: Shingling) -> Rows:
    """Return the number of shingles, counting repeats, of texts with these numbers of characters or words."""
    return np.where(units > 0, np.maximum(units - shingling.size + 1, 1), 0)


def _codes(text: str) -> _Codes:
    if text.isascii():
        return np.frombuffer(text.encode("ascii"), np.uint8)
    return np.frombuffer(text.encode("utf-32-le"), "<u4").astype(np.uint32, copy=False)


@lru_cache(maxsize=64)
def _multipliers(width: int, part: int) -> tuple[np.uint64, tuple[np.uint64, ...]]:
    # The shift drops the bytes beyond the window's width, which saves a pass for masking.
    low = (constant(_CHAR, part) << (64 - 8 * width)) & ((1 << 64) - 1)
    return np.uint64(low), tuple(np.uint64(constant(_HIGH, part, i)) for i in range(width))


def _char_hashes(codes: _Codes, width: int, part: int) -> Words:
    """Hash the window of ``width`` (at most 8) characters at each position.

    The low seven bits of the characters form one number, multiplied by an odd constant; the bits above, which ASCII
    lacks, are added with a random multiplier for each position. So equal shingles of ASCII and other texts agree.
    """
    low, high = _multipliers(width, part)
    ascii_only = codes.dtype == np.uint8
    sevens = codes if ascii_only else (codes & np.uint32(127)).astype(np.uint8)
    padded = sevens.tobytes() + bytes(_WORD)
    windows: Words = np.ndarray((len(codes),), "<u8", padded, 0, (1,))
    hashes: Words = windows * low
    if ascii_only:
        return hashes
    above = (codes >> np.uint32(7)).astype(np.uint64)
    where = np.flatnonzero(above)
    if len(where) * 4 > len(codes):
        for i, multiplier in enumerate(high[: len(codes)]):
            hashes[: len(hashes) - i] += above[i:] * multiplier
        return hashes
    for i, multiplier in enumerate(high):
        inside = where[where >= i]
        hashes[inside - i] += above[inside] * multiplier
    return hashes


def _widen(hashes: Words, width: int, size: int) -> Words:
    """Turn hashes of windows of ``width`` units into those of ``size``, each from two overlapping windows."""
    while width < size:
        step = min(width, size - width)
        wider = scramble64(hashes * np.uint64(constant(_WIDEN, width, step)))
        wider[: max(len(hashes) - step, 0)] += hashes[step:]
        hashes = scramble64(wider)
        width += step
    return hashes


def _fix_ends(hashes: Words | Halves, units: _Codes | Words, lengths: Rows, size: int, part: int) -> None:
    ends = np.cumsum(lengths)
    if size > 1:
        tails = ends[lengths >= size][:, None]
        hashes[tails - np.arange(1, size)] = hashes[tails - size]
    _hash_short(hashes, units, lengths, size, part)


def _hash_short(hashes: Words | Halves, units: _Codes | Words, lengths: Rows, size: int, part: int) -> None:
    """Set all positions of a text that is shorter than a shingle to the hash of the entire text."""
    short = np.flatnonzero((lengths > 0) & (lengths < size))
    if len(short):
        starts, counts = (np.cumsum(lengths) - lengths)[short], lengths[short]
        where = np.repeat(starts, counts) + spread(counts)
        sums = _hash_whole(units[where], counts, part) >> np.uint64(64 - 8 * hashes.itemsize)
        hashes[where] = np.repeat(sums, counts)


def short_hashes(joined: str, lengths: Rows, part: int) -> Halves:
    """Return the 32-bit hashes of non-empty texts shorter than a shingle; ``joined`` is their concatenation."""
    hashes: Halves = (_hash_whole(_codes(joined), lengths, part) >> np.uint64(32)).astype(np.uint32)
    return hashes


def _hash_whole(units: _Codes | Words, lengths: Rows, part: int) -> Words:
    seed = constant(_SHORT, part)
    return sum_positions(units.astype(np.uint64), np.cumsum(lengths) - lengths, lengths, seed)
