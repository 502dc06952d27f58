"""Runs one rule as the engine does."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from datalint.core.errors import DatalintError
from datalint.core.finding import Finding
from datalint.core.rule import Rule

if TYPE_CHECKING:
    from datalint.config.model import Settings
    from datalint.engine.plan import Active, Plan

Rows = Iterable[Mapping[str, Any] | str]


def run_rule(
    rule: Rule,
    *,
    rows: Rows | None = None,
    data: bytes | None = None,
    files: Mapping[str, Rows] | None = None,
    evaluation: Rows | None = None,
    benchmark: Rows | None = None,
    options: Mapping[str, Any] | None = None,
    config: Mapping[str, Any] | None = None,
    name: str = "train.jsonl",
) -> list[Finding]:
    """Return the findings of one rule.

    Args:
        rule: the object that ``@rule`` made.
        rows: training rows, as mappings or as JSON text, one a line.
        data: instead of rows, the bytes of a file called ``name``.
        files: further training files by name, as rows; read after the first.
        evaluation: evaluation rows, in the same form as ``rows``.
        benchmark: rows of a benchmark.
        options: the rule's options, in kebab or snake case, as a configuration file would hold them.
        config: settings in the form of the configuration file (``{"balance": {"field": "topic"}}``).

    Raises:
        AssertionError: when the rule itself raised.
        DatalintError: for options and settings that can't be.
    """
    with tempfile.TemporaryDirectory(prefix="datalint-") as folder:
        train = Path(folder, name)
        train.write_bytes(data if data is not None else rows_as_jsonl(rows or ()))
        others = [Path(folder, other) for other in files or ()]
        for path, more in zip(others, (files or {}).values(), strict=True):
            path.write_bytes(rows_as_jsonl(more))
        held = None
        if evaluation is not None:
            held = Path(folder, "eval.jsonl")
            held.write_bytes(rows_as_jsonl(evaluation))
        settings = _with_benchmark(config or {}, benchmark, folder)
        findings = _run([(rule, dict(options or {}))], [train, *others], held, settings)
    return _refuse_broken(findings)


def run_rules(rules: Sequence[Rule], files: Mapping[str, bytes], config: Mapping[str, Any]) -> list[Finding]:
    """Return the findings of several rules with their default options in one run over training files.

    Args:
        rules: the objects that ``@rule`` made.
        files: the bytes of the files by name, in the order in which they are read.
        config: settings in the form of the configuration file.

    Raises:
        AssertionError: when a rule itself raised.
        DatalintError: for settings that can't be.
    """
    with tempfile.TemporaryDirectory(prefix="datalint-") as folder:
        paths = [Path(folder, name) for name in files]
        for path, data in zip(paths, files.values(), strict=True):
            path.write_bytes(data)
        findings = _run([(rule, {}) for rule in rules], paths, None, dict(config))
    return _refuse_broken(findings)


def _refuse_broken(findings: list[Finding]) -> list[Finding]:
    broken = [finding.message for finding in findings if finding.name == "internal-error"]
    if broken:
        raise AssertionError(broken[0])
    return findings


def _with_benchmark(config: Mapping[str, Any], benchmark: Rows | None, folder: str) -> dict[str, Any]:
    """Return settings that name a benchmark, whose rows are written to a folder; as they are without one."""
    if benchmark is None:
        return dict(config)
    public = Path(folder, "benchmark.jsonl")
    public.write_bytes(rows_as_jsonl(benchmark))
    return {**config, "benchmarks": {"paths": (str(public),), **config.get("benchmarks", {})}}


def rows_as_jsonl(rows: Rows) -> bytes:
    """Return rows as the bytes of a JSONL file."""
    return b"".join(_line(row) + b"\n" for row in rows)


def _line(row: Mapping[str, Any] | str) -> bytes:
    if isinstance(row, str):
        return row.encode("utf-8", "surrogatepass")
    try:
        return json.dumps(row, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return json.dumps(row).encode()  # with half a surrogate pair as its escape, as a file would have it


def fix_rule(
    rule: Rule,
    *,
    rows: Rows | None = None,
    data: bytes | None = None,
    files: Mapping[str, Rows] | None = None,
    evaluation: Rows | None = None,
    benchmark: Rows | None = None,
    options: Mapping[str, Any] | None = None,
    config: Mapping[str, Any] | None = None,
    name: str = "train.jsonl",
) -> bytes:
    """Return the first file as the fix of one rule, safe or not, leaves it; for the arguments, see :func:`run_rule`."""
    from datalint.fixes.find import find_fixes
    from datalint.fixes.writing import written_pieces
    from datalint.setup.evaluation import open_benchmarks
    from datalint.sources import open_sources

    with tempfile.TemporaryDirectory(prefix="datalint-") as folder:
        train, held = Path(folder, name), Path(folder, "eval.jsonl")
        train.write_bytes(data if data is not None else rows_as_jsonl(rows or ()))
        held.write_bytes(rows_as_jsonl(evaluation or ()))
        others = [Path(folder, other) for other in files or ()]
        for path, more in zip(others, (files or {}).values(), strict=True):
            path.write_bytes(rows_as_jsonl(more))
        plan, settings = _plan([(rule, dict(options or {}))], _with_benchmark(config or {}, benchmark, folder))
        sources = open_sources([str(path) for path in (train, *others)], table=settings.table)
        evaluated = open_sources([str(held)], table=settings.table) if evaluation is not None else []
        benchmarks = open_benchmarks(settings) if "benchmark" in plan.needs else []
        fixes = find_fixes(sources, evaluated, plan, unsafe=True, named=(rule.code,), benchmarks=benchmarks)
        return b"".join(piece for piece in written_pieces(fixes, 0) if isinstance(piece, bytes))


def _run(
    rules: Sequence[tuple[Rule, dict[str, Any]]], train: Sequence[Path], held: Path | None, config: dict[str, Any]
) -> list[Finding]:
    """Run rules with their options."""
    import dataclasses

    from datalint.config.gates import load_gates
    from datalint.engine.run import find_hits
    from datalint.setup.evaluation import open_benchmarks
    from datalint.setup.provenance import find_provenance
    from datalint.sources import open_sources

    plan, settings = _plan(rules, config)
    sources = open_sources([str(path) for path in train], table=settings.table)
    evaluation = open_sources([str(held)], table=settings.table) if held is not None else []
    benchmarks = open_benchmarks(settings) if "benchmark" in plan.needs else []
    if "provenance" in plan.needs:
        plan = dataclasses.replace(plan, provenance=find_provenance(settings, sources))
    gates = list(load_gates(settings).values())
    # No gate is judged: that takes as long as most rules.
    return list(find_hits(sources, evaluation, plan, gates, benchmarks=benchmarks).findings)


def _plan(rules: Sequence[tuple[Rule, dict[str, Any]]], config: dict[str, Any]) -> tuple[Plan, Settings]:
    """Return the plan of these rules alone, and the settings."""
    import dataclasses

    from datalint.engine.plan import needs_of

    plan, settings = _without_rules(config) if config else _unconfigured()
    active = tuple(_active(rule, options, settings) for rule, options in rules)
    # Rows may accept findings of any rule.
    codes = _codes() | {rule.code: rule.code for rule, _ in rules}
    return dataclasses.replace(plan, rules=active, needs=needs_of(active), codes=codes), settings


@cache
def _unconfigured() -> tuple[Plan, Settings]:
    """Return the plan without rules or a configuration: that of most cases, made once."""
    return _without_rules({})


def _without_rules(config: Mapping[str, Any]) -> tuple[Plan, Settings]:
    from datalint.config.load import load_settings
    from datalint.core.registry import Registry
    from datalint.setup.plan import make_plan

    settings = load_settings(registry=Registry(), isolated=True, overrides={"select": (), **config})
    return make_plan(settings, Registry()), settings


def _active(rule: Rule, options: Mapping[str, Any], settings: Settings) -> Active:
    from datalint.config.values import SettingError, kebab, table
    from datalint.engine.plan import Active
    from datalint.setup.plan import configured

    values = {kebab(key): value for key, value in options.items()}
    try:
        return configured(Active(rule, table(values, rule.options_type), rule.severity), settings)
    except (SettingError, TypeError, ValueError) as error:
        raise DatalintError(f"{rule.code}: {error}") from None


@cache
def _codes() -> dict[str, str]:
    """Return the codes of the built-in rules by name and code."""
    from datalint.core.registry import Registry

    registry = Registry()
    registry.load_builtin()
    return dict(registry.by_name)
