"""Notes about responses that are objects as a service returns them: a text, and what the service says of its run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any, Final

from datalint.engine.guesses.notes.sampling import ANSWERED, MOST_KEYS, ROWS, letters_of
from datalint.shapes.base import Shape
from datalint.shapes.fields import fields_of, keys_of
from datalint.shapes.guess import NESTED, Guess, can_be_typed

#: Keys of the text, and, without separators, of what a service says of a run.
_TEXTS: Final = ("answer", "reply", "response", "output", "content", "text", "message")
_RUN: Final = frozenset(
    """sessionid conversationid requestid traceid runid threadid latency latencyms elapsed duration cached usage tokens
    tokencount sources citations retrieveddocuments retrievedchunks retrievedcontexts timestamp""".split()
)
#: Keys of a run at least, and rows that are looked at at least.
_LEAST: Final = 2
_LEAST_ROWS: Final = 3


def returned_objects(first: Mapping[str, Any], shape: Shape, rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the note on such responses, all of which is learned; empty for others."""
    if shape.name not in ANSWERED or shape.fields is None or len(first) > MOST_KEYS:
        return ""
    fields = fields_of(shape, first)
    sides = {part: key for key, part in fields}
    found = keys_of(fields, "response")
    text = _text_of(first.get(found[0])) if len(found) == 1 else ""
    if not text or "prompt" not in sides:
        return ""
    some = list(islice(rows, ROWS))
    path = f"{found[0]}{NESTED}{text}"
    if len(some) < _LEAST_ROWS or any(_text_of(row.get(found[0])) != text for row in some) or not can_be_typed(path):
        return ""
    option = Guess.of({"prompt": sides["prompt"], "response": path}).option
    return f'"{found[0]}" has what a service returned, and all of it is learned; to learn its text alone: {option}'


def _text_of(value: object) -> str:
    """Return the key of the only text of an object with facts of a run; empty for any other value."""
    if not isinstance(value, dict) or len(value) > MOST_KEYS:
        return ""
    if sum(letters_of(key) in _RUN for key in value) < _LEAST:
        return ""
    texts = [key for key in _TEXTS if isinstance(value.get(key), str)]
    return texts[0] if len(texts) == 1 else ""
