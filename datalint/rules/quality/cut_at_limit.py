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

import re
from collections.abc import Iterator
from typing import Final

import numpy as np
import polars as pl

from datalint.api import Chunk, Dataset, Hit, Options, Places, Severity, frozen, option, others, passing, rule
from datalint.rules.common.frames import joined_frames, picked
from datalint.rules.common.responses.cut_cells import EXCEL, LEAST_CELLS, Cells, cut_cells, find_cells, joined_cells
from datalint.rules.common.responses.cut_copies import Copies, cut_copies, find_copies, joined_copies
from datalint.rules.common.responses.cut_ends import ENDS, TAIL, are_copies, cut_rows
from datalint.rules.common.responses.cut_lengths import cut_length, high_limit, low_limit, round_limit
from datalint.rules.common.responses.endings import cut_within_sentence, have_ellipsis, last_char, last_line
from datalint.rules.common.responses.open_ends import begins_sentence
from datalint.rules.common.responses.printed_lists import printed_lists
from datalint.rules.common.texts.turns import learned_texts

#: The part that is long where a high limit cut few, the share of them that is cut, and how much more often than others.
_LONGEST: Final = 20
_LONGEST_SHARE: Final = 0.25
_CLEARLY_LONGEST: Final = 20
#: The part of the responses that is long, how many of these must be cut at least, and how many are read of a side.
_LONG: Final = 5
_LEAST_CUT: Final = 4
_MOST_READ: Final = 400
#: How much more often than the others the long ones are cut, unless most of all are: then the share, and how much more.
_TIMES: Final = 2
_MOST: Final = 0.5
_MORE: Final = 1.2
_FENCE: Final = "```"
_NAMED: Final = 3

#: How many times as many of the responses from a length on as of the shorter ones end without a mark, if it is named, or
#: in an ellipsis.
_CLEARLY: Final = 3
#: Share of the texts of one length that end without a mark, if that is a limit: a few end a sentence by chance.
_MOST_OPEN: Final = 0.7
#: Share of the responses without a mark, if few reached a limit, that clearly stop in the middle of a sentence: others do
#: so in a list.
_READ_AS_CUT: Final = 1 / 3

#: Share of the responses, and how many, that have the length of the longest one, if that is a limit.
_LEAST_SHARE: Final = 0.01
_LEAST_SAME: Final = 10
#: The end of a sentence in prose.
_SENTENCE: Final = r"[^\W\d_]{2}[)\"”*]{0,3}(?:[.!?]\s|[。！？])"
#: Characters of a text that is cut with an ellipsis.
_MIN_ELLIPTIC: Final = 100

#: Rows seen; frames with an example, the length of its last response or its text, whether it is a plain text, whether it
#: ends without a mark, whether it ends in an ellipsis, and whether it may be cut; the lengths of prompts by path; and responses
#: that are the beginning of another text, by its key.
Ends = tuple[int, list[pl.DataFrame], dict[str, Cells], dict[str, Copies]]


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
    yield from cut_cells(data.measured[2])
    yield from cut_copies(data, data.measured[3])
    if not data.measured[1]:
        return
    found = pl.concat(data.measured[1]).sort("chars", descending=True, maintain_order=True)
    texts, found = found.filter("plain"), found.filter(~pl.col("plain"))
    yield from _same_length(data, texts, "texts", options) or _elliptic(data, texts, "texts", options)
    if found.is_empty():
        return
    for look in (_same_length, _elliptic, _long, _low, _few):
        if hits := look(data, found, "responses", options):
            yield from hits
            return


@cut_at_limit.measure
def measure(chunk: Chunk, options: CutAtLimitOptions) -> Ends:
    """Return the length of the last response of each example in a chunk, and whether it may be cut."""
    turns = chunk.turns
    texts = picked(turns, learned_texts(chunk) & (turns["chars"] > 0), "example", "chars", "text", "role")
    numbers = texts["example"].to_numpy()
    last = pl.Series(np.append(numbers[1:] != numbers[:-1], np.ones(min(texts.height, 1), np.bool_)))
    # Literals alone: Polars caches few patterns.
    end = pl.col("end")
    unended = ~end.is_in(ENDS)
    elliptic = passing(end.is_in([".", "…"]), pl.col("text"), have_ellipsis, cut_within_sentence)
    may_be = unended | pl.col("text").str.contains_any([_FENCE])
    ends = (
        picked(texts, last, *texts.columns)
        .with_columns(end=last_char(pl.col("text")))
        .select(
            pl.col("example").cast(pl.Int64),
            pl.col("chars").cast(pl.Int64),
            (pl.col("role") == "text").alias("plain"),
            unended.alias("unended"),
            elliptic.alias("elliptic"),
            (may_be & (pl.col("chars") >= options.min_chars)).alias("may"),
        )
    )
    return chunk.examples.height, [ends] if ends.height else [], find_cells(chunk), find_copies(chunk)


