"""Test cases as data: one TOML file per rule; each case has rows and expected findings.

    [[case]]
    id = "an empty string"
    rows = ['{"prompt": "Hi", "completion": ""}']
    findings = [{row = 1, path = "$.completion", message = "says nothing"}]

Keys of a case: ``id``; ``rows`` (JSON text) or ``bytes`` (Python escapes) with ``name``; ``files`` (rows of other
training files, by name); ``eval`` and ``benchmark``, like ``rows``; ``vary`` (how many rows to generate from each row
that contains ``{n}`` or ``{w}``); ``options``; ``config``; ``findings``; ``fixed`` (the rows after the rule's fix). The
list of findings must be complete and in the order of the report. Of each, ``file``, ``line``, ``row``, ``path`` and
``severity`` are compared if they are given, and ``message`` must be a part of the message.
"""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from datalint.core.errors import DatalintError
from datalint.core.finding import Finding
from datalint.core.rule import Rule, Scope
from datalint.support.numbers import counted
from datalint.support.varied import vary
from datalint.testing.running import fix_rule, rows_as_jsonl, run_rule, run_rules

Expected = Mapping[str, Any]
_COMPARED = ("file", "line", "row", "path", "severity")
_CASE_KEYS = frozenset(
    ("id", "rows", "bytes", "files", "eval", "benchmark", "name", "vary", "options", "config", "findings", "fixed")
)
#: Scopes of rules that judge each row or file by itself.
_BY_FILE = frozenset((Scope.TURN, Scope.EXAMPLE, Scope.RECORD, Scope.FILE))
_FINDING_KEYS = frozenset((*_COMPARED, "message"))


@dataclass(frozen=True, slots=True)
class Case:
    """One case of a rule."""

    id: str
    rows: tuple[str, ...] = ()
    data: bytes | None = None
    files: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    evaluation: tuple[str, ...] | None = None
    benchmark: tuple[str, ...] | None = None
    name: str = "train.jsonl"
    options: Mapping[str, Any] = field(default_factory=dict)
    config: Mapping[str, Any] = field(default_factory=dict)
    findings: tuple[Expected, ...] = ()
    fixed: tuple[str, ...] | None = None


def load_cases(path: Path) -> list[Case]:
    """Read a case file.

    Raises:
        ValueError: naming the file and the case, for what is no TOML, a file without a case, a case without an
            id, and a key that no case or finding has, which would never be compared.
    """
    try:
        cases = tomllib.loads(path.read_text(encoding="utf-8")).get("case")
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{path}: {error}") from None
    if not isinstance(cases, list) or not cases:
        raise ValueError(f"{path}: contains no [[case]]")
    out = []
    for number, raw in enumerate(cases, 1):
        if not isinstance(raw.get("id"), str):
            raise ValueError(f"{path}: case {number} has no id")
        _check_keys(raw, _CASE_KEYS, f"{path}: case {raw['id']!r}")
        for finding in raw.get("findings", ()):
            _check_keys(finding, _FINDING_KEYS, f"{path}: a finding of case {raw['id']!r}")
        count = raw.get("vary", 1)
        out.append(
            Case(
                id=raw["id"],
                rows=expand(raw.get("rows", ()), count),
                data=unescape(raw["bytes"]) if "bytes" in raw else None,
                files={name: expand(rows, count) for name, rows in raw.get("files", {}).items()},
                evaluation=expand(raw["eval"], count) if "eval" in raw else None,
                benchmark=expand(raw["benchmark"], count) if "benchmark" in raw else None,
                name=raw.get("name", "train.jsonl"),
                options=raw.get("options", {}),
                config=raw.get("config", {}),
                findings=tuple(raw.get("findings", ())),
                fixed=expand(raw["fixed"], count) if "fixed" in raw else None,
            )
        )
    return out


def _check_keys(table: Mapping[str, Any], known: frozenset[str], where: str) -> None:
    if unknown := sorted(table.keys() - known):
        raise ValueError(f"{where} has the unknown keys {', '.join(unknown)}; known are {', '.join(sorted(known))}")


def expand(rows: Sequence[str], count: int) -> tuple[str, ...]:
    """Return the rows with each that holds ``{n}`` or ``{w}`` as ``count`` different ones."""
    return tuple(each for row in rows for each in (vary(row, count) if "{n}" in row or "{w}" in row else (row,)))


def unescape(text: str) -> bytes:
    r"""Return the bytes that ``text`` spells as the inside of a Python bytes literal (``\xff``, ``\r``)."""
    literal = text.replace('"', '\\"').replace("\n", "\\n")
    value = ast.literal_eval(f'b"{literal}"') if literal.isascii() else text.encode()
    assert isinstance(value, bytes)
    return value


