"""JUnit XML: a suite for each factor and a test case for each gate, so that any CI shows what failed and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree

from datalint.core.results import FactorResult, GateResult, Outcome, RuleResult, Verdict
from datalint.privacy.display import Shown, printable
from datalint.report.places import Locate, locator, where
from datalint.report.wording import limits_of
from datalint.support.numbers import counted, percent

#: Maximum number of places for each rule.
PLACES: Final = 5
#: Attributes that the schema of Ant's reports requires of each suite.
_FIXED: Final = {"package": "datalint", "hostname": "localhost", "timestamp": "1970-01-01T00:00:00", "time": "0"}


def to_junit(outcome: Outcome) -> bytes:
    """Return the report as UTF-8 XML: failed gates are failures, gates not assessed are skipped.

    It is valid by both schemas in use: Jenkins' ``junit-10.xsd`` (xUnit plugin) and the ``JUnit.xsd`` of Ant's reports.
    So the root has no totals, and each suite has every attribute. Times are 0 and the time stamp is the first second of
    1970, so that the bytes depend only on the input.

    Rules don't decide the verdict, so each factor's findings are in the ``system-out`` of its suite. So are gates that
    warn, unless the run fails on warnings; then they are failures. A rule that raised is an error.
    """
    root = ElementTree.Element("testsuites")
    for factor in outcome.factors.values():
        mine = [rule for rule in outcome.rules.values() if rule.factor is factor.factor]
        lines = [*_warnings(factor, outcome), *_described(mine, outcome)]
        _suite(root, f"datalint.{factor.factor.value}", list(_gates(factor, outcome)), lines)
    others = [rule for rule in outcome.rules.values() if rule.factor not in outcome.factors]
    if others or outcome.internal_errors:
        _suite(root, "datalint.rules", [_raised(outcome)], list(_described(others, outcome)))
    ElementTree.indent(root)
    text = ElementTree.tostring(root, encoding="unicode")
    # A character reference is equivalent and not a command for a build runner.
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.replace("##[", "##&#91;").encode()


def _suite(root: ElementTree.Element, name: str, cases: list[ElementTree.Element], lines: list[Shown]) -> None:
    counts = {
        kind: str(sum(case.find(tag) is not None for case in cases))
        for kind, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped"))
    }
    suite = ElementTree.SubElement(
        root, "testsuite", {"name": name, "id": str(len(root)), "tests": str(len(cases)), **counts, **_FIXED}
    )
    ElementTree.SubElement(suite, "properties")
    for case in cases:
        case.set("classname", name)
        case.set("time", "0")
        suite.append(case)
    ElementTree.SubElement(suite, "system-out").text = "\n".join(lines)
    ElementTree.SubElement(suite, "system-err")


def _gates(factor: FactorResult, outcome: Outcome) -> Iterator[ElementTree.Element]:
    if not factor.gates:
        case = ElementTree.Element("testcase", name=f"{factor.factor.value} is assessed")
        ElementTree.SubElement(case, "skipped", message=factor.remedy or "no data")
        yield case
    for gate in factor.gates:
        yield _gate(gate, factor, fails=_fails(gate, outcome))


def _fails(gate: GateResult, outcome: Outcome) -> bool:
    if outcome.unreadable:
        return not gate.is_off
    return gate.verdict is Verdict.FAIL or (gate.verdict is Verdict.WARN and outcome.fail_on == "warn")


def _gate(gate: GateResult, factor: FactorResult, *, fails: bool) -> ElementTree.Element:
    case = ElementTree.Element("testcase", name=gate.title)
    if gate.verdict is Verdict.NOT_ASSESSED and not fails:
        ElementTree.SubElement(case, "skipped", message=gate.reason or factor.remedy or "not assessed")
    elif fails:
        words, *details = _details(gate) if gate.reason is None else [gate.reason]
        failure = ElementTree.SubElement(case, "failure", message=words, type=gate.verdict.value)
        failure.text = "\n".join((words, *details))
    return case


def _details(gate: GateResult) -> list[Shown]:
    """Return a gate's value, its details and the source of its limits."""
    limits = limits_of(gate)
    words = [printable(f"{gate.title} {gate.shown}" + (f"; {limits}" if limits else ""))]
    words += [printable(f"detail: {gate.detail}")] if gate.detail else []
    return [*words, printable(f"limits from: {gate.source}")] if gate.source else words


def _warnings(factor: FactorResult, outcome: Outcome) -> Iterator[Shown]:
    """Yield the gates of a factor that warn, unless the run fails on them, each on one line."""
    for gate in factor.gates:
        if gate.verdict is Verdict.WARN and not _fails(gate, outcome):
            yield printable(f"warning: {'; '.join(_details(gate))}")


def _raised(outcome: Outcome) -> ElementTree.Element:
    case = ElementTree.Element("testcase", name="every rule ran")
    if outcome.internal_errors:
        first = next(iter(outcome.findings.of("INT001", 1)), None)
        words = first.message if first is not None else ""
        said = f"{counted(outcome.internal_errors, 'internal error')}; the verdict may be incomplete"
        ElementTree.SubElement(case, "error", message=said, type="INT001").text = words or said
    return case


def _described(rules: list[RuleResult], outcome: Outcome) -> Iterator[Shown]:
    locate = locator()
    return (_rule(rule, outcome, locate) for rule in rules)


def _rule(rule: RuleResult, outcome: Outcome, locate: Locate) -> Shown:
    """Return one line about a rule: the number of findings and the first places."""
    share = "" if rule.share is None else f" in {counted(rule.examples, 'example')} ({percent(rule.share)})"
    words = f"{rule.severity.value}[{rule.code}] {rule.name}: {counted(rule.count, 'place')}{share}"
    words += f"; {rule.summary.rstrip('.')}" if rule.summary else ""
    places = [where(finding, locate) for finding in outcome.findings.of(rule.code, PLACES) if finding.file is not None]
    if places:
        words += f"; first at {', '.join(places)}"
    return printable(words)
