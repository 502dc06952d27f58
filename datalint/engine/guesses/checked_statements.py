"""Statements of answers with a citation and a label that says whether it supports them: the label is learned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from datalint.shapes.fields import fields_of, keys_of

if TYPE_CHECKING:
    from datalint.shapes.base import Shape
    from datalint.shapes.guess import Guess

#: Keys of a statement, of what it is checked against, and of the result.
_STATEMENTS: Final = ("statement", "claim", "sentence", "hypothesis")
_CITED: Final = ("quote", "citation", "evidence", "passage", "context", "reference", "source_text")
_LABELS: Final = ("label", "verdict", "is_supported", "supported", "attribution_label")
#: Rows at least, the share of them whose statement must stand in the answer, and different labels at most.
_LEAST: Final = 10
_NEARLY_ALL: Final = 0.9
_MOST: Final = 4
#: Characters of the longest label, and the least share of rows that has the second most frequent one.
_LONGEST: Final = 30
_RARER: Final = 0.02


def may_check_statements(known: Shape, row: Mapping[str, Any]) -> bool:
    """Return whether a row of a question and its answer may have a statement of it, a citation and a label."""
    return known.name == "question-answer" and known.fields is not None and _keys(row) is not None


def checked_statements(known: Shape, rows: Sequence[dict[str, Any]]) -> Guess | None:
    """Return the guess that learns the label, if nearly all statements stand in the answer of their row."""
    keys = _keys(rows[0]) if len(rows) >= _LEAST else None
    fields = fields_of(known, rows[0]) if keys is not None else ()
    parts = {part: keys_of(fields, part) for part in ("prompt", "response")}
    if keys is None or any(len(named) != 1 for named in parts.values()):
        return None
    statement, cited, label = keys
    answer = parts["response"][0]
    stated = sum(_is_part(row.get(statement), row.get(answer)) for row in rows)
    labels = Counter(str(row.get(label)) for row in rows if _is_label(row.get(label)))
    rarer = labels.most_common(2)[-1][1] if 2 <= len(labels) <= _MOST else 0
    if min(stated, labels.total()) < _NEARLY_ALL * len(rows) or rarer < _RARER * len(rows):
        return None
    from datalint.shapes.guess import JOIN, Guess

    read = JOIN.join((answer, statement, cited))
    meanings = {"prompt": parts["prompt"][0], "context": read, "response": label, "category": label}
    return Guess.of(meanings, clear=True, basis="values").about(rows, known.name)


def _keys(row: Mapping[str, Any]) -> tuple[str, str, str] | None:
    """Return the keys of the statement, of what it cites and of the label; None if there is not one of each."""
    found = [[key for key in names if key in row] for names in (_STATEMENTS, _CITED, _LABELS)]
    return (found[0][0], found[1][0], found[2][0]) if all(len(keys) == 1 for keys in found) else None


def _is_part(statement: object, answer: object) -> bool:
    if not isinstance(statement, str) or not isinstance(answer, str):
        return False
    said = statement.strip(" .。")
    return bool(said) and said in answer


def _is_label(value: object) -> bool:
    return isinstance(value, int) or (isinstance(value, str) and 0 < len(value.strip()) <= _LONGEST)
