"""Search for benchmark examples in the training set."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from datalint.engine.reduce.contamination.definitions import Definition
from datalint.engine.reduce.contamination.index import Index, Numbers, grams_of, words_of
from datalint.engine.reduce.contamination.matching import TextMatch, training_matches
from datalint.neardup.text.hashing import Mask, Words
from datalint.neardup.text.words import word_places
from datalint.records.leaks import Benchmark, Contamination, Overlap
from datalint.support.named_tuple import NamedTuple

if TYPE_CHECKING:
    from datalint.engine.execute.row_reader import Reader
    from datalint.engine.reduce.merge import Merged

#: Benchmark rows that are read at a time.
_ROWS: Final = 8_192
_PARTS: Final = ("prompt", "response")
#: Training rows beyond which the words of an example that they share are a template of both sides, unless one row has
#: nearly all of them. GPT-3 ignores what is in more than ten training documents (Brown et al. 2020, appendix C).
_MOST_TRAINING_ROWS: Final = 10
_WHOLE: Final = 0.95


class _Best(NamedTuple):
    """The training row that has most of an example, and its longest match there."""

    covered: int
    training: int
    part: str
    start: int
    stop: int


class ContaminationScan:
    """Compares training rows with benchmark examples, by their n-grams of words."""

    def __init__(self, benchmarks: Merged, reader: Reader, definition: Definition) -> None:
        """Read the benchmarks. Of examples with equal words only the first is compared."""
        self._definition = definition
        self._benchmarks = benchmarks
        words: list[Words] = []
        counts: list[Numbers] = []
        for start in range(0, benchmarks.examples.height, _ROWS):
            rows = np.arange(start, min(start + _ROWS, benchmarks.examples.height))
            some, each = words_of(_texts(reader.examples(rows), definition))
            words.append(some)
            counts.append(each)
        joined = np.concatenate(words) if words else np.empty(0, np.uint64)
        self._counts = np.concatenate(counts) if counts else np.empty(0, np.int64)
        distinct = _first_of_equal(joined, self._counts)
        self._compared = distinct & (self._counts >= definition.size + definition.longer)
        kept = np.repeat(self._compared, self._counts)
        self._index = Index(joined[kept], np.where(self._compared, self._counts, 0), definition.size)
        self._covered: dict[int, Mask] = {}
        self._best: dict[int, _Best] = {}
        self._rows: list[tuple[int, Overlap]] = []
        self._dirty: set[int] = set()
        self._shares: dict[int, tuple[int, float]] = {}

    @property
    def compared(self) -> int:
        """The number of examples that are compared."""
        return int(self._compared.sum())

    def take(self, start: int, examples: pl.DataFrame) -> None:
        """Compare the rows of a block."""
        only = examples.select(
            pl.when(pl.col("prompt") != "").then(pl.lit("")).otherwise(pl.col("response"))
        ).to_series()
        parts = (examples["prompt"], only if self._definition.prompts else examples["response"])
        found: dict[int, list[tuple[str, str, TextMatch]]] = {}
        for name, texts in zip(_PARTS, parts, strict=True):
            listed = texts.to_list()
            words, counts = words_of(listed)
            grams = grams_of(words, counts, self._definition.size)
            which, numbers = self._index.find(grams.hashes)
            rows = grams.texts[which]
            heads = np.cumsum(counts) - counts
            bounds = [0, *(np.flatnonzero(rows[1:] != rows[:-1]) + 1).tolist(), len(rows)] if len(rows) else []
            for first, last in pairwise(bounds):
                row = int(rows[first])
                mine = words[heads[row] : heads[row] + counts[row]]
                places = grams.places[which[first:last]]
                for match in training_matches(mine, places, numbers[first:last], self._index, self._definition):
                    found.setdefault(row, []).append((name, listed[row], match))
        for row in sorted(found):
            self._add(start + row, found[row])

    def _add(self, row: int, found: Sequence[tuple[str, str, TextMatch]]) -> None:
        by_example: dict[int, list[tuple[str, str, TextMatch]]] = {}
        for each in found:
            by_example.setdefault(each[2].example, []).append(each)
        best: tuple[float, int, _Best] | None = None
        for example, mine in sorted(by_example.items()):
            covered = self._cells(example, [match for _, _, match in mine])
            part, text, longest = max(mine, key=lambda each: each[2].length)
            count = int(covered.sum())
            if self._definition.union:
                self._covered[example] = covered | self._covered.get(example, covered)
                if example not in self._best or self._best[example].covered < count:
                    self._best[example] = _Best(count, row, part, *word_places(text, longest.at, longest.length))
                continue
            share = count / len(covered)
            if self._definition.reached(share):
                self._dirty.add(example)
                rows, most = self._shares.get(example, (0, 0.0))
                self._shares[example] = rows + 1, max(most, share)
                if best is None or share > best[0]:
                    best = share, example, _Best(count, row, part, *word_places(text, longest.at, longest.length))
        if best is not None:
            self._rows.append((best[1], self._overlap(best[1], best[0], best[2])))

    def _cells(self, example: int, found: Sequence[TextMatch]) -> Mask:
        """Return which words of an example are in a match, or which of its n-grams."""
        size = int(self._counts[example])
        grams = self._definition.measured == "grams"
        cells = np.zeros(size - self._definition.size + 1 if grams else size, np.bool_)
        for match in found:
            stop = match.start + match.length - (self._definition.size - 1 if grams else 0)
            cells[match.start : stop] = True
        return cells

    def _overlap(self, example: int, share: float, best: _Best) -> Overlap:
        file, line, row = self._benchmarks.examples.select("file", "line", "row").row(example)
        return Overlap(best.training, (file, line, row), share, best.part, best.start, best.stop)

    def finish(self) -> Contamination:
        """Return the contaminated examples: by training row, or by example where matches of several rows add up."""
        shared = {each for each, (rows, most) in self._shares.items() if rows > _MOST_TRAINING_ROWS and most < _WHOLE}
        self._dirty -= shared
        overlaps = [overlap for example, overlap in self._rows if example not in shared]
        for example, covered in sorted(self._covered.items()):
            share = float(covered.mean())
            if self._definition.reached(share):
                self._dirty.add(example)
                overlaps.append(self._overlap(example, share, self._best[example]))
        file = self._benchmarks.examples["file"].to_numpy()
        found = np.zeros(len(file), np.bool_)
        found[list(self._dirty)] = True
        files = tuple(
            Benchmark(facts.path, int((self._compared & (file == number)).sum()), int(found[file == number].sum()))
            for number, facts in enumerate(self._benchmarks.files)
        )
        return Contamination(self._definition.name, files, tuple(sorted(overlaps)))


def _texts(examples: pl.DataFrame, definition: Definition) -> list[str]:
    prompt, response = pl.col("prompt"), pl.col("response")
    alone = pl.when(prompt != "").then(prompt).otherwise(response)
    text = alone if definition.prompts else pl.concat_str([prompt, response], separator="\n")
    return examples.select(text.alias("text")).to_series().to_list()


def _first_of_equal(words: Words, counts: Numbers) -> Mask:
    """Return which examples have words that no earlier example has in the same order."""
    seen: set[bytes] = set()
    first = np.zeros(len(counts), np.bool_)
    for number, (start, count) in enumerate(zip((np.cumsum(counts) - counts).tolist(), counts.tolist(), strict=True)):
        key = words[start : start + count].tobytes()
        first[number] = key not in seen
        seen.add(key)
    return first
