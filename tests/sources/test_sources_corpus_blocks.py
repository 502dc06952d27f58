"""Blocks of lines as well-known corpora have them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from datalint.operations.check import lint
from tests.sources.test_sources_tagged import read

QUESTION = "\nb\nOtters sleep by day.\nThey fish at night.\nWhen do they fish?\nA.By day\nB. At night\nC.Never\n"
RELATION = '3\t"The <e1>flood</e1> broke the <e2>dam</e2>."\nCause-Effect(e1,e2)\nComment: "broke"\n\n'
CORRECTED = """S They has an boats there .
A 1 2|||R:VERB:SVA|||have|||REQUIRED|||-NONE-|||0
A 2 3|||U:DET||||||REQUIRED|||-NONE-|||0
A 5 5|||M:ADV|||now||today|||REQUIRED|||-NONE-|||0
A 1 2|||R:VERB|||had|||REQUIRED|||-NONE-|||1

S They fish .
A -1 -1|||noop|||-NONE-|||REQUIRED|||-NONE-|||0

"""
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
    (
        "asked-passages",
        "T: Otters sleep by day.\nT: They fish at night.\nQ: When do they fish?\nA: at night\nand at dawn\n\n",
        {
            "context": "Otters sleep by day.\nThey fish at night.",
            "question": "When do they fish?",
            "answer": "at night\nand at dawn",
        },
    ),
]
#: Blocks that are no passage with one question and its answer.
OTHERS = (
    "T: Otters sleep by day.\nQ: When do they fish?\nA: at night\nQ: And then?\nA: They sleep.\n\n",
    "T: Otters sleep by day.\nA: They fish at night.\n\n",
    "Otters sleep by day.\nQ: When do they fish?\nA: at night\n\n",
)


@pytest.mark.parametrize(("container", "block", "row"), BLOCKS)
@pytest.mark.parametrize("chunk_bytes", [16, 1 << 20])
def test_a_block_is_a_row(tmp_path: Path, container: str, block: str, row: dict[str, Any], chunk_bytes: int) -> None:
    (tmp_path / "a.txt").write_text(block * 8)
    records, _, source = read(tmp_path / "a.txt", chunk_bytes)
    assert (records, source.container) == ([row] * 8, container)
    assert any("a row is a block of lines: " in note for note in lint(tmp_path / "a.txt", eval=False).notes)


@pytest.mark.parametrize("block", OTHERS)
def test_other_marks_are_no_passage_with_its_question(tmp_path: Path, block: str) -> None:
    (tmp_path / "a.txt").write_text(block * 12)
    assert read(tmp_path / "a.txt", 1 << 20)[2].container != "asked-passages"


def test_corrections_of_the_first_annotator_are_made(tmp_path: Path) -> None:
    (tmp_path / "a.m2").write_text(CORRECTED * 4)
    records, _, source = read(tmp_path / "a.m2", 64)
    edited = {"source": "They has an boats there .", "target": "They have boats there now ."}
    assert records == [edited, {"source": "They fish .", "target": "They fish ."}] * 4
    assert source.container == "corrections"
    (tmp_path / "b.m2").write_text(CORRECTED * 4 + "S A boat .\nA 7 9|||R:OTHER|||x|||REQUIRED|||-NONE-|||0\n")
    odd = [(each.line, each.message) for each in lint(tmp_path / "b.m2", eval=False).findings if each.rule == "FMT023"]
    assert odd == [(37, "a correction of the words 7 to 9, of 3")]


GERMAN = "Das Boot|Der Hund|Die Katze|Ein Mann|Das Kind".split("|")
ENGLISH = "The boat|The dog|The cat|A man|The child".split("|")
SAID = [("schläft am Ufer", "sleeps at the shore"), ("kommt heute nicht", "does not come today")]
SAID += [
    ("bleibt immer hier", "always stays here"),
    ("geht nach Hause", "goes home again"),
    ("isst den Fisch", "eats fish"),
]
SAID += [("sieht uns gern", "likes to see us"), ("wartet noch lange", "still waits for long")]


@pytest.mark.parametrize("chunk_bytes", [64, 1 << 20])
def test_two_lines_in_two_languages_are_a_pair(tmp_path: Path, chunk_bytes: int) -> None:
    pairs = [(f"{a} {c}.", f"{b} {d}.") for a, b in zip(GERMAN, ENGLISH, strict=True) for c, d in SAID]
    (tmp_path / "a.txt").write_text("\n".join(f"{a}\n{b}\n" for a, b in pairs))
    records, _, source = read(tmp_path / "a.txt", chunk_bytes)
    assert (records, source.container) == ([{"source": a, "target": b} for a, b in pairs], "two-languages")
    # A verse is in one language, and the name of a speaker is no sentence.
    for one in (
        [a for pair in zip(pairs, pairs[3:], strict=False) for a in (pair[0][0], pair[1][0])],
        ["Ann Lee says", "Gut."] * 40,
    ):
        lines = zip(one[::2], one[1::2], strict=True)
        (tmp_path / "b.txt").write_text("\n".join(f"{a}\n{b}\n" for a, b in lines))
        assert read(tmp_path / "b.txt", chunk_bytes)[2].container == "text-blocks"


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
