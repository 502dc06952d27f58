"""Notes about answers that are several in one: lists, ``['a', 'b']`` as text, or ``a|b``. All of it is learned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any, Final

from datalint.engine.guesses.notes.sampling import ANSWERED, LEAST, MOST_KEYS, ROWS, letters_of, of_rows
from datalint.privacy.display import excerpt
from datalint.shapes.base import Shape
from datalint.shapes.fields import fields_of, keys_of
from datalint.support.sentence_signs import QUESTION_MARKS
from datalint.support.written_lists import parse_list

#: Ends of the names of questions and of their answers: other responses may be lists on purpose.
_ASKED: Final = ("question", "questions", "query", "queries")
_ANSWERS: Final = ("answer", "answers", "aliases", "reference", "references", "alternatives")
#: Between alternatives, and characters of one.
_BETWEEN: Final = "|"
_LONGEST: Final = 80
#: Share of the answers that are lists, that have alternatives, and of the prompts of lists that are questions.
_LISTS: Final = 0.8
_SEVERAL: Final = 0.3
_QUESTIONS: Final = 0.5


def written_alternatives(first: Mapping[str, Any], shape: Shape, rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the note on answers to questions that are lists or alternatives in one text; empty for none."""
    if shape.name not in ANSWERED or shape.fields is None or len(first) > MOST_KEYS:
        return ""
    fields = fields_of(shape, first)
    answers = keys_of(fields, "response")
    asked = [key for key, part in fields if part == "prompt" and letters_of(key).endswith(_ASKED)]
    if len(answers) != 1 or not asked or not letters_of(answers[0]).endswith(_ANSWERS):
        return ""
    texts = [text for row in islice(rows, ROWS) if isinstance(text := row.get(answers[0]), str) and text.strip()]
    lists = [text for text in texts if _is_list(text)]
    several = [text for text in texts if _has_alternatives(text)]
    if len(texts) >= LEAST and len(lists) >= _LISTS * len(texts):
        what, found = "a list that is written as text", lists
    elif len(texts) >= LEAST and len(several) >= _SEVERAL * len(texts):
        what, found = "alternatives in one text", several
    else:
        return ""
    where = f"{len(found)} {of_rows(len(texts))}"
    return f'"{excerpt(answers[0], 40)}" is {what} in {where}, and all of it is learned: keep one answer in each row'


def listed_alternatives(first: Mapping[str, Any], shape: Shape, rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the note on lists of short texts that are each the answer to a question; empty for none.

    They may be alternatives, or one answer of several parts: the rows don't say which.
    """
    if shape.name != "mapped" or shape.fields is None or len(first) > MOST_KEYS:
        return ""
    fields = fields_of(shape, first)
    answers, prompts = keys_of(fields, "response"), keys_of(fields, "prompt")
    if len(answers) != 1 or len(prompts) != 1 or not isinstance(first.get(answers[0]), list):
        return ""
    seen = [row for row in islice(rows, ROWS) if isinstance(row.get(answers[0]), list)]
    lists = [row for row in seen if _are_short(row[answers[0]])]
    asked = [row for row in lists if str(row.get(prompts[0], "")).rstrip().endswith(QUESTION_MARKS)]
    if len(seen) < LEAST or len(lists) < _LISTS * len(seen) or len(asked) < _QUESTIONS * len(lists):
        return ""
    where = f"{len(lists)} {of_rows(len(seen))}"
    name = excerpt(answers[0], 40)
    return f'"{name}" is a list of texts in {where}, learned as one answer: if each is an answer, keep one in each row'


def _are_short(values: list[Any]) -> bool:
    """Return whether values are several short texts."""
    return len(values) > 1 and all(isinstance(value, str) and len(value) <= _LONGEST for value in values)


def _is_list(text: str) -> bool:
    """Return whether a text is a list of short texts."""
    value = parse_list(text) if text.lstrip().startswith("[") else None
    return isinstance(value, list) and bool(value) and all(isinstance(e, str) and len(e) <= _LONGEST for e in value)


def _has_alternatives(text: str) -> bool:
    """Return whether a text is several short ones with a sign between them, and no blanks as in commands and tables."""
    parts = text.split(_BETWEEN)
    return len(parts) > 1 and all(part and part == part.strip() and len(part) <= _LONGEST for part in parts)
