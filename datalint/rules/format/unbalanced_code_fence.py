r"""A response opens a code block that it does not close.

## What it does

Counts the fences (three backticks or more) of each response and reports an odd number. As in Markdown, a longer fence
may enclose shorter ones. If a response as a whole is in a block of Markdown with other blocks in it, the finding names
no line. A response that continues a block that its prompt has opened is not reported.

## Why it matters

Everything after the open fence is rendered and parsed as code. The usual causes are an answer that was cut off at the
token limit, and a split at fences that removed the closing one. The model learns to stop inside code.

## Bad

```jsonl
{"prompt": "Print one in Python.", "completion": "Here you are:\n\n```python\nprint(1)\n\nThis prints the number."}
```

## Good

```jsonl
{"prompt": "Print one in Python.", "completion": "Here you are:\n\n```python\nprint(1)\n```\n\nThis prints the number."}
```

## What to do

Close the block, or generate the answer again if it was cut off. Where the finding says that no fence opens the block,
write one.

## Known limits

Fences of tildes and fences in prompts are not checked, and neither are texts with a fence next to a quotation mark, as
in strings of code, plain texts without an empty line, which are lines or paragraphs of a document, or plain texts that
begin with a fence without a language, whose start may be in the text before.
"""

from __future__ import annotations

import re
from typing import Any, Final

import polars as pl

from datalint.api import Confidence, Options, Severity, Turns, passing, rule
from datalint.rules.common.texts.turns import learned
from datalint.rules.common.texts.wrappers import FENCE_LINE, wrapper_end

_FENCE: Final = "```"
_RUN: Final = "`{3,}"
#: A fence at the beginning or the end of a string in code or YAML, the other of which may be within a line.
_IN_STRING: Final = r"['\"]`{3}|`{3}['\"]"
#: What is between two paragraphs.
_PARAGRAPHS: Final = r"\n[ \t\r]*\n"
#: What a line ends with that announces a block.
_SENTENCE_ENDS: Final = (":", "：", ".", "。", "!", "！", "?", "？")


@rule("FMT606", "unbalanced-code-fence", severity=Severity.WARNING, since="0.1", confidence=Confidence.HIGH)
def unbalanced_code_fence(turns: Turns, options: Options) -> pl.Expr:
    """Find responses with a fence; the detail counts them."""
    return passing(
        learned(turns) & ~turns.has_tool_calls,
        turns.text,
        lambda text: text.str.contains_any([_FENCE]),
        lambda text: text.map_batches(_odd, return_dtype=pl.Boolean),
    )


def _odd(texts: pl.Series) -> pl.Series:
    return pl.Series([text.count(_FENCE) % 2 == 1 for text in texts], dtype=pl.Boolean)


@unbalanced_code_fence.detail
def _what(row: dict[str, Any], options: Options) -> str | None:
    text = row["text"]
    if row["role"] == "text" and not re.search(_PARAGRAPHS, text.strip()):
        return None  # a line or paragraph of a document: the other fence is in another one
    if (
        re.search(_IN_STRING, text)
        or len(re.findall(_RUN, text)) % 2 == 0
        or len(re.findall(_RUN, row["prompt"])) % 2 == 1
    ):
        return None
    opened = _open_line(text)
    if opened is None or (row["role"] == "text" and _ends_another(text)):
        return None
    if wrapper_end(text):
        # Which fence ends which block is not certain where blocks stand in a block.
        return f"{len(re.findall(_RUN, text))} code fences, in a block of Markdown around the response, do not pair"
    said = "ends a block that no fence opens" if _closes(text) else "is not closed"
    return f"the code fence on line {opened} {said}"


def _ends_another(text: str) -> bool:
    """Whether a part of a document begins with a fence without a language, its only one, whose start is in a part before."""
    lines = [match.group(2).strip() for match in re.finditer(FENCE_LINE, text)]
    return lines == [""] and text.lstrip().startswith(_FENCE)


def _closes(text: str) -> bool:
    """Whether the last line of a text is a fence directly below a line that no sentence ends: its block has no start."""
    before, _, last = text.rstrip().rpartition("\n")
    above = before.rpartition("\n")[2].strip()
    return re.fullmatch(_RUN, last.strip()) is not None and bool(above) and not above.endswith(_SENTENCE_ENDS)


def _open_line(text: str) -> int | None:
    """Return the line of the fence that is open at the end, as CommonMark reads fences; None where none is."""
    opened: tuple[int, int] | None = None
    for match in re.finditer(FENCE_LINE, text):
        if opened is None:
            opened = match.start(1), len(match.group(1))
        elif len(match.group(1)) >= opened[1] and not match.group(2).strip():
            opened = None
    return None if opened is None else text.count("\n", 0, opened[0]) + 1
