"""A comma after the last element of a list, which JSON does not allow, and after which there is no element."""

from __future__ import annotations

from datalint.records.record import Problem
from datalint.sources.base import Places
from datalint.sources.content import Content
from datalint.sources.json_truth.explain import trailing_comma
from datalint.sources.json_truth.truth import READ
from datalint.sources.limits import MOST_ROW
from datalint.sources.opening import Opening, first_text, line_of


def comma_at_end(content: Content, starts: Places, stops: Places) -> int:
    """Return the place of the comma after the last element that is not blank; -1 if only one, or none, is blank."""
    if len(starts) < 2 or not _is_blank(content, starts, stops, -1) or _is_blank(content, starts, stops, -2):
        return -1
    return int(stops[-2])


def problem_of_comma(opening: Opening, comma: int) -> Problem:
    """Return the problem with a comma before the closing bracket of a list, by its place."""
    before = opening.content.read(max(comma - MOST_ROW, 0), comma)
    begin = before.rfind(b"\n") + 1
    message = f"{trailing_comma(before[begin:])}{READ}"
    return Problem("invalid-json", message, line_of(opening.content, comma), rewritable=True)


def _is_blank(content: Content, starts: Places, stops: Places, place: int) -> bool:
    start, stop = int(starts[place]), int(stops[place])
    return not start <= first_text(content, start) < stop
