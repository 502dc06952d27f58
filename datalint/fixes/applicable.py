"""Which fixes of a plan apply: what they remove, and what they change in files as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from datalint.core.fix import Action, Safety
from datalint.fixes.policy import leaves_little, withholds
from datalint.fixes.state import Removed

if TYPE_CHECKING:
    from datalint.fixes.policy import Policy
    from datalint.fixes.result import Fixes


class Applicable:
    """The fixes of a plan that a policy applies; what they do to files and lines is noted in ``fixes``."""

    def __init__(self, fixes: Fixes, policy: Policy) -> None:
        self.fixes = fixes
        self.policy = policy
        self._rules = fixes.plan.rules

    def applies(self, rule: int, *actions: Action) -> bool:
        """Return whether a rule's fix does one of ``actions`` and may be applied."""
        fix = self._rules[rule].rule.fix
        return fix is not None and fix.action in actions and (self.policy.unsafe or fix.safety is Safety.SAFE)

    def rules(self, *actions: Action) -> list[int]:
        """Return the rules whose fixes do one of ``actions`` and may be applied."""
        return [rule for rule in range(len(self._rules)) if self.applies(rule, *actions)]

    def is_named(self, rule: int) -> bool:
        """Return whether a rule was selected by its own code or name."""
        return self._rules[rule].rule.code in self.policy.named

    def note_layouts(self, hits: pl.DataFrame) -> None:
        """Note what changes in files as a whole, and the lines without a row that are removed."""
        bare = hits.filter(pl.col("file").is_not_null()).select("rule", "at", "file", "line", "fix", "message")
        for rule, at, file, line, safety, message in bare.iter_rows():
            fix = self._rules[rule].rule.fix
            if fix is None or fix.action in (Action.EDIT, Action.KEEP_ONE) or (at is not None and safety is None):
                continue
            facts = self.fixes.files[file]
            if fix.action is not Action.REMOVE:
                if self.applies(rule, fix.action):
                    self.fixes.layouts.setdefault(file, {}).setdefault(fix.action, Removed(rule, message))
                    self.fixes.counts[rule] += 1
                else:
                    self.fixes.hidden[rule] += at is None
            elif safety == Safety.SAFE:
                self.fixes.layouts.setdefault(file, {}).setdefault(Action.JSON, Removed(rule, message))
                self.fixes.rewritten[rule] += 1
                if line is not None:
                    self.fixes.new_lines.setdefault((file, line), rule)
            elif at is not None or line is None:
                continue
            elif leaves_little(facts.rows_read, facts.rows_refused) and not self.is_named(rule):
                # Little or nothing would be left of a file of which little could be read.
                self.fixes.withheld[rule] += facts.rows_refused if rule not in self.fixes.withheld else 0
            elif not self.applies(rule, fix.action):
                self.fixes.hidden[rule] += 1
            else:
                self.fixes.lines.setdefault((file, line), Removed(rule, message))
                self.fixes.counts[rule] += 1

    def removals(self, hits: pl.DataFrame, size: int) -> dict[int, Removed]:
        """Return the rows, of ``size``, that findings say to remove."""
        found: dict[int, Removed] = {}
        places = hits.select("rule", "at", "message").drop_nulls()
        for rule, rows in places.group_by("rule").agg(pl.col("at").n_unique()).sort("rule").iter_rows():
            if withholds(rows, size) and self.applies(rule, Action.REMOVE) and not self.is_named(rule):
                self.fixes.withheld[rule] = rows
        for rule, at, message in places.sort("at", "rule").iter_rows():
            if self.applies(rule, Action.REMOVE) and rule not in self.fixes.withheld:
                found.setdefault(at, Removed(rule, message))
        return found
