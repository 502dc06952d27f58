"""The long responses or texts of the dataset stop in the middle of a sentence.

## What it does
Compares the longest fifth of the responses with the others. Reports the dataset once if at least `min-share` (15 %) of
the longest fifth stop in the middle of a sentence, and the others at most half as often. There must be `least` (40)
responses, and the longest fifth must have `min-chars` (400) characters or more.

A response stops in the middle of a sentence if it ends in a word, a comma, an open bracket or a block of code, and its
other sentences end with a mark. The finding says from which length on most responses end without one.

Also reported:
- texts and responses that have exactly the length of the longest one, or one just below a round number, and mostly
  end without a mark
- texts and responses that end in an ellipsis ("the conditi..."), if the long ones do so more often
- short responses that a limit of some tens of tokens cut, above all in Korean, Japanese and Chinese
- responses that are only the beginning of another text of their row, and lists that were printed with an ellipsis
- prompts that end exactly at the length of the longest one: a warning at usual limits of columns (255, 4,000, 32,767),
  otherwise a note

Copies of one response, last words that many responses have ("View more"), last lines that give the answer ("Answer: B.
The pier"), and rewritten prompts that stop in the same way, are not counted.

## Why it matters
Responses that were generated with a limit on the number of tokens stop there, whatever they say. A model that is
trained on them learns to stop at that length.
[truncated-response](truncated-response.md) finds only those that end in a word such as "the": in a set whose responses
were cut at 512 tokens, 2 of 11.

## Bad
```jsonl vary=40
{"prompt": "Question {n}", "completion": "{w} opens at nine."}
```
```jsonl vary=10
{"prompt": "Tell me about {w}", "completion": "{w} opens at nine in the morning, and the first bus leaves a quarter of an hour later. It has places for forty people, of whom ten have to stand. On Sundays there is none. Whoever comes by bicycle finds a place for it behind the station, under a roof, where it is dry. The lock has to be brought. In winter the house is heated from eight on, and tea is free for all who had to wait outside. Tickets are sold at the entrance and by two machines that take cards"}
```

## Good
```jsonl vary=40
{"prompt": "Question {n}", "completion": "{w} opens at nine."}
```
```jsonl vary=10
{"prompt": "Tell me about {w}", "completion": "{w} opens at nine in the morning, and the first bus leaves a quarter of an hour later. It has places for forty people, of whom ten have to stand. On Sundays there is none. Whoever comes by bicycle finds a place for it behind the station, under a roof, where it is dry. The lock has to be brought. In winter the house is heated from eight on, and tea is free for all who had to wait outside. Tickets are sold at the entrance."}
```

## What to do
Generate the long responses again with a higher limit, or cut each after its last whole sentence. Look at all responses
from the length on that the finding names. Write texts that were cut again from their source, without the limit.

## Known limits
A response that was cut in a table or after a full stop does not count as stopping in the middle of a sentence, and a
list item that needs no full stop counts as ending without one. Of more than 2,000 examples, the 400 longest responses
and 400 of the others are read. Nothing is reported if fewer than ten responses reached the limit, or three prompts that
of a database column.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

import numpy as np
import polars as pl

from datalint.api import (
    Chunk,
    Dataset,
    Hit,
    NamedTuple,
    Options,
    Places,
    Severity,
    frozen,
    option,
    others,
    passing,
    rule,
)
from datalint.rules.common.frames import joined_frames, picked
from datalint.rules.common.responses.cut_cells import (
    Cells,
    cut_alike,
    cut_cells,
    find_cells,
    joined_cells,
    said_of_alike,
)
from datalint.rules.common.responses.cut_characters import of_one_length, with_ellipsis
from datalint.rules.common.responses.cut_copies import Copies, cut_copies, find_copies, joined_copies
from datalint.rules.common.responses.cut_ends import ENDS
from datalint.rules.common.responses.cut_texts import CutTexts
from datalint.rules.common.responses.cut_tokens import at_high_limit, at_low_limit, at_usual_limit
from datalint.rules.common.responses.endings import cut_within_sentence, have_ellipsis, last_char
from datalint.rules.common.responses.printed_lists import printed_lists
from datalint.rules.common.texts.turns import learned_texts

_FENCE: Final = "```"
_NAMED: Final = 3


class Ends(NamedTuple):
    """How the last responses and the texts of a chunk or dataset end."""

    rows: int
    #: For each chunk, a frame with an ``example``, the length of its last response or its text, ``chars``, and whether it
    #: is ``plain`` text, is ``unended``, without a mark, is ``elliptic``, with an ellipsis, and ``may`` be cut.
    frames: list[pl.DataFrame]
    #: The lengths of prompts, by path.
    cells: dict[str, Cells]
    #: Responses that are the beginning of another text, by the key of that text.
    copies: dict[str, Copies]


@frozen
class CutAtLimitOptions(Options):
    """Which responses are compared, and how many of them are cut."""

    least: int = option(40, "responses from which on they are compared", source="a fifth of fewer is no sample")
    min_chars: int = option(
        400, "characters that each response of the longest fifth has", source="no limit is as low as 100 tokens"
    )
    min_share: float = option(
        0.15,
        "share of the longest fifth that is cut",
        source="of 92 public files with long responses, 4 have 20 % or more, each of them cut; the next one has 7 %",
    )


@rule("QUA035", "cut-at-limit", severity=Severity.WARNING, since="0.1", each="dataset")
def cut_at_limit(data: Dataset, options: CutAtLimitOptions) -> Iterator[Hit]:
    """Yield one hit for the dataset, at the first long response that is cut; at most 800 responses are read."""
    yield from printed_lists(data)
    if data.measured is None:
        return
    ends: Ends = data.measured
    cut = dict(_cut(data, ends, options))
    known = [path for each in cut.values() for path in cut_alike(ends.cells, each.length)]
    yield from cut_cells(ends.cells, known=known)
    yield from cut_copies(data, ends.copies)
    for key, each in cut.items():
        yield _hit(data, each, said_of_alike(ends.cells, each.length), key=key)


def _cut(data: Dataset, ends: Ends, options: CutAtLimitOptions) -> Iterator[tuple[str, CutTexts]]:
    """Yield the texts and the responses that are cut, each with the key of its hit."""
    if not ends.frames:
        return
    found = pl.concat(ends.frames).sort("chars", descending=True, maintain_order=True)
    texts, responses = (picked(found, rows, *found.columns) for rows in (found["plain"], ~found["plain"]))
    least = max(options.least, 1)
    if texts.height >= least and (cut := _by_characters(data, texts, "texts", options)) is not None:
        yield "texts", cut
    if responses.height < least:
        return
    if (cut := _by_characters(data, responses, "responses", options)) is not None:
        yield "responses", cut
    elif (cut := _by_tokens(data, responses, options)) is not None:
        yield "all", cut


def _by_characters(data: Dataset, found: pl.DataFrame, what: str, options: CutAtLimitOptions) -> CutTexts | None:
    cut = of_one_length(data, found, what, min_chars=options.min_chars, min_share=options.min_share)
    return with_ellipsis(data, found, what) if cut is None else cut


def _by_tokens(data: Dataset, found: pl.DataFrame, options: CutAtLimitOptions) -> CutTexts | None:
    cut = at_usual_limit(data, found, min_chars=options.min_chars, min_share=options.min_share)
    if cut is None:
        cut = at_low_limit(data, found, min_chars=options.min_chars)
    return at_high_limit(data, found, min_chars=options.min_chars) if cut is None else cut


def _hit(data: Dataset, cut: CutTexts, also: str, *, key: str) -> Hit:
    places = Places(data)
    named = ", ".join(places.of(row, cut.rows[0]) for row in cut.rows[:_NAMED])
    return Hit(f"{cut.said}{also} The first: {named}", at=cut.rows[0], related=others(cut.rows[1:_NAMED]), key=key)


@cut_at_limit.measure
def measure(chunk: Chunk, options: CutAtLimitOptions) -> Ends:
    """Return the length of the last response of each example in a chunk, and whether it may be cut."""
    turns = chunk.turns
    texts = picked(turns, learned_texts(chunk) & (turns["chars"] > 0), "example", "chars", "text", "role")
    numbers = texts["example"].to_numpy()
    last = pl.Series(np.append(numbers[1:] != numbers[:-1], np.ones(min(texts.height, 1), np.bool_)))
    end, columns = _columns(options.min_chars)
    ends = picked(texts, last, *texts.columns).with_columns(end).select(columns)
    return Ends(chunk.examples.height, [ends] if ends.height else [], find_cells(chunk), find_copies(chunk))


@cache
def _columns(min_chars: int) -> tuple[pl.Expr, list[pl.Expr]]:
    """Return the last character of a response, and what is kept of it; built once, as that takes as long as a query."""
    # Literals alone: Polars caches few patterns.
    end = pl.col("end")
    unended = ~end.is_in(ENDS)
    elliptic = passing(end.is_in([".", "…"]), pl.col("text"), have_ellipsis, cut_within_sentence)
    may_be = unended | pl.col("text").str.contains_any([_FENCE])
    return last_char(pl.col("text")).alias("end"), [
        pl.col("example").cast(pl.Int64),
        pl.col("chars").cast(pl.Int64),
        (pl.col("role") == "text").alias("plain"),
        unended.alias("unended"),
        elliptic.alias("elliptic"),
        (may_be & (pl.col("chars") >= min_chars)).alias("may"),
    ]


@cut_at_limit.merge
def merge(one: Ends, other: Ends) -> Ends:
    """Put two partials one after the other; row numbers of the second move behind the first's."""
    rows, frames = joined_frames((one.rows, one.frames), (other.rows, other.frames))
    cells, copies = joined_cells(one.cells, other.cells, one.rows), joined_copies(one.copies, other.copies, one.rows)
    return Ends(rows, frames, cells, copies)
