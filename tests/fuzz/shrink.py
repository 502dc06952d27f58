"""Smaller cases that fail in the same way."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from .cases import Case


def shrunk(case: Case, fails: Callable[[Case], bool], *, tries: int = 200, seconds: float = 20) -> Case:
    """Return a case whose main file is closer to the undamaged one, or shorter.

    ``fails`` says whether a case fails as ``case`` does; it is asked at most ``tries`` times, for ``seconds``.
    """
    left, deadline = tries, time.monotonic() + seconds
    for passes in (_restored, _without_lines, _without_bytes):
        size = 0
        while True:
            # After a change the same pass begins again, with pieces no larger than those that it came to.
            for smaller, step in passes(case, size):
                left -= 1
                if left < 0 or time.monotonic() > deadline:
                    return case
                if fails(smaller):
                    case, size = smaller, step
                    break
            else:
                break
    return case


def _pieces(length: int, largest: int) -> Iterator[tuple[int, int]]:
    """Yield (start, size) of pieces, first halves, then quarters and so on."""
    size = largest or (length + 1) // 2
    while size >= 1 and length > 1:
        for start in range(0, length, size):
            yield start, size
        size //= 2


def _restored(case: Case, largest: int) -> Iterator[tuple[Case, int]]:
    """Yield cases with some of the damaged places as they were; only where the damage moved nothing."""
    data, original = case.files[case.main], case.original
    if len(data) != len(original):
        return
    places = [place for place, byte in enumerate(data) if byte != original[place]]
    for start, size in _pieces(len(places), largest):
        mended = bytearray(data)
        for place in places[start : start + size]:
            mended[place] = original[place]
        yield case.changed(bytes(mended)), size


def _without_lines(case: Case, largest: int) -> Iterator[tuple[Case, int]]:
    lines = case.files[case.main].split(b"\n")
    for start, size in _pieces(len(lines), largest):
        yield case.changed(b"\n".join(lines[:start] + lines[start + size :])), size


def _without_bytes(case: Case, largest: int) -> Iterator[tuple[Case, int]]:
    data = case.files[case.main]
    for start, size in _pieces(len(data), largest):
        yield case.changed(data[:start] + data[start + size :]), size
