r"""A response is nothing but a word for a missing value.

## What it does
Reports a response whose whole text is `N/A`, `None`, `null`, `nan` or the like, and the same words in an Alpaca
`input`. In other prompts only the generators' own marker, `<noinput>`, counts. The label of a text with a label is
left alone, as a label may be "none".

## Why it matters
Such a word is seldom an answer: a data frame wrote its missing value, or a generator its marker. The model learns to
say it. tloen/alpaca-lora PR#32 had to clean out "N/A", "None" and several spellings of "no input".

## Bad
```jsonl
{"instruction": "Give the capital of Peru.", "input": "", "output": "nan"}
```

## Good
```jsonl
{"instruction": "Give the capital of Peru.", "input": "", "output": "Lima"}
```

## What to do
Write the real value, or an answer in words such as "There is none."

## Known limits
Where "None" is a true answer (extraction, code output), set `words` to what your data never means.
"""

from __future__ import annotations

from typing import Any, Final

import polars as pl

from datalint.api import Options, Severity, Turns, excerpt, frozen, option, rule
from datalint.rules.quality._turns import learned, passing

_MARKERS: Final = ("<noinput>", "<no input>", "<no_input>", "noinput", "no input", "<nooutput>", "<no output>")
_LABELS: Final = ("$.label", "$.category", "$.intent", "$.class")
#: Longer than any of the words: longer texts are not compared.
_LONGEST: Final = 24


@frozen
class NullWordOptions(Options):
    """Options of null-word-response."""

    words: list[str] = option(
        ["n/a", "none", "null", "nan", "nil", "undefined", "no output", *_MARKERS],
        "texts that stand for a missing value, in lower case; the whole answer is compared",
        source="tloen/alpaca-lora PR#32, and what pandas, JavaScript and SQL write",
    )


@rule("QUA003", "null-word-response", severity=Severity.WARNING, since="0.1")
def null_word_response(turns: Turns, options: NullWordOptions) -> pl.Expr:
    """Find turns whose whole text is one of the words."""
    short = turns.chars <= _LONGEST
    answers = (learned(turns) & ~turns.path.is_in(_LABELS)) | (turns.path == "$.input")
    return passing(short & answers, turns.text, lambda text: _bare(text).is_in(options.words)) | passing(
        short & turns.is_prompt, turns.text, lambda text: _bare(text).is_in(_MARKERS)
    )


def _bare(text: pl.Expr) -> pl.Expr:
    return text.str.strip_chars(" \t\r\n.").str.to_lowercase()


@null_word_response.detail
def _word(row: dict[str, Any], options: NullWordOptions) -> str:
    what = "response" if row["is_response"] else "input" if row["path"] == "$.input" else "prompt"
    return f'the whole {what} is "{excerpt(row["text"].strip(), _LONGEST)}", a word for a missing value'
