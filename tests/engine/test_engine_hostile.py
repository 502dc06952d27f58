"""Any JSON object is a row: nothing raises, no rule breaks, and every report can be written."""

from __future__ import annotations

import json
from typing import Any

import pytest
from draws import examples
from hypothesis import given, settings
from hypothesis import strategies as st

import datalint
from datalint import Report
from datalint.report.concise import to_concise
from datalint.report.json_report import to_json

KEYS = (
    "messages", "conversations", "conversation", "prompt", "completion", "instruction", "input", "output", "text",
    "question", "answer", "chosen", "rejected", "preferred_output", "non_preferred_output", "label", "tools",
    "functions", "system", "schemaVersion", "images", "category", "metadata", "meta", "reviewed", "score", "id",
    "role", "from", "content", "value", "type", "name", "weight", "train", "tool_calls", "function_call",
    "function", "arguments", "parameters", "properties", "required", "$ref", "image_url", "url", "", "a.b", "\x1b[31m",
)  # fmt: skip
WORDS = (
    "", " ", "user", "assistant", "system", "tool", "human", "gpt", "function_call", "text", "image_url", "object",
    "string", "{}", "[]", '{"name": "f", "arguments": "{"}', "null", "N/A", "As an AI language model, I cannot",
    "<|im_start|>", "[INST]", "{{name}}", "\x00\x1b[31m", "\ud83d", "\u202e\ufeff\u200b", "::error::x", "##[error]x",
    "</script>", "[red]x[/red]", "=1+1", "Ã©tÃ© â€œ", "ghp_" + "k3J8s" * 7 + "Q", "ada@larkspur-bikes.city",
    "漢字かな", "yes", "2024-01-01", "x" * 5000, "word " * 2000, "\n\n\n", "```python\nprint(1)\n```", "https://example.org",
)  # fmt: skip
numbers = st.one_of(st.integers(-2, 2), st.sampled_from([10**30, -(2**63), 2**64, 1e308, 0.5]), st.floats())
leaves = st.one_of(
    st.none(), st.booleans(), numbers, st.sampled_from(WORDS), st.sampled_from(WORDS), st.text(max_size=8)
)
things = st.recursive(
    leaves,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.sampled_from(KEYS), inner, max_size=5)),
    max_leaves=16,
)
turn = st.fixed_dictionaries(
    {
        "role": st.sampled_from(["user", "assistant", "system", "tool", "x"]),
        "content": st.one_of(st.sampled_from(WORDS), things),
    },
    optional={"tool_calls": things, "weight": things, "name": things},
)
likely = st.one_of(
    st.fixed_dictionaries({"messages": st.lists(turn, max_size=4)}, optional={"tools": things, "category": leaves}),
    st.fixed_dictionaries(
        {"prompt": st.sampled_from(WORDS), "completion": st.sampled_from(WORDS)}, optional={"label": leaves}
    ),
    st.fixed_dictionaries({"prompt": things, "chosen": things, "rejected": things}),
    st.fixed_dictionaries({"conversations": st.lists(things, max_size=4)}),
)
rows = st.lists(
    st.one_of(likely, st.dictionaries(st.one_of(st.sampled_from(KEYS), st.text(max_size=4)), things, max_size=6)),
    max_size=8,
)


def check(report: Report, count: int) -> None:
    broken = [finding.message for finding in report.findings if finding.rule == "INT001"]
    assert broken == []
    [file, *_] = report.files
    assert file.rows_read + file.rows_refused == count
    for finding in report.findings:
        for text in (finding.message, finding.path or "", finding.excerpt or ""):
            assert "\x1b" not in text
            assert "\n" not in text
            assert len(text) <= 401
    assert json.loads(to_json(report)) == json.loads(json.dumps(report.to_dict()))
    for text in (str(report), to_concise(report), report._repr_html_()):
        text.encode()
        assert "\x1b" not in text


@settings(max_examples=examples(5, often=8))
@given(rows, rows)
def test_any_rows(train: list[dict[str, Any]], held: list[dict[str, Any]]) -> None:
    check(datalint.lint(train, eval=held), len(train))


def nested(depth: int, *, lists: bool) -> Any:
    value: Any = "end"
    for _ in range(depth):
        value = [value] if lists else {"content": value}
    return value


@pytest.mark.parametrize("key", ["messages", "prompt", "zzz"])
def test_deep_rows(key: str) -> None:
    rows = []
    for depth, lists in ((200, True), (256, False), (257, True), (257, False), (50_000, False)):
        rows.append({"prompt": "Hi", "completion": "Ho", key: nested(depth, lists=lists)})
        rows.append({key: nested(depth, lists=lists)})
    check(datalint.lint(rows), len(rows))


def test_a_row_of_a_megabyte() -> None:
    long = "long " * 200_000
    wide = {f"key {n} {'x' * 50}": n for n in range(15_000)}
    many = [{"role": "user", "content": "What?"}, {"role": "assistant", "content": "That."}] * 10_000
    report = datalint.lint(
        [{"prompt": long, "completion": ""}, {"prompt": "x", "completion": long}, wide, {"messages": many}]
    )
    check(report, 4)
    assert max(map(len, str(report).splitlines())) <= 110
    assert len(to_json(report)) < 100_000


def test_more_keys_than_are_kept_that_name_no_category() -> None:
    # Of keys, and of scores under one, a thousand are kept.
    rows = [
        {"prompt": f"Is {n} even?", "completion": "Yes.", "category": {str(n): n}, f"key{n}": n} for n in range(1100)
    ]
    report = datalint.lint(rows, config={"select": ["FMT", "BAL"]})
    check(report, 1100)
