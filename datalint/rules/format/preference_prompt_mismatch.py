"""The chosen and the rejected side answer different prompts.

## What it does

If both sides are whole conversations, as lists of messages or as transcripts (`Human:` or `User:`, then `Assistant:`,
at the start of a line; Anthropic's have blank lines between turns), compares them turn by turn, and reports a pair
whose first difference is in a user or system turn. A first difference in an assistant turn is what a preference is
meant to show, and is not reported.

## Why it matters

DPO compares two answers to one prompt. Trainers read the turns that both sides share as the prompt (TRL,
`extract_prompt`), so if the prompts differ, the question becomes part of the answers, or the comparison is
meaningless. The usual cause is a join by row number after one side was filtered.

## Bad

```jsonl
{"chosen": [{"role": "user", "content": "Two plus two?"}, {"role": "assistant", "content": "Four."}], "rejected": [{"role": "user", "content": "Three plus three?"}, {"role": "assistant", "content": "Five."}]}
```

## Good

```jsonl
{"chosen": [{"role": "user", "content": "Two plus two?"}, {"role": "assistant", "content": "Four."}], "rejected": [{"role": "user", "content": "Two plus two?"}, {"role": "assistant", "content": "Five."}]}
```

## What to do

Join the sides by prompt again, or delete the pair. If the prompts differ only in white space, make the white space
equal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
import polars as pl

from datalint.api import Chunk, Confidence, Hit, Options, Record, Severity, rule
from datalint.rules.common.lazy_pattern import lazy_pattern
from datalint.rules.common.pairs.sides import Said, sides
from datalint.rules.common.texts.line_ends import plain_ends

_PROMPTS = frozenset(("user", "system", "developer"))
_TRANSCRIPT = "\n\nHuman:"
_SPEAKER = lazy_pattern(r"\n\n(Human|Assistant):")
#: The same without a blank line before each turn.
_SHORT = ("Human:", "User:")
_BEGINS = (*(_TRANSCRIPT.replace("\n", end) for end in ("\n", "\r\n", "\r")), *_SHORT)
_LINE = lazy_pattern(r"(?:^|\n{1,3})(Human|User|Assistant):")


@rule(
    "FMT503",
    "preference-prompt-mismatch",
    severity=Severity.ERROR,
    since="0.1",
    requires={"preference"},
    confidence=Confidence.HIGH,
)
def preference_prompt_mismatch(record: Record, options: Options) -> Iterator[Hit]:
    """Yield a hit when the first turn in which the sides differ is one of a prompt."""
    both = sides(record)
    if both is None:
        return
    for (role, text), (other_role, other) in zip(_turns(both.chosen), _turns(both.rejected), strict=False):
        if (role, text) == (other_role, other):
            continue
        if role in _PROMPTS and other_role in _PROMPTS:
            is_space = "".join(text.split()) == "".join(other.split())
            what = "prompts that differ only in white space" if is_space else "different prompts"
            severity = Severity.WARNING if is_space else None
            yield Hit(f"the sides answer {what}", path=f"$.{both.rejected_key}", severity=severity)
        return


@preference_prompt_mismatch.rows
def _differ(chunk: Chunk, options: Options) -> pl.Series:
    """Return where the prompts within the sides differ, or may be in a transcript."""
    said = chunk.turns.filter((pl.col("side") != "") & pl.col("role").is_in(list(_PROMPTS)))
    chosen, rejected = (said.filter(pl.col("side") == side) for side in ("chosen", "rejected"))
    size = chunk.examples.height
    counts = [np.bincount(each["example"].to_numpy(), minlength=size) for each in (chosen, rejected)]
    differ = counts[0] != counts[1]
    alike = [each.filter(pl.Series(~differ[each["example"].to_numpy()])) for each in (chosen, rejected)]
    other = (alike[0]["role"] != alike[1]["role"]) | (alike[0]["text"] != alike[1]["text"])
    differ[alike[0]["example"].filter(other).to_numpy()] = True
    return (
        pl.Series(differ)
        | chunk.examples.select(
            pl.any_horizontal(pl.col("chosen", "rejected").str.starts_with(begin) for begin in _BEGINS)
        ).to_series()
    )


def _turns(side: list[Said]) -> list[tuple[str, str]]:
    text = plain_ends(side[0].text) if len(side) == 1 else ""
    speaker = _speaker(text)
    if speaker is not None:
        parts = speaker.split(text)
        return [
            ("assistant" if who == "Assistant" else "user", text)
            for who, text in zip(parts[1::2], parts[2::2], strict=True)
        ]
    return [(said.role, said.text) for said in side]


def _speaker(text: str) -> re.Pattern[str] | None:
    """Return what begins each turn of a transcript, which has one of an assistant."""
    if text.startswith(_TRANSCRIPT):
        return _SPEAKER
    return _LINE if text.startswith(_SHORT) and "\nAssistant:" in text else None
