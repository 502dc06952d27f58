"""Files that list the data files of a folder are left out of the data, and a note says so."""

from __future__ import annotations

from pathlib import Path

from datalint import lint

NOTE = "metadata.csv is not read: it lists the data files next to it"


def write(folder: Path, rows: str) -> None:
    for n in range(4):
        lines = "".join(f"The ferry {number} of dock {n} is late,late\n" for number in range(12))
        (folder / f"ferries_{n}.csv").write_text(f"text,label\n{lines}")
    (folder / "metadata.csv").write_text(f"prompt,file\n{rows}")


def test_a_note_names_a_list_that_is_not_read(tmp_path: Path) -> None:
    write(tmp_path, "".join(f"Write rows,ferries_{n}.csv\n" for n in range(4)))
    report = lint(str(tmp_path), config={"select": ["FMT"]})
    assert len(report.files) == 4
    assert NOTE in report.notes


def test_a_list_is_read_where_it_is_named(tmp_path: Path) -> None:
    write(tmp_path, "".join(f"Write rows,ferries_{n}.csv\n" for n in range(4)))
    report = lint(str(tmp_path / "metadata.csv"), config={"select": ["FMT"]})
    assert NOTE not in report.notes


def test_a_table_of_another_kind_is_read(tmp_path: Path) -> None:
    write(tmp_path, "Write rows,ferries_1.csv\n")
    report = lint(str(tmp_path), config={"select": ["FMT"]})
    assert len(report.files) == 5
    assert NOTE not in report.notes
