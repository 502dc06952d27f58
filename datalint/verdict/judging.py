"""Hold each measure to its gate; a factor is its weakest gate, a dataset its weakest factor."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final, TypeGuard

from datalint.config.gates import Comparison, Gate, Limit
from datalint.core.finding import Factor
from datalint.core.results import FactorResult, GateResult, Measurement, Verdict
from datalint.privacy.display import Shown, excerpt, printable
from datalint.verdict.scoring import formula, score_of
from datalint.verdict.wording import shown

#: A score measures against the guide, so it may be full where a user's own limit fails; a factor that fails never
#: shows more than this.
_MOST_WHEN_FAILING = 99.0

_UNKNOWN: Final = Measurement(None, "the data does not say")


def judge(
    gates: Sequence[Gate], measured: Mapping[str, Measurement], rules: Mapping[str, str | None]
) -> tuple[dict[str, FactorResult], Verdict, int | None]:
    """Return the factors by name, the verdict and the score (0 to 100, None when nothing was assessed).

    ``measured`` are the measures by name. ``rules`` are the codes of the selected rules, with the reason of each that
    did not run: a gate of which no rule ran is not assessed.
    """
    factors: dict[str, FactorResult] = {}
    for factor in Factor:
        results = tuple(_judge(gate, measured, rules) for gate in gates if gate.factor is factor)
        assessed = [result for result in results if result.verdict is not Verdict.NOT_ASSESSED]
        scores = [result.score for result in assessed if result.score is not None]
        verdict = max((result.verdict for result in assessed), key=lambda v: v.rank, default=Verdict.NOT_ASSESSED)
        factors[factor.value] = FactorResult(
            factor=factor,
            score=_weakest(scores, verdict),
            verdict=verdict,
            gates=results,
            remedy=_remedy(factor, results) if verdict is Verdict.NOT_ASSESSED else None,
        )
    verdicts = [factor.verdict for factor in factors.values()]
    verdict = max(verdicts, key=lambda v: v.rank, default=Verdict.NOT_ASSESSED)
    score = _weakest([result.score for result in factors.values() if result.score is not None], verdict)
    return factors, verdict, None if score is None else math.floor(score)


def _weakest(scores: Sequence[float], verdict: Verdict) -> float | None:
    if not scores:
        return None
    return min(*scores, _MOST_WHEN_FAILING if verdict is Verdict.FAIL else 100.0)


def _rounded(score: float) -> float:
    """Round down to a tenth, so that only a full score reads 100; 1e-9 is more than the error of a knot's value."""
    return math.floor(10 * score + 1e-9) / 10


def _judge(gate: Gate, measured: Mapping[str, Measurement], rules: Mapping[str, str | None]) -> GateResult:
    value, reason, detail = measured.get(gate.measure, _UNKNOWN)
    obstacles = [obstacle for code, obstacle in rules.items() if gate.rests_on([code])]
    if not obstacles:
        value, reason = None, "its rules are not selected"
    elif value is not None and None not in obstacles:
        value, reason = None, obstacles[0]
    categories = _categories(measured)
    return GateResult(
        measure=gate.measure,
        title=printable(gate.title),
        value=value,
        warn=printable(gate.warn.text(categories)) if _can_hold(gate.warn, categories) else None,
        fail=printable(gate.fail.text(categories)) if gate.fail is not None else None,
        verdict=_verdict(gate, value, categories),
        score=None if value is None else _rounded(score_of(gate, value, categories)),
        source=printable(gate.source),
        shown=printable(shown(gate, value)),
        formula=printable(formula(gate, categories)),
        reason=None if reason is None else printable(reason),
        detail=None if value is None else excerpt(detail or "", 120) or None,
    )


def _can_hold(limit: Limit | None, categories: int | None) -> TypeGuard[Limit]:
    """Whether any share could be over the limit: twice the even share of one category is over 100 %."""
    if limit is None or limit.comparison is not Comparison.TIMES_EVEN or not categories:
        return limit is not None
    return limit.threshold(categories) < 1


def _categories(measured: Mapping[str, Measurement]) -> int | None:
    count = measured.get("categories", _UNKNOWN).value
    return int(count) if count else None


def _verdict(gate: Gate, value: float | int | None, categories: int | None) -> Verdict:
    if value is None:
        return Verdict.NOT_ASSESSED
    if gate.fail is not None and gate.fail.holds(value, categories):
        return Verdict.FAIL
    if gate.warn is not None and gate.warn.holds(value, categories):
        return Verdict.WARN
    return Verdict.PASS


def _remedy(factor: Factor, results: Sequence[GateResult]) -> Shown:
    reasons = [result.reason for result in results if result.reason]
    return reasons[0] if reasons else printable(f"the profile has no gate for {factor.value}")
