"""Nearly all questions begin with their number in an exam or a list.

## What it does
Counts prompts with a question mark, and those of them that begin with a number and a full stop, colon or bracket ("12.
What …", "Question 12: What …", "Q12) What …"), and have no other line that does. If nearly all are like this, with five
numbers or more, one note says so.

Another note says how many prompts begin with a word in capitals and a number without a space between them
("QUESTION12) What …"), if the others do not: these are marks of a page.

## Why it matters
The number is left over from the page that the questions are from. It says nothing about the answer, users do not write
it, and the model learns from prompts that differ in it from those that it will get.

## Bad
```jsonl vary=25
{"prompt": "{n}. What is {w}?", "completion": "It is a word."}
```

## Good
```jsonl vary=25
{"prompt": "What is {w}?", "completion": "It is a word."}
```

## What to do
Remove the numbers from the beginnings of the questions.

## Known limits
Numbers without a sign after them are not counted. A colon counts only after a word such as "Question".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
import polars as pl

from datalint.api import Chunk, Dataset, Hit, NamedTuple, Options, Severity, counted, frozen, option, passing, rule
from datalint.rules.common.frames import picked
from datalint.rules.common.lazy_pattern import lazy_pattern
from datalint.rules.common.responses.nearly_all import Share, joined, nearly_all, share_of
from datalint.rules.common.texts.turns import may_begin_blank

#: A number with a sign after it, or after a word for a question, at the beginning of a text; and one of another line.
_WORDS: Final = (
    "question",
    "q",
    "problem",
    "exercise",
    "frage",
    "aufgabe",
    "pregunta",
    "domanda",
    "pergunta",
    "вопрос",
)
_NUMBER: Final = lazy_pattern(
    rf"\s{{0,9}}(?:(\d{{1,4}})[.)]\s{{1,9}}|(?i:{'|'.join(_WORDS)})\s?(\d{{1,4}})\s?[.:)]\s{{0,9}})[^\W\d_]"
)
_INITIALS: Final = sorted({case(word[0]) for word in _WORDS for case in (str.lower, str.upper)})
#: Characters of a text in which the first digit of such a number is, behind white space.
_BEGIN: Final = max(map(len, _WORDS)) + 2
_DIGITS: Final = list("0123456789")
_NUMBERED: Final = lazy_pattern(r"(?m)^[ \t]{0,9}\d{1,4}[.)]\s")
#: A word in capitals with a number glued to it.
_GLUED: Final = lazy_pattern(
    rf"\s{{0,9}}(?:{'|'.join(word.upper() for word in _WORDS if len(word) > 1)})\d{{1,4}}[.:)]"
)
#: Characters of a prompt that are read.
_READ: Final = 4_000
_MARKS: Final = ["?", "？", "؟"]


class Numbered(NamedTuple):
    """How many questions begin with a number, and how many prompts with one that is glued to a word."""

    numbered: Share
    glued: Share
    #: The numbers of the questions.
    numbers: frozenset[str]


@frozen
class NumberedQuestionOptions(Options):
    """When the questions of a dataset are numbered."""

    share: float = option(
        0.9, "share of questions that begin with a number", source="a few may begin with a year or a quantity"
    )
    least: int = option(20, "questions below which nothing is reported", source="shares of fewer are chance")
    numbers: int = option(5, "different numbers at least", source="one number alone may be part of what is asked")


@rule("QUA047", "numbered-question", severity=Severity.INFO, since="0.1")
def numbered_question(data: Dataset, options: NumberedQuestionOptions) -> Iterator[Hit]:
    """Yield one hit, at the first question that begins with its number, if nearly all do, or if some have it glued on."""
    if data.measured is None:
        return
    found: Numbered = data.measured
    begun = nearly_all(found.numbered, options.share, options.least, "question")
    if begun is not None and len(found.numbers) >= options.numbers:
        share, first = begun
        yield Hit(f"{share} begin with a number, as in an exam or a list", at=first, key="all")
        return
    glued = found.glued
    if glued.first is not None:
        have = "begins" if glued.having == 1 else "begin"
        share = f"{counted(glued.having, 'prompt')} of {glued.texts:,}"
        yield Hit(
            f'{share} {have} with a word and a number in one ("QUESTION12)"), as on a page',
            at=glued.first,
            key="glued",
        )


@numbered_question.measure
def count_numbered(chunk: Chunk, options: NumberedQuestionOptions) -> Numbered:
    """Count the questions of a chunk, and those that begin with a number."""
    text = pl.col("text")
    begin = picked(chunk.turns, chunk.turns["is_prompt"], "example", "text").with_columns(
        may=passing(_has_initial(text) | may_begin_blank(text), text, _may_be_numbered),
        asked=text.str.contains_any(_MARKS),
    )
    # Only texts that begin like this are searched.
    at, asked = begin["may"].to_numpy().nonzero()[0], begin["asked"].to_numpy()
    glued, numbered = (np.zeros(begin.height, dtype=np.bool_) for _ in range(2))
    numbers = set()
    for row, text in zip(at.tolist(), begin["text"].filter(begin["may"]), strict=True):
        glued[row] = _GLUED.match(text) is not None
        if asked[row] and (number := _number(text)):
            numbered[row] = True
            numbers.add(number)
    questions = begin["example"].filter(begin["asked"])
    return Numbered(
        share_of(chunk, questions, pl.Series(numbered[asked])),
        share_of(chunk, begin["example"], pl.Series(glued)),
        frozenset(numbers),
    )


def _has_initial(text: pl.Expr) -> pl.Expr:
    first = text.str.head(1)
    return first.is_between(pl.lit("0"), pl.lit("9")) | first.is_in(_INITIALS)


def _may_be_numbered(text: pl.Expr) -> pl.Expr:
    """Return whether a text begins with a digit or letter as numbers do, and has a digit there, perhaps beyond ASCII."""
    begin = text.str.strip_chars_start().str.head(_BEGIN)
    wide = begin.str.len_bytes() != begin.str.len_chars()
    return _has_initial(begin) & (begin.str.contains_any(_DIGITS) | wide)


@numbered_question.merge
def add(one: Numbered, other: Numbered) -> Numbered:
    """Add up two counts."""
    numbered, glued = joined(one.numbered, other.numbered), joined(one.glued, other.glued)
    return Numbered(numbered, glued, one.numbers | other.numbers)


def _number(text: str) -> str:
    """Return the number that a question begins with, unless other lines have one too."""
    found = _NUMBER.match(text)
    if found is None:
        return ""
    own = int(found[1] is not None)
    return found[1] or found[2] if len(_NUMBERED.findall(text[:_READ])) == own else ""
