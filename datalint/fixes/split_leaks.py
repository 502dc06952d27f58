"""Searches for leaks between the sides of a split, and after rows were moved again only for those."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

from datalint.engine.reduce.leaks import find_leaks
from datalint.engine.reduce.near_prompts import PromptScan
from datalint.engine.reduce.second_reading import read_again
from datalint.fixes.state import State

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


class LeakSearch:
    """Finds leaks between any two sides of a dataset.

    A search for near-leaked prompts reads every row again, which takes as long as reading the dataset. So they are
    searched only where there are no other leaks, and only for the rows that :meth:`moved` names since the last search.
    """

    def __init__(
        self, sources: Sequence[Source], merged: Merged, reader: Reader, plan: Plan, *, by_prompt: bool
    ) -> None:
        """Search in a dataset; unless ``by_prompt``, rows with one prompt do not leak."""
        self._dataset = (sources, merged, reader)
        self._plan = plan
        self._by_prompt = by_prompt
        #: Rows that are compared with those of other sides by their prompts; None for all of them.
        self._open: NDArray[np.bool_] | None = None
        #: Pairs of sides most rows of which have nearly the same prompts.
        self._alike: set[tuple[int, int]] = set()

    def divided(self) -> None:
        """Note that any row may be on another side now."""
        self._open = None

    def moved(self, rows: NDArray[np.bool_]) -> None:
        """Note that only these rows are on another side now, namely in training, or were in leaks."""
        self._open = rows if self._open is None else self._open | rows

    def find(self, sides: Sides) -> list[Leak]:
        """Return the leaks between the sides, with the numbers of the rows in the dataset.

        If most rows of a side have prompts that are nearly the same as those of another, ``sides.near_prompts`` counts
        these rows, and they are no leaks.
        """
        states = [self._side(sides.sides == number) for number in range(len(sides.names))]
        pairs = [(one, other) for one in range(len(states)) for other in range(one + 1, len(states))]
        pairs = [(one, other) for one, other in pairs if len(states[one].rows) and len(states[other].rows)]
        found = [leak for one, other in pairs for leak in self._leaks(states[one], states[other])]
        if found or not self._by_prompt:
            return found
        if self._open is None:
            sides.near_prompts, self._alike = 0, set()
            for one, other in pairs:
                leaks = self._near_prompts(states[one], states[other])
                if len(leaks) > _MOST * len(states[one].rows):
                    sides.near_prompts += len(leaks)
                    self._alike.add((one, other))
                else:
                    found += leaks
        else:
            # Rows move to training only, so that the other sides have no new pair between them.
            mine = self._side((sides.sides == 0) & self._open)
            others = [other for one, other in pairs if one == 0 and (one, other) not in self._alike]
            found = [leak for other in others for leak in self._near_prompts(mine, states[other])]
        self._open = np.zeros(len(sides.sides), np.bool_)
        return found

    def _side(self, mine: NDArray[np.bool_]) -> State:
        state = State.of(*self._dataset)
        state.keep(mine)
        return state

    def _leaks(self, first: State, other: State) -> list[Leak]:
        readers = (first.reader, other.reader)
        leaks, _ = find_leaks(first.merged, other.merged, readers, self._plan.near, needs_near=True, exactly=True)
        return [leak for leak in _numbered(leaks, first, other) if self._by_prompt or leak.kind != "prompt"]

    def _near_prompts(self, first: State, other: State) -> list[Leak]:
        """Return rows whose prompts the other side has almost word by word, with other answers."""
        scan = PromptScan(first.merged, other.merged, (first.reader, other.reader), self._plan.near, ())
        read_again(first.reader, first.merged.examples, [scan])
        return _numbered(scan.finish(), first, other)


def _numbered(leaks: Sequence[Leak], first: State, other: State) -> list[Leak]:
    """Return leaks with the numbers that rows have in the dataset."""
    return [
        leak._replace(training=int(first.rows[leak.training]), evaluation=int(other.rows[leak.evaluation]))
        for leak in leaks
    ]
