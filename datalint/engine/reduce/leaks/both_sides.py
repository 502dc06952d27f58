"""Leaks of lines of parallel text: equal lines of one side are leaks only if the lines of the other side are equal.

Where the other side has the tags of the words, lines that differ in nothing but tagged words are of one template, and
no leaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
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
#: A tag of a word, in lower case, and what stands for tagged words.
_TAG: Final = r"o|[bieslu]-\S+"
_VALUE: Final = "<>"


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
    words = ours.own(leak.training for leak in near), theirs.own(leak.evaluation for leak in near)
    near = [
        leak
        for leak in near
        if not _are_of_one_template(
            (words[0].get(leak.training, ""), ours.lines.get(leak.training, "")),
            (words[1].get(leak.evaluation, ""), theirs.lines.get(leak.evaluation, "")),
        )
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

    def own(self, rows: Iterable[int]) -> dict[int, str]:
        """Return the lines of rows themselves, by their numbers."""
        chosen = sorted(set(rows))
        lines = self._examples["line"].gather(chosen).to_list()
        wanted: dict[int, dict[int, list[int]]] = {}
        for row, line in zip(chosen, lines, strict=True):
            wanted.setdefault(int(self._files[row]), {}).setdefault(line, []).append(row)
        return {
            row: text
            for number, places in wanted.items()
            for at, text in enumerate(_physical(self._paths[number]), 1)
            for row in places.get(at, ())
        }

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


def _are_of_one_template(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Return whether two lines with their tags differ in nothing but the words that are tagged."""
    mine, theirs = _template(*one), _template(*other)
    return mine is not None and mine == theirs and one[0] != other[0]


def _template(line: str, tags: str) -> list[str] | None:
    """Return the words of a line with a mark in the place of tagged ones; None without a tag for each word."""
    words, names = line.split(), tags.split()
    if len(words) != len(names) or not all(re.fullmatch(_TAG, name) for name in names):
        return None
    masked = [word if name == "o" else _VALUE for word, name in zip(words, names, strict=True)]
    # A value may have more words than another one.
    return [each for each, _ in groupby(masked)]


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
