"""Eight pairs of real versions, and what people say changed in each."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from datalint.compare import Comparison
from datalint.compare.model import EditKind, What
from datalint.config.load import load_settings
from datalint.core.registry import Registry
from datalint.operations.compare import run_compare
from datalint.report.compare.html import to_html
from datalint.report.compare.json import to_json
from datalint.report.compare.markdown import to_markdown
from datalint.report.compare.text import to_text
from datalint.sources import open_sources

CORPUS = os.environ.get("DATALINT_CORPUS", "")
pytestmark = pytest.mark.skipif(not CORPUS, reason="DATALINT_CORPUS names no folder of real datasets")


def counts(found: Comparison) -> dict[str, int]:
    named = {
        "added": len(found.added),
        "removed": len(found.removed),
        "edited": len(found.edits),
        "unchanged": found.unchanged,
    }
    return {name: count for name, count in named.items() if count}


def moves(found: Comparison) -> dict[str, tuple[str, int]]:
    return {change.old or "": (change.new or "", change.rows) for change in found.fields if change.what is What.MOVED}


def renamed(found: Comparison) -> None:
    assert counts(found) == {"edited": 500}
    assert list(found.summary) == [
        "Only keys were renamed in all 500 rows: response_chosen → chosen, response_rejected → rejected; "
        "every value is the same."
    ]
    assert found.findings == []


def reshaped(found: Comparison) -> None:
    assert counts(found) == {"edited": 500}
    assert found.summary[0].startswith("Only the keys changed in all 500 rows; every text is the same: ")
    assert "question → conversations[].value (ShareGPT)" in found.summary[0]
    assert moves(found) == {"question": ("conversations[].value", 500), "system": ("conversations[].value", 84)}


def tools_moved(found: Comparison) -> None:
    assert counts(found) == {"edited": 50}
    said = {(change.what, change.old, change.new): change for change in found.fields}
    assert said[What.DROPPED, "messages[].loss_weight", None].rows == 50
    path = "messages[].content[type=tools].value"
    assert said[What.MOVED, path, "tools"].rows + said[What.MOVED_CHANGED, path, "tools"].rows == 50
    kind = "messages[].content[].type"
    assert said[What.VALUE, kind, kind].values[0][:2] == ("tool_calls", "tool_call")
    assert found.keys == [("tools", 0, 50)]


def grown(found: Comparison) -> None:
    assert (found.old.rows, found.new.rows) == (13, 46)
    assert counts(found) == {"added": 37, "removed": 4, "edited": 9}
    assert list(found.summary) == [
        "13 rows became 46: 37 added, 4 removed, 9 edited.",
        "The edited rows have the same values; metadata dropped.",
    ]


def relabelled(found: Comparison) -> None:
    assert counts(found) == {"edited": 2, "unchanged": 8}
    label = next(change for change in found.fields if change.new == "reference_policy_outcome[].eligibility")
    assert (label.what, label.rows, label.values) == (What.VALUE, 2, (("false", "true", 2),))
    assert found.summary[-1] == "Prompts and responses are the same in every edited row."


def identical(found: Comparison) -> None:
    assert found.identical
    assert list(found.summary) == ["Byte-identical: the file did not change."]


def cleaned(found: Comparison) -> None:
    assert counts(found) == {"edited": 612, "unchanged": 557}
    assert found.kinds == {EditKind.ESCAPES: 108, EditKind.WHITESPACE: 504}
    assert found.summary[0].startswith(
        "Only the writing of 612 of 1,169 rows changed: white space in 504 rows, escapes"
    )
    assert found.summary[1] == "Unreadable lines: 3 before, 3 now."
    # The lines were cleaned too, which moved the columns of their errors.
    assert "FMT001" not in {finding.rule for finding in found.findings} | found.fixed.keys()


def answered(found: Comparison) -> None:
    assert (found.old.rows, found.new.rows) == (1169, 1344)
    assert found.unchanged == 430
    assert len(found.edits) + len(found.removed) == 739
    assert len(found.edits) + len(found.added) == 914
    ((key, before, after),) = found.keys
    assert (key, after - before) == ("std_answer", 970 - 820)
    assert found.summary[-1] == "Unreadable lines: 3 before, 6 now."


@pytest.mark.parametrize(
    ("slug", "judge"),
    [
        ("medgpt-dpo-fields", renamed),
        ("medgpt-dpo-sharegpt", reshaped),
        ("lf-reason-tool", tools_moved),
        ("vedaz-train", grown),
        ("foundry-rft-test", relabelled),
        ("foundry-rft-train", identical),
        ("belle-eval-1", cleaned),
        ("belle-eval-2", answered),
    ],
)
def test_pairs(slug: str, judge: Callable[[Comparison], None]) -> None:
    folder = Path(CORPUS) / "pairs" / slug
    registry = Registry.default()
    settings = load_settings(registry=registry, isolated=True)
    sides = [(open_sources([str(next(folder.glob(f"{side}.*")))]), []) for side in ("old", "new")]
    found = run_compare(settings, registry, sides[0], sides[1])
    judge(found)
    assert found.unchanged + len(found.edits) + len(found.removed) == found.old.rows
    assert found.unchanged + len(found.edits) + len(found.added) == found.new.rows
    for render in (to_text, to_markdown, to_html, to_json):
        assert render(found)
