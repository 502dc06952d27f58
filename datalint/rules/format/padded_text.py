r"""A text begins or ends with white space.

## What it does

Reports prompts and responses that begin or end with white space. White space that is there by design is not reported:
the space at the start of a completion in the old completion format, one line break at the end, and the indentation of
code. System prompts, plain text, and texts that contain only white space are not checked.

## Why it matters

If a prompt ends with a space, the tokenizer joins it with the first word of the answer. The boundary between prompt
and answer is then inside a token, which trainers mask or warn about (TRL: "Mismatch between tokenized prompt and the
start of tokenized prompt+completion"). Some chat templates remove the white space and others don't, so the same
dataset trains differently with each. A response that begins with line breaks teaches the model to write them.

## Bad

```jsonl
{"messages": [{"role": "user", "content": "What is the capital of Peru?  "}, {"role": "assistant", "content": "\n\nLima"}]}
```

## Good

```jsonl
{"messages": [{"role": "user", "content": "What is the capital of Peru?"}, {"role": "assistant", "content": "Lima"}]}
{"prompt": "The capital of Peru is", "completion": " Lima"}
```

## What to do

Remove the white space at both ends.

## Known limits

A poem or a table may be indented on purpose.
"""

from __future__ import annotations

from typing import Any, Final

import polars as pl

from datalint.api import Confidence, Options, Severity, Turns, rule

_SPACE: Final = " \t\r\n\u00a0\u3000"
#: The key of the format in which a response continues the prompt, and begins with a space or an indentation.
_CONTINUED: Final = "$.completion"


@rule("FMT605", "padded-text", severity=Severity.INFO, since="0.1", confidence=Confidence.LOW)
def padded_text(turns: Turns, options: Options) -> pl.Expr:
    """Find prompts and responses that differ from themselves without white space at the ends."""
    said = (turns.is_prompt | turns.is_response) & (turns.role != "text") & (turns.side != "rejected")
    bare = turns.text.str.strip_chars(_SPACE)
    return said & (bare != turns.text) & (bare != "")


@padded_text.detail
def _where(row: dict[str, Any], options: Options) -> str | None:
    text = row["text"]
    before = text[: len(text) - len(text.lstrip())]
    after = text[len(text.rstrip()) :]
    begins = bool(before) and not (row["path"] == _CONTINUED and "\n" not in before) and not _is_code(text)
    ends = after not in ("", "\n", "\r\n")
    if not begins and not ends:
        return None
    who = "prompt" if row["is_prompt"] else "response"
    return f"the {who} {'begins and ends' if begins and ends else 'begins' if begins else 'ends'} with white space"


def _is_code(text: str) -> bool:
    """Whether indentation is part of a text: another line is indented too."""
    return "\n " in text or "\n\t" in text
