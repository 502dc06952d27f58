r"""A text contains U+FFFD, which replaces a character that was lost.

## What it does
Reports turns with the replacement character `�`, how many, and where the first one is.

## Why it matters
A decoder puts U+FFFD where bytes were not valid text, so what stood there is gone. It comes from cutting UTF-8 by
bytes (token by token, or at a limit) and from reading one encoding as another. The model learns to emit it.

## Bad
```jsonl
{"prompt": "Translate: a hundred", "completion": "\ufffd\ufffd百"}
```

## Good
```jsonl
{"prompt": "Translate: a hundred", "completion": "一百"}
```

## What to do
Take the text from its source again; what is lost cannot be repaired here.

## Known limits
A text about encodings may show the character on purpose.
"""

from __future__ import annotations

from typing import Any

import polars as pl

from datalint.api import Confidence, Options, Severity, Turns, excerpt, passing, rule
from datalint.rules.common.turns import is_odd


@rule("QUA012", "replacement-character", severity=Severity.WARNING, since="0.1", confidence=Confidence.HIGH)
def replacement_character(turns: Turns, options: Options) -> pl.Expr:
    """Find texts with U+FFFD."""
    return passing(is_odd(turns), turns.text, lambda text: text.str.contains_any(["\ufffd"]))


@replacement_character.detail
def _word(row: dict[str, Any], options: Options) -> str:
    text = row["text"]
    count, at = text.count("\ufffd"), text.find("\ufffd")
    around = excerpt(text, 30, start=at - 12, stop=at + 12)
    lost = "1 lost character (U+FFFD)" if count == 1 else f"{count:,} lost characters (U+FFFD), the first"
    return f'{lost} at character {at + 1}: "{around}"'
