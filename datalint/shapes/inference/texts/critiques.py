"""Answers with a critique: the critique is learned, and the answer, right or wrong, is read."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, Holds, SampledColumn
from datalint.shapes.guess import JOIN, Guess, can_be_typed, keys_of
from datalint.shapes.inference.labelled.judged_texts import GRADES
from datalint.shapes.key_paths import value_of
from datalint.support.names.column_names import fold_name
from datalint.support.names.feedback_keys import is_feedback

#: Shares of the rows with a text about the answer, of the texts that judge it, and of distinct ones.
_NEARLY_ALL: Final = 0.9
_JUDGING: Final = 0.4
_VARIED: Final = 0.5
#: Words with which texts judge an answer.
_SAYS: Final = re.compile(
    r"(?i)\b(?:answers?|responses?|solutions?|outputs?|repl(?:y|ies)|correct|incorrect|wrong|mistakes?|errors?|accurate"
    r"|inaccurate|should (?:be|have|not)|misses|lacks|fails)\b|答案|回答|错误|正确|回复|ответ|réponse|respuesta|antwort"
)
#: Characters of a text that are looked at.
_LOOKED_AT: Final = 1_000
#: Words of the names of options, and of an answer that was written again.
_OTHERS: Final = frozenset(
    """choices choice options option chosen rejected revised revision refined improved corrected correction rewritten
    final gold golden""".split()
)
#: The keys of a prompt and its completion that trainers read: they are a pair, whatever is said of it.
_PAIR: Final = (("prompt",), ("completion",))
#: Words of the names of what a person wrote.
_PEOPLE: Final = frozenset(("human", "expert", "annotator"))
#: The maximum number of values of a grade.
_MOST_GRADES: Final = 11


def as_critic(guess: Guess | None, columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return a guess; if nearly all rows have a critique of its response, the guess that learns the critique.

    Many texts judge the answer by the words that they use; a grade next to them is learned too. The guess stays as it
    is if there are options to answer with, of which the right one may be explained, or an answer that was rewritten,
    which may be the response. So does that of the keys ``prompt`` and ``completion``.
    """
    found = {} if guess is None else dict(guess.columns)
    if guess is None or not {"prompt", "response"} <= found.keys() <= {
        "system",
        "prompt",
        "context",
        "response",
        "category",
    }:
        return guess
    said = _critiques(columns, rows, frozenset(found.values()))
    asked, answers = keys_of("prompt", found["prompt"]), keys_of("response", found["response"])
    taken = {key for meaning, value in found.items() for key in keys_of(meaning, value)}
    others = [each.key for each in columns if each.key not in asked]
    if len(rows) < LEAST_ROWS or len(said) != 1 or len(answers) != 1 or not can_be_typed(said[0]):
        return guess
    if (asked, answers) == _PAIR:
        return guess
    if any(not _OTHERS.isdisjoint(fold_name(key)) for key in others) or not _judge(said[0], rows):
        return guess
    grades = [each.key for each in columns if each.key not in taken and _is_grade(each, len(rows))]
    context = [key for key in keys_of("context", found.get("context", "")) if key and key not in (said[0], *grades)]
    learned = [said[0], *(grades if len(grades) == 1 and can_be_typed(grades[0]) else [])]
    system = {"system": found["system"]} if "system" in found else {}
    read = {"prompt": found["prompt"], "context": JOIN.join((*context, *answers))}
    return Guess.of(system | read | {"response": JOIN.join(learned)}, clear=guess.clear, basis="names")


def _critiques(
    columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]], taken: Collection[str]
) -> list[str]:
    """Return the keys of varied texts that are critiques by their names, or the paths of such texts in objects.

    Of several objects, the one that a person wrote counts.
    """
    said = [each for each in columns if is_feedback(each.key) and each.key not in taken]
    texts = [each.key for each in said if each.holds is Holds.TEXT and each.length > LONG and each.distinct > _VARIED]
    objects = (
        [] if texts else [path for each in said if each.holds is Holds.OBJECT and (path := _inner(each.key, rows))]
    )
    human = [path for path in objects if not _PEOPLE.isdisjoint(fold_name(path))]
    return texts or (human if len(human) == 1 else objects)


def _inner(key: str, rows: Sequence[Mapping[str, Any]]) -> str:
    """Return the path of the only text in the objects under a key that is a critique by its name; empty for none."""
    objects = [value for row in rows if isinstance(value := row.get(key), dict)]
    inner = dict.fromkeys(name for each in objects for name in each if is_feedback(name))
    paths = [f"{key}.{name}" for name in inner]
    texts = [text for row in rows if isinstance(text := value_of(row, paths[0]), str)] if len(paths) == 1 else []
    varied = len(set(texts)) > _VARIED * len(rows) and sum(map(len, texts)) > LONG * len(texts)
    return paths[0] if varied else ""


def _judge(key: str, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether nearly all rows have a text under a key, and many of these judge an answer."""
    texts = [text for row in rows if isinstance(text := value_of(row, key), str) and text.strip()]
    judging = sum(_SAYS.search(text[:_LOOKED_AT]) is not None for text in texts)
    return len(texts) >= _NEARLY_ALL * len(rows) and judging >= _JUDGING * len(texts)


def _is_grade(column: SampledColumn, rows: int) -> bool:
    few = 1.5 < column.distinct * rows <= _MOST_GRADES and column.holds in (Holds.NUMBER, Holds.LABEL)
    return few and column.short and not column.sparse and not GRADES.isdisjoint(fold_name(column.key)[-1:])
