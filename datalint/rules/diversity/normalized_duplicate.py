"""A row has the same texts as an earlier one.

## What it does
Reports each row that trains the model on the same texts as an earlier row. The texts are equal after Unicode NFKC
normalisation, lower-casing and collapsing white space. If the response is code or a command, its case, quoted strings,
and the paths and quoted strings of its prompt must be equal too. Roles, tools, media, loss weights and preference labels must be
equal; ids and other metadata may differ, and next to a response of 100 characters or more also objects of unknown use, such
as `typing`. If only such keys differ, the message names them.

## Why it matters
An exact comparison does not find such rows, because of a trailing space, a full-width comma or a different `id`. To
the model, they are copies, and they inflate the number of examples.

## Bad
```jsonl
{"prompt": "Name a primary colour.", "completion": "Red is one of the three primary colours."}
{"prompt": "name  a primary colour. ", "completion": "Red is one of the three primary colours."}
```
## Good
```jsonl
{"prompt": "Name a primary colour.", "completion": "Red is one of the three primary colours."}
{"prompt": "Which metal is liquid at room temperature?", "completion": "Mercury."}
```
## What to do
Delete the later row: `datalint dedupe DATA --output FILE`. If the examples teach case or white space, ignore this rule.
## Known limits
The same texts with a different system prompt are a different example and are not reported, and neither is a labelled
text with another `entity`, `aspect` or `keyword`, nor an answer of another `model` or `pipeline` next to a `gold` or
`reference` answer. Code that differs only in
white space outside quotes is reported, even if that changes its meaning. Rows with an empty prompt are not reported:
`empty-prompt` does that.
"""

from __future__ import annotations

from collections.abc import Iterator
from heapq import nsmallest

from datalint.api import Dataset, Fix, Hit, Options, Places, Severity, excerpt, frozen, listed, option, rule
from datalint.rules.common.duplicates import without_chance

#: Differing keys that a message names.
_KEYS = 3
#: What differs where the texts do.
_FORM = "case, white space or Unicode form"


@frozen
class NormalizedDuplicateOptions(Options):
    """How much is shown."""

    differences: int = option(
        2_000, "rows for which the differing keys are shown", source="each needs its record read again"
    )


@rule(
    "DIV002",
    "normalized-duplicate",
    severity=Severity.WARNING,
    since="0.1",
    fix=Fix.copies(safe=False),
)
def normalized_duplicate(data: Dataset, options: NormalizedDuplicateOptions) -> Iterator[Hit]:
    """Yield a hit at every row that repeats its group's anchor."""
    places = Places(data)
    differing = _differences(data, options.differences)
    for group in without_chance(data, data.normalized):
        anchor = group.rows[0]
        for copy in group.rows[1:]:
            what = differing.get(copy, f"other keys, {_FORM}")
            yield Hit(f"same as {places.of(anchor, copy)} but for {what}", at=copy, related=((anchor, 1.0),))


def _differences(data: Dataset, most: int) -> dict[int, str]:
    """Return in words how the first ``most`` copies differ from their anchors; the records of others are not read."""
    pairs = nsmallest(most, ((copy, group.rows[0]) for group in data.normalized for copy in group.rows[1:]))
    rows = sorted({row for pair in pairs for row in pair})
    records = dict(zip(rows, data.records(rows), strict=True)) if rows else {}
    texts = dict(zip(rows, data.texts(rows), strict=True)) if rows else {}
    found: dict[int, str] = {}
    for copy, anchor in pairs:
        old, new = records[anchor], records[copy]
        keys = [key for key in (*new, *(old.keys() - new.keys())) if old.get(key) != new.get(key)]
        found[copy] = _FORM
        if texts[copy] == texts[anchor] and keys:
            names = listed((f"'{excerpt(key, 30)}'" for key in sorted(keys)), len(keys), _KEYS)
            found[copy] = f"the {'key' if len(keys) == 1 else 'keys'} {names}"
    return found
