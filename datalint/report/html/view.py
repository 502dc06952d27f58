"""What the page says, as plain data for its templates: every text printable, every number in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from datalint.core.finding import Factor, Severity
from datalint.core.results import FactorResult, FileResult, GateResult, Outcome, Verdict
from datalint.report.html.browsing import browse, tail
from datalint.report.html.charts import score_bar
from datalint.report.html.clusters import clusters
from datalint.report.html.pictures import pictures
from datalint.report.option_lines import OPTION
from datalint.report.targets import target_lines
from datalint.support.numbers import counted

if TYPE_CHECKING:
    from datalint.report.html import Room

#: The guide's two columns; see docs/factors.md.
GUIDE: Final = {
    Factor.VOLUME: ("10 examples", "500 to 5,000 good ones"),
    Factor.DIVERSITY: ("one type repeated", "varied, with edge cases"),
    Factor.QUALITY: ("unreviewed, noisy", "reviewed, consistent"),
    Factor.FORMAT: ("inconsistent", "standardized pairs"),
    Factor.BALANCE: ("90 % in one category", "proportional"),
    Factor.READINESS: ("no way to evaluate", "held-out set, not trained on"),
}
WORDS: Final = {
    Verdict.PASS: "Pass",
    Verdict.WARN: "Warn",
    Verdict.FAIL: "Fail",
    Verdict.NOT_ASSESSED: "Not assessed",
}
_NOTES: Final = 50
_NAME: Final = 100


def view(outcome: Outcome, room: Room) -> dict[str, Any]:
    """Return everything that ``page.html`` shows; ``room`` bounds the findings, clusters and files."""
    import datalint

    return {
        "version": datalint.__version__,
        "profile": outcome.profile,
        "verdict": verdict_badge(outcome.verdict),
        "score": None if outcome.score is None else str(outcome.score),
        "name": _name(outcome.files),
        "facts": _facts(outcome),
        "reasons": _reasons(outcome),
        "measured": any(factor.verdict is not Verdict.NOT_ASSESSED for factor in outcome.factors.values()),
        "strict": outcome.failed and outcome.verdict is Verdict.WARN,
        "broken": outcome.internal_errors > 0,
        "factors": [_factor(factor) for factor in outcome.factors.values()],
        "unassessed": _unassessed(outcome),
        "notes": [_note(note) for note in [*target_lines(outcome), *outcome.notes][:_NOTES]],
        "pictures": pictures(outcome.charts),
        "clusters": clusters(outcome.charts, room.clusters),
        "counts": _counts(outcome),
        "browser": browse(outcome, room.findings),
        "files": [_file(file) for file in outcome.files[: room.files]],
        "more_files": max(0, len(outcome.files) - room.files),
    }


def _note(note: str) -> dict[str, str]:
    """Return the parts of a note: the words, the option in it with its value, and the words after it."""
    option = OPTION.search(note)
    if option is None:
        return {"words": note, "option": ""}
    name, _, value = option[0].partition(" ")
    return {"words": note[: option.start()], "option": name, "value": value, "rest": note[option.end() :]}


def verdict_badge(verdict: Verdict) -> dict[str, str]:
    """Return a verdict's key, which names its icon and colour, and its word."""
    return {"key": verdict.value, "word": WORDS[verdict]}


def _words(text: str | None, other: str = "") -> str:
    """Return a number with its unit on one line; ``other`` where there is none."""
    return (text or other).replace(" %", "\N{NO-BREAK SPACE}%")


def _name(files: Sequence[FileResult]) -> str:
    train = [file for file in files if file.split == "train"]
    if len(train) == 1:
        return tail(train[0].path, _NAME)
    return counted(len(train), "file")


def _facts(outcome: Outcome) -> list[str]:
    held = [file for file in outcome.files if file.split == "evaluation"]
    facts = [
        counted(outcome.examples, "example"),
        f"{'' if outcome.exact_tokens else 'about '}{outcome.tokens:,} tokens",
    ]
    if held:
        facts.append(f"{sum(file.rows_read for file in held):,} to evaluate on")
    return [*facts, f"profile {outcome.profile}"]


def _counts(outcome: Outcome) -> list[dict[str, Any]]:
    counts = dict.fromkeys(Severity, 0)
    for value, count in outcome.findings.grouped.table["severity"].value_counts().iter_rows():
        counts[Severity(value)] += count
    return [{"key": severity.value, "count": f"{count:,}"} for severity, count in counts.items()]


def _reasons(outcome: Outcome) -> list[dict[str, Any]]:
    """Return what failed and what warned, most severe first, each factor's deciding gate before its others."""
    found = [
        (gate, factor)
        for factor in outcome.factors.values()
        for gate in _deciding_first(factor)
        if gate.verdict.rank >= Verdict.WARN.rank
    ]
    found.sort(key=lambda pair: -pair[0].verdict.rank)
    return [
        {
            "verdict": verdict_badge(gate.verdict),
            "factor": factor.factor.value,
            "title": gate.title,
            "shown": _words(gate.shown),
            "detail": gate.detail or "",
            "limit": _words(gate.fail if gate.verdict is Verdict.FAIL else gate.warn),
        }
        for gate, factor in found
    ]


def _deciding_first(factor: FactorResult) -> list[GateResult]:
    deciding = factor.deciding
    return sorted(factor.gates, key=lambda gate: gate is not deciding)


def _unassessed(outcome: Outcome) -> list[dict[str, str]]:
    return [
        {"factor": factor.factor.value, "remedy": factor.remedy or "no data"}
        for factor in outcome.factors.values()
        if factor.verdict is Verdict.NOT_ASSESSED
    ]


def _factor(factor: FactorResult) -> dict[str, Any]:
    name = factor.factor.value
    bad, good = GUIDE[factor.factor]
    gate = factor.deciding
    return {
        "name": name,
        "bad": bad,
        "good": good,
        "score": "–" if factor.score is None else str(int(factor.score)),
        "verdict": verdict_badge(factor.verdict),
        "bar": score_bar(factor.score, factor.verdict.value, name=name),
        "why": _words(f"{gate.title}: {gate.shown}" if gate is not None else factor.remedy, "no data"),
        "gates": [_gate(each) for each in factor.gates],
    }


def _gate(gate: GateResult) -> dict[str, Any]:
    return {
        "title": gate.title,
        "shown": "–" if gate.value is None else _words(gate.shown),
        "detail": gate.detail or gate.reason or "",
        "warn": _words(gate.warn),
        "fail": _words(gate.fail),
        "score": "–" if gate.score is None else f"{gate.score:g}",
        "verdict": verdict_badge(gate.verdict),
        "source": gate.source,
        "formula": _words(gate.formula),
    }


def _file(file: FileResult) -> dict[str, str]:
    return {
        "path": tail(file.path, _NAME),
        "split": file.split,
        "container": file.container,
        "shape": file.shape or "–",
        "read": f"{file.rows_read:,}",
        "refused": f"{file.rows_refused:,}",
        "bytes": f"{file.bytes:,}",
        "sha256": file.sha256,
    }
