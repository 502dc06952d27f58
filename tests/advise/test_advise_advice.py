"""The advice: statements with sources, anti-patterns, methods, settings, prices, and what is not assessed."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest
from advise_samples import advice, data_facts, training
from every import every

from datalint.advise import checks, cost, fit, sources
from datalint.advise.advice import advise
from datalint.advise.architecture import known
from datalint.advise.facts import Answers, Grounding, SystemPrompt
from datalint.core.kind import Goal
from datalint.report.advice.text import to_text
from datalint.report.advice.view import advice_sections
from datalint.report.layout import width_of

GUIDE = Path(__file__).parents[2] / "docs" / "guide.md"
MODEL = "meta-llama/Llama-3.1-8B"


def patterns(**given: object) -> dict[str, str]:
    answers = given.pop("answers", None)
    data = given.pop("data", data_facts())
    return {each.name: each.status for each in advice(answers, data, **given).patterns}  # type: ignore[arg-type]


KNOWLEDGE = "fine-tuning for general knowledge"
TINY = "a tiny training set"
EVALUATION = "no evaluation method"
LARGEST = "starting with the largest model"
BASELINE = "no comparison with the base model plus a good prompt"
GOOD = {
    "goal": "style", "base_model": "Qwen/Qwen3-8B", "models": {"Qwen/Qwen3-4B": 0.4}, "prompt_baseline": 0.5,
    "metric": "F1",
}  # fmt: skip


def test_a_good_plan_has_none_of_the_anti_patterns() -> None:
    assert set(patterns(**GOOD).values()) == {"not found"}
    assert list(patterns(**GOOD)) == [KNOWLEDGE, TINY, EVALUATION, LARGEST, BASELINE]


def of_guide(section: str) -> list[tuple[str, str]]:
    """Return the first two columns of a section's table in the guide."""
    text = GUIDE.read_text(encoding="utf-8").partition(f"\n## {section}\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \|", text, re.MULTILINE)
    return [row for row in rows if not row[0].startswith("---")][1:]


def test_the_anti_patterns_are_those_of_the_guide() -> None:
    assert [(each.name, each.instead) for each in advice().patterns] == of_guide("Anti-patterns")


def test_the_methods_are_those_of_the_guide() -> None:
    names = {"full fine-tuning": "full", "LoRA": "lora", "QLoRA": "qlora", "prompt tuning": "prompt-tuning"}
    assert [(names[name], memory) for name, memory in of_guide("Methods")] == [*fit.GUIDE.items()]


@every(
    ("name", "changed"),
    [
        (KNOWLEDGE, {"goal": "domain-knowledge"}),
        (KNOWLEDGE, {"goal": "general-questions"}),
        (KNOWLEDGE, {"data": data_facts(grounding=Grounding(100, 90, 80, "a.jsonl:1", ("Eiffel",)))}),
        (TINY, {"data": data_facts(effective=80)}),
        (EVALUATION, {"metric": None}),
        (EVALUATION, {"data": data_facts(evaluation=None)}),
        (LARGEST, {"models": {"Qwen/Qwen3-4B": False}}),
        (BASELINE, {"prompt_baseline": None}),
        # Without data, the plan is still read.
        (KNOWLEDGE, {"data": None, "goal": None, "knowledge": True}),
        (KNOWLEDGE, {"data": None, "goal": "general-questions"}),
        (LARGEST, {"data": None, "models": {"Qwen/Qwen3-4B": False}}),
        (BASELINE, {"data": None, "prompt_baseline": None}),
    ],
)
def test_each_anti_pattern_is_found_alone(name: str, changed: dict[str, object]) -> None:
    found = patterns(**{**GOOD, **changed})
    assert [each for each, status in found.items() if status == "found"] == [name]


@pytest.mark.parametrize(
    ("plan", "name", "status", "words"),
    [
        ({"goal": None, "knowledge": True, "retrievable": False}, KNOWLEDGE, "not found", "cannot be retrieved"),
        ({"goal": "domain-knowledge", "retrievable": False}, KNOWLEDGE, "not found", "cannot be retrieved"),
        ({"base_model": "acme/unknown"}, LARGEST, "not assessed", "the size of acme/unknown is not known"),
        ({"models": {"Qwen/Qwen3-14B": False}}, LARGEST, "not found", "a larger model is considered"),
        ({"models": {}}, LARGEST, "not found", "8.2 billion parameters"),
        ({}, LARGEST, "not found", "Qwen/Qwen3-4B, which is smaller, has a result"),
    ],
)
def test_why_a_plan_has_an_anti_pattern_or_not(plan: dict[str, object], name: str, status: str, words: str) -> None:
    found = advice(None, data_facts(), **{**GOOD, **plan})
    pattern = next(each for each in found.patterns if each.name == name)
    assert (pattern.status, words in pattern.words) == (status, True), pattern


