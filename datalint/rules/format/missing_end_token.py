r"""A few answers lack the special token that the others end with.

## What it does

Looks at the last turn of each answer, of both sides of a preference, and at plain texts. If at least `min-share` of
them, and `min-answers`, end with the same special token (`<|endoftext|>`, `<|im_end|>`, `</s>`), the rule reports those
that have none.

## Why it matters

Whoever wrote the tokens into the texts trains without a template that adds them. An answer without one was cut off
before its end, or is one after which the model does not learn to stop.

## Bad

```jsonl vary=40
{"prompt": "{w}?", "completion": "{w}.<|endoftext|>"}
```
```jsonl
{"prompt": "How do I save power?", "completion": "Turn off the lamps that nobody needs, and"}
```

## Good

```jsonl vary=40
{"prompt": "{w}?", "completion": "{w}.<|endoftext|>"}
```

## What to do

Generate answers that were cut off again with a higher limit, and add the token to the others. If the trainer's template
adds one, delete it everywhere: see [embedded-template-token](embedded-template-token.md).

## Known limits

Answers that call tools are not checked. At most the first 200 are reported.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

import polars as pl

from datalint.api import Chunk, Dataset, Hit, NamedTuple, Options, Severity, Turns, frozen, option, rule
from datalint.rules.common.chat_texts import ENDS
from datalint.rules.common.template_tokens import CLOSING

_TOKENS: Final = [*dict.fromkeys((*ENDS, *CLOSING))]
#: Characters at the end of a text that hold the token, and the answers without one that are kept.
_TAIL: Final = 40
_KEPT: Final = 200


class Answers(NamedTuple):
    """Examples, answers, how many end with each token, and the example and path of the first that end with none."""

    rows: int
    answers: int
    ending: dict[str, int]
    others: tuple[tuple[int, str], ...]


@frozen
class MissingEndTokenOptions(Options):
    """When a token is that of the dataset."""

    min_share: float = option(
        0.9, "share of answers from which they are meant to end so", source="that of embedded-template-token"
    )
    min_answers: int = option(20, "answers that end so", source="shares of fewer are chance")


@rule("FMT608", "missing-end-token", severity=Severity.WARNING, since="0.1")
def missing_end_token(data: Dataset, options: MissingEndTokenOptions) -> Iterator[Hit]:
    """Yield a hit at each answer without the token of the others."""
    found: Answers | None = data.measured
    if found is None or not found.ending:
        return
    token, count = max(found.ending.items(), key=lambda each: each[1])
    if count < max(options.min_share * found.answers, options.min_answers):
        return
    for example, path in found.others:
        yield Hit(
            f"no {token} at the end, unlike {count:,} of {found.answers:,} answers: cut off?", at=example, path=path
        )


@missing_end_token.measure
def find_ends(chunk: Chunk, options: MissingEndTokenOptions) -> Answers:
    """Count the tokens that the answers of a chunk end with."""
    turns = Turns()
    last = (turns.example != turns.example.shift(-1)) | (turns.side != turns.side.shift(-1))
    said = turns.is_response & last.fill_null(value=True) & ~turns.has_tool_calls & (turns.chars > 0)
    end = pl.col("text").str.tail(_TAIL).str.strip_chars_end()
    ends = (
        chunk.turns.lazy()
        .filter(said)
        .select("example", "path", end.str.ends_with(">").alias("may"), end.alias("end"))
        .collect(engine="in-memory")
    )
    columns = ("example", "path")
    if not ends["may"].any():
        return Answers(chunk.examples.height, ends.height, {}, tuple(sorted(_first(ends, columns))))
    marked = ends.filter("may")
    # In Python, as Polars keeps few patterns.
    marked = marked.with_columns(token=pl.Series(list(map(_token, marked["end"])), dtype=pl.String))
    counts = Counter(marked["token"].drop_nulls().to_list())
    others = _first(ends.filter(~pl.col("may")), columns) + _first(marked.filter(pl.col("token").is_null()), columns)
    return Answers(chunk.examples.height, ends.height, dict(sorted(counts.items())), tuple(sorted(others)[:_KEPT]))


def _first(answers: pl.DataFrame, columns: Sequence[str]) -> list[tuple[int, str]]:
    """Return the first answers, by column, as a query costs more than they."""
    return list(zip(*(answers[name].head(_KEPT).to_list() for name in columns), strict=True))


def _token(end: str) -> str | None:
    return next((token for token in _TOKENS if end.endswith(token)), None)


@missing_end_token.merge
def merge(one: Answers, other: Answers) -> Answers:
    """Add up; rows of ``other`` come after those of ``one``."""
    moved = tuple((example + one.rows, path) for example, path in other.others)
    ending = Counter(one.ending) + Counter(other.ending)
    return Answers(
        one.rows + other.rows,
        one.answers + other.answers,
        dict(sorted(ending.items())),
        (*one.others, *moved)[:_KEPT],
    )
