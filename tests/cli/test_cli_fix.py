"""``datalint fix``: where it writes, what it prints, and its exit codes."""

from __future__ import annotations

import contextlib
import io
import json
import os
from pathlib import Path

import pytest

from datalint.cli import main

GOOD = '{"prompt": "Where is it?", "completion": "At the quay."}\n'
BAD = '{"prompt": "Who is Fran\u00c3\u00a7oise?", "completion": "A painter."}\n'
EMPTY = '{"prompt": "Why?", "completion": ""}\n'


def fix(*arguments: str, cwd: Path, command: str = "fix") -> tuple[int, str, str]:
    output, error = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    with contextlib.chdir(cwd), contextlib.redirect_stdout(output), contextlib.redirect_stderr(error):
        try:
            main((command, *arguments))
        except SystemExit as done:
            code = int(done.code or 0)
    texts = [stream.buffer.getvalue().decode() for stream in (output, error)]  # type: ignore[attr-defined]
    return code, texts[0], texts[1]


@pytest.fixture
def train(tmp_path: Path) -> Path:
    path = tmp_path / "train.jsonl"
    path.write_text(GOOD + BAD + GOOD + EMPTY)
    return path


@pytest.mark.parametrize("mode", [(), ("--check",), ("--diff",)], ids=str)
def test_without_a_place_to_write_nothing_is_written(mode: tuple[str, ...], train: Path) -> None:
    before = train.read_bytes()
    code, output, _ = fix("train.jsonl", *mode, cwd=train.parent)
    assert code == 1
    assert "mojibake" in output
    assert [each.name for each in train.parent.iterdir()] == ["train.jsonl"]
    assert train.read_bytes() == before


def test_the_command_that_is_proposed_writes(train: Path) -> None:
    _, output, _ = fix("train.jsonl", "--unsafe", cwd=train.parent)
    proposed = output.splitlines()[-1].partition("datalint fix ")[2].split()
    code, output, _ = fix(*proposed, cwd=train.parent)
    assert code == 0
    clean = train.with_name("train.clean.jsonl")
    assert clean.read_text() == GOOD + BAD.replace("\u00c3\u00a7", "\u00e7")
    removed = [json.loads(line) for line in train.with_name("train.clean.removed.jsonl").read_text().splitlines()]
    assert removed == [
        {
            "file": "train.jsonl", "line": 3, "row": 3, "rule": "DIV001", "reason": "exact copy of line 1",
            "text": GOOD.rstrip(),
        },
        {
            "file": "train.jsonl", "line": 4, "row": 4, "rule": "QUA002", "reason": "the response is empty",
            "text": EMPTY.rstrip(),
        },
    ]  # fmt: skip
    assert fix("train.clean.jsonl", "--unsafe", "--check", cwd=train.parent)[0] == 0


def test_in_place(train: Path) -> None:
    train.chmod(0o640)
    assert fix("train.jsonl", "--in-place", cwd=train.parent)[0] == 0
    assert train.read_text() == GOOD + BAD.replace("\u00c3\u00a7", "\u00e7") + EMPTY
    assert train.stat().st_mode & 0o777 == 0o640
    manifest = train.with_name("train.removed.jsonl")
    assert len(manifest.read_text().splitlines()) == 1
    stamp = train.stat().st_mtime_ns
    assert fix("train.jsonl", "--in-place", cwd=train.parent)[0] == 0
    assert train.stat().st_mtime_ns == stamp, "nothing to fix, nothing written"
    assert fix("train.jsonl", "--in-place", "--unsafe", cwd=train.parent)[0] == 0
    assert [json.loads(line)["rule"] for line in manifest.read_text().splitlines()] == ["DIV001", "QUA002"]


def test_removed_rows_are_no_data_of_a_folder(train: Path) -> None:
    fix("train.jsonl", "--in-place", "--unsafe", cwd=train.parent)
    _, output, _ = fix(".", "--output-format", "json", cwd=train.parent, command="check")
    assert [Path(file["path"]).name for file in json.loads(output)["files"]] == ["train.jsonl"]


def test_standard_output_gets_the_rows_alone(train: Path) -> None:
    code, output, error = fix("train.jsonl", "--output", "-", cwd=train.parent)
    assert code == 0
    assert output == GOOD + BAD.replace("\u00c3\u00a7", "\u00e7") + EMPTY
    assert "mojibake" in error


def test_several_files_go_to_a_folder(train: Path) -> None:
    other = train.with_name("other.jsonl")
    other.write_text(GOOD + EMPTY.replace("Why", "How"))
    assert fix("train.jsonl", "other.jsonl", "--unsafe", "-o", "clean", cwd=train.parent)[0] == 0
    assert (train.parent / "clean/other.jsonl").read_text() == ""
    assert (train.parent / "clean/train.jsonl").read_text().startswith(GOOD)
    removed = (train.parent / "clean/clean.removed.jsonl").read_text().splitlines()
    assert [json.loads(line)["file"] for line in removed] == ["train.jsonl"] * 2 + ["other.jsonl"] * 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--output", "train.jsonl"), "would overwrite"),
        (("--output", "link.jsonl"), "would overwrite"),
        (("--output", "eval.jsonl", "--eval", "eval.jsonl"), "would overwrite"),
        (("--output", "a/b.jsonl"), "cannot write"),
        (("--output", "x.jsonl", "--in-place"), "exclude each other"),
        (("--in-place", "--check"), "exclude each other"),
        (("--select", "no-such-rule"), "unknown rule"),
    ],
    ids=str,
)
def test_refusals(arguments: tuple[str, ...], words: str, train: Path) -> None:
    train.with_name("eval.jsonl").write_text(GOOD)
    os.link(train, train.with_name("link.jsonl"))
    before = {each.name: each.read_bytes() for each in train.parent.iterdir()}
    code, _, error = fix("train.jsonl", *arguments, cwd=train.parent)
    assert code == 2
    assert words in error
    assert {each.name: each.read_bytes() for each in train.parent.iterdir()} == before


