"""Hold each measure to its gate; a factor is its weakest gate, a dataset its weakest factor."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TypeGuard

from datalint.config.gates import Comparison, Gate, Limit
from datalint.core.finding import Factor
from datalint.core.results import FactorResult, GateResult, Verdict
from datalint.privacy.display import Shown, excerpt, printable
from datalint.records.dataset import Dataset
from datalint.verdict.scoring import formula, score_of
from datalint.verdict.wording import EVALUATION, detail, remedy, shown

#: A score measures against the guide, so it may be full where a user's own limit fails; a factor that fails never
#: shows more than this.
_MOST_WHEN_FAILING = 99.0


def judge(
    dataset: Dataset,
    gates: Sequence[Gate],
    selected: frozenset[str],
    *,
    category_key: str | None = None,
    evaluates: bool = True,
) -> tuple[dict[str, FactorResult], Verdict, int | None]:
    """Return the factors by name, the verdict and the score (0 to 100, None when nothing was assessed).

    ``selected`` are the codes of the rules that run: a gate none of whose rules run is not assessed.
    ``category_key`` is the configured one; not ``evaluates`` says that the project evaluates by other means.
    """
    factors: dict[str, FactorResult] = {}
    for factor in Factor:
        results = tuple(
            _judge(gate, dataset, selected, category_key, evaluates) for gate in gates if gate.factor is factor
        )
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


def _judge(
    gate: Gate, dataset: Dataset, selected: frozenset[str], category_key: str | None, evaluates: bool
) -> GateResult:
    value = dataset.measures.get(gate.measure)
    reason = None
    if not any(code.startswith(prefix) for code in selected for prefix in gate.rules):
        value, reason = None, "its rules are not selected"
    elif value is None:
        reason = remedy(gate.measure, dataset, category_key)
    if value is None and not evaluates and gate.measure in EVALUATION:
        reason = "evaluation is switched off (eval = false)"
    categories = _categories(dataset.measures)
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
        detail=None if value is None else excerpt(detail(gate.measure, dataset) or "", 120) or None,
    )


def _can_hold(limit: Limit | None, categories: int | None) -> TypeGuard[Limit]:
    """Whether any share could be over the limit: twice the even share of one category is over 100 %."""
    if limit is None or limit.comparison is not Comparison.TIMES_EVEN or not categories:
        return limit is not None
    return limit.threshold(categories) < 1


def _categories(measures: Mapping[str, float | int | None]) -> int | None:
    count = measures.get("categories")
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
