"""The message for a folder in which there are no data files."""

from __future__ import annotations

from pathlib import Path

import pytest

from datalint.core.errors import DatalintError
from datalint.sources import open_sources


def message_for(folder: Path, *names: str) -> str:
    for name in names:
        (folder / name).parent.mkdir(exist_ok=True, parents=True)
        (folder / name).write_text("a\n")
    with pytest.raises(DatalintError) as error:
        open_sources([str(folder)])
    return str(error.value)


def test_files_are_counted_by_their_suffixes_and_the_most_frequent_are_named_first(tmp_path: Path) -> None:
    said = message_for(tmp_path, "x.pdf", *(f"in/{n}.md" for n in range(3)), "a.foo", "b.foo", "LICENSE", ".git/a.md")
    assert "contains no data, but 3 .md files, 2 .foo files and 1 .pdf file: looked for .jsonl" in said
    assert said.endswith(
        "documents are no examples: write each prompt with its response as a row of JSON Lines (.jsonl)"
    )


def test_many_suffixes_are_not_all_named(tmp_path: Path) -> None:
    said = message_for(tmp_path, *(f"a.{letter}x" for letter in "bcdefgh"))
    assert "1 .bx file, 1 .cx file, 1 .dx file, 1 .ex file and 3 more: looked for" in said
    assert "; name a file with examples itself, such as " in said
    assert said.endswith("a.bx")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("a.pkl", "a pickle may run code: load it only if you trust it"),
        ("a.pt", "tensors or the weights of a model: check the texts"),
        ("a.npy", "arrays have numbers"),
        ("a.h5", "write the texts in them as rows"),
        ("a.sqlite", "`sqlite3 -json FILE 'select * from TABLE' > rows.json`"),
        ("a.docx", "documents are no examples"),
        ("a.xls", "save the sheet as .xlsx or .csv"),
        ("a.zip", "unpack the archives"),
        ("a.avro", "write the table as Parquet"),
        ("a.png", "write rows that name these files"),
        ("a.xml", r"to see how .xml files are converted, check one, such as "),
        ("a.yml", "name a .yml file with a list of examples itself, such as "),
    ],
)
def test_what_to_do_depends_on_the_suffix(tmp_path: Path, name: str, words: str) -> None:
    assert words in message_for(tmp_path, name)


def test_names_of_files_cannot_write_to_the_terminal(tmp_path: Path) -> None:
    said = message_for(tmp_path, "a.\x1b[2J" + "x" * 100, "b.\nok")
    assert said.isprintable()
    assert "x" * 20 not in said.partition("looked for")[0]
