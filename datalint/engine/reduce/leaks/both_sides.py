"""Leaks of lines of parallel text: equal lines of one side are leaks only if the lines of the other side are equal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from datalint.core.files import open_regular
from datalint.engine.reduce.other_sides import count_lines, sides_of
from datalint.records.leaks import Leak

if TYPE_CHECKING:
    from datalint.engine.reduce.merge import Merged
    from datalint.records.analyses import FileFinder

#: Similarity of two lines of the other side, in percent, from which on they say the same, and characters compared.
_SIMILAR: Final = 70
_CHARS: Final = 2_000


def leaks_of_both_sides(
    leaks: list[Leak], training: Merged, evaluation: Merged, nearby: FileFinder | None
) -> list[Leak]:
    """Return the leaks without those of lines of parallel text whose lines on the other side say something else.

    A line may be in several rows: those are named whose other lines are the same as well. Leaks of a text whose other
    side is unknown, or is compressed or very large, are kept.
    """
    if nearby is None or not leaks:
        return leaks
    ours, theirs = (_OtherLines(merged, nearby) for merged in (training, evaluation))
    paired = [leak for leak in leaks if ours.has(leak.training) and theirs.has(leak.evaluation)]
    if not paired:
        return leaks
    rest = [leak for leak in leaks if not (ours.has(leak.training) and theirs.has(leak.evaluation))]
    ours.read(leak.training for leak in paired)
    theirs.read(leak.evaluation for leak in paired)
    exact = set(_equal(ours, theirs))
    known = {leak.training for leak in exact}, {leak.evaluation for leak in exact}
    near = [
        leak
        for leak in paired
        if not (leak.training in known[0] and leak.evaluation in known[1])
        and _are_similar(ours.lines.get(leak.training, ""), theirs.lines.get(leak.evaluation, ""))
    ]
    return sorted({*rest, *exact, *near})


class _OtherLines:
    """The lines on the other sides of the plain texts of a split."""

    def __init__(self, merged: Merged, nearby: FileFinder) -> None:
        self._examples = merged.examples
        paths = [Path(facts.path) for facts in merged.files]
        sides = sides_of(merged.files, nearby.of([facts.path for facts in merged.files]))
        self._paths = paths
        self._others = {number: paths[number].parent / name for number, name in sides.items()}
        self._by_line = {number: _have_same_lines(paths[number], other) for number, other in self._others.items()}
        self._files = merged.examples["file"].to_numpy()
        #: The line on the other side, by row, of the rows that were read.
        self.lines: dict[int, str] = {}

    def has(self, row: int) -> bool:
        """Return whether a row has a line on another side that can be read."""
        return self._by_line.get(int(self._files[row])) is not None

    def read(self, rows: Iterable[int]) -> None:
        """Read the other lines of rows, and of all rows with the same text."""
        texts = self._examples["normalized"]
        wanted = texts.is_in(texts.gather(sorted(set(rows))).unique().implode()).to_numpy()
        for number, other in self._others.items():
            mine = np.flatnonzero(wanted & (self._files == number))
            column = "line" if self._by_line[number] else "row"
            places = dict(zip(self._examples[column].gather(mine).to_list(), mine.tolist(), strict=True))
            lines = _filled(other) if column == "row" else _physical(other)
            self.lines.update((places[at], line) for at, line in enumerate(lines, 1) if at in places)

    def read_rows(self) -> Iterator[tuple[int, int, tuple[int, str]]]:
        """Yield each row that was read with its exact hash, and its text with its line on the other side."""
        rows = sorted(self.lines)
        texts, exact = (self._examples[name].gather(rows).to_list() for name in ("normalized", "exact"))
        yield from (
            (row, digest, (text, self.lines[row])) for row, text, digest in zip(rows, texts, exact, strict=True)
        )


def _equal(ours: _OtherLines, theirs: _OtherLines) -> Iterator[Leak]:
    """Yield a leak for each row whose text and line on the other side are those of a row of the other split."""
    first: list[dict[tuple[int, str], tuple[int, int]]] = [{}, {}]
    for of_side, side in zip(first, (ours, theirs), strict=True):
        for row, digest, key in side.read_rows():
            of_side.setdefault(key, (row, digest))
    for row, digest, key in ours.read_rows():
        if key in first[1]:
            held, other = first[1][key]
            yield Leak(held, row, "exact" if other == digest else "normalized", 1.0)
    for held, digest, key in theirs.read_rows():
        if key in first[0]:
            row, other = first[0][key]
            yield Leak(held, row, "exact" if other == digest else "normalized", 1.0)


def _are_similar(line: str, other: str) -> bool:
    from rapidfuzz.fuzz import ratio

    return ratio(line[:_CHARS], other[:_CHARS]) >= _SIMILAR


def _have_same_lines(path: Path, other: Path) -> bool | None:
    """Return whether two texts have as many lines with the empty ones, or only as many filled ones; None if unknown."""
    mine, theirs = count_lines(path), count_lines(other)
    return None if mine is None or theirs is None else mine[0] == theirs[0]


def _physical(path: Path) -> Iterator[str]:
    """Yield the lines of a text in their normal form."""
    with open_regular(path) as file:
        yield from (" ".join(line.decode("utf-8", "replace").casefold().split()) for line in file)


def _filled(path: Path) -> Iterator[str]:
    """Yield the lines of a text that are not empty, in their normal form."""
    return filter(None, _physical(path))
