"""Text to SQL: a question, the tables it is about, and the query."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from datalint.shapes.base import Shape, having
from datalint.shapes.single_turn import single_turn
from datalint.shapes.sink import Sink

_QUESTIONS: Final = ("question", "sql_prompt", "Question", "natural_language", "instruction")
_QUERIES: Final = ("sql", "SQL", "sql_query", "gold_sql")
#: Next to these keys, ``query`` is a part of the question.
_ANSWERS: Final = frozenset(("answer", "response", "solution", "output", "completion"))
#: Keys of a question and of a query that are objects.
_ASKED: Final = ("string", "text", "question", "en")
_LANGUAGES: Final = ("sparql", "sql", "cypher", "mql")


def _fits(keys: Collection[str]) -> bool:
    if not any(key in keys for key in _QUESTIONS):
        return False
    if any(key in keys for key in _QUERIES):
        return not ("instruction" in keys and not _ANSWERS.isdisjoint(keys))
    return "question" in keys and "query" in keys and _ANSWERS.isdisjoint(keys)


def _read(value: dict[str, Any], sink: Sink) -> None:
    """Read the text of a question that is an object or one a language, of which English comes first, and the query."""
    question = value.get("question")
    items = question if isinstance(question, list) else [question]
    objects = [(place, each) for place, each in enumerate(items) if isinstance(each, dict)]
    if isinstance(question, str):
        sink.prompt(question, "$.question")
    elif objects:
        place, item = next((each for each in objects if each[1].get("language") == "en"), objects[0])
        key = next((key for key in _ASKED if isinstance(item.get(key), str)), None)
        path = f"$.question[{place}]" if isinstance(question, list) else "$.question"
        sink.prompt(item if key is None else item[key], path if key is None else f"{path}.{key}")
    query = value.get("query")
    written = _language(query)
    sink.response(query[written] if isinstance(query, dict) and written else query, f"$.query.{written}".rstrip("."))


def _language(query: object) -> str:
    """Return the key of the text of a query that is an object; empty for any other value."""
    return next((key for key in _LANGUAGES if isinstance(query, dict) and isinstance(query.get(key), str)), "")


#: QALD, LC-QuAD 2, DBLP-QuAD.
OBJECTS: Final = Shape(
    name="text-to-sql",
    title="text to SPARQL (question and query as objects)",
    kind="sft",
    fits=having("question", "query"),
    schema={
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "required": ["question", "query"],
        "properties": {"question": {"type": ["string", "object", "array"]}, "query": {"type": "object"}},
    },
    read=_read,
    keys=("question", "query"),
    decided_by=("query", lambda value: bool(_language(value))),
    sole=True,
    reads=("question", "query"),
)
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
