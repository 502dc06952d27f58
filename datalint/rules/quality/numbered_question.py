"""Nearly all questions begin with their number in an exam or a list.

## What it does
Counts prompts with a question mark, and those of them that begin with a number and a full stop or a bracket
("12. What …"), and have no other line that does. If nearly all are like this, with five numbers or more, one note says
so.

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
Numbers without a sign after them, and those after a word such as "Question", are not counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import polars as pl

from datalint.api import Chunk, Dataset, Hit, Options, Severity, frozen, option, rule
from datalint.rules.common.lazy_pattern import lazy_pattern
from datalint.rules.common.responses.nearly_all import Found, found_in, joined, nearly_all

#: A number with a sign after it, before a word, at the beginning of a text and of a line.
_NUMBER: Final = lazy_pattern(r"\s{0,9}(\d{1,4})[.)]\s{1,9}[^\W\d_]")
_NUMBERED: Final = lazy_pattern(r"(?m)^[ \t]{0,9}\d{1,4}[.)]\s")
#: Characters of a prompt that are read.
_READ: Final = 4_000
_MARKS: Final = ("?", "？", "؟")
#: The counts, and the numbers.
Numbered = tuple[Found, frozenset[str]]


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
    """Yield one hit, at the first question that begins with its number, if nearly all do."""
    if data.measured is None:
        return
    found, numbers = data.measured
    begun = nearly_all(found, options.share, options.least, "question")
    if begun is not None and len(numbers) >= options.numbers:
        share, first = begun
        yield Hit(f"{share} begin with a number, as in an exam or a list", at=first, key="all")


@numbered_question.measure
def count_numbered(chunk: Chunk, options: NumberedQuestionOptions) -> Numbered:
    """Count the questions of a chunk, and those that begin with a number."""
    turns = chunk.turns
    asked = turns.filter(turns["is_prompt"]).select("example", "text")
    asked = asked.filter(pl.col("text").str.contains_any(list(_MARKS)))
    first = asked["text"].str.strip_chars_start().str.head(1)
    digits = (first >= "0") & (first <= "9")
    found = [_number(text) if may else "" for text, may in zip(asked["text"], digits, strict=True)]
    has = pl.Series([bool(each) for each in found], dtype=pl.Boolean)
    return found_in(chunk, asked["example"], has), frozenset(filter(None, found))


@numbered_question.merge
def add(one: Numbered, other: Numbered) -> Numbered:
    """Add up two counts."""
    return joined(one[0], other[0]), one[1] | other[1]


def _number(text: str) -> str:
    """Return the number that a question begins with, unless other lines have one too."""
    found = _NUMBER.match(text)
    return found[1] if found is not None and len(_NUMBERED.findall(text[:_READ])) == 1 else ""
