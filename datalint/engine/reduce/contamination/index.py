"""An index of benchmark examples by their n-grams of words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from datalint.neardup.text.hashing import Words, constant
from datalint.neardup.text.words import word_hashes
from datalint.support.named_tuple import NamedTuple

Numbers = npt.NDArray[np.int64]

#: An n-gram in more examples than these is a part of their template and matches nothing. GPT-3 ignores n-grams in more
#: than ten training documents for the same reason (Brown et al. 2020, appendix C).
_MOST_EXAMPLES: Final = 10
_SEED: Final = 50
#: Bits of a hash that index the table which rules out most n-grams.
_TABLE: Final = 22


class Grams(NamedTuple):
    """The n-grams of texts: hash, number of the text, and place of the first word in it."""

    hashes: Words
    texts: Numbers
    places: Numbers


def words_of(texts: Sequence[str]) -> tuple[Words, Numbers]:
    """Return the hashes of the words of all texts, ignoring case, and the number of words of each text."""
    folded = [text.lower() for text in texts]
    lengths = np.fromiter(map(len, folded), np.int64, len(folded))
    codes = np.frombuffer("".join(folded).encode("utf-32-le", "surrogatepass"), np.uint32)
    words, counts = word_hashes(codes, lengths)
    return words, counts.astype(np.int64)


def grams_of(words: Words, counts: Numbers, size: int) -> Grams:
    """Return the n-grams of ``size`` words within each text; ``counts`` are the words of each."""
    total = len(words) - size + 1
    if total <= 0:
        return Grams(np.empty(0, np.uint64), np.empty(0, np.int64), np.empty(0, np.int64))
    hashes = np.zeros(total, np.uint64)
    for place in range(size):
        hashes += words[place : place + total] * np.uint64(constant(_SEED, place))
    hashes ^= hashes >> np.uint64(29)
    texts = np.repeat(np.arange(len(counts)), counts)
    places = np.arange(len(words)) - np.repeat(np.cumsum(counts) - counts, counts)
    whole = places[:total] + size <= counts[texts[:total]]
    return Grams(hashes[whole], texts[:total][whole], places[:total][whole])


class Index:
    """The n-grams of examples except those of templates, and their places."""

    def __init__(self, words: Words, counts: Numbers, size: int) -> None:
        self.size = size
        self.words = words
        self.counts = counts
        self.starts = np.cumsum(counts) - counts
        grams = grams_of(words, counts, size)
        order = np.lexsort((grams.places, grams.texts, grams.hashes))
        hashes, texts, places = grams.hashes[order], grams.texts[order], grams.places[order]
        heads = np.flatnonzero(np.append(True, hashes[1:] != hashes[:-1])) if len(hashes) else np.empty(0, np.int64)
        new_text = np.append(True, (hashes[1:] != hashes[:-1]) | (texts[1:] != texts[:-1])) if len(hashes) else heads
        examples = np.add.reduceat(new_text.astype(np.int64), heads) if len(heads) else heads
        kept = examples <= _MOST_EXAMPLES
        ends = np.append(heads[1:], len(hashes))
        self.hashes: Words = hashes[heads[kept]]
        self._from, self._to = heads[kept], ends[kept]
        self._texts, self._places = texts, places
        self._table = np.zeros(1 << _TABLE, np.bool_)
        self._table[self.hashes >> np.uint64(64 - _TABLE)] = True

    def find(self, hashes: Words) -> tuple[Numbers, Numbers]:
        """Return which of ``hashes`` are in the index, and their number there."""
        maybe = np.flatnonzero(self._table[hashes >> np.uint64(64 - _TABLE)])
        if not len(maybe) or not len(self.hashes):
            return np.empty(0, np.int64), np.empty(0, np.int64)
        place = np.searchsorted(self.hashes, hashes[maybe])
        place[place == len(self.hashes)] = 0
        found = self.hashes[place] == hashes[maybe]
        return maybe[found], place[found]

    def postings(self, gram: int) -> tuple[Numbers, Numbers]:
        """Return the examples that have an n-gram of the index, and the places in them."""
        where = slice(self._from[gram], self._to[gram])
        return self._texts[where], self._places[where]

    def example(self, number: int) -> Words:
        """Return the words of an example."""
        start = self.starts[number]
        return self.words[start : start + self.counts[number]]
