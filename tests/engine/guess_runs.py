"""Rows with unknown keys, and checks of them with the few rules that show what rows are read as."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from datalint.config.load import load_settings
from datalint.core.registry import Registry
from datalint.operations.check import run_lint
from datalint.report.model import Report
from datalint.sources import open_sources

#: What rows are read as shows in the findings of these rules, and in notes. All rules take three times as long.
SELECTED = ("FMT02", "FMT10", "FMT20", "QUA002", "BAL011", "RDY001")
SETTINGS = load_settings(registry=Registry.default(), isolated=True, overrides={"select": SELECTED})
FRAGE = [{"Frage": f"Wie hoch ist Berg Nummer {n}?", "Antwort": f"Er hat {n * 7} Meter."} for n in range(60)]
OPTION = "--columns prompt=Frage,response=Antwort"
CLEAR = f"guessed from the names: {OPTION}"
ANSWER = "No, dock {n} has a place at the left side of the gate."


def write(path: Path, rows: Sequence[Any]) -> str:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return str(path)


def checked(*paths: str, jobs: int = 1, chunk_bytes: int = 8 << 20) -> Report:
    sources = open_sources(paths, chunk_bytes=chunk_bytes)
    return run_lint(SETTINGS, Registry.default(), sources, jobs=jobs)


def codes(report: Report) -> set[str]:
    return {finding.rule for finding in report.findings}


def asked(number: int, *answers: str) -> dict[str, Any]:
    """Return a conversation: a question, and after each answer another."""
    turns = [{"role": "user", "content": f"What comes after {number} in the row of {'abcdefgh'[number % 8]}?"}]
    for answer in answers:
        turns += [{"role": "assistant", "content": answer}, {"role": "user", "content": f"And after {answer}?"}]
    return {"messages": turns}
