"""A row's texts are those of an earlier one but for case, white space or Unicode form.

## What it does
Reports each row that is trained on as an earlier one is, once texts are NFKC-normalised, lower-cased and their
white space collapsed. Roles, tools, media, loss weights and preference labels must be equal; ids and other keys
beside the conversation may differ.

## Why it matters
Such rows slip through an exact comparison: a trailing space, a full-width comma, another `id`. They are copies
to the model all the same, and their number inflates the count of examples.

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
Delete the later row. If case or white space is what the examples teach, allow this rule.
## Known limits
The same texts under another system prompt are another example and are not reported. Code whose meaning hangs on
white space or case alone is.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Dataset, Hit, Options, Severity, rule
from datalint.rules._words import Places


@rule("DIV002", "normalized-duplicate", severity=Severity.WARNING, since="0.1")
def normalized_duplicate(data: Dataset, options: Options) -> Iterator[Hit]:
    """Yield a hit at every row that repeats its group's anchor."""
    places = Places(data)
    for group in data.normalized:
        anchor = group.rows[0]
        for copy in group.rows[1:]:
            where = places.of(anchor, copy)
            yield Hit(
                f"same texts as {where} once case, white space and Unicode form are folded",
                at=copy,
                related=((anchor, 1.0),),
            )
