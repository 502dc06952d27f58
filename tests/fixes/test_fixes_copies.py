"""A fix removes the copies that a report offers to remove, and no others, although it changes shares and neighbours."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from datalint.config.load import load_settings
from datalint.core.registry import Registry
from datalint.operations.check import run_lint
from datalint.operations.fix import run_fix
from datalint.report.fixable import fixable
from datalint.sources import open_sources

REGISTRY = Registry.default()
SETTINGS = load_settings(registry=REGISTRY, isolated=True)
LETTERS = "abcdefghijklmnoprstuvw"
FORMULA = ["This", "decision", "takes", "effect", "today", "."]
HIDDEN = ["This", "decision", "takes", "effect", "today\u200b", "."]


def sentences(count: int, words: int) -> list[list[str]]:
    draw = random.Random(7)
    return [["".join(draw.choices(LETTERS, k=7)) for _ in range(words)] for _ in range(count)]


def tagged(tokens: Sequence[str], named: bool) -> dict[str, Any]:
    return {"tokens": list(tokens), "ner_tags": ["B-PER" if named else "O", *["O"] * (len(tokens) - 1)]}


def judgments(different: int, copies: int, formulas: Sequence[Sequence[str]]) -> list[dict[str, Any]]:
    long = [tagged(tokens, True) for tokens in sentences(different, 14)]
    return long + long[:copies] + [tagged(tokens, False) for tokens in formulas]


def replies() -> list[dict[str, Any]]:
    long = [{"text": " ".join(tokens), "label": "no" if n % 2 else "yes"} for n, tokens in enumerate(sentences(150, 9))]
    ok, thanks, bye = ({"text": text, "label": "yes"} for text in ("ok fine", "thanks", "bye now"))
    return [*long[:50], ok, thanks, bye, *long[50:100], ok, thanks, long[0], bye, *long[100:]]


@pytest.mark.parametrize(
    "rows",
    [
        # 4 of 153 rows are copies of a formula, 2.6 %, and 4 of the 133 that are left, 3.01 %.
        judgments(128, 20, [FORMULA] * 5),
        judgments(132, 20, [FORMULA] * 5),
        # The fix of a row makes it a copy of a formula.
        judgments(132, 20, [*[FORMULA] * 5, HIDDEN]),
        # Three replies repeat three others once the copy between them is removed.
        replies(),
    ],
)
def test_a_fix_removes_what_the_report_offers_to_remove(rows: list[dict[str, Any]], tmp_path: Path) -> None:
    (path := tmp_path / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    sources = open_sources([str(path)])
    safe, _ = fixable(run_lint(SETTINGS, REGISTRY, sources))
    fixes = run_fix(SETTINGS, REGISTRY, sources, unsafe=False)
    assert len({*fixes.removed, *fixes.repaired}) == safe > 0
    kept = [row for number, row in enumerate(rows) if number not in fixes.removed and number not in fixes.repaired]
    path.write_text("".join(json.dumps(row) + "\n" for row in kept))
    assert not run_fix(SETTINGS, REGISTRY, open_sources([str(path)]), unsafe=False).any
