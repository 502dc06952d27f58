r"""Prompts end with the answer that the model is to give.

## What it does
Reports the dataset, once, if prompts end with a label and the response, word for word (`Answer: B`, `Label: positive`,
`答案：B`). There must be at least `min-prompts` (5) such prompts, `min-share` (1 %) of all, and different answers. A
button of a page that shows the answer (`Show answer B`) counts too.

Also reported, once:
- preferences whose prompts contain the chosen answer as lines of their own, but not the rejected one: at least
  `min-pairs` (20) and `min-pair-share` (75 %) of all
- prompts that ask for a new text and show the answer as an example ("Write a headline similar to 'Pier opens at
  last'.")

Not reported:
- prompts that ask to repeat, extract, choose, complete or change a text

## Why it matters
The model learns to repeat the end of its prompt. At inference, where no answer is in the prompt, it has learned
nothing, and a loss near zero hides that. The usual causes are:
- a template for evaluation with the gold answer filled in
- a script that wrote the prompts of preferences ("repair this code") from the chosen answers, instead of the code
  before the repair
- a model that wrote a request for each text and quoted the text in it

## Bad
```jsonl vary=12
{"prompt": "Is it so: {w}?\nAnswer: {n}", "completion": "{n}"}
```

## Good
```jsonl vary=12
{"prompt": "Is it so: {w}?\nAnswer:", "completion": "{n}"}
```

## What to do
Remove the answer from the prompt, and keep the label before it. If it is shown as an example, show another one. In
preferences, write the text into the prompt that the chosen answer was made from.

## Known limits
Without a rejected answer, an answer that stands in the prompt before its last line, or without a label, is not found:
it may be quoted on purpose, as where a question is about a text, unless it is the example of a text to be written, in
English. Labels are those of English, German, French, Spanish, Chinese, Japanese and Russian.
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
    Severity,
    counted,
    excerpt,
    frozen,
    option,
    percent,
    rule,
)
from datalint.rules.common.frames import picked
from datalint.rules.common.lazy_pattern import lazy_pattern
from datalint.rules.common.pairs.copied_sides import CopiedSides, copied_sides, joined_copied_sides
from datalint.rules.common.pairs.shown_examples import ShownExamples, joined_shown_examples, shown_examples
from datalint.rules.common.texts.turns import may_begin_blank, may_end_blank

#: What stands before the answer in the last line of a prompt.
_LABEL: Final = lazy_pattern(
    r"(?i)[\W_]{0,5}(?:(?:the |final |correct |right |gold |expected )?(?:answer|label|response|output|solution|option|choice"
    r"|class|category|sentiment|result)|antwort|lösung|réponse|respuesta|ответ|答案|回答|答え)[\W_]{0,5}[:：=][\W_]{0,5}"
    r"|[\W_]{0,5}(?:show|reveal|view|spoiler)[\W_]{1,9}(?:the )?(?:correct |right )?(?:oa|answer|solution)[\W_]{0,5}"
)
#: What ends a prompt below its last line: white space, and signs that are drawn as a line.
_ENDS: Final = " \t\r\n_=*~"
#: Characters of an answer at most, of its line, and of what is shown.
_LONGEST: Final = 200
_LINE: Final = 300
_SHOWN: Final = 60


class Told(NamedTuple):
    """Examples, those with an answer, those whose prompt ends with it and the first of these, and two of the answers."""

    rows: int
    answered: int
    ending: int
    first: int | None
    answers: tuple[str, ...]
    sides: CopiedSides = CopiedSides()
    shown: ShownExamples = ShownExamples()


@frozen
class AnswerInPromptOptions(Options):
    """When prompts tell their answers."""

    min_prompts: int = option(5, "prompts that end with their answer", source="fewer may be a slip of their author")
    min_share: float = option(0.01, "share of the prompts", source="of 485 public files, none has a single one")
    min_pairs: int = option(20, "pairs whose chosen answers stand in their prompts", source="fewer may be chance")
    min_pair_share: float = option(0.75, "share of the pairs", source="some texts may be right as they are")


@rule("QUA045", "answer-in-prompt", severity=Severity.INFO, since="0.1", each="finding")
def answer_in_prompt(data: Dataset, options: AnswerInPromptOptions) -> Iterator[Hit]:
    """Yield a hit at the first prompt that ends with its answer, if there are many."""
    told: Told | None = data.measured
    if told is not None:
        yield from _copied(told.sides, options)
        yield from _shown_as_example(data, told, options)
    if told is None or told.first is None or told.ending < max(options.min_prompts, options.min_share * told.answered):
        return
    # One answer may be what each prompt shows as an example.
    if len(told.answers) > 1:
        prompt = data.texts([told.first])[0].prompt.rstrip(_ENDS)
        line = excerpt(prompt, _SHOWN, start=prompt.rfind("\n") + 1, stop=len(prompt))
        yield Hit(
            f"{told.ending:,} of {counted(told.answered, 'prompt')} ({percent(told.ending / told.answered)}) end with the answer "
            f'that is to be learned, after a label: "{line}"',
            at=told.first,
        )


def _copied(sides: CopiedSides, options: AnswerInPromptOptions) -> Iterator[Hit]:
    """Yield a hit at the first pair whose chosen answer stands in its prompt, if most do."""
    unasked = sides.copied - sides.asked
    if len(sides.texts) >= options.min_pairs and unasked >= options.min_pair_share * sides.pairs:
        yield Hit(
            f"the chosen answer of {sides.copied:,} of {counted(sides.pairs, 'pair')} ({percent(sides.copied / sides.pairs)}) stands "
            "in the prompt word for word, the rejected one does not: the model learns to return a part of its prompt",
            at=sides.first,
            key="chosen",
        )


def _shown_as_example(data: Dataset, told: Told, options: AnswerInPromptOptions) -> Iterator[Hit]:
    """Yield a hit at the first answer that its prompt shows as an example of what to write, if there are many."""
    shown = told.shown
    if shown.first is None or len(shown.texts) < max(options.min_prompts, options.min_share * told.answered):
        return
    answer = excerpt(data.texts([shown.first])[0].response.strip(), _SHOWN)
    yield Hit(
        f"{shown.shown:,} of {counted(told.answered, 'answer')} ({percent(shown.shown / told.answered)}) stand word for word in "
        f'their prompts, which ask for a new text and show them as its example: "{answer}"',
        at=shown.first,
        key="example",
    )


@answer_in_prompt.measure
def find_told(chunk: Chunk, options: AnswerInPromptOptions) -> Told:
    """Return the prompts of a chunk that end with their answer."""
    prompt, answer = pl.col("prompt"), pl.col("answer")
    answered = int((chunk.examples["answer"] != "").sum())
    rows = np.flatnonzero(chunk.examples.select(_has_short()).to_series().to_numpy())
    sides, shown = copied_sides(chunk), shown_examples(chunk)
    if not len(rows):
        return Told(chunk.examples.height, answered, 0, None, (), sides, shown)
    texts = chunk.examples.select(prompt.gather(rows), answer.gather(rows).str.strip_chars())
    left = texts.select(answer.str.len_bytes().is_between(1, _LONGEST)).to_series()
    rows = rows[left.to_numpy()]
    texts = picked(texts, left, "prompt", "answer").select(
        prompt.str.strip_chars_end(_ENDS), answer.str.strip_chars_end(_ENDS)
    )
    ends = (prompt.str.len_bytes() > answer.str.len_bytes()) & prompt.str.ends_with(answer) & (answer != "")
    may = texts.select(ends).to_series()
    told = zip(rows[may.to_numpy()].tolist(), *picked(texts, may, "prompt", "answer"), strict=True)
    found = [(row, said) for row, before, said in told if _is_told(before[-_LINE - len(said) :], said)]
    said_in = tuple(sorted({said for _, said in found})[:2])
    return Told(chunk.examples.height, answered, len(found), found[0][0] if found else None, said_in, sides, shown)


@cache
def _has_short() -> pl.Expr:
    """Return whether an answer may be short: white space is removed from few, and few prompts are looked at."""
    answer = pl.col("answer")
    short = (answer.str.len_bytes() <= _LONGEST) | may_begin_blank(answer) | may_end_blank(answer)
    return short & ~pl.col("is_preference")


@answer_in_prompt.merge
def join_told(one: Told, other: Told) -> Told:
    """Put two partials one after the other; row numbers of the second move behind the first's."""
    later = None if other.first is None else other.first + one.rows
    first = later if one.first is None else one.first
    answers = tuple(sorted({*one.answers, *other.answers})[:2])
    sides = joined_copied_sides(one.sides, other.sides)
    shown = joined_shown_examples(one.shown, other.shown)
    ending = one.ending + other.ending
    return Told(one.rows + other.rows, one.answered + other.answered, ending, first, answers, sides, shown)


def _is_told(end: str, answer: str) -> bool:
    """Return whether the last line of a prompt is a label and the answer."""
    before = end[: -len(answer)]
    return _LABEL.fullmatch(before[before.rfind("\n") + 1 :]) is not None
