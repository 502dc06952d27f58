"""Many responses hold what a program wrote: a line or a second full stop at the end, or the results of tools.

## What it does
Reports, once, that at least `min-responses` different responses and `min-share` of all end with a line of their own
that a program appends: labels and numbers with the name of a model or a provider ("Confidence: 63% | Gemini"), with
tokens and times ("Tokens: 512 | Latency: 1.8s"), or behind a mark in brackets ("[ OK ] Confidence: 63% | local").
Nothing is reported if the prompts say what the line says.

Reports, once, that ten responses or more, and one of fifty, are written by an agent together with what its tools
returned (`Action: search[pier]`, and below it `Observation: The pier is …`).

Reported as a note: ten responses or more, and one of fifty, end in two full stops of Chinese or Japanese ("。。"), and
hardly any have several elsewhere.

## Why it matters
The line says how the answer was made and nothing about the question. The model learns to append it, with a number and a
name that it invents. A full stop that is appended to texts that have one is learned too. A model that learns to write
observations makes them up instead of waiting for its tools.

## Bad
```jsonl vary=10
{"prompt": "{w}?", "completion": "{w}.\\n\\nConfidence: {n}% (medium) | Gemini"}
```
## Good
```jsonl vary=10
{"prompt": "{w}?", "completion": "{w}.\\n\\nFinal answer: {n}"}
```
## What to do
Delete the line or the full stop from the responses, and keep what the line says under a key of its own. Write
observations as turns of a tool or a user, on which no loss is taken.
## Known limits
Lines without the name of a known model or provider, such as "Confidence: 63%", may be wanted and are not reported,
unless they give tokens or times, or have a mark. Plain text and rejected sides are not checked. People type "。。" as an
ellipsis, also between sentences and with more than two full stops: where responses have such, nothing is reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import polars as pl

from datalint.api import (
    Chunk,
    Dataset,
    Hit,
    NamedTuple,
    Options,
    Severity,
    excerpt,
    frozen,
    has_any,
    option,
    passing,
    percent,
    rule,
)
from datalint.rules.common.frames import picked
from datalint.rules.common.responses.doubled_stops import (
    DoubledStops,
    find_doubled_stops,
    join_doubled_stops,
    many_end_doubled,
)
from datalint.rules.common.responses.nearly_all import Share, joined
from datalint.rules.common.responses.observations import find_observations, many_observe
from datalint.rules.common.responses.program_lines import CELLS, MODEL, SIGNS, footer_of
from datalint.rules.common.texts.turns import learned_texts

#: Characters at the end of a response in which its last line is looked for.
_TAIL: Final = 200
#: Responses whose prompts are read.
_READ: Final = 20


class Footers(NamedTuple):
    """Examples, responses, of those with such a line their example and the line, and those with other signs."""

    rows: int
    responses: int
    found: tuple[tuple[int, str], ...]
    doubled: DoubledStops
    observed: Share


@frozen
class ProgramFooterOptions(Options):
    """When a line is appended by a program."""

    min_share: float = option(
        0.1, "share of responses that end with such a line", source="a few may quote the output of a program"
    )
    min_responses: int = option(
        5, "different responses that end with such a line", source="fewer may be copies of one response"
    )


@rule("QUA036", "program-footer", severity=Severity.WARNING, since="0.1", each="finding")
def program_footer(data: Dataset, options: ProgramFooterOptions) -> Iterator[Hit]:
    """Yield a hit at the first response with such a line, or with two full stops at its end, if there are many."""
    footers: Footers | None = data.measured
    if footers is None:
        return
    if many_end_doubled(footers.doubled):
        ends = footers.doubled.ends
        yield Hit(
            f"{ends.having:,} of {ends.texts:,} responses ({percent(ends.having / ends.texts)}) end in two full stops "
            '("。。"): a program appended one to texts that have one',
            at=ends.first,
            key="stops",
            severity=Severity.INFO,
        )
    if many_observe(footers.observed):
        seen = footers.observed
        yield Hit(
            f"{seen.having:,} of {seen.texts:,} responses ({percent(seen.having / seen.texts)}) have what tools returned "
            "(Observation: … below Action: …), which the model learns to make up",
            at=seen.first,
            key="observations",
        )
    if len(footers.found) < max(options.min_share * footers.responses, options.min_responses):
        return
    if data.examples["response_hash"].gather([row for row, _ in footers.found]).n_unique() < options.min_responses:
        return
    looked_at = footers.found[:_READ]
    rows = sorted({row for row, _ in looked_at})
    texts = dict(zip(rows, data.texts(rows), strict=True))
    asked = sum(_is_asked(line, f"{texts[row].system}\n{texts[row].prompt}") for row, line in looked_at)
    if 2 * asked > len(looked_at):
        return
    first, line = footers.found[0]
    count, share = len(footers.found), percent(len(footers.found) / footers.responses)
    yield Hit(
        f"{count:,} of {footers.responses:,} responses ({share}) end with a line of the program that made them: "
        f'"{excerpt(line, 60)}"',
        at=first,
    )


@program_footer.measure
def find_footers(chunk: Chunk, options: ProgramFooterOptions) -> Footers:
    """Return the responses of a chunk whose last line is one that a program appends."""
    turns, tail = chunk.turns, pl.col("tail")
    texts = picked(turns, learned_texts(chunk) & (turns["role"] != "text") & (turns["chars"] > 0), "example", "text")
    said = texts.select("example", pl.col("text").str.tail(_TAIL).alias("tail"))
    likely = said.select(
        passing(
            has_any(tail, CELLS),
            tail,
            lambda some: some.str.contains_any(SIGNS, ascii_case_insensitive=True),
        )
    )
    ends = picked(said, likely.to_series(), "example", "tail")
    found = tuple((example, line) for example, end in ends.iter_rows() if (line := footer_of(end)))
    return Footers(chunk.examples.height, said.height, found, find_doubled_stops(chunk), find_observations(chunk))


@program_footer.merge
def join_footers(one: Footers, other: Footers) -> Footers:
    """Put two partials one after the other; row numbers of the second move behind the first's."""
    moved = tuple((example + one.rows, line) for example, line in other.found)
    doubled = join_doubled_stops(one.doubled, other.doubled)
    observed = joined(one.observed, other.observed)
    return Footers(one.rows + other.rows, one.responses + other.responses, one.found + moved, doubled, observed)


def _is_asked(line: str, prompt: str) -> bool:
    """Whether a prompt says the label of the line, or names a model that the line names."""
    label = re.sub(r"^\W+", "", re.split("[:：]", line)[0]).casefold()
    names = {name.casefold() for name in re.findall(MODEL, line)}
    text = prompt.casefold()
    return label in text or any(name in text for name in names)
