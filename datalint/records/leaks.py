"""Leaks: what a training set has in common with its evaluation set, and with benchmarks."""

from __future__ import annotations

from collections.abc import Iterable

from datalint.support.classes import frozen
from datalint.support.named_tuple import NamedTuple


class SharedGroup(NamedTuple):
    """Rows of both splits that have one value under ``key``: indices into ``examples`` and ``evaluation``."""

    key: str
    training: list[int]
    evaluation: list[int]


class SharedPart(NamedTuple):
    """A part of prompts that evaluation rows have in common with training rows, though they are no leaks.

    ``key`` is its key, empty for a line of a prompt; ``share`` that of the evaluation rows; ``sampled`` says that not
    all rows were compared.
    """

    key: str
    share: float
    sampled: bool


class Leak(NamedTuple):
    """A pair of an evaluation row and a training row: indices into ``evaluation`` and ``examples``.

    The ``kind`` is one of :data:`LEAK_KINDS`.
    A row of either split may be in several leaks; :func:`most_serious` returns one for each evaluation row. ``names``
    are the first token of a tagged sentence that has other tags in training and in evaluation, with each of them.
    ``but`` says in what alone the texts of both rows differ, if that is known.
    """

    evaluation: int
    training: int
    kind: str
    similarity: float
    names: tuple[str, ...] = ()
    but: str = ""


class Paraphrase(NamedTuple):
    """An evaluation row and a training row that ask the same in other words: see :class:`Leak`.

    ``shared`` are the numbers and names that both have.
    """

    evaluation: int
    training: int
    cosine: float
    shared: tuple[str, ...]


class Overlap(NamedTuple):
    """A training row, and the benchmark example that it has most in common with.

    ``place`` is the file, line and row of the example: index into ``Contamination.benchmarks``, and physical line or
    None. ``share`` is what the definition measures of the example. The longest run of words in common is at
    ``start`` to ``stop`` of the row's ``part`` (``prompt`` or ``response``), in characters.
    """

    training: int
    place: tuple[int, int | None, int]
    share: float
    part: str
    start: int
    stop: int


class Benchmark(NamedTuple):
    """A benchmark file: its examples that are long enough to compare, and those that the training set contains."""

    path: str
    compared: int
    found: int


@frozen
class Contamination:
    """What a training set has of benchmarks, under the definition of this name."""

    definition: str
    benchmarks: tuple[Benchmark, ...]
    overlaps: tuple[Overlap, ...]


#: Kinds of leaks, the most serious first.
LEAK_KINDS = ("exact", "normalized", "near", "prompt")


def most_serious(leaks: Iterable[Leak]) -> list[Leak]:
    """Return the most serious leak of each evaluation row, in the order of these rows."""
    found: dict[int, Leak] = {}
    for leak in sorted(leaks, key=lambda leak: (LEAK_KINDS.index(leak.kind), -leak.similarity)):
        found.setdefault(leak.evaluation, leak)
    return [found[row] for row in sorted(found)]