def check_cases(rule: Rule, cases: Sequence[Case]) -> None:
    """Run all cases of a rule.

    Those that :func:`find_together` reads share a run, which takes a fifth of the time; a case that fails there is run
    alone, and counts as that run says.

    Raises:
        AssertionError: naming every case that fails, with what was found.
    """
    check_found(rule, cases, find_together([(rule, case) for case in cases]))


def check_found(rule: Rule, cases: Sequence[Case], found: Sequence[list[Finding] | None]) -> None:
    """Check the cases of a rule, given what :func:`find_together` found in each.

    Raises:
        AssertionError: naming every case that fails, with what was found.
    """
    failed = []
    for case, findings in zip(cases, found, strict=True):
        try:
            if findings is None or not _passes(case, findings):
                check_case(rule, case)
            elif case.fixed is not None:
                _check_fixed(rule, case)
        except AssertionError as error:
            failed.append(str(error))
    assert not failed, "\n".join(failed)


def find_together(cases: Sequence[tuple[Rule, Case]]) -> list[list[Finding] | None]:
    """Return what rules find in their cases, with one run for all cases of a configuration: each is a file of its own.

    None stands for a case that has to be run alone: of a rule that judges more than one row or file, or the share of
    rows with a finding (a ``policy``); with options, an evaluation set, a benchmark or more than one file.
    """
    found: list[list[Finding] | None] = [None] * len(cases)
    shared: dict[str, list[int]] = {}
    for number, (rule, case) in enumerate(cases):
        if can_share(rule, case):
            shared.setdefault(repr(case.config), []).append(number)
    for numbers in shared.values():
        if len(numbers) > 1:
            for number, findings in zip(numbers, _run_together([cases[each] for each in numbers]), strict=True):
                found[number] = findings
    return found


def can_share(rule: Rule, case: Case) -> bool:
    """Return whether a case can be a file among others in a run, see :func:`find_together`."""
    if rule.scope not in _BY_FILE or rule.policy is not None:
        return False
    return not (case.options or case.files) and case.evaluation is None and case.benchmark is None


def _run_together(cases: Sequence[tuple[Rule, Case]]) -> list[list[Finding] | None]:
    rules = {rule.code: rule for rule, _ in cases}
    files = {f"{number}-{case.name}": _bytes_of(case) for number, (_, case) in enumerate(cases)}
    try:
        findings = run_rules(list(rules.values()), files, cases[0][1].config)
    except (AssertionError, DatalintError):
        return [None] * len(cases)
    by_case: dict[tuple[str, str], list[Finding]] = {}
    for each in findings:
        by_case.setdefault((Path(each.file or "").name.partition("-")[0], each.rule), []).append(each)
    return [by_case.get((str(number), rule.code), []) for number, (rule, _) in enumerate(cases)]


def _bytes_of(case: Case) -> bytes:
    return rows_as_jsonl(case.rows) if case.data is None else case.data


def _passes(case: Case, found: Sequence[Finding]) -> bool:
    try:
        _check_findings(case, found)
    except AssertionError:
        return False
    return True


def check_case(rule: Rule, case: Case) -> None:
    """Run a case.

    Raises:
        AssertionError: when findings are missing, differ or are too many.
    """
    found = run_rule(
        rule,
        rows=case.rows,
        data=case.data,
        files=case.files,
        evaluation=case.evaluation,
        benchmark=case.benchmark,
        options=case.options,
        config=case.config,
        name=case.name,
    )
    _check_findings(case, found)
    if case.fixed is not None:
        _check_fixed(rule, case)


def _check_findings(case: Case, found: Sequence[Finding]) -> None:
    shown = [_shown(finding) for finding in found]
    assert len(found) == len(case.findings), (
        f"{case.id}: expected {counted(len(case.findings), 'finding')}, got {shown}"
    )
    for finding, expected in zip(found, case.findings, strict=True):
        for key in _COMPARED:
            if key in expected:
                actual = getattr(finding, key)
                assert str(actual) == str(expected[key]), (
                    f"{case.id}: {key} is {actual!r}, not {expected[key]!r}: {shown}"
                )
        assert expected.get("message", "") in finding.message, f"{case.id}: {expected['message']!r} not in {shown}"


def _check_fixed(rule: Rule, case: Case) -> None:
    """Check what the rule's fix leaves of a case, and that it leaves nothing to fix."""
    data = _bytes_of(case)
    fixed = rows_as_jsonl(case.fixed or ())
    for given in (data, fixed):
        found = fix_rule(
            rule,
            data=given,
            evaluation=case.evaluation,
            options=case.options,
            config=case.config,
            name=case.name,
        )
        assert found == fixed, f"{case.id}: fixed to {found.decode(errors='replace')!r}"


def _shown(finding: Finding) -> str:
    return f"{finding.line}:{finding.path or ''} {finding.severity.value} {finding.message}"