@pytest.mark.parametrize(
    ("plan", "remedy"),
    [
        ({"base_model": MODEL, "method": "full"}, "lora fits"),
        ({"base_model": MODEL, "method": "lora", "rank": 512}, "rank 16 fits"),
        ({"base_model": "Qwen/Qwen3-32B", "method": "qlora", "stack": "stock"}, "it fits with a fused loss"),
        ({"base_model": "meta-llama/Llama-3.1-70B", "method": "qlora"}, "a smaller model, shorter rows or a larger"),
    ],
)
def test_what_would_fit_instead(plan: dict[str, object], remedy: str) -> None:
    [message] = checks.method_does_not_fit(training(gpu="24GB", **plan), data_facts(longest=100))
    assert f": {remedy}" in message


def test_an_error_does_not_depend_on_estimated_tokens() -> None:
    plan = training(base_model=MODEL, method="lora", stack="stock", gpu="24GB")
    sure, unsure = (data_facts(longest=3500, exact=each) for each in (True, False))
    assert list(checks.method_does_not_fit(plan, sure))
    assert not list(checks.method_does_not_fit(plan, unsure))
    of_sure, of_unsure = (advice(None, each, base_model=MODEL).methods[1].stock.total for each in (sure, unsure))
    assert of_unsure.low < of_sure.low < of_sure.high < of_unsure.high
    assert "3,500 tokens (estimated, ±28 %)" in to_text(advice(None, unsure, base_model=MODEL), 200)


@pytest.mark.parametrize("task", ["evaluation", "reinforcement"])
def test_rows_that_are_not_learned_set_no_training(task: str) -> None:
    found = advice(None, data_facts(task=task, evaluation=None, effective=80), base_model=MODEL, gpu="24GB")
    assert (found.run, found.methods, found.settings, found.lora_config, found.tokens) == (None, (), (), None, None)
    assert "method, memory, settings, time and price" in {each.what for each in found.missing}
    if task == "evaluation":
        statuses = {each.name: each.status for each in found.patterns}
        assert (statuses[TINY], statuses[EVALUATION]) == ("not assessed", "not assessed")
        assert not any("overfitting" in each.words for each in found.statements)


@pytest.mark.parametrize(
    ("goal", "title"),
    [("output-format", "Settings for LoRA, if you train all the same"), ("style", "Settings for LoRA")],
)
def test_settings_do_not_contradict_the_recommendation(goal: Goal, title: str) -> None:
    titles = [each.title for each in advice_sections(advice(Answers(goal=goal), data_facts()))]
    assert title in titles


def test_rows_that_were_not_read_are_no_tiny_training_set() -> None:
    assert patterns(data=data_facts(task=None, effective=0))[TINY] == "not assessed"


def test_answers_without_names_say_nothing_of_knowledge() -> None:
    assert patterns(data=data_facts(grounding=Grounding(1000, 20, 7)))[KNOWLEDGE] == "not assessed"
    assert patterns(data=data_facts(grounding=Grounding(1000, 900, 7)))[KNOWLEDGE] == "not assessed"
    assert patterns(data=data_facts(grounding=Grounding(1000, 900, 7, grounded=890)))[KNOWLEDGE] == "not found"


def test_without_facts_nothing_is_assessed() -> None:
    found = advice()
    assert found.choice is None
    assert {each.status for each in found.patterns} == {"not assessed"}
    assert {each.what for each in found.missing} >= {"the rest of the decision tree", "what the data shows"}
    assert all(each.supply for each in found.missing)


@pytest.mark.parametrize("method", ["full", "lora", "qlora", "prompt-tuning"])
def test_every_method_has_memory_and_settings(method: str) -> None:
    found = advice(Answers(goal="style"), data_facts(), base_model=MODEL, gpu="24GB", method=method)
    assert [each.method for each in found.methods] == ["full", "lora", "qlora", "prompt-tuning"]
    assert found.method == method
    assert all(each.source for each in found.settings)
    assert bool(found.lora_config) == (method in ("lora", "qlora"))


