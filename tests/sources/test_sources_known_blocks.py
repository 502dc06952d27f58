"""Blocks of lines as well-known corpora have them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from datalint.operations.check import lint
from tests.sources.test_sources_tagged import read

QUESTION = "\nb\nOtters sleep by day.\nThey fish at night.\nWhen do they fish?\nA.By day\nB. At night\nC.Never\n"
RELATION = '3\t"The <e1>flood</e1> broke the <e2>dam</e2>."\nCause-Effect(e1,e2)\nComment: "broke"\n\n'
BLOCKS: list[tuple[str, str, dict[str, Any]]] = [
    (
        "answered-questions",
        QUESTION,
        {
            "context": "Otters sleep by day.\nThey fish at night.",
            "question": "When do they fish?",
            "options": ["By day", "At night", "Never"],
            "answer": "B",
        },
    ),
    (
        "marked-relations",
        RELATION,
        {"text": "The <e1>flood</e1> broke the <e2>dam</e2>.", "label": "Cause-Effect(e1,e2)"},
    ),
]


@pytest.mark.parametrize(("container", "block", "row"), BLOCKS)
@pytest.mark.parametrize("chunk_bytes", [16, 1 << 20])
def test_a_block_is_a_row(tmp_path: Path, container: str, block: str, row: dict[str, Any], chunk_bytes: int) -> None:
    (tmp_path / "a.txt").write_text(block * 8)
    records, _, source = read(tmp_path / "a.txt", chunk_bytes)
    assert (records, source.container) == ([row] * 8, container)
    assert any("a row is a block of lines: " in note for note in lint(tmp_path / "a.txt", eval=False).notes)


@pytest.mark.parametrize(
    "block",
    [
        QUESTION.replace("\nb\n", "\nh\n"),
        QUESTION.replace("\nb\n", "\nthe answer\n"),
        QUESTION.replace("B. At", "D. At"),
        "\na\nA. Miller wrote.\nB. Smith read.\n",
        QUESTION + "They fish by day, too.\n" * 300,
        RELATION.replace("<e2>", "<b>"),
        RELATION.replace("Cause-Effect(e1,e2)", "a flood is the cause"),
    ],
)
def test_other_blocks_are_none_of_these(tmp_path: Path, block: str) -> None:
    (tmp_path / "a.txt").write_text(block * 8)
    assert read(tmp_path / "a.txt")[2].container not in {name for name, _, _ in BLOCKS}
