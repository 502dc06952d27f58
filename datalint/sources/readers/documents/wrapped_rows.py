"""Rows inside wrapper objects: under their number, as in WebNLG, or under ``row``, as on the Hugging Face Hub."""

from __future__ import annotations

import re
from typing import Any, Final

import numpy as np
import orjson

from datalint.sources.base import Places
from datalint.sources.content import Content
from datalint.sources.limits import MOST_ROW

#: The bytes before a row and after it, and the message of the file's problem about such rows.
_WRAPPERS: Final = (
    (
        re.compile(rb'\s{0,99}\{\s{0,99}"\d{1,12}"\s{0,99}:\s{0,99}(?=\{)'),
        re.compile(rb"\s{0,99}\}\s{0,99}"),
        "each row is in an object of its own, under its number",
    ),
    (
        re.compile(
            rb'\s{0,99}\{\s{0,99}"row_idx"\s{0,99}:\s{0,99}\d{1,12}\s{0,99},\s{0,99}"row"\s{0,99}:\s{0,99}(?=\{)'
        ),
        re.compile(rb'\s{0,99},\s{0,99}"truncated_cells"\s{0,99}:\s{0,99}\[[^\[\]{}]{0,9999}\]\s{0,99}\}\s{0,99}'),
        'each row is read from under "row", as the datasets server writes it',
    ),
)
#: Most bytes after a row, and least number of rows.
_TAIL: Final = 11_000
_LEAST: Final = 2


def wrapped_rows(content: Content, starts: Places, stops: Places) -> tuple[Places, Places, str] | None:
    """Return the places of rows inside objects, and the message of the file's problem; None for other rows.

    The objects are ``content[starts[i]:stops[i]]``. All have the same form; a row is read no more than once.
    """
    spans = list(zip(starts.tolist(), stops.tolist(), strict=True))
    if len(spans) < _LEAST:
        return None
    for head, tail, said in _WRAPPERS:
        found = [_inner(content, start, stop, (head, tail)) for start, stop in spans[:_LEAST]]
        if all(found):
            found += [_inner(content, start, stop, (head, tail)) for start, stop in spans[_LEAST:]]
            places = [each for each in found if each is not None]
            if len(places) < len(found):
                return None
            return np.array([a for a, _ in places], np.int64), np.array([b for _, b in places], np.int64), said
    return None


def _inner(content: Content, start: int, stop: int, form: tuple[Any, Any]) -> tuple[int, int] | None:
    """Return where the row within an object begins and ends; None if the object has another form."""
    if stop - start > MOST_ROW:
        return None
    data = content.read(start, stop)
    before = form[0].match(data)
    if before is None:
        return None
    base = max(before.end(), len(data) - _TAIL)
    # A row ends with a bracket: what is after the last one that fits is the wrapper's.
    ends = (place + 1 for place in range(len(data) - 1, base - 1, -1) if data[place : place + 1] == b"}")
    end = next((each for each in ends if form[1].fullmatch(data, each) is not None), None)
    if end is None:
        return None
    try:
        row = orjson.loads(data[before.end() : end])
    except orjson.JSONDecodeError:
        return None
    return (start + before.end(), start + end) if isinstance(row, dict) else None
