"""Queries or answers to one question that a label judges: the label is learned, and none of them is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from datalint.shapes.fields import fields_of, keys_of

if TYPE_CHECKING:
    from datalint.shapes.base import Shape
    from datalint.shapes.guess import Guess

_SHAPES: Final = frozenset(("text-to-sql", "question-answer", "prompt-completion"))
#: Keys of the label of a pair, and of what people say of it. Under others, such as ``is_correct``, the right answers
#: may be learned instead.
_LABELS: Final = ("label", "target", "human", "human_label", "verdict", "judgement", "judgment")
#: The two values of a label that judges, in lower case.
_VERDICTS: Final = (
    *({"0", "1"}, {"false", "true"}, {"correct", "incorrect"}, {"right", "wrong"}, {"valid", "invalid"}),
    *({"pass", "fail"}, {"good", "bad"}, {"accept", "reject"}, {"accepted", "rejected"}),
)
#: Keys of the right answer, which an answer is judged by.
_REFERENCES: Final = ("reference", "reference_answer", "ground_truth", "expected", "expected_answer", "gold")
#: Questions at least that have queries with both labels, of those that have several queries: others may be kinds.
_LEAST: Final = 3
_SHARE: Final = 0.2


def may_be_judged_both_ways(known: Shape, row: Mapping[str, Any]) -> bool:
    """Return whether a row of a question and its query or answer may have a label that says whether this is right."""
    return known.name in _SHAPES and known.fields is not None and _label(row) != ""


def judged_both_ways(known: Shape, rows: Sequence[dict[str, Any]]) -> Guess | None:
    """Return the guess that learns the label, where queries to one question have both labels; None for other rows."""
    fields = fields_of(known, rows[0]) if rows else ()
    keys = {part: keys_of(fields, part) for part in ("prompt", "context", "response")}
    if len(fields) != sum(map(len, keys.values())) or not len(keys["prompt"]) == len(keys["response"]) == 1:
        return None
    asked, query, label = keys["prompt"][0], keys["response"][0], _label(rows[0])
    judged = [row for row in rows if row.get(label) is not None]
    if {_verdict(row[label]) for row in judged} not in _VERDICTS or len(judged) < len(rows):
        return None
    queries: dict[str, set[str]] = {}
    verdicts: dict[str, set[str]] = {}
    for row in judged:
        queries.setdefault(str(row.get(asked)), set()).add(str(row.get(query)))
        verdicts.setdefault(str(row.get(asked)), set()).add(_verdict(row[label]))
    several = [question for question, found in queries.items() if len(found) > 1]
    both = sum(len(verdicts[question]) > 1 for question in several)
    if both < max(_LEAST, _SHARE * len(several)):
        return None
    from datalint.shapes.guess import JOIN, Guess, can_be_typed

    read = [*keys["context"], *(key for key in _REFERENCES if key in rows[0] and key != query), query]
    if not all(map(can_be_typed, (asked, *read))):
        return None
    found = {"prompt": asked, "context": JOIN.join(read), "response": label, "category": label}
    return Guess.of(found, clear=True, basis="values").about(rows, known.name)


def _label(row: Mapping[str, Any]) -> str:
    return next((key for key in _LABELS if key in row), "")


def _verdict(value: object) -> str:
    return str(value).strip().casefold()
