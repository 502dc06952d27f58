"""Many responses refuse, or mention being an AI.

## What it does
Counts the responses that open with a refusal, as [refusal](refusal.md) finds them, and those that mention being an AI,
as [assistant-disclaimer](assistant-disclaimer.md) does. If there are at least `min-responses` responses, and the share
of refusals is over `max-refusals` or the share of disclaimers is over `max-disclaimers`, there is one finding for
each. The findings list no rows; to see the rows, select the two rules. A refusal is not counted if a key such as
`category` or `type`, also in `metadata`, says that the row is for one ("refusal", "safety", "out of scope").

## Why it matters
A few refusals are wanted. Many refusals are either the purpose of a safety dataset, or a habit of the teacher model
that wrote the answers, and the trained model will refuse as often. In public datasets of general instructions, at most
9 % of the responses refuse. "As an AI language model" is such a habit too, and teaches another model's cut-off date.

## Bad
```jsonl vary=30
{"prompt": "{w}", "completion": "I'm sorry, but I can't help with that."}
```
## Good
```jsonl vary=30
{"prompt": "{w}", "completion": "{w}, which is easy."}
```
## What to do
Read the rows, keep what your model should say, and remove the rest: `datalint check DATA --extend-select
refusal,assistant-disclaimer`.
## Known limits
The limits of the two rules apply: a refusal in other words, or after a long introduction, is not counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

import polars as pl

from datalint.api import Chunk, Dataset, Hit, NamedTuple, Options, Severity, Turns, frozen, option, percent, rule
from datalint.rules.common.responses.disclaimers import find_disclaimer, may_disclaim
from datalint.rules.common.responses.refusals import find_refusal, is_for_refusal, may_refuse
from datalint.rules.common.texts.turns import learned

#: Takes the texts of a response, of its prompt and of its system prompt, and returns where something begins.
_Find = Callable[[str, str, str], int | None]


class Talk(NamedTuple):
    """Examples read, responses, those that refuse or mention being an AI, and the first example of each."""

    rows: int = 0
    responses: int = 0
    refusals: int = 0
    disclaimers: int = 0
    first_refusal: int | None = None
    first_disclaimer: int | None = None


@frozen
class RefusalsOptions(Options):
    """When they are many."""

    max_refusals: float = option(
        0.1,
        "share of responses that may refuse",
        source="of 390 public sets 376 are under it; others are made of refusals, or written by models that refuse much",
    )
    max_disclaimers: float = option(
        0.02, "share of responses that may mention being an AI", source="sets that a model wrote have 2 to 17 %"
    )
    min_responses: int = option(10, "such responses from which the rule reports anything", source="fewer are chance")


@rule("QUA033", "refusals-and-disclaimers", severity=Severity.INFO, since="0.1", each="finding")
def refusals_and_disclaimers(data: Dataset, options: RefusalsOptions) -> Iterator[Hit]:
    """Yield a hit at the first response that refuses, and at the first that mentions being an AI, if they are many."""
    found = data.measured or Talk()
    for count, most, words, first in (
        (found.refusals, options.max_refusals, "open with a refusal", found.first_refusal),
        (
            found.disclaimers,
            options.max_disclaimers,
            "mention being an AI or a knowledge cut-off",
            found.first_disclaimer,
        ),
    ):
        if count >= options.min_responses and count > most * found.responses:
            share = f"{percent(count / found.responses)}, limit {percent(most)}"
            yield Hit(f"{count:,} of {found.responses:,} responses ({share}) {words}", at=first)


@cache
def _marks() -> tuple[pl.Expr, pl.Expr, pl.Expr]:
    """Return the number of responses, and which of them may refuse and disclaim."""
    turns = Turns()
    said = learned(turns) & ~turns.has_tool_calls & (turns.chars > 0)
    return said.sum().alias("n"), may_refuse(turns).alias("no"), may_disclaim(turns).alias("ai")


@refusals_and_disclaimers.measure
def count_responses(chunk: Chunk, options: RefusalsOptions) -> Talk:
    """Count the responses of a chunk."""
    marks = chunk.turns.select(_marks())
    refusing = [row for row in _rows(chunk, marks["no"], find_refusal) if not is_for_refusal(chunk.records[row])]
    disclaiming = _rows(chunk, marks["ai"], lambda text, prompt, _: find_disclaimer(text, prompt))
    return Talk(
        chunk.examples.height,
        int(marks["n"][0]) if marks.height else 0,
        len(refusing),
        len(disclaiming),
        next(iter(refusing), None),
        next(iter(disclaiming), None),
    )


def _rows(chunk: Chunk, marked: pl.Series, find: _Find) -> list[int]:
    if not marked.any():
        return []
    rows = chunk.turns.select("example", "text").filter(marked)
    asked = chunk.examples.select("prompt", "system")[rows["example"].cast(pl.Int64)]
    found = zip(*rows, *asked, strict=True)
    return [example for example, text, prompt, system in found if find(text.rstrip(), prompt, system) is not None]


@refusals_and_disclaimers.merge
def join(one: Talk, other: Talk) -> Talk:
    """Add two chunks' counts; row numbers of the second move behind the first's."""
    firsts = [
        mine if mine is not None or theirs is None else theirs + one.rows
        for mine, theirs in zip(one[4:], other[4:], strict=True)
    ]
    return Talk(*(mine + theirs for mine, theirs in zip(one[:4], other[:4], strict=True)), *firsts)
