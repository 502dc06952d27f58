r"""A text opens a writing direction without closing it, or closes one without opening it.

## What it does
Looks, paragraph by paragraph, for a bidirectional embedding, override or isolate (U+202A, U+202B, U+202D, U+202E,
U+2066 to U+2068) that is not closed, and for a closing character (U+202C, U+2069) that closes nothing.

## Why it matters
With an open override, a person sees a different text than the model; the Trojan Source attack (CVE-2021-42574) is
based on this. A stray closing character is usually left over from copying, often from a phone's contacts.

## Bad
```jsonl
{"prompt": "Is this admin?", "completion": "access = \u202e\"user\""}
```

## Good
```jsonl
{"prompt": "Name it in Hebrew.", "completion": "It is \u2067שלום\u2069 in Hebrew."}
```

## What to do
Remove the character, or close the direction in the same paragraph.

## Known limits
Balanced control characters are not reported, even if they have no effect. Left-to-right and right-to-left marks are not
reported either. A text that speaks of such characters may mean them: it is reported, and the fix leaves it as it is. A
prompt whose row names them as a test (`"attack": "bidi_smuggling"`) is not reported, nor an answer that repeats them.
"""

from __future__ import annotations

import re
from typing import Any, Final

import polars as pl

from datalint.api import Confidence, Fix, Hit, Options, Severity, Turns, excerpt, passing, rule
from datalint.rules.common.characters.about_characters import MEANT, is_about_characters
from datalint.rules.common.spans.offsets import why_kept
from datalint.rules.common.test_cases import is_tested
from datalint.rules.common.texts.items import EMPTIES, empties_items
from datalint.rules.common.texts.turns import is_odd

_CLOSERS: Final = {
    "\u202a": "\u202c",
    "\u202b": "\u202c",
    "\u202d": "\u202c",
    "\u202e": "\u202c",
    "\u2066": "\u2069",
    "\u2067": "\u2069",
    "\u2068": "\u2069",
}
_CONTROLS: Final = [*"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"]
#: Controls that are deleted one by one.
_MOST: Final = 50
_MARKS: Final = "[\u202a-\u202e\u2066-\u2069\n\r\u2029]"


@rule(
    "QUA015",
    "bidi-control",
    severity=Severity.WARNING,
    since="0.1",
    confidence=Confidence.HIGH,
    fix=Fix.edit(safe=True),
)
def bidi_control(turns: Turns, options: Options) -> pl.Expr:
    """Find texts with any bidirectional control."""
    return passing(is_odd(turns), turns.text, lambda text: text.str.contains_any(_CONTROLS))


@bidi_control.detail
def _word(row: dict[str, Any], options: Options) -> Hit | None:
    text = row["text"]
    at = _unpaired(text)
    if at is None or is_tested(row, char=text[at]):
        return None
    what = "is not closed in its paragraph" if text[at] in _CLOSERS else "closes nothing"
    around = excerpt(text, 60, start=at - 12, stop=at + 12)
    message = f'direction control U+{ord(text[at]):04X} at character {at + 1} {what}: "{around}"'
    if is_about_characters(row):
        return Hit(message + MEANT, fixable=False)
    stays = why_kept(row, _repaired(row, options))
    empties = not stays and empties_items(row, _repaired, options)
    return Hit(message + stays + EMPTIES * empties, fixable=not stays and not empties)


@bidi_control.repair
def _repaired(row: dict[str, Any], options: Options) -> str:
    """Delete what has no partner; where that is much, all of them."""
    text: str = row["text"]
    if is_about_characters(row):
        return text
    for _ in range(_MOST):
        at = _unpaired(text)
        if at is None:
            return text
        text = text[:at] + text[at + 1 :]
    return "".join(char for char in text if char not in _CONTROLS)


def _unpaired(text: str) -> int | None:
    """Return where the first unpaired control stands; a paragraph's end closes every direction."""
    opened: list[int] = []
    for match in re.finditer(_MARKS, text):
        at, char = match.start(), match.group()
        if char in _CLOSERS:
            opened.append(at)
        elif char in "\u202c\u2069":
            if not opened or _CLOSERS[text[opened[-1]]] != char:
                return at
            opened.pop()
        elif opened:
            break
    return opened[0] if opened else None
