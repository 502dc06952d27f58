r"""A prompt contains nothing to answer.

## What it does
Reports a prompt, instruction or user turn that is empty, or has only white space and invisible characters. If at least
90 % of the examples have an empty prompt (`design-share`), there is one warning for the dataset, because it is meant as
text to continue.

Also reported is a text with nothing between the markers of the question and of its answer (`### Human:`,
`### Assistant:`).

Warnings:
- an empty text of a labelled pair (`premise` and `hypothesis`), if at most one row in ten has one
- a prompt of nothing but question marks or full stops, whose answer is a common label
- a prompt with nothing before the separator that ends most prompts, such as `->`
- an empty `input` where all rows share one `instruction`, if at most one row in twenty has one
- as one finding, rows with an empty `instruction` and their question in `input`, if nearly all are such

Not reported:
- a turn with an image, audio or video, and an Alpaca row with an `input`
- an empty `context` of a prompt, and the empty body of a labelled mail with a subject
- prompts next to a text, if more than half of them are empty (`optional-share`): they are optional

## Why it matters
The model learns to produce the answer from nothing, that is, at random. Published datasets contain empty instructions
(WizardLM#130 counts 240), and Azure rejects a file with a blank prompt (azure-docs#108515). The template of Alpaca
writes a heading "### Instruction:" with nothing below it where the question is in `input`.

## Bad
```jsonl
{"prompt": " ", "completion": "The refund takes five working days."}
```

## Good
```jsonl
{"prompt": "How long does a refund take?", "completion": "The refund takes five working days."}
```

## What to do
Write the prompt or remove the row. For text to continue, use `{"text": "..."}` rows, which have no prompt.
Move a question from `input` to `instruction`.

## Known limits
Rows that are marked as tests of such input (`bucket`, `category` or `type` is `adversarial`, `empty` or `edge_case`, or
`adversarial` is true) are not reported.

Old completion datasets left the prompt empty on purpose, to train on plain text. They are reported once, because all
current targets require `text` rows for this purpose.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import polars as pl

from datalint.api import (
    Chunk,
    Dataset,
    Fix,
    Hit,
    NamedTuple,
    Options,
    Severity,
    Turns,
    counted,
    excerpt,
    frozen,
    json_path,
    option,
    percent,
    rule,
)
from datalint.rules.common.frames import joined_frames
from datalint.rules.common.labels.labelled_elsewhere import LABEL_CHARS, least_of_label, without_accompanied
from datalint.rules.common.pairs.missing_sides import MissingSide, missing_sides
from datalint.rules.common.pairs.shared_instructions import Shared, join_shared, shared_instruction
from datalint.rules.common.test_cases import EMPTY, is_test_case
from datalint.rules.common.texts.separators import Endings, asked_once, find_endings, join_endings
from datalint.rules.common.texts.turns import is_blank

#: The shape of texts with labels, which are no response.
_LABELLED: Final = "mapped-labels"
#: Signs of a text that says nothing, but no smileys.
_MARKS: Final = " \t\r\n?!.,;…·-–—_*？！。，、；～~؟،।\"'“”‘’"
#: Characters of most prompts of a set of characters and signs, where a mark is what a row is about.
_SIGN: Final = 2
#: Share of the examples up to which a text of a pair is missing: more have one text by design.
_MISSING: Final = 0.1
#: Share of the examples up to which an input is missing, next to an instruction that all share.
_WITHOUT: Final = 0.05
#: Examples from which a share says what a set is meant for.
_LEAST: Final = 20

_NONE: Final = pl.DataFrame(
    schema={
        "example": pl.Int64(),
        "path": pl.String(),
        "empty": pl.Boolean(),
        "later": pl.Boolean(),
        "accompanied": pl.Boolean(),
    }
)


class Blanks(NamedTuple):
    """What a chunk or dataset has of prompts that are empty or say nothing."""

    rows: int
    #: For each chunk that has some, a frame of the empty prompts: their ``example`` and ``path``, and whether a prompt is
    #: ``empty`` or white space, is a ``later`` turn, and is ``accompanied``, that is, a text is read with it.
    frames: list[pl.DataFrame]
    #: Examples of a prompt without a letter or digit and a label, with the prompt.
    wordless: list[tuple[int, str]]
    #: How many examples have an empty instruction, and an input that is not.
    moved: int
    #: What ends prompts.
    endings: Endings
    #: Pairs of texts without one of them.
    sides: list[MissingSide]
    #: The instruction that all share, with the examples without an input.
    shared: Shared


@frozen
class EmptyPromptOptions(Options):
    """When empty prompts are what a dataset is meant to have."""

    design_share: float = option(
        0.9, "share of examples from which empty prompts are one finding", source="no slip empties nine prompts in ten"
    )
    optional_share: float = option(
        0.5,
        "share of examples from which prompts that are empty next to a text are optional",
        source="what most examples do without is no part of each",
    )


@rule(
    "QUA001",
    "empty-prompt",
    severity=Severity.ERROR,
    since="0.1",
    gated=True,
    fix=Fix.removal(),
)
def empty_prompt(data: Dataset, options: EmptyPromptOptions) -> Iterator[Hit]:
    """Yield a hit at each prompt without a visible character, or one for the dataset where nearly all are."""
    if data.measured is None:
        return
    found: Blanks = data.measured
    size = found.rows
    if size >= _LEAST and found.moved >= options.design_share * size:
        message = (
            f'{found.moved:,} of {counted(size, "example")} have an empty "instruction", and the question in "input"'
        )
        yield Hit(message, severity=Severity.WARNING, key="input")
    empty = pl.concat([_NONE, *found.frames])
    if size >= _LEAST and empty["accompanied"].sum() > options.optional_share * size:
        empty = empty.filter(~pl.col("accompanied"))
    empty = without_accompanied(data.examples, empty)
    rows = empty["example"].n_unique()
    if size >= _LEAST and rows >= options.design_share * size:
        share = percent(rows / size)
        message = f"{rows:,} of {counted(size, 'example')} ({share}) have an empty prompt, as plain texts have"
        yield Hit(message, severity=Severity.WARNING, key="by design")
        return
    # A row without a response or labels says nothing at all, which the rule of empty responses reports.
    has_answer = (data.examples["response_chars"] > 0) | (data.examples["shape"] == _LABELLED)
    yield from _empty(empty, has_answer)
    reported = set(empty["example"])
    yield from _without_side(found, has_answer, reported)
    yield from _without_input(found, has_answer, reported)
    separator, bare = found.endings.separated()
    for example, text in bare:
        message = f'the prompt, "{text}", has nothing before the separator "{separator}" that ends the prompts'
        yield Hit(message, at=example, severity=Severity.WARNING, key="separator")
    yield from _of_marks(data, found, reported={example for example, _ in bare})


def _empty(empty: pl.DataFrame, has_answer: pl.Series) -> Iterator[Hit]:
    """Yield a hit at each empty prompt of a row with an answer."""
    for example, path, is_empty, later, _ in empty.iter_rows():
        if has_answer[example]:
            what = "is empty" if is_empty else "contains only white space or invisible characters"
            # The turns before it are a part of the prompt.
            yield Hit(f"a later user turn {what}" if later else f"the prompt {what}", at=example, path=path)


def _without_side(found: Blanks, has_answer: pl.Series, reported: set[int]) -> Iterator[Hit]:
    """Yield a hit at each pair of texts without one of them, if they are few."""
    for example, key in found.sides if len(found.sides) <= max(_MISSING * found.rows, 1) else ():
        if has_answer[example] and example not in reported:
            message = f'"{excerpt(key, LABEL_CHARS)}" is empty, and the row has a label of the pair'
            yield Hit(message, at=example, path=json_path((key,)), severity=Severity.WARNING, key="pair")


def _without_input(found: Blanks, has_answer: pl.Series, reported: set[int]) -> Iterator[Hit]:
    """Yield a hit at each row without an input for the instruction that all share, if they are few."""
    without = found.shared.without
    if found.rows < _LEAST or len(without) > _WITHOUT * found.rows:
        return
    for example in without:
        if has_answer[example] and example not in reported:
            message = '"input" is empty, and "instruction" is the same in all rows, so nothing is asked'
            yield Hit(message, at=example, path="$.instruction", severity=Severity.WARNING, key="shared")


def _of_marks(data: Dataset, found: Blanks, reported: set[int]) -> Iterator[Hit]:
    """Yield a hit at each prompt of marks alone whose answer is a label, unless most prompts are as short."""
    if not found.wordless or 2 * (data.examples["prompt_chars"] <= _SIGN).sum() > found.rows:
        return
    answers = data.examples["response_hash"]
    counts = dict(answers.value_counts().iter_rows())
    for example, text in found.wordless:
        if example not in reported and counts[answers[example]] >= least_of_label(found.rows):
            yield Hit(
                f'the prompt, "{text}", has no letter or digit', at=example, severity=Severity.WARNING, key="marks"
            )


@empty_prompt.measure
def find_blanks(chunk: Chunk, options: EmptyPromptOptions) -> Blanks:
    """Return the prompts of a chunk that are empty."""
    frames, moved = _blank(chunk)
    return Blanks(
        rows=chunk.examples.height,
        frames=frames,
        wordless=_wordless(chunk),
        moved=moved,
        endings=find_endings(chunk, _MARKS),
        sides=[*missing_sides(chunk)],
        shared=shared_instruction(chunk),
    )


def _blank(chunk: Chunk) -> tuple[list[pl.DataFrame], int]:
    """Return a frame of the empty prompts, and how many examples have an empty instruction before an input."""
    turns = Turns()
    nothing = is_blank(turns)
    unsaid = turns.spoken.str.starts_with("U")
    # Most chunks have neither, and the rest takes two queries.
    asked = turns.is_prompt | (turns.path == "$.instruction")
    if not chunk.turns.select(((asked & nothing) | unsaid).any()).item():
        return [], 0
    input_follows = (turns.path == "$.instruction") & (turns.path.shift(-1) == "$.input") & ~nothing.shift(-1)
    # What is read next to a prompt, under keys of its own, may be empty.
    follows = turns.is_prompt.shift(1) & (turns.example == turns.example.shift(1))
    is_accompanying = follows.fill_null(value=False) & ~turns.path.str.contains_any(["["])
    blank = turns.is_prompt & ~turns.has_media & nothing & ~input_follows & ~is_accompanying
    empty = (turns.text == "").alias("empty")
    is_asked = turns.is_prompt & (turns.role == "user") & turns.path.str.contains_any(["["])
    later = ((turns.turn > 1) & is_asked).alias("later")
    blank |= unsaid
    said = turns.is_prompt & ~nothing & (turns.example == turns.example.shift(1))
    accompanied = (said & ~turns.path.str.contains_any(["["])).shift(-1).fill_null(value=False).alias("accompanied")
    found = chunk.turns.with_columns(accompanied).filter(blank)
    found = found.select(turns.example.cast(pl.Int64), turns.path, empty, later, "accompanied")
    meant = [is_test_case(chunk.records[row], EMPTY) for row in found["example"]]
    left = found.filter(~pl.Series(meant, dtype=pl.Boolean)) if any(meant) else found
    return [left], int(chunk.turns.select((nothing & input_follows).sum()).item() or 0)


def _wordless(chunk: Chunk) -> list[tuple[int, str]]:
    """Return the examples of one prompt of nothing but marks, and a label with more than those, with the prompt."""
    prompt, response = pl.col("prompt"), chunk.examples["response"]
    # A mark for a mark is its correction.
    is_short = chunk.once(asked_once) & (response.str.len_bytes() <= LABEL_CHARS)
    if not is_short.any():
        return []
    short = is_short.arg_true()
    at = short.filter(response.gather(short).str.strip_chars_start(_MARKS) != "")
    rows = pl.DataFrame([at.alias("at"), chunk.examples["prompt"].gather(at)])
    marks = (prompt.str.strip_chars() != "") & (prompt.str.strip_chars_start(_MARKS) == "")
    found = rows.filter(marks) if rows.height else rows
    return [
        (at, excerpt(text, LABEL_CHARS)) for at, text in found.iter_rows() if not is_test_case(chunk.records[at], EMPTY)
    ]


@empty_prompt.merge
def join_blanks(one: Blanks, other: Blanks) -> Blanks:
    """Put two partials one after the other; row numbers of the second move behind the first's."""
    rows, frames = joined_frames((one.rows, one.frames), (other.rows, other.frames))
    return Blanks(
        rows=rows,
        frames=frames,
        wordless=one.wordless + [(example + one.rows, text) for example, text in other.wordless],
        moved=one.moved + other.moved,
        endings=join_endings(one.endings, other.endings, one.rows),
        sides=one.sides + [each._replace(row=each.row + one.rows) for each in other.sides],
        shared=join_shared(one.shared, other.shared, (one.rows, other.rows)),
    )
