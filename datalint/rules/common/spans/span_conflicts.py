"""Rows with one text whose labelled spans differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any, Final

import polars as pl

from datalint.api import Dataset, NamedTuple, excerpt
from datalint.rules.common.spans.span_places import label_of, span_of, typed_spans
from datalint.support.annotations import counted_results
from datalint.support.lazy_pattern import lazy_pattern

#: The shapes of texts with the labels of their parts, and about how many rows are read again at once.
_SHAPES: Final = ("mapped-labels", "label-studio", "label-studio-predictions")
_AT_ONCE: Final = 10_000
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
    found: list[Disagreement] = []
    telling: list[str] | None = None
    for some in _batches(groups):
        for records, each in _conflicts(data, some):
            found.append(each)
            telling = _telling(records, records[0] if telling is None else telling)
    return [] if telling and len(found) > 1 else found


def _batches(groups: Sequence[list[int]]) -> Iterator[list[list[int]]]:
    """Yield groups of rows together, as many as are read at once."""
    some: list[list[int]] = []
    for group in groups:
        if some and sum(map(len, some)) + len(group) > _AT_ONCE:
            yield some
            some = []
        some.append(group)
    if some:
        yield some


def _conflicts(data: Dataset, groups: Sequence[list[int]]) -> Iterator[tuple[list[Mapping[str, Any]], Disagreement]]:
    """Yield each disagreement in groups of rows with one text, after the rows themselves."""
    rows = sorted(row for group in groups for row in group)
    records = dict(zip(rows, data.records(rows), strict=True))
    texts = dict(zip(rows, data.texts(rows), strict=True))
    for group in groups:
        first: dict[frozenset[Marked], int] = {}
        read = [row for row in group if not _is_left_out(records[row])]
        for row in read:
            if texts[row].prompt == texts[read[0]].prompt:
                first.setdefault(spans_of(records[row], texts[row].prompt), row)
        if len(first) > 1 and any(_disagree(one, other) for one, other in combinations(list(first)[:8], 2)):
            some = list(first.values())
            difference = _difference(records, some, texts[read[0]].prompt)
            yield [records[row] for row in some], Disagreement(some, *difference)


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
    telling: Iterable[str] = groups[0][0]
    for group in groups:
        telling = _telling(group, telling)
    return bool(telling)


def _telling(group: Sequence[Mapping[str, Any]], keys: Iterable[str]) -> list[str]:
    """Return which of the keys name no annotator and have another short text in all rows of a group."""
    named = (key for key in keys if key != _DECISION and _PEOPLE.search(key) is None)
    return [key for key in named if _are_other_words([each.get(key) for each in group])]


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
