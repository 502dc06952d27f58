"""What a rule declares in ``needs`` it gets, whichever other rules run; what is missing makes it not assessed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from datalint import Report
from datalint.api import Dataset, Hit, Options, RuleError, Severity, rule
from datalint.config.load import load_settings
from datalint.core.needs import GUARDED, NEEDS
from datalint.core.registry import Registry
from datalint.engine.reduce.measures import all_measures
from datalint.operations.check import run_lint
from datalint.records.analyses import Analyses
from datalint.report.json_report import to_dict
from datalint.sources import open_sources
from datalint.sources.readers.memory import from_object
from datalint.testing import run_rule, sentence
from datalint.testing.running import rows_as_jsonl

Rows = list[dict[str, Any]]


def row(number: int, **more: Any) -> dict[str, Any]:
    return {"prompt": sentence(number), "completion": sentence(1000 + number), **more}


#: Rows in which every analysis finds something.
ROWS: Rows = [
    *(row(number, topic="ab"[number % 2], reviewed=True, user=number) for number in range(12)),
    row(0, topic="a", reviewed=False) | {"prompt": f"{sentence(0)} now"},
    *({"prompt": f"What is {n} plus {n}?", "completion": sentence(50 + n), "topic": "c"} for n in range(4)),
    *({"prompt": "Is it so?", "completion": answer, "topic": "c"} for answer in ("Yes", "No")),
    *({"prompt": "Say something.", "completion": sentence(n), "topic": "c"} for n in (80, 81)),
    {
        "prompt": "A robe takes 2 bolts of blue cloth and 7 of white from Lyon. How many in total?",
        "completion": "Nine.",
    },
]
HELD: Rows = [
    row(1, user=5),
    row(200),
    row(2) | {"prompt": f"{sentence(2)} now"},
    {"prompt": f"{sentence(3)} now", "completion": sentence(333)},
    {
        "prompt": "For a robe, 2 bolts of blue cloth from Lyon and 7 of white are needed. What is the sum?",
        "completion": "9",
    },
]
BENCHMARK: Rows = [{"question": f"Is it true that {sentence(4)}", "answer": "Yes"}]

PLUGIN = '''"""A rule of a plug-in.

