r"""A text is mostly punctuation and symbols.

## What it does
Reports prompts, responses and plain texts in which more than `max-share` of the characters are ASCII punctuation and
symbols. White space is not counted, and a run of one character is counted once. Code, formulas, tables, JSON and
markup are not reported, and neither are drawings, patterns and passwords that the prompt asks for.

## Why it matters
Such texts are remnants of a web page or PDF whose words were lost, or the output of a model that degenerated. They
teach nothing, and even a few of them make the model write symbols instead of words.

## Bad
```jsonl
{"prompt": "Name a river.", "completion": "~@ #$ %^ &* ()_ +!@ #$% ^&* )( *& ^% $# @! ~+ _) (* &^ %$ #@ !~"}
```

## Good
```jsonl
{"prompt": "Name a river.", "completion": "The Amazon -- the largest of all!"}
{"prompt": "Write a strong password.", "completion": "g7#K!x$2@Lq^9&Zt*(p)_+~m|V}{w:?>"}
```

## What to do
Remove the row, or extract the text again.

## Known limits
Symbols beyond ASCII, such as emoji, are not counted. Noise between ordinary words is not reported.
"""

from __future__ import annotations

import re
from string import punctuation
from typing import Any, Final

import polars as pl

from datalint.api import Confidence, Options, Severity, Turns, excerpt, frozen, option, passing, percent, rule
from datalint.rules.common.texts.asked import MARKUP, is_asked
from datalint.rules.common.texts.turns import without_code

#: Characters that noise has at its ends together.
_ENDS: Final = 6
_READ: Final = 20_000
_RUN: Final = r"([^\w\s])\1+"
_SYMBOL: Final = r"[!-/:-@\[-`{-~]"
#: Formulas, tables, data and markup.
_DATA: Final = r"(?m)^\s*\||\\[a-zA-Z]{2,}|</|^\s*[{\[<\"']|[\]}>]\s*$|[=;{}]\s*$|\$[^$\n]*[A-Za-z0-9][^$\n]*\$|\w\(|://|→|\d ?[-+*/^=] ?\d"
_ASKED: Final = (
    r"(?i)ascii|draw|pattern|symbol|password|morse|brainf|punctuat|emot|kaomoji|smiley|shape|diagram|encrypt|cipher|decode|character"
    r"|crossword|maze|board|grid|staff|tab\b|equation|formula|calculat|operator|符号|图案|密码|标点"
)


@frozen
class SymbolNoiseOptions(Options):
    """When a text is noise."""

    max_share: float = option(
        0.5, "share of symbols that a text may have", source="prose and lists stay under .2, and code is left out"
    )
    min_chars: int = option(
        20, "characters, white space left out, from which a text is checked", source="a smiley is no noise"
    )


@rule("QUA017", "symbol-noise", severity=Severity.INFO, since="0.1", confidence=Confidence.LOW)
def symbol_noise(turns: Turns, options: SymbolNoiseOptions) -> pl.Expr:
    """Find texts that begin or end with several symbols; the detail counts all."""
    said = (turns.is_prompt | turns.is_response) & ~turns.has_tool_calls & (turns.side != "rejected")
    return passing(
        said & (turns.chars >= options.min_chars),
        turns.text,
        lambda text: text.str.len_bytes() - text.str.strip_chars(f"{punctuation} \n").str.len_bytes() >= _ENDS,
    )


@symbol_noise.detail
def _word(row: dict[str, Any], options: SymbolNoiseOptions) -> str | None:
    text = without_code(row["text"][:_READ])
    plain = "".join(re.sub(_RUN, r"\1", text).split())
    symbols = len(re.findall(_SYMBOL, plain))
    if len(plain) < options.min_chars or symbols <= options.max_share * len(plain):
        return None
    if re.search(_DATA, text) is not None or is_asked(_ASKED, row) or is_asked(MARKUP, row):
        return None
    if row["is_prompt"] and re.search(_ASKED, text) is not None:
        return None
    share = f"{percent(symbols / len(plain))} of the characters are symbols, limit {percent(options.max_share)}"
    return f'{share}: "{excerpt(row["text"], 40)}"'
