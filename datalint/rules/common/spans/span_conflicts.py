"""Rows with one text whose labelled spans differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any, Final

import polars as pl

from datalint.api import Dataset, NamedTuple, excerpt
from datalint.rules.common.spans.span_places import label_of, span_of, typed_spans
from datalint.support.annotations import counted_results
from datalint.support.lazy_pattern import lazy_pattern

#: The shapes of texts with the labels of their parts, and the most rows that are read again.
_SHAPES: Final = ("mapped-labels", "label-studio", "label-studio-predictions")
_MOST: Final = 10_000
#: Share of the labelled rows above which several rows for a text are by design, such as one for each span.
_BY_DESIGN: Final = 0.5
#: What Prodigy says an annotator did with a row, and what leaves it out.
_DECISION: Final = "answer"
_LEFT_OUT: Final = frozenset(("ignore", "reject"))
#: Characters of a value that says what is marked in a row, and words of keys that say who marked it, or when.
_CHARS: Final = 40
_PEOPLE: Final = lazy_pattern(
    r"(?i)annotat|label+er|rater|coder|user|worker|session|reviewer|author|time|date|hash|id$"
)
_SHOWN: Final = 30


class Marked(NamedTuple):
    """A labelled place."""

    start: int
    end: int
    label: str


class Disagreement(NamedTuple):
    """Rows with one text, the first of each set of spans, a span, and whether the last row or the first has it."""

    rows: list[int]
    words: str
    here: bool


def span_conflicts(data: Dataset) -> list[Disagreement]:
    """Return the texts that have other spans in another row, in the order of their first rows.

    Nothing is returned where that is the design of the dataset: more than half of the rows have such a text, no span
    of one row meets one of another's and no label is in both, or a key tells the rows of every text apart.
    """
    if not any((data.examples["shape"] == name).any() for name in _SHAPES):
        return []
    at = pl.int_range(pl.len(), dtype=pl.Int64).alias("at")
    labelled = data.examples.select("shape", "prompt_hash", "exact", "prompt_chars", at).filter(
        (pl.col("shape").is_in(_SHAPES)) & (pl.col("prompt_chars") > 0)
    )
    if labelled.height == 0:
        return []
    shared = (
        labelled.unique(["prompt_hash", "exact"], keep="first", maintain_order=True)
        .group_by("prompt_hash", maintain_order=True)
        .agg("at")
        .filter(pl.col("at").list.len() >= 2)["at"]
    )
    groups: list[list[int]] = shared.to_list()
    if sum(map(len, groups)) > _BY_DESIGN * labelled.height:
        return []
    rows = sorted(row for group in groups for row in group)[:_MOST]
    records = dict(zip(rows, data.records(rows), strict=True)) if rows else {}
    texts = dict(zip(rows, data.texts(rows), strict=True)) if rows else {}
    found: list[tuple[list[int], str]] = []
    for group in groups:
        first: dict[frozenset[Marked], int] = {}
        read = [row for row in group if row in records and not _is_left_out(records[row])]
        for row in read:
            if texts[row].prompt == texts[read[0]].prompt:
                first.setdefault(spans_of(records[row], texts[row].prompt), row)
        if len(first) > 1 and any(_disagree(one, other) for one, other in combinations(list(first)[:8], 2)):
            found.append((list(first.values()), texts[read[0]].prompt))
    if are_told_apart([[records[row] for row in some] for some, _ in found]):
        return []
    return [Disagreement(some, *_difference(records, some, text)) for some, text in found]


def spans_of(record: Mapping[str, Any], text: str) -> frozenset[Marked]:
    """Return the spans in the lists of a row, in objects of types, and in the results of Label Studio's annotations.

    White space at their ends in ``text`` does not count.
    """
    counted = counted_results(record)
    items = [] if counted is None else counted[1]
    items = [*items, *(item for value in record.values() if isinstance(value, list) for item in value)]
    items += [item for value in record.values() for _, item in typed_spans(value)]
    found = [(span, label_of(item)) for item in items if (span := span_of(item)) is not None]
    return frozenset(Marked(*_trimmed(text, span.start, span.end), label) for span, label in found)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a place without the white space at its ends; as it is where nothing else is in it."""
    if not 0 <= start < end <= len(text) or text[start:end].isspace():
        return start, end
    words = text[start:end]
    return end - len(words.lstrip()), start + len(words.rstrip())


def _is_left_out(record: Mapping[str, Any]) -> bool:
    decision = record.get(_DECISION)
    return isinstance(decision, str) and decision in _LEFT_OUT


def _disagree(one: frozenset[Marked], other: frozenset[Marked]) -> bool:
    """Return whether spans of one text can't both be right: a label is in both rows, or two places meet."""
    if not one or not other:
        return False
    if {each.label for each in one} & {each.label for each in other}:
        return True
    places = sorted([(each.start, each.end, 0) for each in one] + [(each.start, each.end, 1) for each in other])
    ends = [-1, -1]
    for start, end, side in places:
        if start < ends[1 - side]:
            return True
        ends[side] = max(ends[side], end)
    return False


def are_told_apart(groups: Sequence[Sequence[Mapping[str, Any]]]) -> bool:
    """Return whether a key that names no annotator has another short text in all rows of each group."""
    if len(groups) < 2:
        return False
    return any(
        all(_are_other_words([each.get(key) for each in group]) for group in groups)
        for key in groups[0][0]
        if key != _DECISION and _PEOPLE.search(key) is None
    )


def _are_other_words(values: list[Any]) -> bool:
    named = [value for value in values if isinstance(value, str) and 0 < len(value) <= _CHARS]
    return len(set(named)) == len(values)


def _difference(records: Mapping[int, Mapping[str, Any]], rows: list[int], text: str) -> tuple[str, bool]:
    """Return the first span that one of the first and the last row has and the other has not, in words, and whether
    the last has it."""
    here, there = spans_of(records[rows[-1]], text), spans_of(records[rows[0]], text)
    odd = min(here ^ there)
    shown = excerpt(text, _SHOWN, start=odd.start, stop=odd.end)
    return f'"{shown}" is {excerpt(odd.label, _SHOWN)}', odd in here
