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

from datalint.core.finding import Finding
from datalint.core.rule import Rule, Scope
from datalint.support.numbers import counted
from datalint.support.varied import vary
from datalint.testing.running import fix_rule, rows_as_jsonl, run_rule

Expected = Mapping[str, Any]
_COMPARED = ("file", "line", "row", "path", "severity")
_CASE_KEYS = frozenset(
    ("id", "rows", "bytes", "files", "eval", "benchmark", "name", "vary", "options", "config", "findings", "fixed")
)
#: Scopes of rules that judge each row by itself.
_BY_ROW = frozenset((Scope.TURN, Scope.EXAMPLE, Scope.RECORD))
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

    Those of a rule on turns, examples or records that have nothing but rows share a run, each as a file of its own,
    which takes a fifth of the time; a case that fails there is run alone, and counts as that run says. Where the
    share of rows with a finding decides (a ``policy``), each case is run alone.

    Raises:
        AssertionError: naming every case that fails, with what was found.
    """
    failed = []
    shares_runs = rule.scope in _BY_ROW and rule.policy is None
    passed = _passed_together(rule, [case for case in cases if _is_rows_alone(case)]) if shares_runs else []
    for case in cases:
        try:
            if case not in passed:
                check_case(rule, case)
            elif case.fixed is not None:
                _check_fixed(rule, case)
        except AssertionError as error:
            failed.append(str(error))
    assert not failed, "\n".join(failed)


def _is_rows_alone(case: Case) -> bool:
    return case == Case(id=case.id, rows=case.rows, findings=case.findings, fixed=case.fixed) and bool(case.rows)


def _passed_together(rule: Rule, cases: Sequence[Case]) -> list[Case]:
    if len(cases) < 2:
        return []
    files = {f"{number}.jsonl": case.rows for number, case in enumerate(cases)}
    try:
        found = run_rule(rule, rows=files.pop("0.jsonl"), name="0.jsonl", files=files)
    except AssertionError:
        return []
    passed = []
    for number, case in enumerate(cases):
        try:
            _check_findings(case, [each for each in found if Path(each.file or "").name == f"{number}.jsonl"])
        except AssertionError:
            continue
        passed.append(case)
    return passed


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
    data = rows_as_jsonl(case.rows) if case.data is None else case.data
    fixed = rows_as_jsonl(case.fixed or ())
    for given in (data, fixed):
        found = fix_rule(rule, data=given, evaluation=case.evaluation, options=case.options, config=case.config)
        assert found == fixed, f"{case.id}: fixed to {found.decode(errors='replace')!r}"


def _shown(finding: Finding) -> str:
    return f"{finding.line}:{finding.path or ''} {finding.severity.value} {finding.message}"
