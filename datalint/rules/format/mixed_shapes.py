"""One split contains rows of more than one shape.

## What it does

Counts the rows of each shape and reports the split when there are two or more, with the first row of each. In an
evaluation set with a key that says which shape a row has, such as `answer_type`, this is a note. Up to 1 % of texts
without a label, next to labelled ones, are a warning, as they are empty cells of a table.

## Why it matters

A trainer is configured with one format for the whole dataset. It drops rows of another format, reads them as empty
text, or stops. Together's check compares every row with the first, and LLaMA-Factory drops rows that don't fit
(#9618).

## Bad

```jsonl
{"prompt": "Hi", "completion": "Hello"}
{"messages": [{"role": "user", "content": "Hey"}, {"role": "assistant", "content": "Hello"}]}
```

## Good

```jsonl
{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}
{"messages": [{"role": "user", "content": "Hey"}, {"role": "assistant", "content": "Hello"}]}
```

## What to do

Put the rows of each shape into a separate dataset, or convert all of them to one shape:
`datalint convert DATA --to SHAPE --output FILE`. Add the key that a few rows lack. Texts without
a label, next to others with one, teach a classifier nothing: label them, or leave them out.

## Known limits

Rows of no known shape are reported as `unknown-shape`. They don't count as a shape here. Rows that differ only in
whether a prompt has options or a context, or a text `spans`, are of one shape, and so are those that have a `question`
and an `answer`, some with options.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from datalint.api import (
    Dataset,
    Hit,
    Options,
    Places,
    Severity,
    counted,
    excerpt,
    listed,
    others,
    printable,
    rule,
)
from datalint.rules.common.keys.shape_counts import ShapeCount, shape_counts, shape_key, unlabelled_rows

#: Keys that a message names, and the share of rows that may be mistakes.
_KEYS = 3
_FEW = 0.05
#: The shapes of texts with a label, and without.
_LABELLED, _TEXT = "text-label", "text"


@rule("FMT103", "mixed-shapes", severity=Severity.ERROR, since="0.1", each="finding")
def mixed_shapes(data: Dataset, options: Options) -> Iterator[Hit]:
    """Yield one hit, at the first row that is not of the commonest shape."""
    shapes = shape_counts(data)
    shapes = [each for each in shapes if each is shapes[0] or not _differ_in_items(shapes[0].record, each.record)]
    if len(shapes) < 2:
        return
    firsts = [each.first for each in shapes]
    at = min(firsts[1:])
    places = Places(data)
    records = [each.record for each in shapes]
    # What makes a row another shape may be a null, such as a label that is missing; a key that is null in all is none.
    null = [{key for key, value in record.items() if value is None} for record in records]
    rows = zip(records, null, strict=True)
    nulls = [[key for key in record if key in mine and not all(key in each for each in null)] for record, mine in rows]
    lacks = [_lacking(records[0], each, shapes) for each in shapes]
    words = (
        f"{printable(each.shape)} in {counted(each.rows, 'row')}{_noted(each.first, at, said, places)}"
        for each, said in zip(
            shapes, (_missing(null) or lack for null, lack in zip(nulls, lacks, strict=True)), strict=True
        )
    )
    related = others(row for row in firsts if row != at)
    key = " ".join(sorted(each.shape for each in shapes))  # another shape is another finding
    separating = shape_key(data)
    by = "" if separating is None else f', as "{excerpt(separating, 30)}" says'
    few = Severity.WARNING if unlabelled_rows(shapes) else None
    severity = few if separating is None else Severity.INFO
    message = f"{len(shapes)} shapes in one split{by}: {', '.join(words)}"
    yield Hit(message, at=at, related=related, key=key, severity=severity)


def _noted(first: int, at: int, said: str, places: Places) -> str:
    """Return in parentheses where the first row of a shape is, unless the finding is there, and what is said of it."""
    noted = said.removeprefix(", ") if first == at else f"first on {places.of(first, at)}{said}"
    return f" ({noted})" if noted else ""


def _differ_in_items(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two rows have the same keys, values of the same types, and lists of texts of different numbers.

    Two texts are the better and the worse answer in one layout, and two of some labels or questions in another.
    """
    if one.keys() != other.keys() or any(type(value) is not type(other[key]) for key, value in one.items()):
        return False
    return any(
        isinstance(value, list) and len(value) != len(other[key]) and all(isinstance(each, str) for each in value)
        for key, value in one.items()
    )


def _lacking(usual: Mapping[str, Any], shape: ShapeCount, shapes: Sequence[ShapeCount]) -> str:
    """Return words on the keys that the first of a few rows lacks of those of the commonest shape.

    Texts without a label lack its keys next to texts with one, however many they are.
    """
    labelled = next((each.record for each in shapes if each.shape == _LABELLED), None)
    if shape.shape == _TEXT and labelled is not None and shape.record.keys() < labelled.keys():
        keys = [key for key in labelled if key not in shape.record]
        return f", without a label: {listed((repr(excerpt(key, 30)) for key in keys), len(keys), _KEYS)}"
    keys = [key for key in usual if key not in shape.record]
    few = shape.rows <= _FEW * sum(each.rows for each in shapes)
    if not few or not keys or len(keys) > _KEYS or not shape.record.keys() <= usual.keys():
        return ""
    return f", which lacks {listed((repr(excerpt(key, 30)) for key in keys), len(keys), _KEYS)}"


def _missing(keys: list[str]) -> str:
    """Return words on the keys that are null in a row."""
    if not keys:
        return ""
    names = listed((f"'{excerpt(key, 30)}'" for key in keys), len(keys), _KEYS)
    return f", where {names} {'is' if len(keys) == 1 else 'are'} null"
