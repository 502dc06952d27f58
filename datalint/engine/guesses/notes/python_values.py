"""Note on responses and passages that are lists or objects as Python writes them, as pandas stores them in a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any, Final

import orjson

from datalint.engine.guesses.notes.sampling import ANSWERED, LEAST, MOST_KEYS, ROWS, of_rows
from datalint.privacy.display import excerpt
from datalint.shapes.base import Shape
from datalint.shapes.fields import fields_of, keys_of

#: Words of the names of questions, whose answers may be lists of short texts that are all right: another note.
_ASKED: Final = ("question", "query")
_SHORT: Final = 80
#: Parts of a prompt, and characters of a list of passages, or of one long text, that is no list of options.
_ASKING: Final = ("prompt", "context")
_PASSAGES: Final = 200
#: Share of the rows whose response is such a text at least, and characters of one that is looked at.
_NEARLY_ALL: Final = 0.9
_LONGEST: Final = 50_000


def python_values(first: Mapping[str, Any], shape: Shape, rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the note on responses that Python wrote in rows like the ``first``, or on such passages; empty for none.

    In JSON, such a text may be what a model is to write; in the notation of Python, hardly anybody wants it.
    """
    if shape.name not in ANSWERED or shape.fields is None or len(first) > MOST_KEYS:
        return ""
    fields = fields_of(shape, first)
    answers = keys_of(fields, "response")
    answer = answers[0] if len(answers) == 1 and _may_be_python(first.get(answers[0])) else ""
    passages = [key for key, part in fields if part in _ASKING and _may_be_passages(first.get(key))]
    if not answer and not passages:
        return ""
    sample = list(islice(rows, ROWS))
    asked = any(part == "prompt" and any(word in key.lower() for word in _ASKED) for key, part in fields)
    if answer and (note := _note_on(answer, sample, asked=asked)):
        return note
    return next((note for key in passages if (note := _note_on_passages(key, sample))), "")


def _note_on(key: str, rows: Sequence[Mapping[str, Any]], *, asked: bool) -> str:
    values = [row.get(key) for row in rows]
    found = sum(map(_is_python, values))
    if asked and 2 * sum(map(_are_alternatives, values)) > len(values):
        return ""
    if len(values) < LEAST or found < _NEARLY_ALL * len(values):
        return ""
    learned = "its brackets and quotation marks are learned as well"
    return f"{_list_of(key, 'a list or an object', found, len(values))}: {learned}; write the text that is in it"


def _note_on_passages(key: str, rows: Sequence[Mapping[str, Any]]) -> str:
    values = [value for row in rows if (value := row.get(key)) not in (None, "")]
    found = sum(_may_be_passages(value) and _is_python(value) for value in values)
    if len(values) < LEAST or found < _NEARLY_ALL * len(values):
        return ""
    read = "its brackets, quotation marks and backslashes are read as well"
    return f"{_list_of(key, 'a list', found, len(values))}: {read}; write the texts that are in it"


def _list_of(key: str, what: str, found: int, size: int) -> str:
    return f'"{excerpt(key, 40)}" is {what} as Python writes it in {found} {of_rows(size)}'


def _may_be_passages(value: object) -> bool:
    """Return whether a value may be a list of texts that are passages, as Python writes it."""
    return isinstance(value, str) and len(value) >= _PASSAGES and value.lstrip()[:2] in ("['", '["') and "'" in value


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
