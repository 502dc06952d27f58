"""Fixes a dataset: repairs rows, then removes those that cannot be repaired, until no fix changes anything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import polars as pl

from datalint.core.fix import Action
from datalint.core.kind import EVALUATION
from datalint.engine.execute.row_reader import Reader
from datalint.engine.plan import needs_of
from datalint.engine.reduce.acceptances import marks_of
from datalint.engine.reduce.numbered_rows import kept_files
from datalint.engine.reduce.other_sides import without_removals
from datalint.engine.reduce.placing import place_hits
from datalint.engine.reduce.policies import without_meant
from datalint.engine.reduce.suppress import is_silenced, suppress
from datalint.engine.run import reduce_rows
from datalint.fixes.applicable import Applicable
from datalint.fixes.kept_rows import one_of_each
from datalint.fixes.policy import Policy, withholds
from datalint.fixes.repair import repair
from datalint.fixes.result import Fixes
from datalint.fixes.rows import row_texts
from datalint.fixes.state import Removed, State
from datalint.sources.local_files import LocalFiles
from datalint.support.days import today as current_day

if TYPE_CHECKING:
    from datalint.core.kind import Kind
    from datalint.engine.map.mapper import Mapper
    from datalint.engine.reduce.merge import Merged
    from datalint.engine.reduce.policies import Meant
    from datalint.records.dataset import Dataset

#: Times that rows are repaired again, and that duplicates are searched again, because of what came before.
_PASSES: Final = 8
#: The shape of rows that could not be read.
_UNKNOWN: Final = "unknown"
#: Rows that are repaired at a time.
_BLOCK: Final = 4096


class Fixing:
    """The course of fixing one dataset; ``state`` is what it has become."""

    def __init__(
        self,
        fixes: Fixes,
        state: State,
        mapper: Mapper,
        held: tuple[Merged | None, Reader | None],
        benchmarks: tuple[Merged, Reader] | None,
        policy: Policy,
        meant: Meant,
        kind: Kind,
    ) -> None:
        self.fixes = fixes
        self.state = state
        self.mapper = mapper
        self.held, self.held_reader = held
        self.benchmarks = benchmarks
        self.policy = policy
        self.meant = meant
        self.kind = kind
        self.chosen = Applicable(fixes, policy)
        self.plan = fixes.plan
        self.paths = [facts.path for facts in fixes.files]
        self.nearby = LocalFiles(self.paths)
        fixes.sides = kept_files(fixes.files, self.nearby)
        # Rows that a person said to remove, by their number.
        self.rejected: dict[int, Removed] = {}
        merged = state.merged
        self.marks = marks_of(merged.accepted, merged.examples, policy.today or current_day())
        # Accepted findings, by rule and number of the row: what a row accepts stays accepted once it is repaired.
        index = {active.rule.code: rule for rule, active in enumerate(self.plan.rules)}
        marked = self.marks.valid.select("code", "at").iter_rows()
        self.covered: set[tuple[int, int]] = {(index[code], at) for code, at in marked if code in index}
        # Numbers of rows that equal an earlier one and that no finding of the report offers to remove. They stay: once
        # other rows are changed or gone, shares and neighbours are others, and a rule may judge them in another way.
        self.spared: set[int] | None = None

    def run(self) -> Fixes:
        """Repair rows, then remove those that cannot be repaired, that repeat others or leak."""
        hits = self._placed(without_meant(self.state.merged.hits, self.meant), first=True)
        self.chosen.note_layouts(hits)
        if self.chosen.rules(Action.KEEP_ONE) and self._repairable(hits):
            self.spared = self._find_spared()
        self._reduce(self._repair(hits))
        self.fixes.removed = self.state.removed
        self.fixes.repaired = self.state.repaired
        for number in self.state.removed:
            self.fixes.repaired.discard(number)
        for rules in self.fixes.repaired.rules():
            self.fixes.counts.update(rules)
        self.fixes.counts.update(each.rule for each in self.fixes.removed.values())
        return self.fixes

    def _placed(self, hits: pl.DataFrame, *, first: bool) -> pl.DataFrame:
        """Return the hits that are to be fixed, with their place."""
        if not hits.width:
            return pl.DataFrame(schema={"rule": pl.Int32, "at": pl.Int64, "fix": pl.String, "message": pl.String})
        placed = hits if "code" in hits.columns else place_hits(hits, self.plan.rules, self.state.merged.examples)
        if first:
            found = suppress(
                placed,
                self.plan.rules,
                self.paths,
                ignored=self.policy.ignored,
                marks=self.marks,
                baseline=self.policy.baseline,
            )
            for rule, at in found.covered.select("rule", "at").drop_nulls().iter_rows():
                self.covered.add((rule, int(self.state.rows[at])))
            placed = found.kept
            self._reject(placed)
        else:
            placed = placed.filter(~is_silenced(placed, self.plan.rules, self.paths, self.policy.ignored))
            placed = placed.filter(self._uncovered(placed))
        return without_removals(placed, self.plan.rules, self.fixes.sides).filter(pl.col("fix").is_not_null())

    def _reject(self, hits: pl.DataFrame) -> None:
        """Note the rows of findings that a person said to remove the row for."""
        if self.policy.rejected:
            missing = set(self.policy.rejected)
            found = hits.select("rule", "code", "fingerprint", "at", "message").drop_nulls("at")
            for rule, code, mark, at, message in found.iter_rows():
                if (code, mark) in self.policy.rejected:
                    missing.discard((code, mark))
                    self.rejected.setdefault(int(self.state.rows[at]), Removed(rule, f"{message} (reviewed)"))
            self.fixes.missing = len(missing)

    def _uncovered(self, hits: pl.DataFrame) -> pl.Series:
        if not self.covered:
            return pl.repeat(True, hits.height, dtype=pl.Boolean, eager=True)
        places = hits.select("rule", "at").iter_rows()
        return pl.Series(
            [at is None or (rule, int(self.state.rows[at])) not in self.covered for rule, at in places],
            dtype=pl.Boolean,
        )

    def _repair(self, hits: pl.DataFrame) -> pl.DataFrame:
        """Change the rows that can be repaired, until no fix changes any; return the hits in the rows as they are."""
        pending = self._repairable(hits)
        for number in range(_PASSES):
            rows = sorted(self._repaired(pending))
            if not rows:
                break
            fresh = self._found(rows, self.state.change(rows, self.mapper))
            hits = pl.concat([hits.filter(~pl.col("at").is_in(rows).fill_null(False)), fresh], how="diagonal_relaxed")
            pending = self._repairable(fresh) if number + 1 < _PASSES else {}
        return hits

    def _found(self, rows: Sequence[int], mapped: Merged) -> pl.DataFrame:
        """Return the hits in changed rows, by their numbers now: of the map half, and of rules that measure chunks."""
        reader = Reader(self.fixes.sources, mapped.examples, self.mapper.detector, [{}] * mapped.examples.height)
        plan = replace(self.plan, needs=frozenset())
        measured = reduce_rows(mapped, None, (reader, None), plan, self.kind, mapped.hits.head(0)).hits
        # What the other rows are meant to be, a repaired row may still be.
        hits = without_meant(mapped.hits, self.meant)
        placed = place_hits(hits, self.plan.rules, mapped.examples) if hits.width else hits
        both = pl.concat(
            [placed, measured.filter(pl.col("rule").is_in(self._measuring()))], how="diagonal_relaxed"
        ).filter(pl.col("at").is_not_null())
        numbers = pl.Series("at", [rows[at] for at in both["at"]], dtype=pl.Int64)
        return self._placed(both.with_columns(numbers), first=False)

    def _measuring(self) -> list[int]:
        return [rule for rule, active in enumerate(self.plan.rules) if active.rule.measure_function is not None]

    def _repairable(self, hits: pl.DataFrame) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for at, rule in hits.select("at", "rule").drop_nulls().unique().sort("at", "rule").iter_rows():
            if self.chosen.applies(rule, Action.EDIT):
                found.setdefault(at, []).append(rule)
        return found

    def _repaired(self, pending: Mapping[int, list[int]]) -> Iterator[int]:
        """Repair rows, and yield those that this changes."""
        rows = list(pending)
        for start in range(0, len(rows), _BLOCK):
            block = rows[start : start + _BLOCK]
            lines = self._texts(block)
            for index, each in repair(lines, [pending[row] for row in block], self.mapper):
                self.state.repaired.add(int(self.state.rows[block[index]]), each.line, each.rules)
                yield block[index]

    def _texts(self, rows: Sequence[int]) -> list[bytes]:
        """Return the JSON texts of rows as they are now."""
        known = [self.state.repaired.get(int(self.state.rows[row])) for row in rows]
        stored = [row for row, each in zip(rows, known, strict=True) if each is None]
        places = self.state.merged.examples[stored].select("file", "row", "offset")
        texts = iter(row_texts(self.fixes.sources, places))
        return [next(texts) if each is None else each.line for each in known]

    def _reduce(self, hits: pl.DataFrame) -> None:
        """Remove rows that findings point at, until none is left; ``hits`` are those of the map half."""
        plan = self.plan
        changed = list(self.state.repaired)
        for number in range(_PASSES):
            size = self.state.merged.examples.height
            if not size:
                return
            readers = (self.state.reader, self.held_reader)
            found = reduce_rows(
                self.state.merged,
                self.held,
                readers,
                plan,
                self.kind,
                hits.head(0),
                nearby=self.nearby,
                benchmarks=self.benchmarks,
            )
            placed = self._placed(found.hits, first=number == 0)
            removals = self.chosen.removals(placed, size)
            if number == 0:
                groups = found.dataset.near if self.kind == EVALUATION else ()
                self.fixes.alike = sum(len(group.rows) - 1 for group in groups)
                self._hide(hits)
                self._hide(placed)
                # Rules that measure chunks saw the changed rows as they were.
                stale = pl.col("rule").is_in(self._measuring()) & pl.col("at").is_in(changed)
                fresh = placed.filter(~stale.fill_null(False))
                removals = self.chosen.removals(hits, size) | self.chosen.removals(fresh, size)
                at = {int(row): at for at, row in enumerate(self.state.rows)} if self.rejected else {}
                removals |= {at[row]: why for row, why in self.rejected.items()}
            clusters = placed.filter(pl.col("rule").is_in(self.chosen.rules(Action.KEEP_ONE)))
            if self.spared is None:
                self.spared = self._spared(found.dataset, clusters)
            clusters = clusters.filter([int(self.state.rows[at]) not in self.spared for at in clusters["at"]])
            removals |= one_of_each(clusters, found.dataset, set(removals), self.policy.keep)
            if not removals:
                return
            # It has the columns of the rows, which the state replaces.
            del found
            self.state.remove(removals)
            # What is not applied need not be searched for again.
            plan = replace(plan, needs=needs_of([self.plan.rules[rule] for rule in self.chosen.rules(*Action)]))

    def _find_spared(self) -> set[int]:
        """Return the copies that stay, judged by the rows as the report has them: before any is repaired."""
        rules = [self.plan.rules[rule] for rule in self.chosen.rules(Action.KEEP_ONE)]
        plan = replace(self.plan, rules=tuple(rules), needs=needs_of(rules))
        merged, readers = self.state.merged, (self.state.reader, self.held_reader)
        found = reduce_rows(merged, self.held, readers, plan, self.kind, merged.hits.head(0), nearby=self.nearby)
        hits = found.hits if "fix" in found.hits.columns else place_hits(found.hits, plan.rules, merged.examples)
        return self._spared(found.dataset, hits.filter(pl.col("fix").is_not_null()))

    def _spared(self, data: Dataset, clusters: pl.DataFrame) -> set[int]:
        """Return the numbers of rows that equal an earlier one and that none of some findings offers to remove.

        Rows of unknown shape are judged once a repair makes them examples.
        """
        shapes = data.examples["shape"]
        groups = [group for group in (*data.exact, *data.normalized) if shapes[group.rows[0]] != _UNKNOWN]
        copies = {row for group in groups for row in group.rows[1:]}
        return {int(self.state.rows[row]) for row in copies.difference(clusters["at"])}

    def _hide(self, hits: pl.DataFrame) -> None:
        """Count the findings in rows that only unsafe fixes change, and those that these would not change either."""
        size = self.state.merged.examples.height
        places = hits.select("rule", "at").drop_nulls()
        for (rule,), found in places.partition_by("rule", as_dict=True).items():
            rows = [at for at in found["at"].to_list() if int(self.state.rows[at]) not in self.rejected]
            fix = self.plan.rules[rule].rule.fix
            if fix is None or self.chosen.applies(rule, *Action):
                continue
            if fix.action is Action.REMOVE and withholds(len(set(rows)), size) and not self.chosen.is_named(rule):
                self.fixes.withheld[rule] = len(set(rows))
            else:
                self.fixes.hidden[rule] += len(rows)
