"""``--findings``: every place in Parquet files, in the order of reports, which list the first of each rule."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from datalint.cli import main
from datalint.core.finding import FIELDS


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    rows = [{"prompt": f"Is {n // 2} it?", "completion": "" if n % 3 else "It is."} for n in range(30)]
    Path("train.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows) + "{\n")
    Path("eval.jsonl").write_text(json.dumps(rows[0]) + "\n")
    return tmp_path


def check(*arguments: str, capsysbinary: Any) -> tuple[int, bytes, str]:
    with pytest.raises(SystemExit) as end:
        main(["check", "--isolated", "--no-cache", "train.jsonl", *arguments])
    said = capsysbinary.readouterr()
    return int(end.value.code or 0), said.out, said.err.decode()


def test_all_places_are_written_as_reports_list_them(data: Path, capsysbinary: Any, monkeypatch: Any) -> None:
    _, plain, _ = check("--output-format", "json", capsysbinary=capsysbinary)
    monkeypatch.setattr("datalint.cli.findings_folder._ROWS", 20)
    _, printed, _ = check("--output-format", "json", "--findings", "found", capsysbinary=capsysbinary)
    assert printed == plain
    assert sorted(path.name for path in Path("found").iterdir())[:2] == [
        "findings-00000.parquet",
        "findings-00001.parquet",
    ]
    table = pl.read_parquet("found/*.parquet")
    report = json.loads(plain)
    assert table["rule"].value_counts(sort=False).height == len(report["rules"])
    assert {code: rule["count"] for code, rule in report["rules"].items()} == dict(
        table["rule"].value_counts().iter_rows()
    )
    assert set(table.columns) == {*FIELDS, "excerpt"}
    single = [finding for finding in report["findings"] if finding["count"] == 1]
    places = {(row["rule"], row["line"], row["fingerprint"]): row for row in table.iter_rows(named=True)}
    assert single
    for finding in single:
        row = places[finding["rule"], finding["line"], finding["fingerprint"]]
        assert all((row[name] or []) == (finding[name] or []) for name in FIELDS)
    assert table["file"].drop_nulls().unique().to_list() == ["train.jsonl"]
    assert (
        table.filter(pl.col("rule") == "RDY003")["related"].explode().struct.field("file").to_list()[0] == "eval.jsonl"
    )


def test_reports_list_the_first_of_each_rule(data: Path, capsysbinary: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("datalint.cli.findings_folder.LISTED", 2)
    code, plain, _ = check("--output-format", "json", capsysbinary=capsysbinary)
    bounded, printed, _ = check("--output-format", "json", "--findings", "found", capsysbinary=capsysbinary)
    before, after = json.loads(plain), json.loads(printed)
    assert bounded == code
    assert sum(each["count"] for each in after["findings"]) < sum(each["count"] for each in before["findings"])
    [note] = set(after["notes"]) - set(before["notes"])
    assert note == f"findings: {sum(r['count'] for r in before['rules'].values())} places are in found; " + (
        "reports list the first 2 of each rule"
    )
    assert all(after[key] == before[key] for key in before if key not in ("findings", "notes"))


def test_a_folder_of_something_else_is_refused(data: Path, capsysbinary: Any) -> None:
    code, out, err = check("--findings", ".", capsysbinary=capsysbinary)
    assert (code, out) == (2, b"")
    assert "contains other files, such as eval.jsonl; name an empty folder" in err
    code, _, err = check("--findings", "train.jsonl", capsysbinary=capsysbinary)
    assert code == 2
    assert "Not a directory; name a folder" in err


def test_findings_of_an_earlier_run_are_replaced(data: Path, capsysbinary: Any, monkeypatch: Any) -> None:
    Path("found").mkdir()
    Path("found/findings-00007.parquet").write_bytes(b"old")
    check("--findings", "found", capsysbinary=capsysbinary)
    assert [path.name for path in Path("found").iterdir()] == ["findings-00000.parquet"]


def test_an_input_is_never_replaced(data: Path, capsysbinary: Any) -> None:
    Path("rows").mkdir()
    row = pl.DataFrame({"prompt": ["Is it?"], "completion": ["It is."]})
    row.write_parquet("rows/findings-00000.parquet")
    before = Path("rows/findings-00000.parquet").read_bytes()
    with pytest.raises(SystemExit) as end:
        main(["check", "--isolated", "--no-cache", "rows", "--findings", "rows"])
    assert end.value.code == 2
    assert b"would overwrite the input" in capsysbinary.readouterr().err
    assert Path("rows/findings-00000.parquet").read_bytes() == before


def test_a_confined_run_writes_nowhere_else(data: Path, capsysbinary: Any) -> None:
    (data / "inside").mkdir()
    Path("inside/train.jsonl").write_bytes(Path("train.jsonl").read_bytes())
    with pytest.raises(SystemExit) as end:
        main(["check", "--isolated", "--no-cache", "--confine", "inside", "inside/train.jsonl", "--findings", "found"])
    assert end.value.code == 2
    assert not Path("found").exists()
    assert b"inside, to which --confine limits files" in capsysbinary.readouterr().err


def test_too_many_places_go_to_files_next_to_the_report(data: Path, capsysbinary: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("datalint.cli.findings_folder.LISTED", 2)
    check("-o", "json:plain.json", capsysbinary=capsysbinary)
    monkeypatch.setattr("datalint.cli.check.MANY", 20)
    check("-q", "-o", "html:page.html", "-o", "json:found.json", capsysbinary=capsysbinary)
    plain, found = (json.loads(Path(name).read_text()) for name in ("plain.json", "found.json"))
    assert len(found["findings"]) < len(plain["findings"])
    assert any("places are in found.json.findings; reports list the first 2" in note for note in found["notes"])
    table = pl.read_parquet("found.json.findings/*.parquet")
    assert table.height == sum(rule["count"] for rule in plain["rules"].values())
    # Not into a folder of something else, not through a link, and not beyond what may be written.
    for number, name in enumerate(("other.json", "linked.json", "confined.json")):
        folder = Path(f"{name}.findings")
        if number == 0:
            folder.mkdir()
            (folder / "notes.txt").write_text("mine")
        elif number == 1:
            folder.symlink_to(data / "elsewhere", target_is_directory=True)
        more = ("--confine", ".") if number == 2 else ()
        check("-q", "-o", f"json:{name}", *more, capsysbinary=capsysbinary)
        assert json.loads(Path(name).read_text())["findings"] == plain["findings"]
    assert not Path("elsewhere").exists()
    assert not Path("confined.json.findings").exists()
