"""Which rules decide the verdict of a dataset."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from datalint.core.finding import Severity
from datalint.core.results import Outcome, RuleResult, Verdict

#: Share of the rows over which errors are looked at before a fix.
_MOST: Final = 0.5


def deciding_rules(outcome: Outcome, rules: Sequence[RuleResult]) -> list[RuleResult]:
    """Return the rules that decide the verdict: of each factor the errors, or else the warnings."""
    found = [rule for rule in rules if decides(outcome, rule)]
    erring = {rule.factor for rule in found if rule.severity is Severity.ERROR}
    return [rule for rule in found if rule.severity is Severity.ERROR or rule.factor not in erring]


def decides(outcome: Outcome, rule: RuleResult) -> bool:
    """Return whether a gate of a rule's factor that rests on it has the verdict of the dataset, if that is no pass.

    An error that no gate counts, such as one file as both sets, is behind what the gates of its factor count.
    """
    factor = None if rule.factor is None else outcome.factors.get(rule.factor)
    if factor is None or outcome.verdict not in (Verdict.WARN, Verdict.FAIL):
        return False
    if rule.severity is Severity.ERROR and not any(rule.code in gate.rules for gate in factor.gates):
        return factor.verdict is outcome.verdict
    return any(gate.verdict is outcome.verdict and rule.code in (gate.rules or (rule.code,)) for gate in factor.gates)


def passes(outcome: Outcome, rule: RuleResult) -> bool:
    """Return whether the factor of a rule passes."""
    factor = None if rule.factor is None else outcome.factors.get(rule.factor)
    return factor is not None and factor.verdict is Verdict.PASS


def is_decisive(outcome: Outcome, rule: RuleResult) -> bool:
    """Whether most rows have an error that no fix repairs: the user should look at it first."""
    if rule.severity is not Severity.ERROR or rule.share is None or rule.share <= _MOST:
        return False
    return rule.code not in set(outcome.findings.table.drop_nulls("fix")["rule"])
