"""What ``datalint fix`` changes because of each finding of a report."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import polars as pl

from datalint.core.errors import DatalintError
from datalint.core.fix import Action, Safety, ShownEdit
from datalint.core.grouping import INDICES
from datalint.engine.map.mapper import Mapper
from datalint.fixes.applicable import Applicable
from datalint.fixes.changes import differences
from datalint.fixes.displayed_changes import shown_edit
from datalint.fixes.find import fixable
from datalint.fixes.kept_rows import keep_first
from datalint.fixes.policy import Policy
from datalint.fixes.repair import repair
from datalint.fixes.result import Fixes
from datalint.fixes.rows import row_texts
from datalint.sources.base import refuse_changed
from datalint.sources.json_truth.fast_path import reread

if TYPE_CHECKING:
    from datalint.core.findings import Findings
    from datalint.engine.plan import Plan
    from datalint.records.record import FileFacts
    from datalint.sources import Source

#: Edits of a finding that are listed, and rows of it that are looked at.
_MOST: Final = 20
#: Findings whose edits are found at a time, and rows that are read.
_BLOCK: Final = 256
_ROWS: Final = 1024
_COLUMNS: Final = ("rule", "file", "line", "row", "path", "rows", "lines", "related", "fix")


def listed_edits(
    findings: Findings,
    plan: Plan,
    sources: Sequence[Source],
    files: Sequence[FileFacts],
    examples: pl.DataFrame,
    named: Collection[str] = (),
) -> Iterator[list[ShownEdit]]:
    """Yield, for each cause in ``findings.grouped``, what ``datalint fix --unsafe`` changes because of it.

    The edits are those of the cause alone, in the rows as they are: if several change one value, each says what it
    makes of it. At most 20 are listed, and none where the rows cannot be read again, or where the row that a row
    repeats is removed for another reason.

    Args:
        findings: what a check found.
        plan: the plan of the check.
        sources: the training files.
        files: what is known of them.
        examples: where the rows are: ``file``, ``line``, ``row`` and ``offset``.
        named: codes of the rules that are selected by their own code or name.
    """
    causes = findings.grouped.table.select(_COLUMNS)
    if causes["fix"].null_count() == causes.height:
        yield from ([] for _ in range(causes.height))
        return
    listing = _Listing(findings.table, Fixes(fixable(plan), sources, files, examples), named)
    for start in range(0, causes.height, _BLOCK):
        yield from listing.of(list(causes[start : start + _BLOCK].iter_rows(named=True)))


class _Listing:
    """What fixes remove, from all findings, and how they change the rows of some."""

    def __init__(self, table: pl.DataFrame, fixes: Fixes, named: Collection[str]) -> None:
        self.fixes = fixes
        self.numbers = {active.rule.code: number for number, active in enumerate(fixes.plan.rules)}
        # Rows are in the order of files, so those of a file lie between two bounds.
        numbers = range(len(fixes.files) + 1)
        self.bounds = np.searchsorted(fixes.examples["file"].to_numpy(), numbers).tolist()
        # Containers without lines have none.
        self.line, self.row = (fixes.examples[name].fill_null(0).cast(pl.Int64).to_numpy() for name in ("line", "row"))
        hits = self._hits(table)
        chosen = Applicable(fixes, Policy(True, keep_first, None, None, named))
        chosen.note_layouts(hits)
        self.gone = chosen.removals(hits, fixes.examples.height)
        self._mapper: Mapper | None = None

    def _hits(self, table: pl.DataFrame) -> pl.DataFrame:
        """Return the findings in training files that can be fixed, as :class:`Applicable` takes them."""
        rule = pl.col("rule").replace_strict(self.numbers, default=None, return_dtype=pl.Int32)
        hits = table.filter(pl.col("fix").is_not_null() & (pl.col("file") < len(self.fixes.files)))
        return hits.select(rule, "at", "file", "line", "fix", "message").drop_nulls("rule")

    def of(self, causes: Sequence[dict[str, Any]]) -> Iterator[list[ShownEdit]]:
        """Yield the edits of each cause."""
        places = [list(islice(self._places(cause), _MOST)) for cause in causes]
        wanted = [
            (number, at)
            for cause, found in zip(causes, places, strict=True)
            if (number := self._number(cause)) is not None and self._action(number) is Action.EDIT
            for at in found
        ]
        repaired = self._repaired(list(dict.fromkeys(wanted)))
        for cause, found in zip(causes, places, strict=True):
            yield list(islice(self._of(cause, found, repaired), _MOST))

    def _of(
        self, cause: dict[str, Any], places: Sequence[int], repaired: dict[tuple[int, int], list[ShownEdit]]
    ) -> Iterator[ShownEdit]:
        number = self._number(cause)
        if number is None:
            return
        action = self._action(number)
        if action is Action.EDIT:
            for at in places:
                yield from _about(cause["path"], repaired.get((number, at), []))
        elif action in (Action.REMOVE, Action.KEEP_ONE):
            for at in places:
                if at in self.gone or (action is Action.KEEP_ONE and not (self.gone and self._repeats_gone(cause))):
                    yield ShownEdit("remove", *self._place(at))
            for line in _each(cause["lines"]) if cause["rows"] is None else ():
                if cause["fix"] == Safety.SAFE:
                    yield ShownEdit("rewrite", line)
                elif (cause["file"], line) in self.fixes.lines:
                    yield ShownEdit("remove", line)
            if cause["rows"] is None and cause["lines"] is None and cause["fix"] == Safety.SAFE:
                # One cause over all lines of the file.
                yield ShownEdit("rewrite")
        elif action in self.fixes.layouts.get(cause["file"], {}):
            yield ShownEdit("rewrite", cause["line"], cause["row"])

    def _number(self, cause: dict[str, Any]) -> int | None:
        """Return the number of the rule of a cause that can be fixed."""
        return None if cause["fix"] is None or cause["file"] is None else self.numbers.get(cause["rule"])

    def _action(self, number: int) -> Action | None:
        fix = self.fixes.plan.rules[number].rule.fix
        return None if fix is None else fix.action

    def _places(self, cause: dict[str, Any]) -> Iterator[int]:
        """Yield the rows of a cause that can be fixed, by their number."""
        if self._number(cause) is not None:
            for row in _each(cause["rows"]):
                if (at := self._at(cause["file"], row)) is not None:
                    yield at

    def _at(self, file: int, row: int) -> int | None:
        if file >= len(self.fixes.files):
            return None
        first, last = self.bounds[file : file + 2]
        at = first + int(self.row[first:last].searchsorted(row))
        return at if at < last and self.row[at] == row else None

    def _place(self, at: int) -> tuple[int | None, int]:
        return int(self.line[at]) or None, int(self.row[at])

    def _repeats_gone(self, cause: dict[str, Any]) -> bool:
        """Return whether the row that a row repeats is removed for another reason."""
        first = next(iter(cause["related"] or ()), None)
        return first is not None and self._at(first["file"], first["row"]) in self.gone

    def _repaired(self, wanted: Sequence[tuple[int, int]]) -> dict[tuple[int, int], list[ShownEdit]]:
        """Return what the fix of each rule changes in a row, by the numbers of both."""
        found: dict[tuple[int, int], list[ShownEdit]] = {}
        for start in range(0, len(wanted), _ROWS):
            block = wanted[start : start + _ROWS]
            try:
                refuse_changed(self.fixes.sources)
                texts = row_texts(self.fixes.sources, self.fixes.examples[[at for _, at in block]])
            except (DatalintError, OSError):
                # A report can be kept for longer than its files.
                return found
            self._mapper = self._mapper or Mapper(self.fixes.plan)
            for index, each in repair(texts, [[number] for number, _ in block], self._mapper):
                values = differences(reread(texts[index]), reread(each.line))
                place = self._place(block[index][1])
                found[block[index]] = [shown_edit(value, *place) for value in islice(values, _MOST)]
        return found


def _each(ranges: Iterable[Sequence[int]] | None) -> Iterator[int]:
    """Yield the numbers in ranges, each of its first and its last."""
    for first, last in ranges or ():
        yield from range(first, last + 1)


def _about(path: str | None, edits: Sequence[ShownEdit]) -> Sequence[ShownEdit]:
    """Return the edits below the path of a finding, or above it; all of them where none is."""
    if path is None or len(edits) < 2:
        return edits
    # Places that differ in an index have no index in common.
    masked = "[*]" in path
    paths = [re.sub(INDICES, "[*]", edit.path or "") if masked else edit.path or "" for edit in edits]
    near = [edit for edit, its in zip(edits, paths, strict=True) if _is_below(its, path) or _is_below(path, its)]
    return near or edits


def _is_below(path: str, other: str) -> bool:
    return path.startswith(other) and path[len(other) : len(other) + 1] in ("", ".", "[")
