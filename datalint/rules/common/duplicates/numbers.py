"""What rules of duplicates share: duplicate numbers of a column, and rows that are equal by chance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import polars as pl

from datalint.api import ROLE_LETTERS, Dataset, Group, Hit, Places, Severity, counted
from datalint.records.sentences import has_sentence
from datalint.rules.common.duplicates.hollow import without_null_words
from datalint.rules.common.keys.judgments import judge_others
from datalint.support.duplicates import has_more, repeated

__all__ = ["has_more", "repeated", "without_chance"]

#: The share of examples from which empty prompts are what a dataset is meant to have.
BY_DESIGN: Final = 0.9
USER_LETTER: Final = ROLE_LETTERS["user"]
#: The shape of rows that could not be read.
UNKNOWN: Final = "unknown"
#: Rows that are looked at.
_LOOKED_AT: Final = 100
#: Groups of which two rows are compared, as judgments of documents.
_JUDGMENTS: Final = 20
#: Shapes of texts without an answer, and characters and words of one that repeats by itself, such as a heading.
_TEXTS: Final = ("text",)
_SPANS: Final = "mapped-labels"
_BRIEF: Final = 40
_FEW_WORDS: Final = 3
_MOST_READ: Final = 10_000
#: Share of the rows beyond which they are no headings, and rows that are too few to say so.
_MOSTLY: Final = 0.5
_FEW_ROWS: Final = 20
#: Characters of a script without spaces from which on a text is more than a name or a label.
_CHARS: Final = 8


def without_chance(data: Dataset, groups: Iterable[Group]) -> list[Group]:
    """Return groups of equal rows without those of unknown shape that have no sentence, or with an empty prompt.

    Scores, classes, and the words of sentences that have a row each, are equal by chance, and are no examples. Rows
    whose prompt is empty or a word for a missing value, or that have no turn, are equal because of that, which other
    rules report.
    """
    found = without_null_words(data, _without_told(data, list(groups)))
    shapes = data.examples["shape"][[group.rows[0] for group in found]]
    unknown = [group.rows[0] for group, shape in zip(found, shapes, strict=True) if shape == UNKNOWN]
    if not unknown or any(map(has_sentence, _without_classes(data.records(unknown[:_LOOKED_AT])))):
        return found
    left_out = frozenset(unknown)
    return [group for group in found if group.rows[0] not in left_out]


def _without_classes(records: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return rows without the short texts of keys of which half are those of other rows, such as subjects of exams."""
    if len(records) < _FEW_ROWS:
        return [*records]
    classes = set()
    for key in records[0]:
        values = [record.get(key) for record in records]
        texts = [value for value in values if isinstance(value, str) and len(value) <= _BRIEF]
        if len(texts) == len(values) and 2 * len(set(texts)) <= len(texts):
            classes.add(key)
    return [{key: value for key, value in record.items() if key not in classes} for record in records]


def without_unknown(data: Dataset, groups: list[Group]) -> tuple[list[Group], list[Group]]:
    """Return groups of copies of known shape, and those whose first row could not be read."""
    shapes = data.examples["shape"]
    if not (shapes == UNKNOWN).any():
        return groups, []
    unread = [group for group in groups if shapes[group.rows[0]] == UNKNOWN]
    return [group for group in groups if shapes[group.rows[0]] != UNKNOWN], unread


def unknown_copies(data: Dataset, groups: Iterable[Group], how: tuple[str, str]) -> Iterator[Hit]:
    """Yield one note about the data for the copies among rows of unknown shape, such as several votes on one text.

    ``how`` says what one of them is of an earlier row, and what several are.
    """
    groups = list(groups)
    pairs = (data.records(sorted(group.rows[:2])) for group in groups[:_JUDGMENTS])
    if groups and all(judge_others(*pair) for pair in pairs):
        return
    copies = sorted(copy for group in groups for copy in group.rows[1:])
    if copies:
        file = data.examples["file"]
        elsewhere = (file != file[copies[0]]).arg_max()
        seen_from = elsewhere if elsewhere is not None and file[elsewhere] != file[copies[0]] else copies[0]
        yield Hit(
            f"{len(copies):,} of {counted(data.size, 'row')} {how[len(copies) > 1]}, which may be by design, as "
            f"their shape is unknown; the first is {Places(data).of(copies[0], seen_from)}",
            severity=Severity.INFO,
            key="unknown shape",
            fixable=False,
        )


def without_headings(data: Dataset, groups: list[Group], shapes: Sequence[str] = _TEXTS) -> list[Group]:
    """Return groups of equal rows without those of plain texts, or with labelled spans, of up to three words.

    Headings, greetings and refrains repeat in a text, and deleting them leaves it incomplete. A text that more than half
    of the rows have is none, but a mistake of what divided it, such as a full stop for each sentence.
    """
    if not groups:
        return groups
    chars = data.examples["prompt_chars"] + data.examples["response_chars"]
    shape = data.examples["shape"]
    only_spans = (shape == _SPANS) & (data.examples["response_chars"] == 0)
    brief = ((shape.is_in(shapes) | only_spans) & (chars <= _BRIEF)).to_list()
    most = max(_MOSTLY * data.size, _FEW_ROWS)
    rows = [each.rows[0] for each in groups if brief[each.rows[0]] and len(each.rows) <= most][:_MOST_READ]
    if not rows:
        return groups
    texts = zip(rows, data.texts(rows), strict=True)
    left_out = {row for row, text in texts if _is_heading(text.prompt or text.response)}
    return [group for group in groups if group.rows[0] not in left_out]


def _is_heading(text: str) -> bool:
    """Whether a text has few words; those of scripts without spaces, which begin with Thai's, are counted by characters."""
    return len(text.split()) <= _FEW_WORDS and sum(each >= "\u0e00" for each in text) < _CHARS


def _without_told(data: Dataset, groups: list[Group]) -> list[Group]:
    """Return groups without those of rows whose prompt is empty, unless the dataset is meant to have such prompts."""
    if not groups:
        return groups
    nothing = (pl.col("prompt_chars") == 0) & ~pl.col("has_media") & ~pl.col("has_tool_calls")
    asked = nothing & pl.col("roles").str.contains(USER_LETTER, literal=True) & (pl.col("response_chars") > 0)
    lost = nothing & (pl.col("response_chars") == 0) & ~pl.col("valid")
    columns = data.examples.select(asked.alias("asked"), (asked | lost).alias("lacking"))
    if not columns["lacking"].any() or columns["asked"].sum() >= BY_DESIGN * data.size:
        return groups
    lacking = columns["lacking"]
    return [group for group in groups if not lacking[group.rows[0]]]
