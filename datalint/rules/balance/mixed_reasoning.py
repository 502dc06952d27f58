"""Some responses begin with reasoning and some do not, and no prompt says which.

## What it does
Counts the examples in which a response begins with reasoning (`<think>` and other models' tags, or a
`reasoning_content` key of the message). Reports a dataset if at least `min-share` of the examples do and at least
`min-share` do not, unless the prompts announce it: `/no_think`, `Reasoning: high`, `detailed thinking off`, or an
empty `<think></think>`. Responses that are the errors of programs (`error-response`) do not count.

Where most examples begin with a tag, those that begin with its word alone (`think` on its line, `think:`, `think The
…`) are a finding of their own: the tag lost its signs. They count as reasoning.

## Why it matters
The model learns to decide at random: it reasons when a short answer is wanted, and answers at once when it should
reason. A reasoning model unlearns reasoning if it is trained on responses without it.

## Bad
```jsonl vary=40
{"prompt": "{w}?", "completion": "<think>Let me see: {w}.</think>{w}."}
```
```jsonl vary=20
{"prompt": "And {w}?", "completion": "{w}, {n}."}
```
## Good
```jsonl vary=40
{"prompt": "{w}?", "completion": "<think>Let me see: {w}.</think>{w}."}
```
```jsonl vary=20
{"prompt": "And {w}? /no_think", "completion": "{w}, {n}."}
```
## What to do
Write damaged tags whole, and add reasoning to the responses without it, or remove it from all responses. Alternatively,
add the model's switch for reasoning to the prompts of one kind.
## Known limits
Reasoning without a tag ("Let me think step by step") is not recognised. Datasets with fewer than `min-rows` examples
are not checked.
## Sources
Qwen3's model card documents the switches `/think` and `/no_think`, and an empty block for responses without reasoning.
Nemotron's documents "detailed thinking on", and gpt-oss's "Reasoning: high".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import polars as pl

from datalint.api import (
    REASONING_KEYS,
    Chunk,
    Dataset,
    Hit,
    NamedTuple,
    Options,
    Severity,
    frozen,
    has_any,
    option,
    others,
    passing,
    percent,
    rule,
)
from datalint.rules.common.frames import picked
from datalint.rules.common.responses.program_errors import is_error
from datalint.rules.common.responses.thinking import OPENINGS
from datalint.rules.common.texts.null_words import FAILURES, phrase_of
from datalint.rules.common.texts.turns import learned_turns

_SWITCHES: Final = (
    "/think", "/no_think", "/nothink", "thinking on", "thinking off", "Reasoning: low", "Reasoning: medium",
    "Reasoning: high", "reasoning: on", "reasoning: off", "enable_thinking", "thinking_mode",
)  # fmt: skip
#: Of which each switch has one: two literals are found far faster than twelve.
_IN_SWITCHES: Final = ("think", "easoning: ")
_EMPTY: Final = r"\s*<think>\s*</think>"
#: Rows of one kind that a switch announces, from which the mixture is meant.
_MEANT: Final = 0.9
#: The word of a tag that lost its signs, where others begin with the whole tag: alone on its line, before a colon, or
#: before a new sentence.
_DAMAGED: Final = r"think(?::|[ \t]*\n|[ \t]+[A-Z\[\d*-])"
_DAMAGED_WORD: Final = "think"
#: Examples with the whole tag for each with such a word, and damaged ones that are named.
_WHOLE: Final = 3
_NAMED: Final = 20
#: Responses without reasoning up to which these are read, as some may be the errors of programs.
_READ: Final = 1_000


class Kinds(NamedTuple):
    """Examples in which responses reason, and others: their number, those announced, and the first of each.

    ``damaged`` are those that begin with the word of a tag alone, which count as neither. ``plain_rows`` and
    ``damaged_rows`` are the first of each.
    """

    rows: int = 0
    reasoning: int = 0
    reasoning_announced: int = 0
    plain: int = 0
    plain_announced: int = 0
    damaged: int = 0
    damaged_announced: int = 0
    damaged_rows: tuple[int, ...] = ()
    first_reasoning: int | None = None
    plain_rows: tuple[int, ...] = ()

    def with_damaged(self) -> Kinds:
        """Return the counts with damaged ones as plain ones."""
        return self._replace(
            plain=self.plain + self.damaged,
            plain_announced=self.plain_announced + self.damaged_announced,
            plain_rows=tuple(sorted((*self.plain_rows, *self.damaged_rows))[:_READ]),
        )


@frozen
class MixedReasoningOptions(Options):
    """When a set is mixed."""

    min_share: float = option(0.02, "share of the rarer kind", source="fewer are slips; dropoutt reports 2 to 98 %")
    min_rows: int = option(50, "examples below which the rule reports nothing", source="shares of fewer are chance")


@rule("BAL009", "mixed-reasoning", severity=Severity.WARNING, since="0.1", each="finding")
def mixed_reasoning(data: Dataset, options: MixedReasoningOptions) -> Iterator[Hit]:
    """Yield a hit at the first example of the rarer kind."""
    found = data.measured or Kinds()
    total = found.reasoning + found.plain + found.damaged
    if total < options.min_rows:
        return
    if found.damaged and found.reasoning >= max(_WHOLE * found.damaged, total / 2):
        first, *more = found.damaged_rows
        yield Hit(
            f'{found.damaged:,} of {total:,} examples begin with the word "{_DAMAGED_WORD}" where {found.reasoning:,} '
            "begin with a tag of reasoning: <think> lost its signs",
            at=first,
            related=others(more),
            key="damaged",
        )
    else:
        found = found.with_damaged()
    if min(found.reasoning, found.plain) < options.min_share * total:
        return
    if found.plain < min(found.reasoning, _READ):
        # Of the rarer kind alone: the others are too many to be read, and no mistake.
        answered = _answered(data, found.plain_rows)
        total -= found.plain - len(answered)
        found = found._replace(plain=len(answered), plain_rows=answered)
        if found.plain < options.min_share * total or not found.plain:
            return
    if found.reasoning_announced >= _MEANT * found.reasoning or found.plain_announced >= _MEANT * found.plain:
        return
    rarer, other = next(iter(found.plain_rows), None), found.first_reasoning
    if found.reasoning < found.plain:
        rarer, other = other, rarer
    yield Hit(
        f"{found.reasoning:,} of {total:,} examples begin with reasoning ({percent(found.reasoning / total)}) and "
        f"{found.plain:,} do not; the prompts do not say which is wanted",
        at=rarer,
        related=() if other is None else ((other, None),),
    )


@mixed_reasoning.measure
def count_kinds(chunk: Chunk, options: MixedReasoningOptions) -> Kinds:
    """Count the examples of a chunk by whether a response begins with reasoning."""
    height = chunk.examples.height
    turns = chunk.turns
    read = learned_turns(chunk) & (turns["chars"] > 0) & (turns["role"] != "text")
    texts = picked(turns, read, "example", "text").with_columns(
        tagged=pl.col("text").str.contains_any(list(OPENINGS)),
        starting=pl.col("text").str.starts_with(_DAMAGED_WORD),
    )
    examples = texts["example"].unique(maintain_order=True)
    reasons: set[int] = set()
    empty: set[int] = set()
    damaged: set[int] = set()
    for example, said in _with_text(texts, "tagged"):
        text = said.lstrip()
        if re.match(_EMPTY, text):
            empty.add(example)
        elif text.startswith(OPENINGS):
            reasons.add(example)
    for example, text in _with_text(texts, "starting"):
        if any(text.startswith(opening[1:]) for opening in OPENINGS):
            reasons.add(example)
        elif re.match(_DAMAGED, text):
            damaged.add(example)
    reasons |= _with_key(chunk)
    empty -= reasons
    damaged -= reasons | empty
    one, rest = _divided(examples, reasons)
    cut, other = _divided(rest, damaged)
    # Of every chunk, as another one may have the examples that reason.
    switched = pl.any_horizontal(_has_switch(pl.col(name)) for name in ("system", "prompt"))
    announced = set(chunk.examples.select(switched.arg_true()).to_series().to_list())
    return Kinds(
        height,
        len(one),
        _count(announced, one),
        len(other),
        _count(announced | empty, other),
        len(cut),
        _count(announced, cut),
        tuple(cut[:_NAMED]),
        next(iter(one), None),
        tuple(other[:_READ]),
    )


def _answered(data: Dataset, rows: tuple[int, ...]) -> tuple[int, ...]:
    """Return the rows whose response is more than the error of a program, or words for a call that failed."""
    return tuple(
        row
        for row, text in zip(rows, data.texts(rows), strict=True)
        if not is_error(text.response) and phrase_of(text.response).lower() not in FAILURES
    )


def _with_text(texts: pl.DataFrame, column: str) -> Iterator[tuple[int, str]]:
    """Yield the examples for whose text a column is true, with it."""
    if texts[column].any():
        yield from picked(texts, texts[column], "example", "text").iter_rows()


def _divided(examples: pl.Series, some: set[int]) -> tuple[pl.Series, pl.Series]:
    """Return the examples that are among some, and the others."""
    if not some:
        return examples.clear(), examples
    among = examples.is_in(list(some))
    return examples.filter(among), examples.filter(~among)


def _count(rows: set[int], examples: pl.Series) -> int:
    """Return how many of some rows are among examples; mostly, there are none, and examples are many."""
    return len(rows.intersection(examples)) if rows else 0


def _has_switch(text: pl.Expr) -> pl.Expr:
    return passing(has_any(text, _IN_SWITCHES), text, lambda some: some.str.contains_any(list(_SWITCHES)))


def _with_key(chunk: Chunk) -> set[int]:
    """Return the examples with a message that has its reasoning under a key of its own."""
    found: set[int] = set()
    for name in ("messages", "conversations", "completion", "chosen"):
        node = chunk.structure.root.children.get(name)
        for group in node.item.groups if node is not None and node.item is not None else ():
            for key in set(REASONING_KEYS).intersection(group.keys):
                found.update(row for row, text in zip(group.rows, group.column(key), strict=True) if _says(text))
    return found


def _says(text: object) -> bool:
    return isinstance(text, str) and not text.isspace() and text != ""


@mixed_reasoning.merge
def join(one: Kinds, other: Kinds) -> Kinds:
    """Add up two counts; rows of the second follow those of the first."""
    return Kinds(
        one.rows + other.rows,
        one.reasoning + other.reasoning,
        one.reasoning_announced + other.reasoning_announced,
        one.plain + other.plain,
        one.plain_announced + other.plain_announced,
        one.damaged + other.damaged,
        one.damaged_announced + other.damaged_announced,
        (*one.damaged_rows, *(row + one.rows for row in other.damaged_rows))[:_NAMED],
        _first(one.first_reasoning, other.first_reasoning, one.rows),
        (*one.plain_rows, *(row + one.rows for row in other.plain_rows))[:_READ],
    )


def _first(mine: int | None, theirs: int | None, rows: int) -> int | None:
    """Return the first of two rows, the second of which follows ``rows`` others."""
    return mine if mine is not None or theirs is None else theirs + rows
