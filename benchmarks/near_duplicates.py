"""Compares the search for near-duplicates with brute force, on a folder of datasets and on rows with planted copies.

    python benchmarks/near_duplicates.py FOLDER                     some minutes

For each file: how many of its pairs the search by sketches and the exact search find, and
how many pairs they report that brute force does not, or with another similarity; and of the rows that have a partner,
how many the sparing search leaves with one. The text of a row is the whole row, pieces are runs of five characters.
``--docs`` puts the table into docs/near-duplicates.md.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import polars as pl
from brute import Pairs, alike, files, shingles
from running import PAGE, Table, command, parser, publish

from datalint.core.errors import DatalintError
from datalint.neardup import Pairs as Found
from datalint.neardup import Parts, Query, Shingling, find_clusters, find_exact, find_pairs, sketch_texts
from datalint.neardup.evaluate.mutations import MUTATIONS
from datalint.operations.clusters import load_rows
from datalint.sources import open_sources
from datalint.testing import sentence

THRESHOLD: Final = 0.7
#: A pair so far over the threshold must be found.
MARGIN: Final = 0.05
#: Pairs from which a file has a row of its own.
_TOLD: Final = 100
#: Words in a row of the made sets, from and to.
MADE: Final = {"labels": (1, 4), "questions": (10, 40), "long answers": (150, 300)}
_MADE_ROWS: Final = 1_500
_EPSILON: Final = 1e-9


class Tally:
    """Counts of one file, or of all."""

    def __init__(self) -> None:
        self.rows = self.pairs = self.sure = self.sketched = self.sketched_sure = self.exact = self.wrong = 0
        self.exactly = self.partnered = self.spared = 0

    def add(self, other: Tally) -> None:
        """Add another file's."""
        for name in vars(self):
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def cells(self) -> list[str]:
        """Return the cells of a row of the table; the exact search is told of the pairs of files where it is cheap."""
        exact = f"{self.exact:,} of {self.exactly:,}" if self.exactly else "not cheap"
        counts = (self.rows, self.pairs, self.sketched, self.sure, self.sketched_sure)
        partners = f"{self.spared:,} of {self.partnered:,}"
        return [*(f"{count:,}" for count in counts), exact, partners, f"{self.wrong:,}"]


def tally(texts: pl.Series) -> Tally:
    """Search some texts in every way."""
    counts = Tally()
    truth = alike([shingles(text) for text in texts], THRESHOLD)
    shingling = Shingling("char", 5)
    parts = Parts([texts], shingling)
    sketches = sketch_texts([texts], shingling)
    found = _as_dict(
        find_pairs(sketches, parts.fetch, Query(threshold=THRESHOLD, shingling=shingling, bucket_limit=None))
    )
    sure = {pair for pair, similarity in truth.items() if similarity >= THRESHOLD + MARGIN}
    counts.rows, counts.pairs, counts.sure = len(texts), len(truth), len(sure)
    counts.sketched, counts.sketched_sure = len(truth.keys() & found.keys()), len(sure & found.keys())
    counts.wrong = _wrong(found, truth)
    spared, _ = find_clusters(
        sketch_texts([texts], shingling), parts.fetch, Query(threshold=THRESHOLD, shingling=shingling)
    )
    partnered = {row for pair in truth for row in pair}
    counts.partnered = len(partnered)
    counts.spared = len(partnered & {*spared.first.tolist(), *spared.second.tolist()})
    counts.wrong += _wrong(_as_dict(spared), truth)
    exact = find_exact(parts.sizes, parts.fetch, Query(threshold=THRESHOLD, shingling=shingling))
    if exact is not None:
        counts.exactly = len(truth)
        counts.exact = len(truth.keys() & _as_dict(exact).keys())
        counts.wrong += _wrong(_as_dict(exact), truth)
    return counts


def made(words: tuple[int, int], seed: int = 1) -> pl.Series:
    """Return rows of so many words, of which every fifth is a changed copy of an earlier one."""
    chance = random.Random(seed)
    texts: list[str] = []
    for number in range(_MADE_ROWS):
        if number % 5 == 4:
            text = chance.choice(texts)
            for mutation in chance.choices(list(MUTATIONS.values()), k=chance.randint(1, 3)):
                text = mutation(text, ["river", "stone", "north"], chance)
            texts.append(" ".join(text.lower().split()))
        else:
            texts.append(sentence(number + 10_000 * seed, chance.randint(*words)).lower())
    return pl.Series(texts, dtype=pl.String)


def read(folder: Path, most: int) -> Iterator[tuple[str, pl.Series]]:
    """Yield each file's name and the texts of its first rows."""
    for path in files(folder):
        try:
            rows = load_rows(open_sources([str(path)]), view="example")
            wanted = np.arange(min(rows.places.height, most))
            yield path.relative_to(folder).as_posix(), rows.reader.parts(wanted, "example")[0]
        except DatalintError as error:
            print(f"{path.name}: {error}")


def _as_dict(pairs: Found) -> Pairs:
    columns = (pairs.first.tolist(), pairs.second.tolist(), pairs.similarity.tolist())
    return {(a, b): similarity for a, b, similarity in zip(*columns, strict=True)}


def _wrong(found: Pairs, truth: Pairs) -> int:
    return sum(abs(truth.get(pair, 0.0) - similarity) > _EPSILON for pair, similarity in found.items())


def main(arguments: Sequence[str] | None = None) -> None:
    """Compare, and print the table."""
    made_parser = parser(__doc__)
    made_parser.add_argument("folder", type=Path, metavar="FOLDER", help="datasets, each file on its own")
    made_parser.add_argument("--rows", type=int, default=3_000, help="rows of each file  [default: 3000]")
    given = made_parser.parse_args(arguments)
    over, sure = f"pairs ≥ {THRESHOLD:g}", f"pairs ≥ {THRESHOLD + MARGIN:g}"
    table = Table(
        "rows of", "rows", over, "by sketches", sure, "by sketches", "exact search", "rows paired", "wrong", right=8
    )
    total, others, left = Tally(), Tally(), 0
    sets = [(f"made: {name}", made(words)) for name, words in MADE.items()]
    for name, texts in (*sets, *read(given.folder, given.rows)):
        counts = tally(texts)
        total.add(counts)
        if counts.pairs >= _TOLD:
            table.add(name, *counts.cells())
        else:
            left += 1
            others.add(counts)
    table.add(f"{left} others", *others.cells())
    table.add("all", *total.cells())
    table.say("")
    table.say(f"`{command().replace(str(given.folder), 'FOLDER')}`")
    if given.docs:
        publish("near_duplicates", table.lines, PAGE.with_name("near-duplicates.md"))


if __name__ == "__main__":
    main()
