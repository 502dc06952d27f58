"""Note on responses that are lists or objects as Python writes them, as pandas stores them in a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any, Final

import orjson

from datalint.engine.guesses.notes.sampling import ANSWERED, LEAST, MOST_KEYS, ROWS, of_rows
from datalint.privacy.display import excerpt
from datalint.shapes.base import Shape
from datalint.shapes.fields import present_keys

#: Words of the names of questions, whose answers may be lists of short texts that are all right: another note.
_ASKED: Final = ("question", "query")
_SHORT: Final = 80
#: Share of the rows whose response is such a text at least, and characters of one that is looked at.
_NEARLY_ALL: Final = 0.9
_LONGEST: Final = 50_000


def python_values(first: Mapping[str, Any], shape: Shape, rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the note on responses that Python wrote in rows like the ``first``; empty for none.

    In JSON, such a text may be what a model is to write; in the notation of Python, hardly anybody wants it.
    """
    if shape.name not in ANSWERED or shape.fields is None or len(first) > MOST_KEYS:
        return ""
    fields = shape.fields(present_keys(dict(first)))
    keys = [key for key, part in fields if part == "response"]
    if len(keys) != 1 or not _may_be_python(first.get(keys[0])):
        return ""
    values = [row.get(keys[0]) for row in islice(rows, ROWS)]
    found = sum(map(_is_python, values))
    asked = any(part == "prompt" and any(word in key.lower() for word in _ASKED) for key, part in fields)
    if asked and 2 * sum(map(_are_alternatives, values)) > len(values):
        return ""
    if len(values) < LEAST or found < _NEARLY_ALL * len(values):
        return ""
    shown = f'"{excerpt(keys[0], 40)}"'
    where = f"{found} {of_rows(len(values))}"
    learned = "its brackets and quotation marks are learned as well"
    return f"{shown} is a list or an object as Python writes it in {where}: {learned}; write the text that is in it"


def _may_be_python(value: object) -> bool:
    return isinstance(value, str) and value.lstrip()[:1] in ("[", "{") and "'" in value


def _is_python(value: object) -> bool:
    if not isinstance(value, str) or not _may_be_python(value) or len(value) > _LONGEST:
        return False
    text = value.strip()
    if text.startswith(("['", "{'")):
        return text.endswith(("]", "}"))  # the objects in it may be written in any way
    from datalint.support.written_lists import parse_list

    try:
        orjson.loads(value)
    except orjson.JSONDecodeError:
        return parse_list(value) is not None
    return False


def _are_alternatives(value: object) -> bool:
    """Return whether a value is a list of short texts, as Python writes it."""
    from datalint.support.written_lists import parse_list

    found = parse_list(value) if isinstance(value, str) and value.lstrip().startswith("[") else None
    return isinstance(found, list) and all(isinstance(each, str) and len(each) <= _SHORT for each in found)
