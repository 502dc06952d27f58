"""Rows and target files of any content: no exception, and nothing unsafe in what is shown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from draws import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from datalint import lint
from datalint.shapes.detect import Detector
from datalint.shapes.flatten import flatten
from datalint.targets.load import built_in, find_targets
from datalint.targets.rows import RowTargets, target_columns

KEYS = sorted({key for target in find_targets(built_in()) for each in target.formats for key in each.keys})
TURN = ("role", "content", "from", "value", "parts", "tool_calls", "weight", "function", "arguments", "text")
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.sampled_from(("user", "assistant", "\ud83d", "<image>"))
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(TURN), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from([*KEYS, "tools", "images", "objects"]), VALUES, max_size=4))
@settings(max_examples=examples(30), deadline=None)
def test_no_row_is_too_odd(row: dict[str, Any]) -> None:
    targets = RowTargets(find_targets(built_in()), None)
    flat = flatten([row], Detector({}))
    treatments = targets.of_row(row, flat, 0)
    assert [each.target for each in treatments] == built_in()
    assert target_columns([treatments], len(treatments)).height == 1


def test_what_a_target_file_says_is_escaped(tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    path.write_text(
        'title = "\\u001b[31mOurs"\ndate = 2026-11-01\nsources = ["https://a.example"]\n'
        '[[formats]]\nname = "pairs"\nkeys = ["a"]\n'
        '[[checks]]\nsays = "red \\u001b[31m\\u202e"\nrow = \'{"required": ["b"]}\'\n'
    )
    report = lint([{"a": "x"}], eval=False, config={"target": str(path)})
    shown = str(report) + report.to_html()
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert r"red \x1b[31m\u202e" in str(report)
