"""Tables that Anki exported."""

from __future__ import annotations

from pathlib import Path

import pytest

from datalint.operations.check import lint
from tests.sources.test_sources_tagged import read

NOTES = ["Where do otters sleep", "How is glue made", "Who tunes a piano"] * 4


@pytest.mark.parametrize("name", ["notes.txt", "notes.tsv", "notes"])
@pytest.mark.parametrize(
    ("above", "fields", "row"),
    [
        ("#separator:tab\n#html:true\n", "{}?\t<b>By day</b>", {"question": "{}?", "answer": "<b>By day</b>"}),
        ("#html:true\n#tags column:3\n", "{}?\tx\ty z", {"question": "{}?", "answer": "x", "tags": "y z"}),
        (
            "#separator:Semicolon\n#guid column:1\n#deck column:2\n",
            "k#1;Sea;{}?;x;more",
            {"guid": "k#1", "deck": "Sea", "question": "{}?", "answer": "x", "column-5": "more"},
        ),
        ("#separator:|\n#columns:Front|Back\n", "{}?|x", {"Front": "{}?", "Back": "x"}),
        ("#separator:tab\n", "{} {{{{c1::here}}}}\t", {"column-1": "{} {{{{c1::here}}}}", "column-2": ""}),
    ],
)
def test_the_lines_above_notes_say_what_these_are(
    tmp_path: Path, name: str, above: str, fields: str, row: dict[str, str]
) -> None:
    (tmp_path / name).write_text(above + "".join(fields.format(note) + "\n" for note in NOTES))
    expected = [{key: value.format(note) for key, value in row.items()} for note in NOTES]
    assert read(tmp_path / name)[0] == expected
    assert not lint(tmp_path / name, config={"select": ["FMT"]}, eval=False).findings.of("FMT023")


@pytest.mark.parametrize("above", ["# separator: tab\n", "#deck:Sea\n", "#html\n", "#separated:tab\n"])
def test_other_lines_with_a_hash_are_text(tmp_path: Path, above: str) -> None:
    (tmp_path / "a.txt").write_text(above + "".join(f"{note}?\n" for note in NOTES))
    assert read(tmp_path / "a.txt")[2].container == "text"
