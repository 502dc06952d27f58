"""Questions or answers are about a text that their rows do not have.

## What it does
Counts questions of one sentence, up to 250 characters long, that are about what "the text", "the passage", "the
article", "the report" or the like says ("What is the name of the move described in the text?", "Who wrote it, according
to the passage?"), in rows with nothing else that the model reads: no context, earlier turns, media, tools or long system
prompt. Reports them, once, if they are at least `min-questions` and `min-share` of all examples, and most have an answer
of their own.

Also counts responses that speak of the answer as given, if their prompts do not give it ("this matches the provided
correct answer"), and reports them, once, if they are at least `min-answers`: their reasoning was made to fit an answer.

## Why it matters
Nobody can answer such a question, and from its answer the model learns to invent a text. A model wrote the questions for
passages, which were left out when the rows were made. In the same way, a model that writes reasoning is shown the answer,
and what it then says of it explains nothing.

## Bad
```jsonl vary=10
{"prompt": "What is the {w} described in the text?", "completion": "It is the {w}, number {n}."}
```

## Good
```jsonl vary=10
{"prompt": "The {w} is number {n}.\\n\\nWhat is described in the text?", "completion": "It is the {w}, number {n}."}
{"prompt": "Which {w} is number {n}?", "completion": "It is the {w} of the east pier."}
```

## What to do
Write the passage into the prompt, name in the question what it is about, or remove the rows. Generate reasoning again
without showing the answer.

## Known limits
Only English questions are read, and only those with such a noun: "in this paper" and "the author" may be about what is
known. [missing-context](missing-context.md) looks for pictures, files and texts in each prompt, but is off unless you
select it.
"""

from __future__ import annotations

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
    Turns,
    excerpt,
    frozen,
    option,
    others,
    passing,
    percent,
    rule,
)
from datalint.rules.common.frames import picked
from datalint.rules.common.lazy_pattern import lazy_pattern
from datalint.rules.common.responses.shown_answers import SIGNS, has_answer, shown_answer
from datalint.rules.common.texts.turns import learned

#: Nouns for a text that somebody has read, in lower case.
_NOUNS: Final = (
    "text",
    "passage",
    "article",
    "report",
    "document",
    "excerpt",
    "paragraph",
    "abstract",
    "snippet",
    "transcript",
)
_TEXT: Final = rf"(?:given |provided |above |following |accompanying |original |source )?(?:{'|'.join(_NOUNS)})"
#: What is between the noun and the end of the sentence: a noun before another one, or one that says which text it is, is
#: none that was left out.
_END: Final = r"(?=\s*(?:\?|,|$| as | when | regarding ))"
_SAYS: Final = (
    "mentioned|described|stated|discussed|given|provided|presented|listed|outlined|highlighted|referenced|identified"
)
_ABOUT: Final = lazy_pattern(
    rf"(?i)\b(?:{_SAYS}) (?:in|by|within|throughout) (?:the|this) {_TEXT}{_END}"
    rf"|\b(?:according to|based on|as per) (?:the|this) {_TEXT}{_END}"
    rf"|\b(?:does|did) (?:the|this) {_TEXT} (?:say|state|mention|describe|suggest|imply|discuss|explain|argue|claim|recommend)\b"
)
#: What has another sentence in it, or a text of its own.
_PARTS: Final = lazy_pattern(r"[.!?:;]\s|[\"“”«»`<>{}\[\]|\n]|https?:")
#: Characters of a prompt and of a system prompt, which may have a text if it is longer.
_LONGEST: Final = 250
#: The share of the answers that are different from each other: those of fewer are labels.
_DIFFERENT: Final = 0.5
_SEED: Final = 17
#: Characters that are shown before and after an answer that is spoken of.
_AROUND: Final = 20


class Asked(NamedTuple):
    """Examples, the number of each question about a text that is not there, with a hash of its answer, and answers.

    ``answers`` are the numbers of examples whose responses speak of an answer as given, which is not there.
    """

    rows: int
    found: tuple[tuple[int, int], ...]
    answers: tuple[int, ...] = ()


@frozen
class MissingPassageOptions(Options):
    """When such questions are reported."""

    min_questions: int = option(5, "questions about a text", source="fewer may be slips")
    min_share: float = option(
        0.002, "share of the examples", source="of 1,010 public files, one has such questions, 0.4 % of its rows"
    )
    min_answers: int = option(
        3,
        "responses that speak of an answer as given",
        source="of 1,663 public files, two have 4 and 19, and no other has any",
    )


