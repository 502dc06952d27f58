"""Matching of tool results to tool calls: by ids, or by order in shapes without ids."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count
from typing import Final

from datalint.shapes.conversion.model import Turn

#: The key of a result that has the id of its call.
ANSWERED: Final = "tool_call_id"


def with_ids(turns: Sequence[Turn]) -> list[Turn]:
    """Return turns whose calls and results have ids.

    A result without one gets that of the first call without a result, of those of its tool if it names one. New ids
    are nine letters and digits, the only form that Mistral accepts.
    """
    known = {call.id for turn in turns for call in turn.calls if isinstance(call.id, str)}
    fresh = (each for number in count() if (each := f"call{number:05}") not in known)
    return list(_matched(turns, fresh))


def _matched(turns: Sequence[Turn], fresh: Iterator[str]) -> Iterator[Turn]:
    waiting: list[tuple[str | None, str]] = []
    for turn in turns:
        calls = [replace(call, id=call.id or next(fresh)) for call in turn.calls]
        waiting += [(call.id, call.name) for call in calls]
        extra = turn.extra
        if turn.role == "tool" and ANSWERED not in extra:
            mark = next((mark for mark, name in waiting if turn.tool in (None, name)), None)
            extra = extra if mark is None else {ANSWERED: mark, **extra}
        answered = next((each for each in waiting if each[0] == extra.get(ANSWERED)), None)
        if answered is not None:
            waiting.remove(answered)
        yield replace(turn, calls=calls, extra=extra)


def bare(turns: Sequence[Turn]) -> list[Turn]:
    """Return turns without ids."""
    return [
        replace(
            turn,
            calls=[replace(call, id=None) for call in turn.calls],
            extra={key: value for key, value in turn.extra.items() if key != ANSWERED},
        )
        for turn in turns
    ]


def without_ids(turns: Sequence[Turn]) -> list[Turn]:
    """Return turns without ids of calls, if these are what :func:`with_ids` gives them again."""
    stripped = bare(turns)
    return stripped if with_ids(stripped) == list(turns) else list(turns)


def answers(turns: Sequence[Turn]) -> list[tuple[int, str] | None]:
    """Return for each result the number of the call that it answers, and the name of its tool; None for no call."""
    waiting: list[tuple[str | None, int, str]] = []
    found: list[tuple[int, str] | None] = []
    calls = 0
    for turn in turns:
        for call in turn.calls:
            waiting.append((call.id, calls, call.name))
            calls += 1
        if turn.role == "tool":
            mark = turn.extra.get(ANSWERED)
            answered = next((each for each in waiting if each[0] == mark), None)
            if answered is not None:
                waiting.remove(answered)
            found.append(None if answered is None else answered[1:])
    return found
