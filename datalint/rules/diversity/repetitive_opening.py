"""Many responses begin with the same words.

## What it does
Takes the first three words (the first eight characters in scripts without spaces) of each response, ignoring case,
punctuation, tags and emphasis, and reports an opening that begins over `max-share` of at least `min-responses`
responses.

## Why it matters
"Sure! Here is …" at the start of every third answer is a habit of the model that generated the data, and the trained
model learns it first. It costs tokens and makes all answers sound alike.

## Bad
```jsonl vary=60
{"prompt": "{w}", "completion": "Sure! Here is what I would say about that: {w}"}
```
## Good
```jsonl vary=60
{"prompt": "{w}", "completion": "{w}, and {w}"}
```
## What to do
Remove the opening if it says nothing, or vary it. If it is the style that you want, raise `max-share` or ignore this
rule.
## Known limits
Prompts for reinforcement learning, and the turns before the two sides of a preference, are not learned and therefore
not checked. Responses under `min-words` words (labels, short facts), tool calls, plain text, and responses that open
with a heading, code, a table, thinking or a field name ("Thought: …") have a fixed form and are not checked, although
they count in the share.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import polars as pl

from datalint.api import Chunk, Confidence, Dataset, Hit, Options, Severity, excerpt, frozen, option, percent, rule

#: Letters of scripts written without spaces: Han, kana, Thai, Lao, Khmer, Myanmar.
_SPACELESS = r"^[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]"
#: What is no letter, words that open code, and punctuation that makes an opening a field or an expression.
_FORM = (
    r"^\P{L}|^(?i:select|insert|update|create|import|from|def|class|public|function|const|let|var|using)\s"
    r"|[:=*(){}<>\[\]|;`#]"
)
#: Tags and emphasis, which an opening is read without, and the tag of thinking.
_MARKUP: Final = r"</?[A-Za-z][^<>|\n]{0,40}>|[*_#>]{1,6}(?=[^\W\d_])|(?<=[\w.!?:,])[*_]{1,3}"
_THINKING: Final = r"(?i)<\|?(?:think|reason|scratch|thought)"
_HEAD = 300
#: Characters from which a response in such a script is looked at, about eight words.
_LEAST_SPACELESS = 40
#: Words and spaces of ASCII alone: looking for those of Unicode, and nothing else is between words but in scripts without
#: spaces, takes three times as long.
_WORD, _SPACE = r"[^\t-\r ]+", r"[\t-\r ]+"
_OPENING_WORDS = 3
_MOST = 3

#: Responses seen; examples seen; a frame for each chunk with ``key``, ``count``, ``first`` and ``raw``.
Openings = tuple[int, int, list[pl.DataFrame]]


@frozen
class RepetitiveOpeningOptions(Options):
    """When an opening is a habit."""

    max_share: float = option(
        0.4,
        "share of responses that may open alike",
        source="of 400 public sets eight are over it, all by habit or refusal; of 15 between 20 and 40 % five mean it",
    )
    min_responses: int = option(
        50, "responses below which the rule reports nothing", source="shares of fewer are chance"
    )
    min_words: int = option(8, "words from which a response is checked", source="shorter ones are labels and facts")


@rule(
    "DIV008",
    "repetitive-opening",
    severity=Severity.WARNING,
    since="0.1",
    each="opening",
    confidence=Confidence.LOW,
)
def repetitive_opening(data: Dataset, options: RepetitiveOpeningOptions) -> Iterator[Hit]:
    """Yield a hit at the first response of each opening that is over the limit."""
    if data.measured is None or data.kind == "rl":
        return
    responses, _, frames = data.measured
    if responses < options.min_responses:
        return
    openings = (
        pl.concat(frames)
        .group_by("key", maintain_order=True)
        .agg(pl.col("count").sum(), pl.col("first", "raw").first())
        .filter(pl.col("count") > options.max_share * responses)
        .sort("count", descending=True, maintain_order=True)
        .head(_MOST)
    )
    for _, count, first, raw in openings.iter_rows():
        share = f"{percent(count / responses)}, limit {percent(options.max_share)}"
        yield Hit(f'{count:,} of {responses:,} responses ({share}) begin with "{excerpt(raw, 40)}"', at=first)


@repetitive_opening.measure
def count_openings(chunk: Chunk, options: RepetitiveOpeningOptions) -> Openings:
    """Return how many responses open with which words, and the first example of each."""
    said = pl.col("is_response") & (pl.col("side") != "rejected") & (pl.col("chars") > 0) & ~_is_given(chunk)
    learned = said & (pl.col("role") != "text") & ~pl.col("has_tool_calls")
    head, raw = pl.col("head"), pl.col("raw")
    words = head.str.extract(_opening(options.min_words))
    spaceless = (pl.col("chars") >= _LEAST_SPACELESS) & head.str.contains(_SPACELESS)
    openings = (
        chunk.turns.lazy()
        .select("example", "chars", "text", learned.alias("learned"))
        .filter("learned")
        .select("example", "chars", pl.col("text").str.slice(0, _HEAD).str.strip_chars().alias("head"))
        .select("example", pl.when(spaceless).then(head.str.slice(0, 8)).otherwise(words).alias("raw"))
        .group_by("raw", maintain_order=True)
        .agg(pl.len().alias("count"), pl.col("example").first().cast(pl.Int64).alias("first"))
        .filter(raw != "")
        .with_columns(raw.map_batches(_without_markup, return_dtype=pl.String))
        .filter((raw != "") & ~raw.str.contains(_FORM))
        .with_columns(_key(raw).alias("key"))
        .group_by("key", maintain_order=True)
        .agg(pl.col("count").sum(), pl.col("first", "raw").first())
    )
    # One query takes less time than one for each step, and there is nothing to optimise in it.
    frame = openings.collect(optimizations=pl.QueryOptFlags.none(), engine="in-memory")
    return int(chunk.turns.select(learned.sum()).item()), chunk.examples.height, [frame]


def _is_given(chunk: Chunk) -> pl.Expr:
    """Return whether a turn is one of those before the two sides of a preference, which the model does not learn."""
    if not chunk.examples["is_preference"].any():
        return pl.lit(value=False)
    compared = chunk.examples["is_preference"].gather(chunk.turns["example"])
    return pl.lit(compared) & (pl.col("side") == "")


def _without_markup(openings: pl.Series) -> pl.Series:
    """Take tags and emphasis off the openings that begin with them; what opens thinking or a table stays as it is."""
    marked = (openings < "A").arg_true()
    plain = [
        re.sub(_MARKUP, "", opening).strip()
        if re.match(_MARKUP, opening) and not re.match(_THINKING, opening)
        else opening
        for opening in openings[marked]
    ]
    return openings.scatter(marked, plain) if len(marked) else openings


@repetitive_opening.merge
def join_openings(one: Openings, other: Openings) -> Openings:
    """Put two partials one after the other; row numbers of the second move behind the first's."""
    moved = [frame.with_columns(pl.col("first") + one[1]) for frame in other[2]]
    return one[0] + other[0], one[1] + other[1], one[2] + moved


def _opening(least: int) -> str:
    """Return an expression whose group is the first three words of a text that has at least ``least``."""
    more = max(least - _OPENING_WORDS, 0)
    return rf"^({_WORD}(?:{_SPACE}{_WORD}){{{_OPENING_WORDS - 1}}})(?:{_SPACE}{_WORD}){{{more}}}"


def _key(opening: pl.Expr) -> pl.Expr:
    return opening.str.to_lowercase().str.replace_all(r"[^\p{L}\p{M}\p{N}]+", " ")
