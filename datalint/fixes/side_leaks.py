"""Leaks between the sides of a split."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

from datalint.engine.reduce.leaks import find_leaks
from datalint.engine.reduce.near_prompts import PromptScan
from datalint.engine.reduce.second_reading import read_again
from datalint.fixes.state import Removed, State

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from datalint.engine.execute.row_reader import Reader
    from datalint.engine.plan import Plan
    from datalint.engine.reduce.merge import Merged
    from datalint.fixes.sides import Sides
    from datalint.records.leaks import Leak
    from datalint.sources import Source

#: Share of the rows of a side above which near-leaked prompts do not tell rows apart, as those of one template.
_MOST: Final = 0.5


def leaks_between(
    sources: Sequence[Source], merged: Merged, reader: Reader, sides: Sides, plan: Plan, *, by_prompt: bool
) -> list[Leak]:
    """Return the leaks between any two sides, with the numbers of the rows in the dataset.

    Near-leaked prompts are searched where there are no other leaks, since every row is read again for it. If most rows
    have them, ``sides.near_prompts`` counts these rows, and they are no leaks. Unless ``by_prompt``, rows with one
    prompt do not leak.
    """
    states = [_side(sources, merged, reader, sides.sides == number) for number in range(len(sides.names))]
    pairs = [(first, other) for one, first in enumerate(states) for other in states[one + 1 :]]
    pairs = [(first, other) for first, other in pairs if len(first.rows) and len(other.rows)]
    found = [
        leak for first, other in pairs for leak in _leaks(first, other, plan) if by_prompt or leak.kind != "prompt"
    ]
    if not found and by_prompt:
        sides.near_prompts = 0
        for first, other in pairs:
            leaks = _near_prompts(first, other, plan)
            if len(leaks) > _MOST * len(first.rows):
                sides.near_prompts += len(leaks)
            else:
                found += leaks
    return found


def _leaks(first: State, other: State, plan: Plan) -> list[Leak]:
    readers = (first.reader, other.reader)
    leaks, _ = find_leaks(first.merged, other.merged, readers, plan.near, needs_near=True, exactly=True)
    return _numbered(leaks, first, other)


def _near_prompts(first: State, other: State, plan: Plan) -> list[Leak]:
    """Return rows whose prompts the other side has almost word by word, with other answers."""
    scan = PromptScan(first.merged, other.merged, (first.reader, other.reader), plan.near, ())
    read_again(first.reader, first.merged.examples, [scan])
    return _numbered(scan.finish(), first, other)


def _numbered(leaks: Sequence[Leak], first: State, other: State) -> list[Leak]:
    """Return leaks with the numbers that rows have in the dataset."""
    return [
        leak._replace(training=int(first.rows[leak.training]), evaluation=int(other.rows[leak.evaluation]))
        for leak in leaks
    ]


def _side(sources: Sequence[Source], merged: Merged, reader: Reader, mine: NDArray[np.bool_]) -> State:
    state = State.of(sources, merged, reader)
    state.remove(dict.fromkeys(np.flatnonzero(~mine).tolist(), Removed(0, "")))
    return state
