"""The kit that rule authors test with, on the rules of the example plug-in."""

from __future__ import annotations

import importlib
import pickle
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from datalint.api import Hit, Options, Record, Rule, Severity, rule
from datalint.core.errors import DatalintError
from datalint.core.plugins import rules_in
from datalint.testing import Case, check_case, check_cases, documented_examples, load_cases, run_rule, sentence, vary

PLUGIN = Path(__file__).parents[1] / "plugin"
CASES = {path.stem: load_cases(path) for path in sorted((PLUGIN / "cases").glob("*.toml"))}
YELL = '{"prompt": "Does it fold?", "completion": "YES, TWICE, AND IT FITS INTO A BAG"}'


@pytest.fixture(scope="module")
def rules() -> Iterator[dict[str, Rule]]:
    """Import the plug-in's rules from its sources, and forget them afterwards."""
    sys.path.insert(0, str(PLUGIN / "src"))
    try:
        yield {found.name: found for found in rules_in(importlib.import_module("datalint_example"))}
    finally:
        sys.path.remove(str(PLUGIN / "src"))
        for name in [name for name in sys.modules if name.partition(".")[0] == "datalint_example"]:
            del sys.modules[name]


@pytest.mark.parametrize("name", CASES)
def test_cases_of_the_plugin(rules: dict[str, Rule], name: str) -> None:
    check_cases(rules[name], CASES[name])


def test_pages_of_the_plugin(rules: dict[str, Rule]) -> None:
    assert rules.keys() == CASES.keys()
    for found in rules.values():
        examples = documented_examples(found)
        assert run_rule(found, **examples["Bad"].arguments), f"{found.code}: the bad example is silent"
        assert run_rule(found, **examples["Good"].arguments) == [], f"{found.code}: the good example fires"


def test_rules_of_the_plugin_pickle(rules: dict[str, Rule]) -> None:
    for found in rules.values():
        assert pickle.loads(pickle.dumps(found)) is found


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"findings": ()}, "expected 0 findings, got"),
        ({"findings": ({}, {})}, "expected 2 findings, got"),
        ({"findings": ({"row": 2},)}, "row is 1, not 2"),
        ({"findings": ({"line": 2},)}, "line is 1, not 2"),
        ({"findings": ({"path": "$"},)}, r"path is '\$\.completion', not '\$'"),
        ({"findings": ({"severity": "error"},)}, "severity is .*, not 'error'"),
        ({"findings": ({"message": "whispers"},)}, "'whispers' not in"),
        ({"rows": ()}, "expected 1 finding, got \\[\\]"),
    ],
)
def test_a_case_that_does_not_hold_says_what_differs(
    rules: dict[str, Rule], changed: dict[str, Any], words: str
) -> None:
    values: dict[str, Any] = {"id": "yells", "rows": (YELL,), "findings": ({"row": 1},), **changed}
    with pytest.raises(AssertionError, match=f"yells: {words}"):
        check_case(rules["shouting-response"], Case(**values))
    holds = [Case(id=name, rows=(YELL,), findings=({"row": 1},)) for name in ("holds", "holds too")]
    with pytest.raises(AssertionError, match=f"^yells: {words}"):
        check_cases(rules["shouting-response"], [*holds, Case(**values), holds[0]])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", r"contains no \[\[case\]\]"),
        ("case = 3", r"contains no \[\[case\]\]"),
        ("[[case]\n", r"cases\.toml: .*line 1"),
        ("[[case]]\nrows = []", "case 1 has no id"),
        ('[[case]]\nid = "a"\n[[case]]\nid = 2', "case 2 has no id"),
        ('[[case]]\nid = "a"\nrow = []', "case 'a' has the unknown keys row; known are .*rows"),
        ('[[case]]\nid = "a"\nfindings = [{rwo = 1, msg = ""}]', "a finding of case 'a' has the unknown keys msg, rwo"),
    ],
)
def test_a_case_file_that_cannot_be_names_file_and_case(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "cases.toml"
    path.write_text(text)
    with pytest.raises(ValueError, match=words) as caught:
        load_cases(path)
    assert "cases.toml" in str(caught.value)


@pytest.mark.parametrize(
    ("block", "words"),
    [
        ("jsonl evla", 'unknown word "evla" after ```jsonl; known are eval, benchmark, file=NAME, vary=N'),
        ("jsonl vary=x", 'unknown word "vary=x" after ```jsonl'),
        ("toml settings", 'unknown word "settings" after ```toml; known are config'),
    ],
)
def test_a_code_block_that_would_be_read_as_another_is_an_error(
    monkeypatch: pytest.MonkeyPatch, block: str, words: str
) -> None:
    found = rule("EXA009", "some-name", severity=Severity.INFO, since="0.1")(_nothing)
    monkeypatch.setattr(sys.modules[__name__], "__doc__", f"A page.\n\n## Bad\n```{block}\nx = 1\n```\n")
    with pytest.raises(ValueError, match=r"^## Bad: ") as caught:
        documented_examples(found)
    assert words in str(caught.value)


def _nothing(record: Record, options: Options) -> Iterator[Hit]:
    yield from ()


def test_everything_that_a_case_may_hold(tmp_path: Path) -> None:
    path = tmp_path / "cases.toml"
    path.write_text(
        r"""
        [[case]]
        id = "all"
        rows = ['{"n": {n}, "text": "{w}"}', '{"n": 0}']
        eval = ['{"n": {n}}']
        vary = 2
        options = { limit = 3 }
        config = { category = "n" }
        [[case]]
        id = "bytes"
        bytes = '{"a": "\xff\r"}'
        name = "train.json"
        findings = [{ line = 1, message = "x" }]
        """
    )
    first, second = load_cases(path)
    assert first.rows == (f'{{"n": 1, "text": "{sentence(1)}"}}', f'{{"n": 2, "text": "{sentence(2)}"}}', '{"n": 0}')
    assert first.evaluation == ('{"n": 1}', '{"n": 2}')
    assert (first.options, first.config, first.data, first.findings) == ({"limit": 3}, {"category": "n"}, None, ())
    assert second.data == b'{"a": "\xff\r"}'
    assert (second.name, second.evaluation, second.findings) == ("train.json", None, ({"line": 1, "message": "x"},))


def test_sentences_are_no_near_duplicates() -> None:
    made = list(vary("{n} {w}", 300))
    assert made[0] == f"1 {sentence(1)}"
    shingles = [{text[i : i + 5] for i in range(len(text) - 4)} for text in map(sentence, range(1, 301))]
    nearest = max(len(a & b) / len(a | b) for i, a in enumerate(shingles) for b in shingles[:i])
    assert nearest < 0.5


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"min-leters": 1}, 'EXA001: unknown key "min-leters"; did you mean "min-letters"?'),
        ({"share": "all"}, "EXA001: share must be a number"),
    ],
)
def test_options_that_cannot_be(rules: dict[str, Rule], options: dict[str, Any], words: str) -> None:
    with pytest.raises(DatalintError) as caught:
        run_rule(rules["shouting-response"], rows=[YELL], options=options)
    assert words in str(caught.value)


