"""Texts from the web: columns with the sources of texts, or with what they were found by, are no labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

from datalint.shapes.evidence.labels import is_code
from datalint.shapes.evidence.names import OPINIONS, has_word
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn, is_unnamed
from datalint.shapes.guess import JOIN, Guess, keys_of
from datalint.support.lazy_pattern import lazy_pattern
from datalint.support.names.column_names import fold_name

#: What the address of a page begins with, and the share of the rows that have one.
_ADDRESSES: Final = ("http://", "https://")
_NEARLY_ALL: Final = 0.9
#: The short name of a source with its year, as CoLA has them: ``gj04``.
_SOURCE: Final = lazy_pattern(r"[a-z]{1,4}[-_]?\d\d")
#: The same of who speaks.
_SPEAKER: Final = lazy_pattern(r"[a-z]{1,4}[-_]?\d{2,4}")
#: Labels of which one is the source; of more, one may be who speaks.
_PAIR: Final = 2
#: Names of what texts are searched by, which say so next to opinions.
_SEARCHED: Final = (("event",), ("hashtag",), ("search", "term"))
#: Rows in a row, on average, that have one value where rows are in the order in which they were collected.
_RUN: Final = 10


def without_origins(
    guess: Guess | None, columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]
) -> Guess | None:
    """Return a guess about a text with several labels, or that about the text alone if they say where it is from.

    They do if no column has a name, one has the address of each text, and rows are sorted by one of the labels.
    """
    guess = _without_speaker(_without_terms(guess, rows), columns, rows)
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


def _without_terms(guess: Guess | None, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return a guess about a text with several labels without one by which texts were searched.

    Its name says that next to labels of what somebody thinks.
    """
    found = {} if guess is None else dict(guess.columns)
    labels = keys_of("response", found.get("response", ""))
    if guess is None or len(labels) < 2 or "prompt" not in found or len(rows) < LEAST_ROWS:
        return guess
    opinions = any(has_word(key, OPINIONS) for key in labels)
    terms = [key for key in labels if opinions and fold_name(key) in _SEARCHED]
    left = [key for key in labels if key not in terms]
    if len(terms) != 1 or not left:
        return guess
    sorted_by = {"category": left[0]} if len(left) == 1 else {}
    more = {meaning: key for meaning, key in found.items() if meaning != "category" or key not in terms}
    return Guess.of(more | {"response": JOIN.join(left)} | sorted_by, clear=guess.clear, basis=guess.basis)


def _without_speaker(
    guess: Guess | None, columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]
) -> Guess | None:
    """Return a guess about a text with several labels without who says it, which stands before it: ``ab012``.

    No column has a name.
    """
    found = {} if guess is None else dict(guess.columns)
    labels, keys = keys_of("response", found.get("response", "")), [each.key for each in columns]
    if guess is None or len(labels) <= _PAIR or not all(map(is_unnamed, columns)):
        return guess
    if labels[0] not in keys or found.get("prompt") not in keys:
        return guess
    said = [str(row.get(labels[0])) for row in rows]
    if keys.index(labels[0]) > keys.index(found["prompt"]) or not all(map(_SPEAKER.fullmatch, said)):
        return guess
    return Guess.of(found | {"response": JOIN.join(labels[1:])}, clear=guess.clear, basis=guess.basis)


def _next_to_sources(labels: Sequence[str], columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> str:
    """Return the one of two labels that is 0 or 1, or of few numbers between, if the other is the source of the text.

    No column has a name.
    """
    flags = [each.key for each in columns if each.key in labels and (each.binary or (each.share and is_code(each)))]
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
