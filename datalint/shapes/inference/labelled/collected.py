"""Texts from the web in a table without a header: columns with the sources of texts are no labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn, is_unnamed
from datalint.shapes.guess import Guess, keys_of
from datalint.support.lazy_pattern import lazy_pattern

#: What the address of a page begins with, and the share of the rows that have one.
_ADDRESSES: Final = ("http://", "https://")
_NEARLY_ALL: Final = 0.9
#: The short name of a source with its year, as CoLA has them: ``gj04``.
_SOURCE: Final = lazy_pattern(r"[a-z]{1,4}[-_]?\d\d")
#: Rows in a row, on average, that have one value where rows are in the order in which they were collected.
_RUN: Final = 10


def without_origins(
    guess: Guess | None, columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]
) -> Guess | None:
    """Return a guess about a text with several labels, or that about the text alone if they say where it is from.

    They do if no column has a name, one has the address of each text, and rows are sorted by one of the labels.
    """
    found = {} if guess is None else dict(guess.columns)
    labels = keys_of("response", found.get("response", ""))
    if guess is not None and len(labels) == 2 and (label := _next_to_sources(labels, columns, rows)):
        return Guess.of(found | {"response": label, "category": label}, clear=True, basis="values")
    if guess is None or found.keys() != {"prompt", "response"} or len(labels) < 2 or len(rows) < LEAST_ROWS:
        return guess
    if not all(map(is_unnamed, columns)) or not any(_are_addresses(each, rows) for each in columns):
        return guess
    if not any(_are_runs([row.get(key) for row in rows]) for key in labels):
        return guess
    return Guess.of({"text": found["prompt"]}, clear=True, basis="values")


def _next_to_sources(labels: Sequence[str], columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> str:
    """Return the one of two labels that is 0 or 1, if no column has a name and the other is the source of the text."""
    flags = [each.key for each in columns if each.key in labels and each.binary]
    sources = [str(row.get(key)) for key in labels if key not in flags for row in rows]
    if len(flags) != 1 or not all(map(is_unnamed, columns)) or not all(map(_SOURCE.fullmatch, sources)):
        return ""
    return flags[0]


def _are_addresses(column: SampledColumn, rows: Sequence[Mapping[str, Any]]) -> bool:
    values = [row.get(column.key) for row in rows] if column.holds is Holds.REFERENCE else []
    found = sum(isinstance(value, str) and value.startswith(_ADDRESSES) for value in values)
    return bool(values) and found >= _NEARLY_ALL * len(values)


def _are_runs(values: Sequence[object]) -> bool:
    changes = sum(one != other for one, other in pairwise(values))
    return 0 < changes <= len(values) / _RUN
