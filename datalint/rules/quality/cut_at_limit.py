"""The long responses or texts of the dataset stop in the middle of a sentence.

## What it does
Compares the longest fifth of the responses (the last one of each example) with the others, if there are at least
`least` and the longest fifth has `min-chars` characters or more. Reports the dataset once if at least `min-share` of
the longest fifth, and four responses, stop in the middle of a sentence or in a block of code, and the others do so at
most half as often. Where a limit cut most responses of any length, half of the longest fifth is enough.

A response stops in the middle of a sentence if it ends in a word, a comma or an open bracket, its last line is prose,
and its other sentences end with a full stop; a script, if its last line ends so and the others end with a mark. So does
an item of a list in any language, if nearly all lines before it end with a mark. Where a limit cut few responses, a
quarter of the longest twentieth, and ten, are enough, if the others do so a twentieth as often at most. The finding also says from which length on most responses end without a full stop or another such mark, and how many of
these and of the shorter ones do: lengths just below a limit are many. Ten responses or more that hardly miss a round
number of characters, which hardly any exceeds, are named first.

Plain texts are reported if at least `min-share` of them have exactly the length of the longest one, if that is
`min-chars` or more, and most of these end without such a mark. Of responses, one in a hundred is enough, and ten. From
100 characters on, an ellipsis after a letter counts too, as programs write it where they cut a text ("the conditi...").
If half of the responses have that length, 100 characters are enough, and that half of these end without a mark after
whole sentences, as the first characters of each answer do.

Responses and texts are also reported if half of the longest fifth end in an ellipsis, and a third as large a part of
the others at most. Copies of one response do not count, and neither do two last words that many responses have after
different texts, such as a link ("View more").

A limit of some tens of tokens leaves responses of some tens of characters, above all in Korean, Japanese and Chinese.
They are reported if six in ten of those from some length on end without a mark, in a new sentence after a whole one, of
the shorter ones at most one in ten, and nearly none is twice as long. A limit that few reached is reported too: half of
ten responses or more of its length (`min-chars` or more, none twice as long) end without a mark, and 3 % of the others.

Prompts under a key of the row (`text`, `article`) are reported if ten, and one in a hundred, have exactly the length of
the longest one, 250 characters or more, but fewer than nine in ten, and half of these stop in the middle of a sentence.
At a length that columns of databases have (255, 512, 1,000, 4,000 …) or cells of Excel (32,767), three are enough, and
it is a warning; at any other length, a note. From 60 characters on, a note also says if ten prompts, and one in twenty,
have the length of the longest one and end in an ellipsis after a letter, as programs write it where they cut a text.

Ten prompts, and one in a hundred, that have exactly the length at which responses were cut are named with these.

Responses are reported that are only the beginning of another text of their row, which is not read (`raw_output`), if
ten of them, and one in a hundred, stop in the middle of it: after an open bracket, a comma or a colon, within a word,
or where a small letter follows 100 characters or more.

Lists are reported too that a program printed with an ellipsis for the rest: `[NOUN,PREP, ...]` in nearly all tagged
sentences, or a tenth of the rows of a table.

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
Responses that were cut in a table or after a full stop do not count as stopping in the middle of a sentence,
and list items that need no full stop count as ending without one. Of more than 2,000 examples, the 400 longest
responses and 400 of the others are read. Nothing is reported if fewer than ten responses reached the limit.
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