@cut_at_limit.merge
def merge(one: Ends, other: Ends) -> Ends:
    """Put two partials one after the other; row numbers of the second move behind the first's."""
    rows, ends = joined_frames(one[:2], other[:2])
    cells, copies = joined_cells(one[2], other[2], one[0]), joined_copies(one[3], other[3], one[0])
    return rows, ends, cells, copies


def _same_length(data: Dataset, found: pl.DataFrame, what: str, options: CutAtLimitOptions) -> list[Hit]:
    """Return a hit if many have the length of the longest one, and end in the middle of a sentence or an ellipsis."""
    if found.height < options.least or found["chars"][0] < min(_MIN_ELLIPTIC, options.min_chars):
        return []
    longest = found.filter(pl.col("chars") == found["chars"][0]).sort("example")
    # A short label has no full stop either.
    is_cut = pl.col("elliptic") | (pl.col("unended") & (pl.col("chars") >= options.min_chars))
    cut = longest.filter(is_cut)["example"].to_list()
    responses = what == "responses"
    least = (
        max(_LEAST_SHARE * found.height, _LEAST_SAME)
        if responses
        else max(options.min_share * found.height, _LEAST_CUT)
    )
    least = LEAST_CELLS if found["chars"][0] == EXCEL else least
    is_usual = responses and 2 * longest.height >= found.height
    if is_usual and len(cut) < _MOST_OPEN * longest.height:
        cut = _cut_prose(data, longest)
    elif longest.height < least or len(cut) < _MOST_OPEN * longest.height:
        return []
    if not cut or (responses and are_copies(data, cut)):
        return []
    return _hit(
        data,
        f"{longest.height:,} of the {found.height:,} {what} have exactly {longest['chars'][0]:,} characters, and none has "
        f"more; {len(cut):,} of these end without a full stop or the like: cut at a limit of characters?",
        cut,
        key=what,
    )


