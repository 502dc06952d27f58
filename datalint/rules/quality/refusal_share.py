"""Many responses open with a refusal.

## What it does
Counts the responses that open with a refusal, as [refusal](refusal.md) finds them, and reports one finding if over
`max-share` of the responses, and at least `min-responses`, do. It lists none of them; select `refusal` for that.

## Why it matters
A few refusals are wanted. Many are either the purpose of a set for safety training, or the habit of the teacher model
that wrote the answers, and the trained model refuses as often. In public sets of general instructions at most 9 % of
the responses refuse.

## Bad
```jsonl vary=30
{"prompt": "{w}", "completion": "I'm sorry, but I can't help with that."}
```
## Good
```jsonl vary=30
{"prompt": "{w}", "completion": "{w}, which is easy."}
```
## What to do
List the refusals with `datalint check DATA --extend-select refusal`, keep those that your model should give, and remove
the rest.
## Known limits
Those of `refusal`: a refusal in other words, or after a long preamble, is not counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import polars as pl

from datalint.api import Chunk, Dataset, Hit, Options, Severity, Turns, frozen, option, percent, rule
from datalint.rules.common.refusals import find_refusal, may_refuse
from datalint.rules.common.turns import learned


class Refusals(NamedTuple):
    """Examples read, responses, those that refuse, and the example of the first."""

    rows: int = 0
    responses: int = 0
    refusals: int = 0
    first: int | None = None


@frozen
class RefusalShareOptions(Options):
    """When refusals are many."""

    max_share: float = option(
        0.1,
        "share of responses that may refuse",
        source="of 390 public sets 376 are under it; others are made of refusals, or written by models that refuse much",
    )
    min_responses: int = option(10, "refusals from which the rule reports anything", source="fewer are chance")


@rule("QUA033", "refusal-share", severity=Severity.INFO, since="0.1", each="finding")
def refusal_share(data: Dataset, options: RefusalShareOptions) -> Iterator[Hit]:
    """Yield one hit at the first response that refuses."""
    found = data.measured or Refusals()
    if found.refusals >= options.min_responses and found.refusals > options.max_share * found.responses:
        share = f"{percent(found.refusals / found.responses)}, limit {percent(options.max_share)}"
        yield Hit(f"{found.refusals:,} of {found.responses:,} responses ({share}) open with a refusal", at=found.first)


@refusal_share.measure
def count_refusals(chunk: Chunk, options: RefusalShareOptions) -> Refusals:
    """Count the responses of a chunk that refuse."""
    turns = Turns()
    is_response = learned(turns) & ~turns.has_tool_calls & (turns.chars > 0)
    marks = chunk.turns.select(is_response.sum().alias("n"), may_refuse(turns).alias("refuses"))
    rows = chunk.turns.filter(marks["refuses"]).select("example", "text")
    asked = chunk.examples.select("prompt", "system")[rows["example"].cast(pl.Int64)]
    refusing = [
        example
        for example, text, prompt, system in zip(*rows, *asked, strict=True)
        if find_refusal(text.rstrip(), prompt, system) is not None
    ]
    responses = int(marks["n"][0]) if marks.height else 0
    return Refusals(chunk.examples.height, responses, len(refusing), next(iter(refusing), None))


@refusal_share.merge
def join_refusals(one: Refusals, other: Refusals) -> Refusals:
    """Add two chunks' counts; row numbers of the second move behind the first's."""
    first = one.first if one.first is not None or other.first is None else other.first + one.rows
    return Refusals(one.rows + other.rows, one.responses + other.responses, one.refusals + other.refusals, first)
