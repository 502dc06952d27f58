"""Files whose lines end in a carriage return alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from datalint.operations.check import lint
from datalint.operations.fix import fix


@pytest.mark.parametrize(
    ("name", "data", "records"),
    [
        ("a.txt", b"One\rTwo\rThree", [{"text": "One"}, {"text": "Two"}, {"text": "Three"}]),
        ("a.txt", b"One\rTwo\r\rThree\n", [{"text": "One"}, {"text": "Two"}, {"text": "Three"}]),
        ("a.jsonl", b'{"a":1}\r{"a":2}\r', [{"a": 1}, {"a": 2}]),
        ("a.csv", b"prompt,completion\rOne,Two\r", [{"prompt": "One", "completion": "Two"}]),
    ],
)
def test_a_carriage_return_ends_a_line_where_no_line_feed_does(
    tmp_path: Path, name: str, data: bytes, records: list[dict[str, Any]]
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    report = lint(path, eval=False, config={"select": ["FMT015", "QUA013"]})
    lines = data.count(b"\r")
    assert [found.message for found in report.findings] == [
        f"{lines} lines end in a carriage return alone, and not in a line feed"
    ]
    fixed = fix(path, eval=False, config={"select": ["FMT015"]})
    assert list(fixed.records()) == records
    fixed.write(tmp_path / f"clean{path.suffix}")
    assert (tmp_path / f"clean{path.suffix}").read_bytes() == data.replace(b"\r", b"\n")


@pytest.mark.parametrize("data", [b"One\rTwo\nThree\n", b"One\rTwo\n", b"One\r\n", b"One\r"])
def test_a_carriage_return_is_text_next_to_line_feeds(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    assert lint(tmp_path / "a.txt", eval=False, config={"select": ["FMT015"]}).examples == data.count(b"\n") or 1
