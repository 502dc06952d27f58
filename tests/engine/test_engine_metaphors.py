"""Rows whose ``source`` and ``target`` are two things in a sentence, and those that are a translation."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from datalint.config.load import load_settings
from datalint.core.registry import Registry
from datalint.operations.check import run_lint
from datalint.sources import open_sources

ROPES = ("thick", "thin", "long", "short", "green")
BEASTS = ("snake", "worm", "whale", "crane", "otter")


def shape(path: Path, rows: list[dict[str, Any]]) -> set[str]:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    settings = load_settings(registry=Registry.default(), isolated=True, overrides={"select": ("FMT101",)})
    return {finding.rule for finding in run_lint(settings, Registry.default(), open_sources([str(path)])).findings}


def test_two_things_in_one_sentence_are_no_translation(tmp_path: Path) -> None:
    pairs = [(f"{rope} rope", beast) for rope in ROPES for beast in BEASTS]
    rows = [
        {"target": rope, "source": beast, "connection": f"The {rope} of the dock moves like a {beast} in the sea."}
        for rope, beast in pairs
    ]
    assert shape(tmp_path / "train.jsonl", rows) == {"FMT101"}


def test_words_with_an_example_in_one_language_are_a_translation(tmp_path: Path) -> None:
    pairs = [(f"{rope} {beast}", f"{beast[::-1]} {rope[::-1]}") for rope in ROPES for beast in BEASTS]
    rows = [{"source": one, "target": two, "example": f"We saw a {one} at the dock."} for one, two in pairs]
    assert not shape(tmp_path / "train.jsonl", rows)
