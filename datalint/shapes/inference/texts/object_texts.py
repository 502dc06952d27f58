"""Prompts that are objects with one text next to facts about it, such as ``query.content`` next to the query's id."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.names import is_about
from datalint.shapes.evidence.sampled import FACTS, LONG, Holds, SampledColumn
from datalint.shapes.evidence.sampling import columns_of
from datalint.shapes.guess import NESTED, Guess, can_be_typed
from datalint.shapes.text_objects import is_text_object
from datalint.support.names.column_names import Strength, strength

#: Keys of the text of an object, of which it has one.
_TEXTS: Final = ("content", "text", "value", "question", "query", "answer")
#: Share of the rows that have such an object.
_NEARLY_ALL: Final = 0.9


def with_object_texts(guess: Guess | None, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return a guess that reads the only text of each prompt that is an object, and the same of its response.

    Other guesses are returned as they are: an object with several texts, or with keys that say what is asked, is data.
    A response that is data may be learned as a whole, or a part of it, which is for the user to say.
    """
    found = {} if guess is None else dict(guess.columns)
    if guess is None or "prompt" not in found:
        return guess
    asked = _text_of(found["prompt"], rows, listed=False)
    if not asked:
        return guess
    response = found.get("response", "")
    learned = _text_of(response, rows, listed=True)
    if not learned and any(isinstance(row.get(response), dict) for row in rows):
        return guess
    texts = {"prompt": asked} | ({"response": learned} if learned else {})
    return guess._replace(columns=tuple((found | texts).items()))


def _text_of(key: str, rows: Sequence[Mapping[str, Any]], *, listed: bool) -> str:
    """Return the path of the only text of the objects under a key; empty for other values.

    ``listed`` says that lists may be next to the text, such as the sources of an answer.
    """
    objects = [item for row in rows if isinstance(item := row.get(key), dict)]
    if NESTED in key or not objects or len(objects) < _NEARLY_ALL * len(rows) or all(map(is_text_object, objects)):
        return ""
    names = [name for name in _TEXTS if any(name in each for each in objects)]
    if len(names) != 1 or sum(_has_text(each, names[0]) for each in objects) < _NEARLY_ALL * len(rows):
        return ""
    others = (each for each in columns_of(objects) if each.key != names[0])
    if not all(_is_fact(each, listed=listed) for each in others):
        return ""
    path = f"{key}{NESTED}{names[0]}"
    return path if can_be_typed(path) else ""


def _has_text(item: Mapping[str, Any], name: str) -> bool:
    return isinstance(text := item.get(name), str) and bool(text.strip())


def _is_fact(column: SampledColumn, *, listed: bool) -> bool:
    """Whether a column in an object says something about its text, such as its id, its type or its sources."""
    if column.holds is Holds.LIST and listed:
        return True
    sorts = max(strength(column.key, each) for each in ("category", "group")) >= Strength.HEAD
    # What all objects say at some length may be an instruction.
    return (column.holds in FACTS and column.length <= LONG) or is_about(column) or sorts