@rule("QUA052", "missing-passage", severity=Severity.WARNING, since="0.1", each="finding")
def missing_passage(data: Dataset, options: MissingPassageOptions) -> Iterator[Hit]:
    """Yield a hit at the first question about a text that its row lacks, and at the first answer, if there are many."""
    asked: Asked | None = data.measured
    if asked is None:
        return
    if len(asked.answers) >= max(options.min_answers, options.min_share * data.size):
        first, *more = asked.answers
        said = f"{len(asked.answers):,} of {data.size:,} responses ({percent(len(asked.answers) / data.size)})"
        text = data.texts([first])[0].response
        start, stop = shown_answer(text) or (0, 0)
        shown = excerpt(text, 80, start=max(start - _AROUND, 0), stop=stop + _AROUND)
        words = "speak of an answer as given that their prompts do not have"
        yield Hit(f'{said} {words}: "{shown}"', at=first, related=others(more), key="answers")
    if len(asked.found) < max(options.min_questions, options.min_share * data.size):
        return
    if len({answer for _, answer in asked.found}) < _DIFFERENT * len(asked.found):
        return
    first, *more = (row for row, _ in asked.found)
    said = f"{len(asked.found):,} of {data.size:,} prompts ({percent(len(asked.found) / data.size)})"
    shown = excerpt(data.texts([first])[0].prompt.strip(), 80)
    yield Hit(f'{said} ask about a text that their rows do not have: "{shown}"', at=first, related=others(more))


@missing_passage.measure
def find_questions(chunk: Chunk, options: MissingPassageOptions) -> Asked:
    """Return the questions of a chunk about a text in rows that have none, and the answers that speak of one as given."""
    return Asked(chunk.examples.height, _questions(chunk), _answers(chunk))


def _questions(chunk: Chunk) -> tuple[tuple[int, int], ...]:
    prompt, system = pl.col("prompt"), pl.col("system")
    alone = ~pl.col("has_media") & ~pl.col("has_tools") & (pl.col("surroundings") == 0) & ~pl.col("is_preference")
    short = (prompt.str.len_bytes() <= _LONGEST) & (system.str.len_bytes() <= _LONGEST)
    likely = chunk.examples.select(
        passing(
            alone & short & (pl.col("shape") != "unknown"), prompt, lambda text: text.str.contains_any([*_NOUNS])
        ).alias("likely")
    )["likely"]
    if not likely.any():
        return ()
    texts = picked(chunk.examples, likely, "prompt", "answer", "roles")
    answers = texts["answer"].hash(_SEED)
    found = zip(likely.arg_true().to_list(), texts["prompt"], texts["roles"], answers, strict=True)
    return tuple(
        (row, answer) for row, asked, roles, answer in found if roles.count("u") == 1 and _is_about_text(asked)
    )


def _answers(chunk: Chunk) -> tuple[int, ...]:
    likely = chunk.turns.select(
        passing(
            learned(Turns()) & (Turns().role != "text"),
            pl.col("text"),
            lambda text: text.str.contains("nswer", literal=True),
            lambda text: text.str.contains_any([*SIGNS]),
        ).alias("likely")
    )["likely"]
    if not likely.any():
        return ()
    asked = chunk.examples.select("prompt", "system")
    found = (
        example
        for example, text in picked(chunk.turns, likely, "example", "text").rows()
        if shown_answer(text) and not any(map(has_answer, asked.row(example)))
    )
    return tuple(dict.fromkeys(found))


def _is_about_text(prompt: str) -> bool:
    """Whether a prompt is one question about what a text says, and no more."""
    asked = prompt.strip()
    return asked.endswith("?") and _ABOUT.search(asked) is not None and _PARTS.search(asked) is None


@missing_passage.merge
def join_asked(one: Asked, other: Asked) -> Asked:
    """Put two partials one after the other; row numbers of the second move behind the first's."""
    moved = ((row + one.rows, answer) for row, answer in other.found)
    answers = (row + one.rows for row in other.answers)
    return Asked(one.rows + other.rows, (*one.found, *moved), (*one.answers, *answers))
