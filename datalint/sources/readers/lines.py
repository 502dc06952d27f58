"""Split bytes into lines, and count line endings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from datalint.records.record import FileFacts
from datalint.sources.base import LONG_LINE
from datalint.support.lazy_pattern import lazy_pattern

SPACE: Final = b" \t\r"
#: The maximum distance in bytes between two rows that are read together, and of bytes that are read at once.
GAP: Final = 1 << 14
MOST: Final = 1 << 18
#: First bytes of white space that is no ASCII, such as no-break and ideographic spaces.
_WIDE: Final = b"\xc2\xe1\xe2\xe3"
_BARE_CR: Final = lazy_pattern(rb"\r(?!\n)")


def split(data: bytes) -> list[bytes]:
    """Return the lines of ``data`` without ``\\n``, the only byte that ends a line."""
    lines = data.split(b"\n")
    if not lines[-1]:
        lines.pop()
    return lines


def is_blank(line: bytes) -> bool:
    """Return whether a line has white space alone, of any script: a wide blank is a blank, and a form feed too."""
    rest = line.strip()
    return not rest or (rest[0] in _WIDE and rest.decode("utf-8", "replace").isspace())


def count_lines(facts: FileFacts, data: bytes, newlines: int | None = None) -> None:
    """Add the line endings of ``data`` to ``facts``.

    ``newlines`` is the number of ``\\n`` bytes; by default, it is derived from ``facts.lines``.
    """
    facts.final_newline = data.endswith(b"\n")
    if newlines is None:
        newlines = facts.lines - (bool(data) and not facts.final_newline)
    facts.lf = newlines
    first = data.find(b"\n")
    if b"\r" not in data:
        facts.first_lf = 1 if newlines else None
        return
    facts.crlf = data.count(b"\r\n")
    facts.lf -= facts.crlf
    if facts.crlf:
        facts.first_crlf = data.count(b"\n", 0, data.find(b"\r\n")) + 1
    if facts.lf:
        while data[first - 1 : first] == b"\r":
            first = data.find(b"\n", first + 1)
        facts.first_lf = data.count(b"\n", 0, first) + 1
    facts.bare_cr = data.count(b"\r") - facts.crlf
    if facts.bare_cr and (bare := _BARE_CR.search(data)):
        facts.first_bare_cr = data.count(b"\n", 0, bare.start()) + 1


def long_lines(lines: Sequence[bytes], size: int) -> list[tuple[int, int]]:
    """Return (line, bytes) of the lines longer than ``LONG_LINE``; ``size`` is the size of all lines."""
    if size <= LONG_LINE:
        return []
    return [(number, len(line)) for number, line in enumerate(lines, 1) if len(line) > LONG_LINE]


def runs(ordinals: list[int], places: NDArray[np.int64]) -> Iterator[list[int]]:
    """Yield the numbers of records that are read together."""
    run: list[int] = []
    for number in ordinals:
        if run and (places[number] - places[run[-1] + 1] > GAP or places[number] - places[run[0]] > MOST):
            yield run
            run = []
        run.append(number)
    if run:
        yield run
