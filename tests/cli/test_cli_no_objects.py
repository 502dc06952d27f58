"""What commands write for rows that are read, and are no JSON object of their own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from test_cli_fix import fix
from test_cli_split import rows


@pytest.mark.parametrize("command", [("split", "--eval", "25%", "-o", "."), ("dedupe", "-o", "train.jsonl")])
def test_rows_that_are_no_objects_are_written_as_objects(tmp_path: Path, command: tuple[str, ...]) -> None:
    given = [json.dumps(row, ensure_ascii=False) for row in rows(12)]
    lines = [f"[{given[0]}]", str(json.loads(given[1])), given[2] + given[3], *given[4:]]
    (tmp_path / "data.jsonl").write_text("\n".join(lines))
    code, output, _ = fix("data.jsonl", *command[1:], cwd=tmp_path, command=command[0])
    assert code == 0
    assert "rows that were not JSON objects are written as objects" in output
    parts = [path for name in ("train", "eval") if (path := tmp_path / f"{name}.jsonl").exists()]
    found = [line for path in parts for line in path.read_text().splitlines()]
    assert set(found) == {json.dumps(json.loads(line), ensure_ascii=False) for line in found} <= set(given)
