"""Differences between two runs: gates, findings, categories, leaks."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from datalint.compare.matching import RowMatch
from datalint.compare.model import CategoryShift, GateChange, NewLeak, RowPlace
from datalint.core.finding import Finding
from datalint.core.results import Outcome
from datalint.privacy.display import file_name, printable
from datalint.records.leaks import LEAK_KINDS, most_serious

if TYPE_CHECKING:
    from datalint.engine.run import Examined
    from datalint.records.category import Category
    from datalint.records.leaks import Leak
    from datalint.records.record import FileFacts


def row_place_of(examples: pl.DataFrame, files: Sequence[FileFacts], row: int) -> RowPlace:
    """Return the place of a row."""
    file, line, ordinal = examples.select("file", "line", "row").row(row)
    return RowPlace(file_name(files[file].path), line, ordinal)


def gate_changes(old: Outcome, new: Outcome) -> list[GateChange]:
    """Return the gates whose value or verdict changed, worst new verdict first."""
    before = {gate.measure: gate for factor in old.factors.values() for gate in factor.gates}
    changed = [
        GateChange(factor.factor.value, gate.title, was.shown, gate.shown, was.verdict, gate.verdict)
        for factor in new.factors.values()
        for gate in factor.gates
        if (was := before.get(gate.measure)) is not None and (was.shown, was.verdict) != (gate.shown, gate.verdict)
    ]
    return sorted(changed, key=lambda change: (-change.new.rank, change.new.rank == change.old.rank))


def new_findings(old: Examined, new: Examined, matched: Iterable[RowMatch]) -> tuple[list[Finding], dict[str, int]]:
    """Return the new findings, and the number of findings of each rule that no longer exist.

    A finding is identified by its fingerprint; on an edited row, whose fingerprint has changed, by rule and row; on a
    line that is not a row by rule, line and message without numbers (an edit shifts the column); for the dataset by
    rule and path. Each old finding accounts for one new finding.
    """
    before, after = old.outcome.findings, new.outcome.findings
    rows = {match.new: match.old for match in matched}
    waiting = _Waiting(before.table)
    fresh: list[int] = []
    for index, finding in enumerate(after.table.select(_COLUMNS).iter_rows(named=True)):
        if not waiting.take(_by_content(finding)):
            fresh.append(index)
    left = after.table[fresh].select(_COLUMNS).iter_rows(named=True)
    really = [
        index
        for index, finding in zip(fresh, left, strict=True)
        if not waiting.take(_by_line(finding) if finding["at"] is None else _by_row(finding, rows.get(finding["at"])))
    ]
    return [after[index] for index in really], waiting.left()


_COLUMNS: Final = ["rule", "path", "fingerprint", "file", "line", "at", "message"]


def _by_content(finding: dict[str, Any]) -> tuple[Any, ...]:
    whole = finding["file"] is None
    return (finding["rule"], finding["path"]) if whole else (finding["rule"], finding["fingerprint"], "")


def _by_row(finding: dict[str, Any], row: int | None) -> tuple[Any, ...]:
    return (finding["rule"], row, "at", "")


def _by_line(finding: dict[str, Any]) -> tuple[Any, ...]:
    return (finding["rule"], finding["line"], re.sub(r"\d+", "#", finding["message"]), "line", "")


class _Waiting:
    """Old findings that have not been matched with a new finding yet."""

    def __init__(self, table: pl.DataFrame) -> None:
        self._open: dict[tuple[Any, ...], list[int]] = defaultdict(list)
        self._rules = table["rule"].to_list()
        self._taken = [False] * table.height
        for index, finding in enumerate(table.select(_COLUMNS).iter_rows(named=True)):
            self._open[_by_content(finding)].append(index)
            if finding["at"] is not None:
                self._open[_by_row(finding, finding["at"])].append(index)
            elif finding["line"] is not None:
                self._open[_by_line(finding)].append(index)

    def take(self, key: tuple[Any, ...]) -> bool:
        """Remove one finding with this ``key``; return whether there was one."""
        waiting = self._open.get(key, [])
        while waiting:
            index = waiting.pop()
            if not self._taken[index]:
                self._taken[index] = True
                return True
        return False

    def left(self) -> dict[str, int]:
        """Return how many findings of each rule are left, most frequent first."""
        counts = Counter(rule for rule, taken in zip(self._rules, self._taken, strict=True) if not taken)
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def category_shift(old: Category | None, new: Category | None) -> CategoryShift | None:
    """Return the changes of category sizes, largest change of share first; None without categories.

    Categories under different keys are not compared: the distance is then None.
    """
    if old is None and new is None:
        return None
    before, after = ({} if each is None else each.counts for each in (old, new))
    same = old is not None and new is not None and old.key == new.key
    keys = [None if each is None else printable(each.key) for each in (old, new)]
    if not same or not before or not after:
        rows = [(printable(name), count, 0) for name, count in before.items()]
        rows += [(printable(name), 0, count) for name, count in after.items()]
        return CategoryShift(keys[0], keys[1], tuple(rows), None)
    totals = [sum(counts.values()) for counts in (before, after)]
    names = dict.fromkeys((*before, *after))
    shift = {name: after.get(name, 0) / totals[1] - before.get(name, 0) / totals[0] for name in names}
    order = sorted(shift, key=lambda name: (-abs(shift[name]), name))
    counts = tuple((printable(name), before.get(name, 0), after.get(name, 0)) for name in order)
    return CategoryShift(keys[0], keys[1], counts, sum(map(abs, shift.values())) / 2)


def new_leaks(old: Examined, new: Examined) -> list[NewLeak]:
    """Return the evaluation rows that leak now, and before did not or only in a milder form."""
    rows, before = new.dataset.evaluation, old.dataset.evaluation
    if rows is None:
        return []
    known: dict[int, int] = {}
    if before is not None:
        for leak, content in _contents(most_serious(old.dataset.leaks), before):
            known[content] = min(LEAK_KINDS.index(leak.kind), known.get(content, len(LEAK_KINDS)))
    dataset = new.dataset
    return [
        NewLeak(
            row_place_of(rows, dataset.evaluation_files, leak.evaluation),
            row_place_of(dataset.examples, dataset.files, leak.training),
            leak.kind,
            leak.similarity,
        )
        for leak, content in _contents(most_serious(dataset.leaks), rows)
        if LEAK_KINDS.index(leak.kind) < known.get(content, len(LEAK_KINDS))
    ]


def _contents(leaks: Sequence[Leak], evaluation: pl.DataFrame) -> Iterable[tuple[Leak, int]]:
    exact = evaluation["exact"]
    return ((leak, int(exact[leak.evaluation])) for leak in leaks)
