"""Spans of a text have an empty label.

## What it does

Looks at the lists of spans next to a text: objects with a first and a last place, or lists with two numbers. Reports
the spans whose label is empty or null, once with their number.

## Why it matters

A span says which words are something; without a label it does not say what. Programs that convert spans to tags make a
class of the empty label, or stop.

## Bad

```jsonl
{"text": "Ask Anna in Oslo.", "entities": [{"start": 4, "end": 8, "label": "PERSON"}, {"start": 12, "end": 16, "label": ""}]}
```

## Good

```jsonl
{"text": "Ask Anna in Oslo.", "entities": [{"start": 4, "end": 8, "label": "PERSON"}, {"start": 12, "end": 16, "label": "PLACE"}]}
```

## What to do

Label the spans in the annotation tool and export them again, or remove them.

## Known limits

Spans without a place for a label, such as times of words, are not looked at. If no span of a list under another key
than `entities`, `spans`, `annotations`, `labels` or `label` has a label, the list is not taken for spans.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from datalint.api import Alike, Chunk, Dataset, Hit, Options, Severity, json_path, mutable, rule
from datalint.rules.common.spans.span_labels import MOST, span_lists
from datalint.rules.common.spans.span_places import is_unnamed, label_of, span_of

#: Keys of lists that hold spans, whether or not one has a label.
_SPANS: Final = frozenset(("entities", "spans", "annotations", "labels", "label"))


@mutable
class _Unnamed:
    """Spans under a key with a label and without one, rows with one of the latter, and the first row and place."""

    named: int = 0
    unnamed: int = 0
    rows: int = 0
    row: int = 0
    place: int = 0


#: Rows seen, and what was found by key.
Found = tuple[int, dict[str, _Unnamed]]


@rule("FMT118", "unnamed-span", severity=Severity.WARNING, since="0.1")
def unnamed_span(data: Dataset, options: Options) -> Iterator[Hit]:
    """Yield a hit for each key with spans that have an empty label."""
    found: Found | None = data.measured
    for key, spans in (found[1] if found is not None else {}).items():
        if not spans.unnamed or not (spans.named or key in _SPANS):
            continue
        of = f"{spans.unnamed:,} of {spans.named + spans.unnamed:,} spans have" if spans.unnamed > 1 else "a span has"
        where = f" in {spans.rows:,} rows" if spans.rows > 1 else ""
        yield Hit(f"{of} an empty label{where}", at=spans.row, path=json_path((key, spans.place)))


@unnamed_span.measure
def measure(chunk: Chunk, options: Options) -> Found:
    """Count the spans of the rows of a chunk by whether they have a label."""
    found: dict[str, _Unnamed] = {}
    for group, text, key in span_lists(chunk):
        _count(found, group, text, key)
    return len(chunk.records), dict(sorted(found.items()))


def _count(found: dict[str, _Unnamed], group: Alike, text: str, key: str) -> None:
    spans = found.setdefault(key, _Unnamed())
    for row, whole, items in zip(group.rows, group.column(text), group.column(key), strict=True):
        if not isinstance(whole, str) or not isinstance(items, list):
            continue
        lost = [place for place, item in enumerate(items[:MOST]) if is_unnamed(item, whole)]
        spans.named += sum(span_of(item) is not None and label_of(item) != "" for item in items[:MOST]) - sum(
            span_of(items[place]) is not None for place in lost
        )
        if lost:
            if not spans.rows or row < spans.row:
                spans.row, spans.place = row, lost[0]
            spans.unnamed += len(lost)
            spans.rows += 1


@unnamed_span.merge
def merge(one: Found, other: Found) -> Found:
    """Add up; rows of ``other`` come after those of ``one``."""
    rows, mine = one
    for key, later in other[1].items():
        spans = mine.setdefault(key, _Unnamed())
        if later.rows and not spans.rows:
            spans.row, spans.place = later.row + rows, later.place
        spans.named, spans.unnamed = spans.named + later.named, spans.unnamed + later.unnamed
        spans.rows += later.rows
    return rows + other[0], dict(sorted(mine.items()))