def test_the_methods_of_an_8b_model_on_24_gb() -> None:
    found = advice(None, data_facts(), base_model=MODEL, gpu="24GB")
    assert {each.method: each.fit for each in found.methods} == {
        "full": "does not fit", "lora": "fits", "qlora": "fits", "prompt-tuning": "fits",
    }  # fmt: skip
    assert found.method == "lora"


def test_a_smaller_gpu_gets_qlora_and_the_smallest_none() -> None:
    assert advice(None, data_facts(), base_model=MODEL, gpu="16GB").method == "qlora"
    assert advice(None, data_facts(), base_model=MODEL, gpu="4GB").method is None


def test_the_lora_share_of_the_guide_is_corrected() -> None:
    found = advice(None, data_facts(), base_model=MODEL, gpu="24GB", rank=16)
    assert "41,943,040 of 8,030,261,248 parameters: 0.52 %" in found.notes[0].words


def test_long_rows_are_called_less_certain() -> None:
    words = " ".join(each.words for each in advice(None, data_facts(longest=9000), base_model=MODEL).notes)
    assert "the interval widens" in words
    assert "9,000 tokens" in words


def test_each_kind_of_data_is_said_with_its_source() -> None:
    said = {
        "DPO": data_facts(task="preference", preferences=900),
        "The 920 other rows cannot be used": data_facts(effective=80),
        "KTO": data_facts(task="preference", preferences=0),
        "structured outputs": data_facts(task="structured-output", json_keys=("a",), json_share=1.0),
        "a prompt that lists them": data_facts(task="classification", answers=4),
        "break-even": data_facts(system=SystemPrompt(0.9, 400)),
        "needs? a grader|need a grader": data_facts(task="reinforcement"),
        "do not train on it": data_facts(task="evaluation"),
    }
    for words, data in said.items():
        found = [each for each in advice(None, data).statements if re.search(words, each.words)]
        assert found, words
        assert all(each.source for each in found)


def test_preferences_are_trained_at_a_lower_rate_and_pass_twice() -> None:
    pairs = data_facts(task="preference", preferences=1000)
    plain, twice = (advice(None, data, base_model=MODEL, method="lora") for data in (data_facts(), pairs))
    assert next(each.value for each in twice.settings if each.name == "learning rate") == "5e-6"
    assert twice.methods[1].stock.total.likely > plain.methods[1].stock.total.likely


def test_prices_are_dated_and_grow_stale() -> None:
    data = data_facts()
    young, old = (
        advise(Answers(), data, training(base_model="Qwen/Qwen3-8B", gpu="H100"), day)
        for day in (datetime.date(2026, 5, 1), datetime.date(2027, 5, 1))
    )
    assert young.costs
    assert not any(stale for cost, stale in young.costs if "by the hour" in cost.what)
    assert all(stale for _, stale in old.costs)


def test_a_mixture_takes_the_time_of_the_experts_that_read_a_token() -> None:
    dense, mixture = known("Qwen/Qwen3-32B"), known("Qwen/Qwen3-30B-A3B")
    assert dense is not None
    assert mixture is not None
    assert mixture.active_parameters == pytest.approx(3.3e9, rel=0.05)
    assert cost.time(1e9, mixture, None).high < cost.time(1e9, dense, None).low


def test_every_source_that_is_named_is_explained() -> None:
    found = advice(
        Answers(goal="style"),
        data_facts(
            task="structured-output",
            grounding=Grounding(10, 9, 9, "a:1", ("X",)),
            json_keys=("k",),
            system=SystemPrompt(1, 300),
        ),
        base_model=MODEL,
    )
    *_, last = advice_sections(found)
    assert last.title == "Sources"
    named = {words.partition(":")[0] for words, _ in last.lines}
    assert named <= set(sources.REFERENCES)
    assert {"Gekhman 2024", "structured outputs", "Lester 2021", "Unsloth"} <= named


@pytest.mark.parametrize("width", [60, 66, 80, 110])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    lines = to_text(advice(data=data_facts(), base_model="google/gemma-2-27b"), width).splitlines()
    assert any(line.lstrip().startswith("B200") for line in lines)
    assert [line for line in lines if width_of(line) > width] == []


@pytest.mark.parametrize(
    ("goal", "line"),
    [
        ("style", "Fine-tune for style and tone? Yes."),
        ("general-questions", "Fine-tune for general questions? No: use the base model."),
    ],
)
def test_the_row_of_the_table_is_a_sentence(goal: Goal, line: str) -> None:
    found = next(advice_sections(advice(Answers(goal=goal))))
    assert line in [words for words, _ in found.lines]
