r"""A few answers lack the special token that the others end with.

## What it does

Looks at the last turn of each answer, of both sides of a preference, and at plain texts. If at least `min-share` of
them, and `min-answers`, end with the same special token (`<|endoftext|>`, `<|im_end|>`, `</s>`), the rule reports those
that have none.

Prompts of one turn are looked at too: if 5 % of them, and ten, end with a separator (`->`, `=>`, `###`), and three or
more do not, one finding says how many.

## Why it matters

Whoever wrote the tokens into the texts trains without a template that adds them. An answer without one was cut off
before its end, or is one after which the model does not learn to stop. A separator tells the model where the prompt
ends: without it, a prompt may as well go on.

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
adds one, delete it everywhere: see [embedded-template-token](embedded-template-token.md). End all prompts with the same
separator, or none if the trainer's template divides prompt and answer.

## Known limits

Answers that call tools are not checked. The first 200 are reported each, and of others the number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

import polars as pl

from datalint.api import Chunk, Dataset, Hit, NamedTuple, Options, Severity, counted, frozen, option, rule
from datalint.rules.common.frames import picked
from datalint.rules.common.texts.chat_texts import ENDS
from datalint.rules.common.texts.template_tokens import CLOSING

_TOKENS: Final = [*dict.fromkeys((*ENDS, *CLOSING))]
#: Characters at the end of a text that hold the token, and the answers without one that are kept.
_TAIL: Final = 40
_KEPT: Final = 200
#: Separators that end prompts, their share and number from which on they do, and prompts without one that are no slip.
_SEPARATORS: Final = ("->", "=>", "###")
_SHARE: Final = 0.05
_LEAST: Final = 10
_LEAST_WITHOUT: Final = 3


class Answers(NamedTuple):
    """Examples, answers, how many end with each token, the example and path of the first that end with none; and prompts.

    ``prompts`` are those of one turn, and ``separated`` how many end with each of the separators.
    """

    rows: int
    answers: int
    ending: dict[str, int]
    others: tuple[tuple[int, str], ...]
    prompts: int = 0
    separated: tuple[int, ...] = (0, 0, 0)


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
    if found is None:
        return
    yield from _separators(found)
    if not found.ending:
        return
    token, count = max(found.ending.items(), key=lambda each: each[1])
    if count < max(options.min_share * found.answers, options.min_answers):
        return
    for example, path in found.others:
        yield Hit(
            f"no {token} at the end, unlike {count:,} of {found.answers:,} answers: cut off?", at=example, path=path
        )
    # Most datasets have no token, and keeping all of their rows would be for nothing.
    more = found.answers - sum(found.ending.values()) - len(found.others)
    if more > 0:
        yield Hit(f"{counted(more, 'more answer')} without {token} at the end, not listed", key="more")


def _separators(found: Answers) -> Iterator[Hit]:
    """Yield a hit for the dataset if a part of the prompts ends with a separator."""
    for separator, count in zip(_SEPARATORS, found.separated, strict=True):
        if count >= max(_LEAST, _SHARE * found.prompts) and found.prompts - count >= _LEAST_WITHOUT:
            yield Hit(
                f'{count:,} of {found.prompts:,} prompts end with "{separator}", the others do not: where does a prompt end?',
                key=separator,
            )


@missing_end_token.measure
def find_ends(chunk: Chunk, options: MissingEndTokenOptions) -> Answers:
    """Count the tokens that the answers of a chunk end with, and the separators of its prompts."""
    answers, rows = _answers(chunk), chunk.examples
    asked = (rows["roles"] == "ua") & (rows["prompt"] != "") & (rows["response"] != "")
    prompts = picked(rows, asked, "prompt")
    if prompts.is_empty():
        return answers
    ends = prompts.select(end=pl.col("prompt").str.tail(_TAIL).str.strip_chars_end())
    counts = ends.select(_separated())
    return answers._replace(prompts=prompts.height, separated=counts.row(0))


@cache
def _separated() -> list[pl.Expr]:
    """Return how many prompts end with each separator."""
    return [pl.col("end").str.ends_with(each).sum().alias(each) for each in _SEPARATORS]


def _answers(chunk: Chunk) -> Answers:
    turns = chunk.turns
    example, side = turns["example"], turns["side"]
    last = (example.slice(1) != example.head(-1)) | (side.slice(1) != side.head(-1))
    last = pl.concat([last, pl.Series([True] * min(turns.height, 1), dtype=pl.Boolean)])
    said = turns["is_response"] & last & ~turns["has_tool_calls"] & (turns["chars"] > 0)
    end = pl.col("text").str.tail(_TAIL).str.strip_chars_end()
    texts = picked(turns, said, "example", "path", "text")
    ends = texts.select("example", "path", end.alias("end"))
    ends = ends.with_columns(may=pl.col("end").str.ends_with(">"))
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
        one.prompts + other.prompts,
        tuple(map(sum, zip(one.separated, other.separated, strict=True))),
    )
