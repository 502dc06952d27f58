"""Lines of JSON Lines with several rows, one after the other: each is read as a row of its own."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from datalint.records.record import Problem
from datalint.sources.base import Places
from datalint.sources.json_layout import max_depth
from datalint.sources.json_truth.truth import DEEP
from datalint.sources.readers.lines import SPACE

#: What separates two rows on a line: white space, carriage returns, or one comma.
_BETWEEN: Final = r"[ \t\r]*+(?:,[ \t\r]*+)?"
_DECODER: Final = json.JSONDecoder()
#: How the message of a line ends whose rows are read.
_READ: Final = "; each is read as a row"
#: The rule that reports such lines.
RULE: Final = "concatenated-json"

#: Where each row of a line begins and ends.
Spans = list[tuple[int, int]]


def rows_on(line: bytes) -> Spans:
    """Return the spans of the objects on a line that consists of several; nothing for other lines.

    The first one begins with the line.
    """
    text = line.rstrip(SPACE)
    if text.lstrip(SPACE)[:1] != b"{" or text[-1:] != b"}" or max_depth(text) > DEEP:
        return []
    try:
        found = _rows_in(text.decode())
    except (ValueError, RecursionError):
        return []
    return found if len(found) > 1 else []


def first_row_on(line: bytes) -> bytes:
    """Return the first of several rows on a line; empty for any other line."""
    found = rows_on(line)
    return line[: found[0][1]] if found else b""


def _rows_in(text: str) -> Spans:
    """Return where the objects of a text begin and end in UTF-8; raises ValueError if it is anything else."""
    found: Spans = []
    at = len(text) - len(text.lstrip(SPACE.decode()))
    done = size = 0
    between = re.compile(_BETWEEN)
    while at < len(text):
        if text[at] != "{":
            return []
        _, end = _DECODER.raw_decode(text, at)
        start = size + len(text[done:at].encode()) if found else 0
        size += len(text[done:end].encode())
        found.append((start, size))
        done = end
        match = between.match(text, end)
        at = end if match is None else match.end()
    return found


def apart(pieces: Sequence[bytes], starts: Places, glued: Mapping[int, Spans]) -> tuple[list[bytes], Places, Places]:
    """Return pieces with those at the indices in ``glued`` split into rows, the offset of each, and its line."""
    found: list[bytes] = []
    places: list[int] = []
    lines: list[int] = []
    for index, (piece, start) in enumerate(zip(pieces, starts.tolist(), strict=True)):
        spans = glued.get(index, [(0, len(piece))])
        found += [piece[begin:end] for begin, end in spans]
        places += [start + begin for begin, _ in spans]
        lines += [index + 1] * len(spans)
    return found, np.array(places, np.int64), np.array(lines, np.int64)


def problem_of(problem: Problem, line: int) -> Problem:
    """Return the problem of a line, given by its number, whose rows are read."""
    return problem._replace(message=problem.message + _READ, line=line, rewritable=True)
