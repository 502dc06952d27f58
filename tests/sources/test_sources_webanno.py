"""Exports of WebAnno and INCEpTION in their own format of tab-separated values."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from datalint.operations.check import lint
from datalint.sources.sniff import OpenSettings, open_path

SPAN = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|identifier|value"
CLASS = "de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS|PosValue|coarseValue"
RELATION = "webanno.custom.Part|label|BT_webanno.custom.Place"


def written(path: Path, layers: list[str], *sentences: list[str]) -> Path:
    head = ["#FORMAT=WebAnno TSV 3.2", *layers, ""]
    body = [
        "\n".join(
            ["", "#Text=A sentence", *(f"{number}-{place}\t0-1\t{line}\t" for place, line in enumerate(lines, 1))]
        )
        for number, lines in enumerate(sentences, 1)
    ]
    path.write_text("\n".join([*head, *body, ""]))
    return path


def read(path: Path, chunk_bytes: int = 1 << 20) -> list[dict[str, Any]]:
    source = open_path(str(path), str(path), OpenSettings(chunk_bytes=chunk_bytes))
    loaded = [chunk.load() for chunk in source.chunks(0)]
    records = [record for each in loaded for record in each.records]
    offsets = [offset for each in loaded for offset in each.offsets.tolist()]
    assert source.fetch(list(range(len(records))), offsets) == records
    return records


@pytest.mark.parametrize("name", ["a.tsv", "a.txt", "a"])
@pytest.mark.parametrize("chunk_bytes", [20, 1 << 20])
def test_spans_are_tags_of_their_tokens(tmp_path: Path, name: str, chunk_bytes: int) -> None:
    one = ["Dock\t*[1]\tLOC[1]", "A\t*[1]\tLOC[1]", "B\t*[2]\tLOC[2]", "is\t_\t_", "full\t_\t_"]
    other = ["Ann\t*\tPER", "\\_\t_\t_", "Bo\t*[4]|*[5]\tPER[4]|LOC[5]", "Lee\t*[4]\tPER[4]", "#\t_\t_"]
    path = written(tmp_path / name, [f"#T_SP={SPAN}"], one, other)
    assert read(path, chunk_bytes) == [
        {"tokens": ["Dock", "A", "B", "is", "full"], "tags": ["B-LOC", "I-LOC", "B-LOC", "O", "O"]},
        {"tokens": ["Ann", "_", "Bo", "Lee", "#"], "tags": ["B-PER", "O", "B-PER", "I-PER", "O"]},
    ]
    report = lint(path, eval=False, config={"select": ["FMT"]})
    assert not report.findings
    assert f"{name}: a row is a sentence: tokens, and tags from NamedEntity value" in report.notes


@pytest.mark.parametrize(
    ("layers", "lines", "tags"),
    [
        ([f"#T_SP={CLASS}"], ["Ann\tNP\tNOUN", "left\tVBD\tVERB"], ["NP", "VBD"]),
        ([f"#T_SP={CLASS}", f"#T_SP={SPAN}"], ["Ann\tNP\tN\t*\tPER", "left\tVBD\tV\t_\t_"], ["B-PER", "O"]),
        ([f"#T_RL={RELATION}", "#T_SP=webanno.custom.Place"], ["Dock\tof\t1-2\t*", "A\t_\t_\t_"], ["B-span", "O"]),
        ([f"#T_SP={SPAN}"], ["Ann\t_\t_", "left\t_\t_"], ["O", "O"]),
        ([], ["Ann", "left"], ["O", "O"]),
    ],
)
def test_the_feature_of_the_tags_is_found(tmp_path: Path, layers: list[str], lines: list[str], tags: list[str]) -> None:
    assert [row["tags"] for row in read(written(tmp_path / "a.tsv", layers, lines))] == [tags]


def test_an_annotation_without_a_value_has_that_of_another_feature(tmp_path: Path) -> None:
    first = ["Calm\tjoy\t*\t", "Ann\t*[1]\tactor[1]", "Lee\t*[1]\tactor[1]", "left\t_\t_"]
    second = ["Bo\t*[2]|joy[3]\tcause[2]|*[3]", "fell\t*\t*"]
    path = written(tmp_path / "a.tsv", ["#T_SP=webanno.custom.Mood|Mood|Part"], first, second)
    assert [row["tags"] for row in read(path)] == [["B-joy", "B-actor", "I-actor", "O"], ["B-cause", "B-span"]]
    assert (
        "a.tsv: a row is a sentence: tokens, and tags from Mood, or its Part where it has no value" in lint(path).notes
    )


def test_comments_are_no_classes(tmp_path: Path) -> None:
    lines = [f"Dock\t*\tcomment {number}" for number in range(60)]
    path = written(
        tmp_path / "a.tsv", ["#T_SP=webanno.custom.Mood|Mood|Note"], ["Calm\tjoy\t*", *lines, *["a\t_\t_"] * 9]
    )
    assert set(read(path)[0]["tags"]) == {"B-joy", "B-span", "O"}


def test_what_is_said_of_a_part_of_a_token_is_said_of_the_token(tmp_path: Path) -> None:
    path = written(tmp_path / "a.tsv", [f"#T_SP={SPAN}"], ["Dockside\t_\t_", "left\t*\tX"])
    path.write_text(path.read_text().replace("1-2\t", "1-1.1\t0-4\tDock\t*\tLOC\t\n1-2\t"))
    assert read(path) == [{"tokens": ["Dockside", "left"], "tags": ["B-LOC", "B-X"]}]
