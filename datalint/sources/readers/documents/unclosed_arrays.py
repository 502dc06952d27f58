"""Reading of arrays that are not closed, up to the first element that is refused."""

from __future__ import annotations

import numpy as np
import orjson

from datalint.sources.base import CHUNK_BYTES, Places
from datalint.sources.content import Content
from datalint.sources.json_layout import WHITE
from datalint.sources.json_truth.raw_breaks import parse_leniently
from datalint.sources.limits import MOST_ROW, over_limit


def up_to_first_bad(content: Content, starts: Places, stops: Places) -> tuple[Places, Places]:
    """Return the elements ``content[starts[i]:stops[i]]`` up to the first one that is refused; all if none is.

    What follows an element that is not JSON may be a part of it. Elements are parsed in ranges, so that a large file is
    not loaded as a whole, and none over the limit of a row is loaded.
    """
    first = 0
    while first < len(starts):
        begin = int(starts[first])
        after = max(int(np.searchsorted(stops, begin + CHUNK_BYTES, side="right")), first + 1)
        end = int(stops[after - 1])
        if end - begin > max(MOST_ROW, CHUNK_BYTES):
            return starts[:after], stops[:after]
        data = content.read(begin, end)
        for index in range(first, after):
            if not _is_read(data[int(starts[index]) - begin : int(stops[index]) - begin]):
                return starts[: index + 1], stops[: index + 1]
        first = after
    return starts, stops


def _is_read(element: bytes) -> bool:
    """Return whether an element is read, or refused for its value and not for its syntax."""
    if over_limit(element):
        return False
    try:
        orjson.loads(element)
    except orjson.JSONDecodeError:
        value = element.lstrip(WHITE)
        return not value or not parse_leniently(value).refused
    return True
