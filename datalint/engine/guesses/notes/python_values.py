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

#: Share of the rows whose response is such a text at least, and characters of one that is looked at.
_NEARLY_ALL: Final = 0.9
_LONGEST: Final = 50_000


def python_values(first: Mapping[str, Any], shape: Shape, rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the note on responses that Python wrote in rows like the ``first``; empty for none.

    In JSON, such a text may be what a model is to write; in the notation of Python, hardly anybody wants it.
    """
    if shape.name not in ANSWERED or shape.fields is None or len(first) > MOST_KEYS:
        return ""
    keys = [key for key, part in shape.fields(present_keys(dict(first))) if part == "response"]
    if len(keys) != 1 or not _may_be_python(first.get(keys[0])):
        return ""
    values = [row.get(keys[0]) for row in islice(rows, ROWS)]
    found = sum(map(_is_python, values))
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