def _cut_prose(data: Dataset, longest: pl.DataFrame) -> list[int]:
    """Return the responses of the length that most have that end without a mark, if half do, and many are cut prose.

    Codes and grids of one length, such as hashes, are no prose: they have no sentence that ends before their last one.
    """
    cut = longest.filter(pl.col("elliptic") | pl.col("unended"))["example"].to_list()
    if longest.height < _LEAST_SAME or 2 * len(cut) < longest.height:
        return []
    read = cut[:: -(-len(cut) // _MOST_READ)]
    prose = sum(re.search(_SENTENCE, (text.chosen or text.response)[-TAIL:]) is not None for text in data.texts(read))
    return cut if 2 * prose >= len(read) else []


def _elliptic(data: Dataset, found: pl.DataFrame, what: str, options: CutAtLimitOptions) -> list[Hit]:
    """Return a hit if most of the longest fifth end in an ellipsis after a letter, and few of the others."""
    size = found.height // _LONG
    if found.height < options.least or found["chars"][size - 1] < _MIN_ELLIPTIC:
        return []
    long, short = found[:size].filter("elliptic"), found[size:].filter("elliptic")
    share, usual, cut = long.height / max(size, 1), short.height / (found.height - size), sorted(long["example"])
    if share < max(_MOST, _CLEARLY * usual) or are_copies(data, cut):
        return []
    return _hit(
        data,
        f'{long.height:,} of the {size:,} longest {what} ({found["chars"][size - 1]:,} characters or more) end in "..." '
        f"after a letter, {short.height:,} of {found.height - size:,} others: cut at a limit?",
        cut,
        key=what,
    )


def _long(data: Dataset, found: pl.DataFrame, what: str, options: CutAtLimitOptions) -> list[Hit]:
    """Return a hit if many of the longest fifth stop in the middle of a sentence or item, and fewer of the others.

    If a limit is so high that few responses reached it, the longest twentieth decides.
    """
    if found.height < options.least:
        return []
    cut, others_cut, longest, rest = _cut_in(
        data, found, max(found.height // _LONG, 1), options.min_chars, options.min_share
    )
    share, usual = len(cut) / longest.height, len(others_cut) / max(rest.height, 1)
    much = _TIMES * usual <= share or (share >= _MOST and share >= _MORE * usual)
    if len(cut) < _LEAST_CUT or share < options.min_share or not much:
        cut, others_cut, longest, rest = _cut_in(
            data, found, found.height // _LONGEST, options.min_chars, _LONGEST_SHARE
        )
        if len(cut) < max(_LEAST_SAME, _LONGEST_SHARE * longest.height):
            return []
        if _CLEARLY_LONGEST * len(others_cut) * longest.height > len(cut) * rest.height:
            return []
    at = cut_length(found, options.min_chars)
    clear = at is not None and at.open_here / at.many >= max(_CLEARLY * at.open_there / at.fewer, 1 / 2)
    said = (
        at.said
        if at is not None and clear
        else f"at least {len(cut):,} of the {longest.height:,} longest {what} ({longest['chars'][-1]:,} to "
        f"{longest['chars'][0]:,} characters) stop in the middle of a sentence, {len(others_cut):,} of {rest.height:,} "
        "others"
    )
    limit = round_limit(found, options.min_chars)
    if limit is not None:
        said = f"{said}, and {len(limit[1]):,} with hardly less than {limit[0]:,} characters end without a mark"
        cut = [*limit[1], *(row for row in cut if row not in set(limit[1]))]
    return _hit(data, f"{said}: cut at a limit of {'tokens' if limit is None else 'characters'}?", cut, key="all")


def _cut_in(
    data: Dataset, found: pl.DataFrame, size: int, min_chars: int, least: float
) -> tuple[list[int], list[int], pl.DataFrame, pl.DataFrame]:
    """Return which of the longest responses are cut, which of the others, and those that were read of either.

    There are none if one of the longest has fewer characters than ``min_chars``, or fewer may be cut than the ``least``
    share.
    """
    longest, rest = found[: min(size, _MOST_READ)], found[size:]
    rest = rest[:: -(-rest.height // _MOST_READ) or 1]
    if not size or found["chars"][size - 1] < min_chars or longest["may"].sum() < least * longest.height:
        return [], [], longest, rest
    cut = cut_rows(data, longest)
    return cut, cut_rows(data, rest) if len(cut) >= least * longest.height else [], longest, rest


def _low(data: Dataset, found: pl.DataFrame, what: str, options: CutAtLimitOptions) -> list[Hit]:
    """Return a hit if a low limit cut responses, most of them in a new sentence after a whole one."""
    at = low_limit(found) if found.height >= options.least else None
    if at is None or at.chars >= options.min_chars:
        return []
    cut = found.filter((pl.col("chars") >= at.chars) & pl.col("unended"))["example"].sort().to_list()
    read = cut[:: -(-len(cut) // _MOST_READ)]
    begun = sum(begins_sentence(last_line((text.chosen or text.response)[-TAIL:])) for text in data.texts(read))
    if begun < _MOST_OPEN * len(read) or are_copies(data, cut):
        return []
    return _hit(data, f"{at.said}: cut at a limit of tokens?", cut, key="all")


def _few(data: Dataset, found: pl.DataFrame, what: str, options: CutAtLimitOptions) -> list[Hit]:
    """Return a hit if a limit that only a few responses reached cut most of these, and hardly any shorter one."""
    at = high_limit(found, options.min_chars) if found.height >= options.least else None
    if at is None:
        return []
    open_here = found.filter((pl.col("chars") >= at.chars) & pl.col("unended"))
    cut = cut_rows(data, open_here.head(_MOST_READ))
    if len(cut) < max(_READ_AS_CUT * min(open_here.height, _MOST_READ), _LEAST_CUT) or are_copies(data, cut):
        return []
    return _hit(data, f"{at.said}: cut at a limit of tokens?", cut, key="all")


def _hit(data: Dataset, said: str, cut: list[int], *, key: str) -> list[Hit]:
    places = Places(data)
    named = ", ".join(places.of(row, cut[0]) for row in cut[:_NAMED])
    return [Hit(f"{said} The first: {named}", at=cut[0], related=others(cut[1:_NAMED]), key=key)]
