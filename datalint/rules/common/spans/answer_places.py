"""Answers with their place in a passage, as SQuAD has them, and how they fail to be there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from datalint.api import Alike, NamedTuple, excerpt

if TYPE_CHECKING:
    from typing import TypeGuard

#: Keys of the passage, of the lists of questions about it, and of a row's own answer.
_PASSAGES: Final = ("context", "passage", "paragraph", "text", "document", "article")
_QUESTIONS: Final = ("qas", "questions")
_ANSWERS: Final = ("answers", "answer", "plausible_answers")
_TEXTS: Final = ("text", "answer_text", "answer")
_START: Final = "answer_start"
#: Keys of which a row with such answers has one.
_HOLDERS: Final = frozenset((*_QUESTIONS, *_ANSWERS, _START, "paragraphs"))
#: Characters of a passage and of an answer that a message shows.
_SHOWN: Final = 40


class Answer(NamedTuple):
    """An answer, and the character of its passage at which it begins."""

    path: str
    text: str
    start: int


def located_answers(group: Alike) -> Iterator[tuple[int, str, list[Answer]]]:
    """Yield the row, a passage, and the answers in it that have a place, for rows that are alike."""
    if _HOLDERS.isdisjoint(group.keys) or not any(key in group.keys for key in (*_PASSAGES, "paragraphs")):
        return
    columns = [group.column(key) for key in group.keys]
    for row, *values in zip(group.rows, *columns, strict=True):
        record = dict(zip(group.keys, values, strict=True))
        for path, passage, value in _passages(record):
            if found := list(_answers(value, path)):
                yield row, passage, found


def misplaced_answers(passage: str, answers: list[Answer]) -> list[Answer]:
    """Return the answers that are not where their place says; white space and upper case aside."""
    odd = [each for each in answers if not _is_at(each, passage[each.start : each.start + len(each.text)])]
    if not odd or passage.isascii() or max(passage) <= "\uffff":
        return odd
    # JavaScript counts the halves of what is beyond the Basic Multilingual Plane.
    units = passage.encode("utf-16-le", "surrogatepass")
    return [each for each in odd if not _is_at(each, _from_utf16(units, each))]


def _from_utf16(units: bytes, answer: Answer) -> str:
    start = 2 * answer.start
    return units[start : start + 4 * len(answer.text)].decode("utf-16-le", "ignore")[: len(answer.text)]


def _is_at(answer: Answer, words: str) -> bool:
    return _plain(answer.text) == _plain(words)


def described_answer(passage: str, answer: Answer) -> str:
    """Return what is at the place of an answer, and where the answer is, in words."""
    stop = answer.start + len(answer.text)
    there = f'"{excerpt(passage, _SHOWN, start=answer.start, stop=stop)}"'
    if answer.start >= len(passage):
        there = f"nothing of its {len(passage):,} characters"
    first = passage.find(answer.text)
    known = "is nowhere in the passage"
    if first >= 0:
        known = f"begins at {first:,}" if passage.find(answer.text, first + 1) < 0 else "is elsewhere"
    return f'{there} is at {answer.start:,}, and "{excerpt(answer.text, _SHOWN)}" {known}'


def _passages(record: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    paragraphs = record.get("paragraphs")
    places = [("$", record)]
    places += [(f"$.paragraphs[{at}]", each) for at, each in enumerate(paragraphs if _is_list(paragraphs) else ())]
    for path, value in places:
        if isinstance(value, dict):
            passage = next((value[key] for key in _PASSAGES if isinstance(value.get(key), str) and value[key]), None)
            if passage is not None:
                yield path, passage, value


def _answers(value: dict[str, Any], path: str) -> Iterator[Answer]:
    """Yield the answers next to a passage, and those of questions in a list next to it."""
    yield from _located(value, path, tuple(key for key in _TEXTS if key not in _PASSAGES))
    for key in _ANSWERS:
        yield from _listed(value.get(key), f"{path}.{key}")
    for name in _QUESTIONS:
        asked = value.get(name)
        for at, question in enumerate(asked if _is_list(asked) else ()):
            for key in _ANSWERS if isinstance(question, dict) else ():
                yield from _listed(question.get(key), f"{path}.{name}[{at}].{key}")


def _listed(value: Any, path: str) -> Iterator[Answer]:
    """Yield the answers in a list, or in an object of lists, as the library datasets has them."""
    if isinstance(value, dict):
        texts, starts = value.get("text"), value.get(_START)
        if _is_list(texts) and _is_list(starts) and len(texts) == len(starts):
            for at, (text, start) in enumerate(zip(texts, starts, strict=True)):
                yield from _one(text, start, f"{path}.{_START}[{at}]")
        else:
            yield from _located(value, path, _TEXTS)
    for at, each in enumerate(value if _is_list(value) else ()):
        if isinstance(each, dict):
            yield from _located(each, f"{path}[{at}]", _TEXTS)


def _located(value: dict[str, Any], path: str, texts: tuple[str, ...]) -> Iterator[Answer]:
    if _START in value:
        text = next((value[key] for key in texts if isinstance(value.get(key), str)), None)
        yield from _one(text, value[_START], f"{path}.{_START}")


def _one(text: Any, start: Any, path: str) -> Iterator[Answer]:
    # Below 0 is what has no place.
    if isinstance(text, str) and text.strip() and isinstance(start, int) and start >= 0:
        yield Answer(path, text, start)


def _is_list(value: object) -> TypeGuard[list[Any]]:
    return isinstance(value, list)


def _plain(text: str) -> str:
    return re.sub(r"\s", " ", text).strip().casefold()
