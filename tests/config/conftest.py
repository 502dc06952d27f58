"""A small registry of made-up rules under real codes, so that tests don't depend on the real ones."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from rule_pages import PAGE

from datalint.config.load import load_settings
from datalint.config.model import Settings
from datalint.core.registry import Registry
from datalint.core.rule import Rule

_SOURCE = (
    PAGE
    + """
from __future__ import annotations
from dataclasses import dataclass
from typing import Literal
from datalint.api import FileFacts, Options, Severity, option, rule

@dataclass(frozen=True)
class Settings(Options):
    {options}

@rule("{code}", "{name}", severity=Severity.{severity}, since="0.1")
def made_up(facts: FileFacts, options: Settings):
    yield from ()
"""
)
_OPTIONS = """
    threshold: float = option(0.7, "from which on")
    min_chars: int = option(20, "shortest text")
    words: tuple[str, ...] = option((), "words to look for")
    how: Literal["fast", "slow"] = option("fast", "which way")

    def __post_init__(self) -> None:
        if self.min_chars < 0:
            raise ValueError("min-chars is less than nothing")
"""
BUILTIN = (
    ("FMT001", "invalid-json", "ERROR"),
    ("FMT101", "unknown-shape", "ERROR"),
    ("FMT104", "missing-key", "ERROR"),
    ("QUA002", "empty-response", "ERROR"),
    ("QUA007", "refusal", "INFO"),
    ("QUA024", "personal-data", "WARNING"),
    ("DIV003", "near-duplicate", "WARNING"),
    ("BAL007", "made-up-guess", "WARNING"),
)
#: Rules of low confidence.
OFF = frozenset(("BAL007",))


def made_up(code: str, name: str, *, severity: str = "WARNING", options: str = "pass") -> Rule:
    module = ModuleType(f"made_up_{code}", "A made-up rule.")
    sys.modules[module.__name__] = module
    source = _SOURCE.format(code=code, name=name, severity=severity, options=options)
    exec(compile(source, f"{name}.py", "exec"), module.__dict__)
    return module.made_up  # type: ignore[no-any-return]


@functools.cache
def _made() -> tuple[dict[str, ModuleType], Rule]:
    """Make the modules of the built-in rules and the plug-in's rule, once for all tests."""
    modules = {}
    for code, name, severity in BUILTIN:
        options = _OPTIONS if code == "DIV003" else "pass"
        rule = made_up(code, name, severity=severity, options=options)
        module = sys.modules[rule.module]
        module.__name__ = rule.module = f"datalint.rules.made.{code}"
        modules[module.__name__] = module
    return modules, made_up("ACME001", "no-acme")


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> Registry:
    modules, acme = _made()
    for name, module in modules.items():
        monkeypatch.setitem(sys.modules, name, module)
    index = ModuleType("datalint.rules.index")
    rows = {code: (name, f"made.{code}", severity.lower()) for code, name, severity in BUILTIN}
    index.INDEX, index.OFF = rows, OFF  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, index.__name__, index)
    found = Registry()
    found.load_builtin()
    found.add(acme, "plug-in acme")
    return found


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def load(project: Path, registry: Registry) -> Callable[..., Settings]:
    """Write a text as the project's configuration and load it."""

    def load(text: str, name: str = "datalint.toml", **options: object) -> Settings:
        (project / name).write_text(text, encoding="utf-8")
        return load_settings(registry=registry, **options)  # type: ignore[arg-type]

    return load
