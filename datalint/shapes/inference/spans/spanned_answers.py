"""A question, its passage, and an answer that stands in the passage, under any names: SQuAD's layout and its copies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.records.canonical import as_text
from datalint.shapes.answer_values import answer_text
from datalint.shapes.evidence.names import QUESTIONS, has_word, is_language
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, Holds, SampledColumn
from datalint.shapes.guess import Guess
from datalint.support.names.column_names import Strength, fold_name, strength

#: Rows that are looked at, and the share of them whose answer is in the passage.
_ROWS: Final = 50
_NEARLY_ALL: Final = 0.9
#: How many times as long as the question its passage is, and the share of distinct answers, at least.
_LONGER: Final = 1.5
_VARIED: Final = 0.3
#: Last words of the names of texts in one of several languages.
_LANGUAGE: Final = ("lang", "language", "translated", "translation", "pivot")


def answered_in_passage(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about a question and a passage with an object of a place and a text, which is in the passage.

    An answer without its place is proposed if its name ends in a language. Of questions in several languages, the
    one that has most words of its passage is taken, and proposed, since another one may be meant.
    """
    if len(rows) < LEAST_ROWS:
        return None
    texts = [each for each in columns if each.holds is Holds.TEXT and not each.sparse]
    asked = [each for each in texts if _asks(each)]
    spans = [each for each in columns if each.holds is Holds.OBJECT and _are_spans(rows, each.key)]
    if any(strength(each.key, "response") >= Strength.HEAD for each in columns if each not in spans):
        return None
    spans = spans or [each for each in columns if _is_answer_in_language(each)]
    for answer in spans:
        passages = [each for each in texts if each not in (answer, *asked) and each.length > LONG]
        placed = answer.holds is Holds.OBJECT and len(passages) == 1
        found = passages if placed else [each for each in passages if _are_inside(rows, answer.key, each.key)]
        if len(found) != 1 or not asked:
            continue
        question = max(asked, key=lambda each: (_shared(rows, each.key, found[0].key), -asked.index(each)))
        if found[0].length < _LONGER * question.length:
            continue
        clear = len(asked) == 1 and answer.holds is Holds.OBJECT
        meant = {"prompt": question.key, "context": found[0].key, "response": answer.key}
        return Guess.of(meant, clear=clear, basis="values")
    return None


def _asks(column: SampledColumn) -> bool:
    """Whether texts are questions, by their ends or by the first words of their name."""
    named = has_word(column.key, QUESTIONS)
    return (named or column.asks) and strength(column.key, "context") < Strength.WHOLE


def _are_spans(rows: Sequence[Mapping[str, Any]], key: str) -> bool:
    """Whether nearly all values are a text with its place."""
    values = [row[key] for row in rows[:_ROWS] if row.get(key) not in (None, [], {})]
    read = sum(isinstance(answer_text(value), str) for value in values)
    return bool(values) and read >= _NEARLY_ALL * len(values)


def _is_answer_in_language(column: SampledColumn) -> bool:
    """Whether values are answers by their name, which ends in a word for a language: ``answer_lang``."""
    words = fold_name(column.key)
    held = column.holds in (Holds.TEXT, Holds.NUMBER) and column.distinct >= _VARIED and not column.binary
    ends = len(words) > 1 and (words[-1] in _LANGUAGE or is_language(words[-1]))
    return held and ends and strength("_".join(words[:-1]), "response") is Strength.WHOLE


def _are_inside(rows: Sequence[Mapping[str, Any]], answer: str, passage: str) -> bool:
    """Whether nearly all answers are in the passage of their row."""
    pairs = [(answer_text(row.get(answer)), row.get(passage)) for row in rows[:_ROWS]]
    texts = [(as_text(one).strip(), other) for one, other in pairs if one not in (None, "") and isinstance(other, str)]
    inside = sum(bool(one) and one.casefold() in other.casefold() for one, other in texts)
    return bool(texts) and inside >= _NEARLY_ALL * len(texts)


def _shared(rows: Sequence[Mapping[str, Any]], question: str, passage: str) -> float:
    """Return how many words of a question its passage has, as a share."""
    pairs = [(row.get(question), row.get(passage)) for row in rows[:_ROWS]]
    words = [
        (set(one.casefold().split()), set(other.casefold().split()))
        for one, other in pairs
        if isinstance(one, str) and isinstance(other, str)
    ]
    return sum(len(one & other) for one, other in words) / max(1, sum(len(one) for one, _ in words))