@pytest.mark.parametrize("options", [{"min-letters": 2}, {"min_letters": 2}])
def test_options_in_either_spelling(rules: dict[str, Rule], options: dict[str, Any]) -> None:
    row = {"prompt": "Does it fold?", "completion": "YES"}
    assert len(run_rule(rules["shouting-response"], rows=[row], options=options)) == 1


def test_options_have_the_types_that_they_have_in_a_run(rules: dict[str, Rule]) -> None:
    # A list would be the wrong type for a rule that keeps something for each value of its options.
    rows = [{"prompt": "Does it fold?", "completion": "Yes."}]
    [finding] = run_rule(rules["unattributed-example"], rows=rows, options={"keys": ["page"]})
    assert finding.message == "no text under page"


@rule("KIT001", "kit-rule", severity=Severity.INFO, since="0.1", message="kit")
def raising(record: Record, options: Options) -> Iterator[Hit]:
    raise RuntimeError(f"on {record.value['n']}")


def test_a_rule_that_raises_fails_the_test() -> None:
    with pytest.raises(AssertionError, match=r"rule KIT001 \(kit-rule\) failed: RuntimeError: on 7"):
        run_rule(raising, rows=[{"n": 7}])


def test_rows_as_mappings_text_or_bytes(rules: dict[str, Rule]) -> None:
    row = {"prompt": "Does it fold?", "completion": "Yes."}
    found = rules["unattributed-example"]
    for arguments in (
        {"rows": [row]},
        {"rows": iter([row])},
        {"rows": ['{"prompt": "Does it fold?", "completion": "Yes."}']},
        {"data": b'{"prompt": "Does it fold?", "completion": "Yes."}'},
        {"data": b"prompt,completion\nDoes it fold?,Yes.\n", "name": "train.csv"},
    ):
        assert [finding.row for finding in run_rule(found, **arguments)] == [1]
    assert run_rule(found) == []


def test_hostile_rows_reach_the_rule(rules: dict[str, Rule]) -> None:
    rows = [{"prompt": "\ud83d", "completion": float("nan"), "\x1b": 10**30}]
    assert [finding.row for finding in run_rule(rules["unattributed-example"], rows=rows)] == [1]


DOCUMENT = """A page.

## Bad
```toml
limit = 3
```
```jsonl
{"n": 1}
# x 3

{"n": 2}
```
```jsonl file=more.jsonl vary=2
{"m": {n}}
```
```jsonl eval
{"n": 1}
```
```jsonl eval
{"n": 2}
```
## Good
```bytes
{"n": 1}\\r\\n\\xff
```
```toml config
category = "n"
```
```jsonl vary=2
{"n": {n}}
```
## Known limits
```jsonl
{"n": 3}
```
"""


def test_examples_of_a_page(rules: dict[str, Rule], monkeypatch: pytest.MonkeyPatch) -> None:
    page = rules["greeting-habit"]
    monkeypatch.setattr(sys.modules[page.module], "__doc__", DOCUMENT)
    examples = documented_examples(page)
    assert examples["Bad"].arguments == {
        "name": "train.jsonl",
        "rows": ['{"n": 1}', '{"n": 1}', '{"n": 1}', '{"n": 2}'],
        "data": None,
        "files": {"more.jsonl": ['{"m": 1}', '{"m": 2}']},
        "benchmark": None,
        "evaluation": ['{"n": 1}', '{"n": 2}'],
        "options": {"limit": 3},
        "config": {},
    }
    assert examples["Good"].arguments == {
        "name": "train.jsonl",
        "rows": ['{"n": 1}', '{"n": 2}'],
        "data": b'{"n": 1}\r\n\xff',
        "files": {},
        "benchmark": None,
        "evaluation": None,
        "options": {},
        "config": {"category": "n"},
    }
