"""Text to SQL: a question, the tables it is about, and the query."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from datalint.shapes.single_turn import single_turn

_QUESTIONS: Final = ("question", "sql_prompt", "Question", "natural_language", "instruction")
_QUERIES: Final = ("sql", "SQL", "sql_query", "gold_sql")
#: Next to these keys, ``query`` is a part of the question.
_ANSWERS: Final = frozenset(("answer", "response", "solution", "output", "completion"))


def _fits(keys: Collection[str]) -> bool:
    if not any(key in keys for key in _QUESTIONS):
        return False
    if any(key in keys for key in _QUERIES):
        return not ("instruction" in keys and not _ANSWERS.isdisjoint(keys))
    return "question" in keys and "query" in keys and _ANSWERS.isdisjoint(keys)


SHAPE: Final = single_turn(
    "text-to-sql",
    "text to SQL (question, query)",
    prompt=_QUESTIONS,
    response=(*_QUERIES, "query"),
    fits=_fits,
)._replace(decided_by=("question", lambda value: not isinstance(value, dict)))
#: Spider: the query as text, next to the same query parsed under ``sql``.
PARSED: Final = single_turn(
    "text-to-sql",
    "text to SQL (question, query), with the parsed query",
    prompt=("question",),
    response=("query",),
    fits=lambda keys: {"question", "query", "sql"} <= set(keys),
)._replace(decided_by=("sql", lambda value: isinstance(value, dict | list)), sole=True)
