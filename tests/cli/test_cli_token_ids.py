"""What commands say of rows of token ids, and of a file without rows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from cli_runs import Run

MODEL = str(Path(__file__).parents[2] / "fixtures" / "models" / "chatml")


def test_token_ids(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(f"{json.dumps({'input_ids': [5, 6, 7], 'labels': [-100, 6, 7]})}\n" * 2)
    assert "no --columns" in run("init", "--print", str(path)).text
    assert "token ids instead of text" in run("preview", "--model", MODEL, str(path)).error
    assert "2 examples without a text are not compared" in run("clusters", str(path), "--isolated").text
    assert "stays: (no text)" in run("dedupe", str(path), "--isolated").text


def test_no_rows(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.touch()
    text = run("init", "--print", str(path)).text
    assert "none: no row could be read; datalint check says why" in text
    assert "KEY" not in text.replace("--category KEY", "")
    (tmp_path / "b.jsonl").write_text('{"text": "It is open."}\n')
    assert "were not looked for" not in run("compare", str(path), str(tmp_path / "b.jsonl"), "--isolated").text


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({"input_ids": [5, 6]}, "token ids instead of text"),
        ({"query": "Is it open?", "positive": "It is.", "negative": "Boats."}, "pairs for embeddings"),
    ],
)
def test_what_is_no_conversation_is_not_converted(run: Run, tmp_path: Path, row: dict[str, Any], why: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(f"{json.dumps(row)}\n")
    done = run("convert", str(path), "--to", "openai-chat", "-o", str(tmp_path / "b.jsonl"), "--isolated")
    assert f"refused: its texts are {why}" in done.text or f"refused: it has {why}" in done.text