def test_a_link_is_not_replaced(train: Path) -> None:
    train.with_name("link.jsonl").symlink_to("train.jsonl")
    code, _, error = fix("link.jsonl", "--in-place", cwd=train.parent)
    assert code == 2
    assert "is a link" in error


def test_leaks_are_removed_and_accepted_findings_stay(train: Path) -> None:
    train.with_name("eval.jsonl").write_text(GOOD)
    train.with_name("datalint.toml").write_text('[per-file-ignores]\n"train.jsonl" = ["empty-response"]\n')
    fix("train.jsonl", "--unsafe", "--output", "c.jsonl", cwd=train.parent)
    assert train.with_name("c.jsonl").read_text() == BAD.replace("\u00c3\u00a7", "\u00e7") + EMPTY


def test_a_selection_fixes_nothing_else(train: Path) -> None:
    fix("train.jsonl", "--select", "mojibake", "--unsafe", "--output", "c.jsonl", cwd=train.parent)
    assert train.with_name("c.jsonl").read_text() == train.read_text().replace("\u00c3\u00a7", "\u00e7")


def test_a_diff_shows_neither_secrets_nor_controls(tmp_path: Path) -> None:
    secret = "ghp_q7Xr2LmV9sTbKd4WnYc8ZpHf3JgEuA51Re0o"
    row = {"prompt": f"Push with {secret} \u001b[31m\u202e now", "completion": "m.oyelaran@gmx.net"}
    (tmp_path / "a.jsonl").write_text((json.dumps(row) + "\n") * 2)
    code, output, _ = fix("a.jsonl", "--diff", "--unsafe", cwd=tmp_path)
    assert code == 1
    assert secret not in output
    assert "oyelaran" not in output
    assert not set("\u001b\u202e") & set(output)
    assert "control-character" in output


def test_convert_refuses_what_a_shape_cannot_hold_and_lists_it(tmp_path: Path) -> None:
    chat = {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Good day.", "weight": 1}]}
    lines = ['{"instruction":"Sing." , "input":"","output":"La."}', json.dumps(chat), "broken"]
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    code, output, _ = fix("a.jsonl", "--to", "alpaca", "-o", "b.jsonl", cwd=tmp_path, command="convert")
    assert code == 0
    assert "1 row as alpaca (1 as they were), 1 refused" in output
    assert (tmp_path / "b.jsonl").read_text() == lines[0] + "\n"
    (refused,) = map(json.loads, (tmp_path / "b.removed.jsonl").read_text().splitlines())
    assert (refused["row"], refused["text"]) == (2, lines[1])
    assert "weight" in refused["reason"]
    fix("a.jsonl", "--to", "alpaca", "--drop", "-o", "b.jsonl", cwd=tmp_path, command="convert")
    assert json.loads((tmp_path / "b.jsonl").read_text().splitlines()[1])["output"] == "Good day."
    assert (tmp_path / "b.removed.jsonl").read_text() == ""
    assert fix("a.jsonl", "--to", "alpaca", "-o", "a.jsonl", cwd=tmp_path, command="convert")[0] == 2


def test_a_file_without_a_row_is_not_written_empty(tmp_path: Path) -> None:
    """What no row can be read from has no place in JSON Lines, and removing it would leave nothing."""
    (tmp_path / "lists.json").write_text(json.dumps({"train": [["a", "b"]] * 30}))
    code, _, error = fix("lists.json", "--unsafe", "--output", "out.jsonl", cwd=tmp_path)
    assert code == 2
    assert "no row can be read from it" in error
    assert [path.name for path in tmp_path.iterdir()] == ["lists.json"]
    (tmp_path / "broken.jsonl").write_text("{nonsense\n" * 30)
    code, output, _ = fix("broken.jsonl", "--unsafe", "--output", "out.jsonl", cwd=tmp_path)
    assert code == 0
    assert "would remove 30 of 30 rows, and is not applied" in output


@pytest.mark.parametrize("mode", [(), ("--unsafe",)])
def test_what_json_lines_cannot_hold_is_removed_without_an_unsafe_fix_too(
    mode: tuple[str, ...], tmp_path: Path
) -> None:
    (tmp_path / "rows.json").write_text("[{},{\n")
    code, output, _ = fix("rows.json", *mode, "--output", "out.jsonl", "--output-format", "json", cwd=tmp_path)
    assert code == 0
    counts = json.loads(output)
    assert (counts["rows_read"], counts["rows_removed"], counts["rows_left"]) == (2, 1, 1)
    assert (tmp_path / "out.jsonl").read_text() == "{}\n"
    (removed,) = map(json.loads, (tmp_path / "out.removed.jsonl").read_text().splitlines())
    assert (removed["row"], removed["text"]) == (None, "{")