## What it does
## Why it matters
## Bad
## Good
## What to do
"""

from collections.abc import Iterator

from datalint.api import {unit}, Hit, Options, Severity, frozen, option, rule


@frozen
class PluginOptions(Options):
    """Options of the rule."""

    schema: str = option("", "a JSON Schema", setting="schema")


@rule("PLUG001", "plugged", severity=Severity.INFO, since="1.0", needs={needs})
def plugged(data: {unit}, options: PluginOptions) -> Iterator[Hit]:
    """Yield what the rule sees."""
    yield Hit(str({sees}))
'''

#: What a rule that declares a need sees of it in the rows above, without any other rule.
SEEN: dict[str, tuple[str, str]] = {
    "near": ("[group.rows for group in data.near]", "[[0, 12]]"),
    "families": ("[group.rows for group in data.families]", "[[13, 14, 15, 16]]"),
    "prompts": ("[group.rows for group in data.repeated_prompts]", "[[17, 18], [19, 20]]"),
    "conflicts": ("[group.rows for group in data.conflicts]", "[[17, 18]]"),
    "category": ("data.category.counts", "{'c': 8, 'a': 7, 'b': 6}"),
    "distribution": ("data.category.expected", "{'a': 1.0}"),
    "review": ("(data.review.key, data.review.reviewed)", "('reviewed', 12)"),
    "evaluation": ("data.evaluation.height", "5"),
    "groups": ("[tuple(group) for group in data.shared_groups]", "[('user', [5], [0])]"),
    "near-prompts": ("[(leak.evaluation, leak.training) for leak in data.near_prompts]", "[(3, 3)]"),
    "embeddings": ("[(found.evaluation, found.training) for found in data.paraphrases]", "[(4, 21)]"),
    "benchmark": ("[tuple(each)[1:] for each in data.contamination.benchmarks]", "[(1, 1)]"),
    "provenance": ("[name[-7:] for name in data.provenance]", "['LICENSE']"),
    "leaks": ("[(leak.evaluation, leak.training, leak.kind) for leak in data.leaks]", "[(0, 1, 'normalized')]"),
    "held-out-evaluation": ("data.evaluation is None", "False"),
    "schema": ("options.schema", "{}"),
    "target": ("[each.name for each in data.targets]", "['bedrock-nova']"),
    "examples": ("data.size", "22"),
    "answers": ("data.kind", "sft"),
    "plan": ("data.training.plan.goal", "style"),
    "memory": ("(data.training.model.layers, data.training.gpu.usable)", "(36, 24.0)"),
    "model": ("(data.examples['injected'] != '').sum()", "0"),
    "tokens": ("(data.examples['trained_tokens'] - data.examples['response_chars']).sum()", "22"),
}
MODEL = Path(__file__).parents[2] / "fixtures" / "models" / "chatml"
GIVEN: dict[str, Any] = {
    "balance": {"field": "topic", "expected": {"a": 1.0}},
    "schema": "{}",
    "target": "bedrock-nova",
    "model": str(MODEL),
    "group-by": ["user"],
    "benchmarks": {"paths": ["benchmark.jsonl"]},
    "plan": {"goal": "style", "base-model": "Qwen/Qwen3-8B", "method": "lora", "gpu": "24GB"},
}
#: Inputs without what a need provides: training rows, evaluation rows and settings.
BARE: Rows = [row(number) for number in range(12)]
LACKING: dict[str, tuple[Rows, Rows | None, dict[str, Any]]] = {
    "category": (BARE, HELD, {}),
    "distribution": (ROWS, HELD, {"balance": {"field": "topic"}}),
    "review": (BARE, HELD, {}),
    "evaluation": (ROWS, None, {}),
    "leaks": (ROWS, None, {}),
    "held-out-evaluation": (ROWS, None, {"eval": False}),
    "schema": (ROWS, HELD, {}),
    "groups": (ROWS, HELD, {}),
    "near-prompts": (ROWS, None, {}),
    "benchmark": (ROWS, HELD, {}),
    "provenance": (ROWS, HELD, {}),
    "target": (ROWS, HELD, {}),
    "plan": (ROWS, HELD, {}),
    "memory": (ROWS, HELD, {}),
    "examples": ([{"zzz": number} for number in range(12)], HELD, {}),
    "answers": (ROWS, HELD, {"kind": "rl"}),
    "model": (ROWS, HELD, {}),
    "tokens": (ROWS, HELD, {}),
}


def lint(
    folder: Path,
    needs: object,
    sees: str,
    *,
    unit: str = "Dataset",
    rows: Rows = ROWS,
    held: Rows | None = HELD,
    **config: Any,
) -> Report:
    """Run the rule of a plug-in and no built-in one."""
    path = folder / "plugged.py"
    path.write_text(PLUGIN.format(unit=unit, needs=needs, sees=sees), encoding="utf-8")
    for name, written in (("train.jsonl", rows), ("benchmark.jsonl", BENCHMARK)):
        (folder / name).write_bytes(rows_as_jsonl(written))
    (folder / "LICENSE").touch()
    if "benchmarks" in config:
        config["benchmarks"] = {"paths": [str(folder / each) for each in config["benchmarks"]["paths"]]}
    registry = Registry.default(local=[path])
    settings = load_settings(registry=registry, isolated=True, overrides={"select": ["PLUG001"], **config})
    # A licence is looked for beside a file.
    sources = open_sources([str(folder / "train.jsonl")]) if config else [from_object(rows)]
    return run_lint(settings, registry, sources, [] if held is None else [from_object(held)])


def test_every_need_is_tried() -> None:
    assert SEEN.keys() == NEEDS.keys()


@pytest.mark.parametrize("need", SEEN)
def test_a_rule_gets_what_it_declares(need: str, tmp_path: Path) -> None:
    sees, expected = SEEN[need]
    report = lint(tmp_path, {need}, sees, **GIVEN)
    assert [finding.message for finding in report.findings] == [expected]
    assert report.not_assessed == ()


@pytest.mark.parametrize("attribute", GUARDED)
def test_reading_what_is_not_declared_is_an_error(attribute: str, tmp_path: Path) -> None:
    report = lint(tmp_path, set(), f"data.{attribute}", **GIVEN)
    [finding] = report.findings
    assert (finding.rule, report.internal_errors) == ("INT001", 1)
    assert f'reads data.{attribute} without needs={{"{GUARDED[attribute]}"}}' in finding.message


def test_no_analysis_can_be_read_past_the_check() -> None:
    always = {"exact", "normalized", "anchor", "in_place", "near_search", "leak_search", "other_answers"}
    always |= {"continued", "more_examples", "files_alike", "files_of_classes", "shared_part", "shared_responses"}
    always |= {"maybe_evaluation", "group_key", "connected", "independent_shapes", "other_values"}
    assert set(Analyses.__dataclass_fields__) - always == GUARDED.keys()


@pytest.mark.parametrize("need", LACKING)
def test_a_rule_whose_need_is_missing_is_not_assessed(need: str, tmp_path: Path) -> None:
    rows, held, config = LACKING[need]
    report = lint(tmp_path, {need}, "'ran'", rows=rows, held=held, **config)
    assert list(report.findings) == []
    [missing] = report.not_assessed
    assert (missing.code, missing.name) == ("PLUG001", "plugged")
    remedy = NEEDS[need].remedy if need != "held-out-evaluation" else "evaluation is switched off (eval = false)"
    assert to_dict(report)["not_assessed"] == {"PLUG001": {"name": "plugged", "reason": remedy}}


def test_the_reason_names_what_the_data_has(tmp_path: Path) -> None:
    rows = [row(number, topic=f"dock {number}") for number in range(30)]
    [missing] = lint(tmp_path, {"category"}, "'ran'", rows=rows).not_assessed
    assert missing.reason.startswith("'topic' is no category: its values hardly repeat")


def test_the_extra_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("datalint.neardup.semantic.is_installed", lambda: False)
    [missing] = lint(tmp_path, {"embeddings"}, "'ran'").not_assessed
    assert missing.reason == NEEDS["embeddings"].remedy


def test_evaluation_rows_without_the_key_of_a_group(tmp_path: Path) -> None:
    held = [row(200), row(201)]
    [missing] = lint(tmp_path, {"groups"}, "'ran'", held=held, **{"group-by": ["user"]}).not_assessed
    assert missing.reason.startswith('no evaluation row has a value under "user"')


def test_a_benchmark_of_unknown_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("test_engine_needs.BENCHMARK", [{"zzz": 1}])
    [missing] = lint(tmp_path, {"benchmark"}, "'ran'", benchmarks={"paths": ["benchmark.jsonl"]}).not_assessed
    assert missing.reason.startswith("no row of the benchmark is long enough, or of a known shape")


@pytest.mark.parametrize("unit", ["Record", "FileFacts"])
def test_rules_of_every_scope_have_needs(unit: str, tmp_path: Path) -> None:
    assert len(lint(tmp_path, {"schema"}, "options.schema", unit=unit, **GIVEN).findings) > 0
    report = lint(tmp_path, {"schema"}, "options.schema", unit=unit)
    assert (len(report.findings), len(report.not_assessed)) == (0, 1)


class TestMeasures:
    def test_a_rule_reads_the_measures_that_rest_on_what_it_declares(self, tmp_path: Path) -> None:
        report = lint(tmp_path, {"near"}, "(data.measures['effective-examples'], data.measures['examples'])")
        assert [finding.message for finding in report.findings] == ["(21, 22)"]

    @pytest.mark.parametrize("name", [name for name, each in all_measures().items() if each.needs])
    def test_a_measure_that_needs_more_is_an_error(self, name: str, tmp_path: Path) -> None:
        [finding] = lint(tmp_path, set(), f"data.measures['{name}']", **GIVEN).findings
        assert f'reads the measure "{name}" without needs={{"' in finding.message.replace("\\", "")

    def test_a_measure_of_findings_is_known_only_afterwards(self, tmp_path: Path) -> None:
        [finding] = lint(tmp_path, set(), "data.measures['quality-error-share']").findings
        assert "known only after all rules have run" in finding.message


def test_the_test_kit_knows_the_same_needs() -> None:
    def function(data: Dataset, options: Options) -> Any:
        yield Hit(str(len(data.near)))

    function.__annotations__ = {"data": Dataset, "options": Options}
    options: dict[str, Any] = {"severity": Severity.INFO, "since": "1.0"}
    assert [
        each.message for each in run_rule(rule("KIT001", "kit", needs={"near"}, **options)(function), rows=ROWS)
    ] == ["1"]
    with pytest.raises(AssertionError, match=r"reads data\.near without needs"):
        run_rule(rule("KIT001", "kit", **options)(function), rows=ROWS)


def test_an_unknown_need_is_refused_where_it_is_declared() -> None:
    with pytest.raises(
        RuleError, match=r"test_engine_needs\.py:\d+: KIT001 has an unknown need 'nere'; there are near,"
    ):

        @rule("KIT001", "kit", severity=Severity.INFO, since="1.0", needs={"nere"})
        def kit(data: Dataset, options: Options) -> Any:
            return []
