"""The index of the built-in rules: it is written from their modules, so that a run imports only those that it needs."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from datalint.core.finding import Confidence, Factor
from datalint.core.plugins import sole_rule, submodules
from datalint.core.rule import Rule

_RULES: Final = "datalint.rules"


def builtin_rules() -> list[Rule]:
    """Import every built-in rule module, ``datalint/rules/<factor>/<name>.py``; return the rules by code."""
    found = []
    for factor in Factor:
        name = f"{_RULES}.{factor}"
        if importlib.util.find_spec(name):
            modules = submodules(importlib.import_module(name))
            found += [sole_rule(module) for module in modules if not hasattr(module, "__path__")]
    return sorted(found, key=lambda rule: rule.code)


def render_index(rules: Iterable[Rule]) -> str:
    """Return the text of ``datalint/rules/index.py`` for ``rules``."""
    rules = list(rules)
    off = [f'"{rule.code}"' for rule in rules if rule.confidence is Confidence.LOW]
    rows = [(r.code, r.name, r.module.removeprefix(f"{_RULES}."), r.severity) for r in rules]
    lines = [f'    "{code}": ("{name}", "{module}", "{severity}"),' for code, name, module, severity in rows]
    return "\n".join(
        (
            '"""Every built-in rule: code → (name, module, severity). Written by datalint.rules.catalogue."""',
            "",
            "INDEX: dict[str, tuple[str, str, str]] = {",
            *lines,
            "}",
            "",
            "#: Rules with low confidence, which run only where they are selected by code or name.",
            "OFF: frozenset[str] = frozenset(",
            "    (",
            *(f"        {code}," for code in off),
            "    )",
            ")",
            "",
        )
    )


def index_path() -> Path:
    """Return where the index of the built-in rules stands."""
    return Path(importlib.import_module(_RULES).__path__[0]) / "index.py"


def main(arguments: list[str]) -> int:
    """Write the index of the built-in rules, or with ``--check`` return 1 when it is out of date."""
    text = render_index(builtin_rules())
    path = index_path()
    if arguments == ["--write-index"]:
        path.write_text(text, encoding="utf-8", newline="\n")
        return 0
    if arguments == ["--check"]:
        stale = not path.is_file() or path.read_text(encoding="utf-8") != text
        if stale:
            print(f"{path.name} is out of date; run python -m datalint.rules --write-index", file=sys.stderr)
        return int(stale)
    print("usage: python -m datalint.rules --write-index | --check", file=sys.stderr)
    return 2
