"""Which findings of a report a fix repairs, and which of these fixes a person should look at first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from typing import Final

from datalint.core.finding import Factor, Severity
from datalint.core.fix import Action, Safety
from datalint.core.results import Outcome, RuleResult
from datalint.core.rule import Rule
from datalint.fixes.policy import leaves_little, withholds
from datalint.support.named_tuple import NamedTuple

#: Share of the rows, and rows, from which a person looks at what a fix would remove.
_LOOKED_AT: Final = 0.1
_MANY: Final = 10
#: Share of the rows over which there is nothing left to train on, however few they are.
_MOST: Final = 0.5
#: What decides whether a place counts as one that can be fixed.
_COUNTED: Final = ("fix", "severity", "rule", "file")


class Fixable(NamedTuple):
    """How many places safe fixes and unsafe fixes repair."""

    safe: int
    unsafe: int


def fixable(outcome: Outcome, codes: Collection[str] | None = None) -> Fixable:
    """Return how many places can be fixed; of the rules with these ``codes``, if they are given.

    Nobody removes rows or changes texts for a note, so unsafe fixes of notes are not counted, and neither are those
    that would remove most rows, or are of a file of which most lines could not be read.
    """
    table = outcome.findings.table
    if table["fix"].null_count() == table.height:
        return Fixable(0, 0)
    withheld = frozenset(_withheld(outcome))
    files = [*enumerate(outcome.files)]
    unread = frozenset(index for index, file in files if not file.rows_read)
    broken = frozenset(index for index, file in files if leaves_little(file.rows_read, file.rows_refused))
    counts = Counter(
        fix
        for fix, severity, code, file in zip(*(table[name] for name in _COUNTED), strict=True)
        if fix is not None
        and (codes is None or code in codes)
        and code not in withheld
        and file not in unread
        and (fix != Safety.UNSAFE or (severity != Severity.INFO and file not in broken))
    )
    return Fixable(*(counts[safety.value] for safety in (Safety.SAFE, Safety.UNSAFE)))


def is_sweeping(outcome: Outcome, rule: RuleResult) -> bool:
    """Whether an unsafe fix of a rule removes so many rows, which are no copies, that a person should look first."""
    if rule.factor not in (Factor.QUALITY, Factor.FORMAT) or rule.share is None or rule.share <= _LOOKED_AT:
        return False
    removed = rule.share * sum(file.rows_read for file in outcome.files if file.split == "train")
    if removed < _MANY and rule.share <= _MOST:
        return False
    fix = next((each.rule.fix for each in outcome.enabled if each.code == rule.code), None)
    return fix is not None and fix.action is Action.REMOVE


def _withheld(outcome: Outcome) -> Iterator[str]:
    """Yield the codes of rules that would remove most rows, which a fix does not do unless they are named."""
    rows = sum(file.rows_read for file in outcome.files if file.split == "train")
    for each in outcome.enabled:
        found = outcome.rules.get(each.code)
        if (
            _removes(each.rule)
            and found is not None
            and found.share is not None
            and withholds(round(found.share * rows), rows)
        ):
            yield each.code


def _removes(rule: Rule) -> bool:
    """Whether the fix of a rule removes rows or lines."""
    return rule.fix is not None and rule.fix.action is Action.REMOVE
