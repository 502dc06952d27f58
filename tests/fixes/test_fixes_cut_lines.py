"""JSON Lines of which a few are cut: no fix loses a row next to them."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from damaged_lines import Lines, damaged
from draws import examples
from hypothesis import given, settings

from datalint.config.load import load_settings
from datalint.core.registry import Registry
from datalint.fixes.files import write_fixed
from datalint.operations.fix import run_fix
from datalint.sources import open_sources

REGISTRY = Registry.default()
#: What is wrong with lines.
LINES = load_settings(registry=REGISTRY, isolated=True, overrides={"select": ["FMT0"]})


@pytest.mark.parametrize("unsafe", [False, True])
@given(lines=damaged())
@settings(max_examples=examples(8), deadline=None)
def test_no_row_is_lost_where_lines_are_cut(unsafe: bool, lines: Lines) -> None:
    first = {"prompt": "Is this JSON Lines?", "completion": "It is."}
    with TemporaryDirectory() as folder:
        (path := Path(folder, "a.jsonl")).write_bytes(json.dumps(first).encode() + b"\n" + lines.data)
        out, manifest = Path(folder, "b.jsonl"), Path(folder, "removed.jsonl")
        fixes = run_fix(LINES, REGISTRY, open_sources([str(path)]), unsafe=unsafe)
        written = write_fixed(fixes, [out], manifest)
        left = [line for line in out.read_text(encoding="utf-8").split("\n") if line.strip()]
        cut = [lines.lines[line - 1] for line in lines.cut]
        # A line that lacks brackets alone has them, or no fix removes it.
        closed = [row for row in lines.unclosed.values() if json.dumps(row, ensure_ascii=False) in left]
        kept = [line for line in cut if line in left]
        assert written.removed == len(cut) - len(closed) - len(kept)
        assert not unsafe or all(lacks_brackets(line) for line in kept)
        rows = [json.loads(line) for line in left if line not in kept]
        assert [row for row in rows if row not in closed] == [first, *lines.rows]
        assert len(left) == len(rows) + len(kept)


def lacks_brackets(line: str) -> bool:
    for brackets in ("}", "]}", "}]}", "}}", "]}}"):
        with suppress(json.JSONDecodeError):
            return isinstance(json.loads(line + brackets), dict)
    return False
