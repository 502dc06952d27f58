"""Questions are other questions with words or a sentence before or after them.

## What it does
Looks among rows with one long answer (`min-chars`) for prompts that are a whole other prompt with a sentence before or
after it, or a whole question of five words or more with words before it ("I would like to know"). Prompts are also the
same if they differ only in words that a mark separates from the question ("Hello, …", "… - thank you", "… (urgent)"),
and that the questions of five answers have. Lines with which all prompts of one answer begin or end, such as a schema,
are not compared. Reports the dataset if at least `min-rows` rows have such a prompt, and `min-share` of all rows.

## Why it matters
A generator that puts "Briefly, please." and ten other openings before each question multiplies the rows and adds
nothing: the model sees every answer eleven times. The number of examples that volume counts is that of the rows, not of
the questions.

## Bad
```jsonl vary=20
{"prompt": "When does the ferry of pier {n} {w} leave?", "completion": "The ferry of pier {n} leaves at noon, and a second time in the evening."}
{"prompt": "Briefly, please. When does the ferry of pier {n} {w} leave?", "completion": "The ferry of pier {n} leaves at noon, and a second time in the evening."}
```
## Good
```jsonl vary=20
{"prompt": "When does the ferry of pier {n} {w} leave?", "completion": "The ferry of pier {n} leaves at noon, and a second time in the evening."}
{"prompt": "Briefly, please. When does the ferry of pier {n} {w} leave?", "completion": "Pier {n}: at noon and in the evening."}
```
## What to do
Keep one row of each question, or write answers that follow what the sentence asks for ("Briefly", "for a beginner").
## Known limits
Short answers are labels or facts and are not compared. Prompts that are the same question in other words are not found.
The rows still count as examples.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import takewhile
from typing import Final

import polars as pl

from datalint.api import Dataset, Hit, Options, Severity, counted, frozen, option, others, rule
from datalint.rules.common.duplicates.added_words import without_added_words
from datalint.rules.common.duplicates.numbers import repeated
from datalint.rules.common.lazy_pattern import lazy_pattern

#: Rows that are read, prompts of one answer that are compared, and characters of each.
_MOST: Final = 20_000
_COMPARED: Final = 50
_READ: Final = 4_000
#: Characters that a question has at least which another one contains.
_LEAST: Final = 12
#: Words of a question at least that others may stand before, and the signs between.
_WORDS: Final = 5
_BETWEEN: Final = tuple(" '’")
#: What ends a sentence before a question.
_ENDED: Final = lazy_pattern(r"[.!?:,;。！？：，…\n—–-][\s\"'”’»)]{0,9}$")


@frozen
class ExpandedPromptOptions(Options):
    """When rows are expanded questions."""

    min_chars: int = option(40, "characters of an answer that is compared", source="longer than labels and names")
    min_rows: int = option(10, "rows with such a prompt, at least", source="fewer are chance")
    min_share: float = option(0.1, "share of all rows, at least", source="fewer change no count that is judged")


@rule("DIV018", "expanded-prompt", severity=Severity.WARNING, since="0.1", each="finding")
def expanded_prompt(data: Dataset, options: ExpandedPromptOptions) -> Iterator[Hit]:
    """Yield one hit for a dataset in which many prompts contain another one with the same answer."""
    if data.size < options.min_rows:
        return
    answered = data.examples.select(
        "response_hash",
        "prompt_hash",
        "prompt_chars",
        "response_chars",
        "is_preference",
        pl.int_range(pl.len()).alias("at"),
    ).filter(
        (pl.col("prompt_chars") >= _LEAST) & (pl.col("response_chars") >= options.min_chars) & ~pl.col("is_preference")
    )
    shared = answered.filter(repeated(answered["response_hash"]))
    if shared.height < max(options.min_rows, options.min_share * data.size):
        return
    groups = (
        shared.unique(["response_hash", "prompt_hash"], keep="first", maintain_order=True)
        .group_by("response_hash", maintain_order=True)
        .agg("at")
        .filter(pl.col("at").list.len() >= 2)["at"]
        .to_list()
    )
    groups = [group[:_COMPARED] for group in groups]
    rows = sorted(row for group in groups for row in group)[:_MOST]
    texts = dict(zip(rows, data.texts(rows), strict=True)) if rows else {}
    asked = [{row: texts[row].prompt for row in group if row in texts} for group in groups]
    bare = without_added_words([_questions(group) for group in asked])
    found = [row for group, without in zip(asked, bare, strict=True) for row in _expanded(group, without)]
    if len(found) < max(options.min_rows, options.min_share * data.size):
        return
    first, *more = sorted(found)
    yield Hit(
        f"{counted(len(found), 'prompt')} of {data.size:,} add words or a sentence to the question of another prompt and have the same answer",
        at=first,
        related=others(more),
    )


def _questions(prompts: Mapping[int, str]) -> dict[int, str]:
    """Return prompts of one answer without the lines that all begin or end with, such as a schema."""
    lines = {row: text.split("\n") for row, text in prompts.items()}
    shortest = min(map(len, lines.values()), default=1) - 1
    before = _alike(lines.values(), range(shortest))
    after = _alike(lines.values(), range(-1, before - shortest - 1, -1))
    return {row: _folded("\n".join(each[before : len(each) - after])) for row, each in lines.items()}


def _folded(text: str) -> str:
    return " ".join(text[:_READ].casefold().split())


def _alike(texts: Collection[Sequence[str]], places: Iterable[int]) -> int:
    """Return how many lines all texts have alike at these places, up to the first that differs."""
    alike = takewhile(lambda at: len({text[at] for text in texts}) == 1, places)
    return sum(1 for _ in alike)


def _expanded(prompts: Mapping[int, str], bare: Mapping[int, str]) -> list[int]:
    """Return the rows whose prompt is another one with a sentence more, or the same once both are ``bare`` of words."""
    folded = {row: _folded(text) for row, text in prompts.items()}
    whole: list[str] = []
    seen: set[str] = set()
    found = []
    for row in sorted(folded, key=lambda row: len(folded[row])):
        if bare[row] in seen or _contains(folded[row], whole):
            found.append(row)
        elif len(folded[row]) >= _LEAST:
            whole.append(folded[row])
            seen.update([bare[row]] if len(bare[row]) >= _LEAST else ())
    return found


def _contains(text: str, shorter: Sequence[str]) -> bool:
    """Return whether a text is one of some others after the end of a sentence, or before more text."""
    for each in shorter:
        if len(each) < len(text):
            if text.endswith(each) and (_ENDED.search(text[: -len(each)]) or _is_asked_within(text, each)):
                return True
            if text.startswith(each) and _ENDED.search(each) and text[len(each)] == " ":
                return True
    return False


def _is_asked_within(text: str, question: str) -> bool:
    """Return whether a text has only words before a question with which it ends."""
    asked = question.endswith(("?", "؟")) and len(question.split()) >= _WORDS
    return asked and text[: -len(question)].endswith(_BETWEEN)
