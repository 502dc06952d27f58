"""The report in a notebook: verdict, factors and the rules that fired, with every text escaped."""

from __future__ import annotations

from html import escape
from typing import Final

from datalint.core.results import FactorResult, Outcome
from datalint.privacy.display import Shown, printable
from datalint.report.wording import limits_of
from datalint.support.numbers import counted, percent

_COLOURS: Final = {"pass": "#1a7f37", "warn": "#9a6700", "fail": "#cf222e", "not-assessed": "#6e7781"}
#: Rules listed; the findings themselves are in ``report.findings`` and ``report.to_pandas()``.
_RULES: Final = 20


def to_html(outcome: Outcome) -> str:
    """Return an HTML fragment without scripts, global styles or external resources."""
    score = "no score" if outcome.score is None else f"score {outcome.score} of 100"
    head = f"<b>{_verdict(outcome.verdict.value)}</b> {counted(outcome.examples, 'example')}, {score}"
    factors = "".join(_factor(factor) for factor in outcome.factors.values())
    rules = "".join(
        f"<tr><td>{rule.code}</td><td>{_text(rule.name)}</td><td>{rule.severity.value}</td>"
        f"<td style='text-align:right'>{rule.count:,}</td>"
        f"<td style='text-align:right'>{'' if rule.share is None else percent(rule.share)}</td>"
        f"<td style='text-align:left'>{_text(rule.summary)}</td></tr>"
        for rule in list(outcome.rules.values())[:_RULES]
    )
    return (
        f"<div class='datalint'><p>{head}</p>"
        "<table><caption>Factors</caption><thead><tr><th>factor</th><th>score</th><th>verdict</th><th>decided by</th>"
        f"</tr></thead><tbody>{factors}</tbody></table>"
        "<table><caption>Rules that fired</caption><thead><tr><th>code</th><th>name</th><th>severity</th>"
        f"<th>places</th><th>share</th><th>what</th></tr></thead><tbody>{rules}</tbody></table></div>"
    )


def _factor(factor: FactorResult) -> str:
    gate = factor.deciding
    words = printable(factor.remedy or "" if gate is None else f"{gate.title} {gate.shown}; {limits_of(gate)}")
    score = "–" if factor.score is None else str(int(factor.score))
    return (
        f"<tr><td>{factor.factor.value}</td><td style='text-align:right'>{score}</td>"
        f"<td>{_verdict(factor.verdict.value)}</td><td style='text-align:left'>{_text(words)}</td></tr>"
    )


def _verdict(value: str) -> str:
    return f"<span style='color:{_COLOURS[value]}'>{value.replace('-', ' ')}</span>"


def _text(text: Shown) -> str:
    return escape(text)
