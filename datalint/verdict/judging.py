"""Judge each measure by its gate, each factor by its gates, and the dataset by its factors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeGuard

from datalint.config.gates import Gate
from datalint.config.limits import Limit
from datalint.core.finding import Factor
from datalint.core.kind import EVALUATION
from datalint.core.results import FactorResult, GateResult, Verdict
from datalint.privacy.display import Shown, excerpt, printable
from datalint.records.dataset import Dataset
from datalint.verdict.scoring import categories_in, dataset_score, formula, score_of, verdict_of
from datalint.verdict.wording import EVALUATION as OF_EVALUATION
from datalint.verdict.wording import detail, remedy, shown

#: Factors that judge what examples say, and so need rows that could be read as examples.
_CONTENTS: Final = frozenset((Factor.DIVERSITY, Factor.QUALITY, Factor.BALANCE))


def judge(
    dataset: Dataset,
    gates: Sequence[Gate],
    selected: frozenset[str],
    *,
    category_key: str | None = None,
    evaluates: bool = True,
    unread: str | None = None,
) -> tuple[dict[str, FactorResult], Verdict, int | None]:
    """Return the factors by name, the verdict and the score (0 to 100, None when nothing was assessed).

    ``selected`` are the codes of the rules that run: a gate none of whose rules run is not assessed.
    ``category_key`` is the configured one; not ``evaluates`` says that the project evaluates by other means. ``unread``
    says why no row could be read as an example: what such rows say is not judged.
    """
    factors: dict[str, FactorResult] = {}
    for factor in Factor:
        missing = unread if factor in _CONTENTS else None
        results = tuple(
            _judge(gate, dataset, selected, category_key, evaluates, missing) for gate in gates if gate.factor is factor
        )
        if unread is not None and factor is Factor.VOLUME:
            results = tuple(result._replace(detail=excerpt(unread, 120)) for result in results)
        assessed = [result for result in results if result.verdict is not Verdict.NOT_ASSESSED]
        verdict = _worst([result.verdict for result in assessed])
        factors[factor.value] = FactorResult(
            factor=factor,
            score=min((result.score for result in assessed if result.score is not None), default=None),
            verdict=verdict,
            gates=results,
            remedy=_remedy(factor, results) if verdict is Verdict.NOT_ASSESSED else None,
        )
    verdict = _worst([factor.verdict for factor in factors.values()])
    scores = [result.score for result in factors.values() if result.score is not None]
    return factors, verdict, dataset_score(verdict, scores)


def _worst(verdicts: Sequence[Verdict]) -> Verdict:
    return max(verdicts, key=lambda verdict: verdict.rank, default=Verdict.NOT_ASSESSED)


def _judge(
    gate: Gate,
    dataset: Dataset,
    selected: frozenset[str],
    category_key: str | None,
    evaluates: bool,
    unread: str | None,
) -> GateResult:
    measures = dataset.measures
    value = measures.get(gate.measure)
    reason = None
    if not any(code.startswith(prefix) for code in selected for prefix in gate.rules):
        value, reason = None, "its rules are not selected"
    elif unread is not None:
        value, reason = None, unread
    elif value is None:
        reason = remedy(gate.measure, dataset, category_key)
    if value is None and not evaluates and gate.measure in OF_EVALUATION:
        reason = "evaluation is switched off (eval = false)"
    if dataset.kind == EVALUATION and gate.measure in OF_EVALUATION:
        value, reason = None, "this is an evaluation set itself"
    categories = categories_in(measures)
    return GateResult(
        measure=gate.measure,
        title=printable(gate.title),
        value=value,
        warn=printable(gate.warn.text(categories)) if _can_hold(gate.warn, categories) else None,
        fail=printable(gate.fail.text(categories)) if gate.fail is not None else None,
        verdict=Verdict.NOT_ASSESSED if value is None else verdict_of(gate, value, measures),
        score=None if value is None else score_of(gate, value, measures),
        source=printable(gate.source),
        shown=printable(shown(gate, value)),
        formula=printable(formula(gate, measures)),
        reason=None if reason is None else printable(reason),
        detail=None if value is None else excerpt(detail(gate.measure, dataset) or "", 120) or None,
    )


def _can_hold(limit: Limit | None, categories: int | None) -> TypeGuard[Limit]:
    """Whether any share could be over the limit: twice the even share of one category is over 100 %."""
    if limit is None or not limit.relative or not categories:
        return limit is not None
    return limit.threshold(categories) < 1


def _remedy(factor: Factor, results: Sequence[GateResult]) -> Shown:
    reasons = [result.reason for result in results if result.reason]
    return reasons[0] if reasons else printable(f"the profile has no gate for {factor.value}")
