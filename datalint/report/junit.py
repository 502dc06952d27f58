"""JUnit XML: a suite for each factor, a test case for each gate, so that any CI shows what failed and why."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final
from xml.etree import ElementTree

from datalint.core.results import FactorResult, GateResult, Outcome, RuleResult, Verdict
from datalint.core.wording import counted, percent
from datalint.privacy.display import printable
from datalint.report.places import locator, where
from datalint.report.text import limits_of

#: Places named for each rule.
PLACES: Final = 5
#: What XML 1.0 has no way to write and :func:`printable` leaves.
_ILLEGAL: Final = re.compile("[\ufffe\uffff]")


def to_junit(outcome: Outcome) -> bytes:
    """Return the report as UTF-8 XML: failed gates are failures, gates not assessed are skipped.

    Rules decide nothing, so each factor's findings are in its suite's ``system-out``. A rule that raised is an
    error. Gates that warn are failures where the run fails on warnings.
    """
    root = ElementTree.Element("testsuites", name="datalint")
    for factor in outcome.factors.values():
        mine = [rule for rule in outcome.rules.values() if rule.factor is factor.factor]
        _suite(root, f"datalint.{factor.factor.value}", list(_gates(factor, outcome)), _told(mine, outcome))
    others = [rule for rule in outcome.rules.values() if rule.factor not in outcome.factors]
    if others or outcome.internal_errors:
        _suite(root, "datalint.rules", [_raised(outcome)], _told(others, outcome))
    for kind in ("tests", "failures", "errors", "skipped"):
        root.set(kind, str(sum(int(suite.get(kind, "0")) for suite in root)))
    ElementTree.indent(root)
    text = ElementTree.tostring(root, encoding="unicode")
    # A character reference says the same and is no command to a build runner.
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.replace("##[", "##&#91;").encode()


def _suite(root: ElementTree.Element, name: str, cases: list[ElementTree.Element], told: list[str]) -> None:
    suite = ElementTree.SubElement(root, "testsuite", name=name, tests=str(len(cases)))
    for kind, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(kind, str(sum(case.find(tag) is not None for case in cases)))
    suite.set("time", "0")
    for case in cases:
        case.set("classname", name)
        case.set("time", "0")
        suite.append(case)
    if told:
        ElementTree.SubElement(suite, "system-out").text = "\n".join(told)


def _gates(factor: FactorResult, outcome: Outcome) -> Iterator[ElementTree.Element]:
    if not factor.gates:
        case = ElementTree.Element("testcase", name=f"{factor.factor.value} is assessed")
        ElementTree.SubElement(case, "skipped", message=_safe(factor.remedy or "no data"))
        yield case
    for gate in factor.gates:
        yield _gate(gate, factor, fail_on=outcome.fail_on)


def _gate(gate: GateResult, factor: FactorResult, *, fail_on: str) -> ElementTree.Element:
    case = ElementTree.Element("testcase", name=_safe(gate.title))
    if gate.verdict is Verdict.NOT_ASSESSED:
        ElementTree.SubElement(case, "skipped", message=_safe(gate.reason or factor.remedy or "not assessed"))
        return case
    words = f"{gate.title} {gate.shown}" + (f"; {limits_of(gate)}" if limits_of(gate) else "")
    detail = [f"{label}: {text}" for label, text in (("detail", gate.detail), ("limits from", gate.source)) if text]
    if gate.verdict is Verdict.FAIL or (gate.verdict is Verdict.WARN and fail_on == "warn"):
        failure = ElementTree.SubElement(case, "failure", message=_safe(words), type=gate.verdict.value)
        failure.text = "\n".join(map(_safe, (words, *detail)))
    elif gate.verdict is Verdict.WARN:
        ElementTree.SubElement(case, "system-out").text = "\n".join(map(_safe, (f"warning: {words}", *detail)))
    return case


def _raised(outcome: Outcome) -> ElementTree.Element:
    case = ElementTree.Element("testcase", name="every rule ran")
    if outcome.internal_errors:
        first = next(iter(outcome.findings.of("INT001", 1)), None)
        words = first.message if first is not None else ""
        told = f"{counted(outcome.internal_errors, 'internal error')}; the verdict may be incomplete"
        ElementTree.SubElement(case, "error", message=_safe(told), type="INT001").text = _safe(words or told)
    return case


def _told(rules: list[RuleResult], outcome: Outcome) -> list[str]:
    locate = locator()
    return [_rule(rule, outcome, locate) for rule in rules]


def _rule(rule: RuleResult, outcome: Outcome, locate: Callable[[str], str]) -> str:
    """Return a rule on one line: how often it fired, and where first."""
    share = "" if rule.share is None else f" in {counted(rule.examples, 'example')} ({percent(rule.share)})"
    words = f"{rule.severity.value}[{rule.code}] {rule.name}: {counted(rule.count, 'finding')}{share}"
    words += f"; {rule.summary.rstrip('.')}" if rule.summary else ""
    places = [where(finding, locate) for finding in outcome.findings.of(rule.code, PLACES) if finding.file is not None]
    if places:
        words += f"; first at {', '.join(places)}"
    return _safe(words)


def _safe(text: str) -> str:
    """Return a text on one line that XML can hold."""
    return _ILLEGAL.sub("\ufffd", printable(text))
