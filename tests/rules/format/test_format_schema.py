"""The user's JSON Schema: read anew when it changed, refused with a reason, and never fetched."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import Any

import pytest

from datalint.core.errors import DatalintError
from datalint.rules.format.schema_violation import load_schema, schema_violation
from datalint.testing import run_rule

ROWS = [{"text": "a", "source": 3}]


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise AssertionError("the network was used")

    monkeypatch.setattr(socket.socket, "connect", refuse)


def test_a_file_is_read_again_when_it_changed(tmp_path: Path) -> None:
    path = tmp_path / "schema.json"
    path.write_text('{"required": ["source"]}', encoding="utf-8")
    assert not run_rule(schema_violation, rows=ROWS, options={"schema": str(path)})
    path.write_text('{"properties": {"source": {"type": "string"}}}', encoding="utf-8")
    os.utime(path, ns=(1, 1))
    (found,) = run_rule(schema_violation, rows=ROWS, options={"schema": str(path)})
    assert (found.line, found.path) == (1, "$.source")
    assert found.message == 'the value is not of type "string", it is 3'


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "is not JSON"),
        ("\ufeff{]", "is not JSON"),
        ("[1]", "is not a valid JSON Schema"),
        ('{"type": "objekt"}', "is not a valid JSON Schema at $.type"),
        ('{"pattern": "(("}', "is not a valid JSON Schema"),
        ('{"$ref": "https://schemas.example.org/row.json"}', "datalint fetches no schema"),
        ('{"properties": {"x": {"$ref": "file:///etc/hostname"}}}', "datalint fetches no schema"),
        ('{"$ref": "other.json"}', "is not a valid JSON Schema"),
        ('{"$ref": "#/$defs/missing"}', "is not a valid JSON Schema"),
        ('{"$schema": "https://example.org/meta"}', "is not a valid JSON Schema"),
        ('"schema.json"', "is not a valid JSON Schema: it is a string"),
        ('{"minimum": ' + "9" * 5000 + "}", "is not a valid JSON Schema: Exceeds the limit"),
        ('{"pattern": "\\ud83d"}', "is not a valid JSON Schema: Failed to get UTF-8"),
        ('{"not":' * 900 + "{}" + "}" * 900, "is not a valid JSON Schema: Recursion limit"),
    ],
)
@pytest.mark.usefixtures("no_network")
def test_refused_with_a_reason(tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "schema.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DatalintError) as caught:
        load_schema(str(path))
    assert str(path) in str(caught.value)
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)


def test_missing_file_and_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "none.json", tmp_path):
        with pytest.raises(DatalintError, match=r"^schema: (no such file|.* is a folder)"):
            load_schema(str(path))


@pytest.mark.parametrize(
    "draft", ["http://json-schema.org/draft-04/schema#", "http://json-schema.org/draft-07/schema#"]
)
def test_older_drafts(draft: str) -> None:
    schema = f'{{"$schema": "{draft}", "properties": {{"source": {{"type": "string"}}}}}}'
    assert len(run_rule(schema_violation, rows=ROWS, options={"schema": schema})) == 1


@pytest.mark.parametrize(
    "row", ['{"text": "\\ud800", "source": "x"}', '{"text": "a", "source": "x", "n": 1e400}',
            '{"text": "a", "source": "x", "n": 123456789012345678901234567890}']
)  # fmt: skip
def test_values_that_json_libraries_dislike(row: str) -> None:
    assert not run_rule(schema_violation, rows=[row], options={"schema": '{"required": ["source"]}'})
