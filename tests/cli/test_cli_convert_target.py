"""``datalint convert``, mostly with ``--target``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from cli_runs import Run

CALL = {"id": "c1", "type": "function", "function": {"name": "rain", "arguments": {"city": "Köln"}}}
CHAT = {
    "messages": [
        {"role": "user", "content": "Rain?"},
        {"role": "assistant", "content": None, "tool_calls": [CALL]},
        {"role": "tool", "tool_call_id": "c1", "content": "no"},
        {"role": "assistant", "content": "No."},
    ]
}


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    path = tmp_path / "rows.jsonl"
    alpaca = {"instruction": "Say hello.", "output": "Hello", "id": 7}
    path.write_text("".join(json.dumps(row) + "\n" for row in (CHAT, alpaca)))
    return path


def converted(run: Run, path: Path, *arguments: str) -> list[dict[str, Any]]:
    ran = run("convert", str(path), "--isolated", "--quiet", "--output", "-", *arguments)
    assert ran.code == 0, ran.error
    return [json.loads(line) for line in ran.output.splitlines()]


def test_the_shape_and_the_arguments_that_a_target_reads(run: Run, rows: Path) -> None:
    chat, alpaca = converted(run, rows, "--target", "openai")
    assert chat["messages"][1]["tool_calls"][0]["function"]["arguments"] == '{"city": "Köln"}'
    assert alpaca["messages"] == [{"role": "user", "content": "Say hello."}, {"role": "assistant", "content": "Hello"}]
    chat, _ = converted(run, rows, "--target", "trl")
    assert chat == CHAT


def test_text_becomes_objects_again(run: Run, rows: Path) -> None:
    text = rows.with_name("text.jsonl")
    text.write_text(json.dumps(converted(run, rows, "--target", "openai")[0]) + "\n")
    assert converted(run, text, "--target", "trl") == [CHAT]


def test_rows_that_need_no_change_keep_their_bytes(run: Run, rows: Path) -> None:
    line = rows.read_text().splitlines()[0].replace(": ", ":")
    rows.write_text(line + "\n")
    ran = run("convert", str(rows), "--isolated", "--quiet", "--output", "-", "--target", "trl")
    assert ran.output.decode() == line + "\n"


def test_keys_that_a_target_refuses_are_lost(run: Run, rows: Path) -> None:
    assert len(converted(run, rows, "--target", "together")) == 1
    _, alpaca = converted(run, rows, "--target", "together", "--drop")
    assert set(alpaca) == {"messages"}


def test_rows_that_a_target_rejects_are_refused_with_its_reason(run: Run, rows: Path) -> None:
    out = rows.with_name("out.jsonl")
    ran = run("convert", str(rows), "--isolated", "--drop", "--output", str(out), "--target", "mistral")
    assert "1  refused: mistral rejects the row: a call whose id is not nine letters and digits" in ran.text
    assert [list(json.loads(line)) for line in out.read_text().splitlines()] == [["messages", "id"]]


def test_another_shape_that_the_target_reads(run: Run, rows: Path) -> None:
    [alpaca] = converted(run, rows, "--target", "trl", "--to", "prompt-completion")
    assert alpaca == {"prompt": "Say hello.", "completion": "Hello", "id": 7}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "name a shape with --to, or a trainer or provider with --target"),
        (("--target", "tlr"), 'unknown target "tlr"; did you mean "trl"?'),
    ],
)
def test_errors_say_what_to_do(run: Run, rows: Path, arguments: tuple[str, ...], words: str) -> None:
    ran = run("convert", str(rows), "--isolated", "--output", "-", *arguments)
    assert ran.code == 2
    assert words in ran.error


@pytest.mark.parametrize(("shape", "words"), [("", "ours names"), ('shape = "kto"\n', "ours reads kto, and names")])
def test_a_target_without_a_shape_to_convert_to(run: Run, rows: Path, shape: str, words: str) -> None:
    target = rows.with_name("ours.toml")
    head = 'title = "Ours"\ndate = 2026-11-01\nsources = ["https://example.com/trainer"]\n'
    target.write_text(f'{head}[[formats]]\nname = "pairs"\nkeys = ["prompt", "completion"]\n{shape}')
    ran = run("convert", str(rows), "--isolated", "--output", "-", "--target", str(target))
    assert ran.code == 2
    assert f"{words} no shape to convert to; choose one with --to" in ran.error


def test_binary_columns_are_not_lost(run: Run, tmp_path: Path) -> None:
    table, out = tmp_path / "rows.parquet", tmp_path / "out.jsonl"
    pl.DataFrame({"prompt": ["a"], "completion": ["b"], "picture": [b"x"]}).write_parquet(table)
    ran = run("convert", str(table), "--isolated", "--to", "openai-chat", "--output", str(out))
    assert (ran.code, ran.output, out.exists()) == (2, b"", False)
    assert "has binary data, which JSON Lines cannot hold, in picture" in ran.error
