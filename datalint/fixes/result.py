"""What fixing a dataset changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import field
from typing import TYPE_CHECKING

from datalint.fixes.repairs import Repairs
from datalint.support.classes import mutable

if TYPE_CHECKING:
    import polars as pl

    from datalint.core.fix import Action
    from datalint.engine.execute.row_reader import Reader
    from datalint.engine.plan import Plan
    from datalint.fixes.state import Removed
    from datalint.records.record import FileFacts
    from datalint.sources import Source


@mutable
class Fixes:
    """What fixing a dataset changes.

    ``examples`` says where each row stands (``file``, ``line``, ``row``, ``offset``); ``repaired`` and ``removed`` are
    by the number of the row in it, ``lines`` the lines without a row that are removed, by file and line, ``layouts``
    what changes in a file as a whole, by its number, with what the findings say. ``counts`` are the findings that are
    fixed, ``hidden`` those that only unsafe fixes change, by the index of their rule in ``plan``,
    ``rewritten`` those of rows that are only written again as JSON. ``withheld`` are those of rules that would remove
    most rows. ``new_lines`` are the rules with findings in lines that are written as other JSON, by file and line.
    ``missing`` is the number of findings for which a review says to remove the row, and which no row has.
    ``sides`` are the files that have a line for each line of a plain text, by the number of the text: no line of it is
    removed. ``reader`` reads rows as they were. ``standard`` is true where rows that stay are written as JSON objects
    if they are none (Python's literals, an object inside a list), without a finding that says so. ``new_rows`` is the
    number of rows with the values that they had, whose lines are written anew. ``unwritten`` are the repaired rows that
    stayed as they were when the files were written, as the lines of their format cannot hold the change. ``alike`` is
    the number of items of an evaluation set that are similar to others, and stay.
    """

    plan: Plan
    sources: Sequence[Source]
    files: Sequence[FileFacts]
    examples: pl.DataFrame
    repaired: Repairs = field(default_factory=Repairs)
    removed: dict[int, Removed] = field(default_factory=dict)
    lines: dict[tuple[int, int], Removed] = field(default_factory=dict)
    layouts: dict[int, dict[Action, Removed]] = field(default_factory=dict)
    counts: Counter[int] = field(default_factory=Counter)
    hidden: Counter[int] = field(default_factory=Counter)
    rewritten: Counter[int] = field(default_factory=Counter)
    new_lines: dict[tuple[int, int], int] = field(default_factory=dict)
    withheld: Counter[int] = field(default_factory=Counter)
    missing: int = 0
    sides: dict[int, str] = field(default_factory=dict)
    reader: Reader | None = None
    standard: bool = False
    new_rows: int = 0
    unwritten: set[int] = field(default_factory=set)
    alike: int = 0

    @property
    def any(self) -> bool:
        """Whether anything changes."""
        return bool(self.repaired or self.removed or self.lines or self.layouts)

    @property
    def changed(self) -> int:
        """The number of rows that change, or whose lines are written anew."""
        return len(self.repaired) - len(self.unwritten) + self.new_rows

    @property
    def applied(self) -> Counter[int]:
        """The findings that are fixed, without those of rows that could not be written, by the index of their rule."""
        left = Counter(rule for number in self.unwritten for rule in self.repaired[number].rules)
        return self.counts - left

    def standardizes(self, file: int) -> bool:
        """Whether rows of a file are written as JSON objects without a finding that says so."""
        return self.standard and any(problem.rewritable for problem in self.files[file].problems)
