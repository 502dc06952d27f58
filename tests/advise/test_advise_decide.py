"""Every leaf of the guide's decision tree and every row of its table is reached, and the data answers what it can."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from advise_samples import data_facts

from datalint.advise.decide import _LEAVES, TABLE, decide
from datalint.advise.facts import Answers, Grounding

GUIDE = Path(__file__).parents[2] / "docs" / "guide.md"

LEAVES = [
    (Answers(knowledge=True, retrievable=True), "retrieval", "use retrieval (RAG)"),
    (Answers(knowledge=True, retrievable=False), "both", "consider fine-tuning, or RAG and fine-tuning"),
    (Answers(knowledge=False, format_or_style=True, prompt_solves=True), "prompt", "use a prompt"),
    (Answers(knowledge=False, format_or_style=True, prompt_solves=False), "fine-tune", "fine-tune"),
    (
        Answers(knowledge=False, format_or_style=False, latency_or_cost=True),
        "smaller-model",
        "fine-tune a smaller model",
    ),
    (
        Answers(knowledge=False, format_or_style=False, latency_or_cost=False),
        "none",
        "the base model is enough",
    ),
]


@pytest.mark.parametrize(("answers", "choice", "leaf"), LEAVES, ids=[leaf for _, _, leaf in LEAVES])
def test_every_leaf_is_reached_and_says_what_would_change_it(answers: Answers, choice: str, leaf: str) -> None:
    found = decide(answers, None)
    assert (found.choice, found.leaf, found.open) == (choice, leaf, None)
    assert found.changes
    assert all(step.source for step in found.path)
    assert leaf in " ".join(GUIDE.read_text(encoding="utf-8").split())


def test_the_leaves_are_those_of_the_guide() -> None:
    tree = GUIDE.read_text(encoding="utf-8").partition("As a decision tree:")[2].partition("```\n")[0]
    answers = re.findall(r"─ (?:yes|no): +(.+)", tree)
    assert [leaf for leaf in answers if not leaf.endswith("?")] == [leaf for leaf, _, _ in _LEAVES.values()]
    assert {leaf for _, _, leaf in LEAVES} == {leaf for leaf, _, _ in _LEAVES.values()}


def test_the_table_is_that_of_the_guide() -> None:
    section = GUIDE.read_text(encoding="utf-8").partition("## When to fine-tune")[2]
    rows = re.findall(r"^\| ([^|]+) \| (yes|no: [^|]+) \|$", section, re.MULTILINE)
    assert [(row.words, "yes" if row.fine_tune else f"no: {row.instead}") for row in TABLE] == rows


@pytest.mark.parametrize("row", TABLE, ids=[row.goal for row in TABLE])
def test_every_row_leads_to_its_choice(row: object) -> None:
    found = decide(Answers(goal=row.goal), None)  # type: ignore[attr-defined]
    assert found.row == row
    expected = {
        "style": "fine-tune", "shorter-prompts": "smaller-model", "vocabulary": "fine-tune", "speed": "smaller-model",
        "output-format": "prompt", "domain-knowledge": "retrieval", "general-questions": "none",
    }  # fmt: skip
    assert found.choice == expected[row.goal]  # type: ignore[attr-defined]


def test_a_leaf_with_one_row_names_it() -> None:
    found = {leaf: decide(answers, None).row for answers, _, leaf in LEAVES}
    goals = {leaf: row.goal for leaf, row in found.items() if row is not None}
    assert goals == {
        "use retrieval (RAG)": "domain-knowledge", "consider fine-tuning, or RAG and fine-tuning": "domain-knowledge",
        "the base model is enough": "general-questions",
    }  # fmt: skip


def test_an_answer_goes_over_the_goal() -> None:
    assert decide(Answers(goal="style", knowledge=True, retrievable=True), None).choice == "retrieval"


def test_nothing_known_is_not_assessed() -> None:
    found = decide(Answers(), None)
    assert (found.choice, found.open, len(found.path)) == (None, "knowledge", 1)
    assert "--knowledge yes|no" in found.changes[0]


@pytest.mark.parametrize("task", ["classification", "structured-output", "tool-use"])
def test_labels_json_and_calls_are_a_format(task: str) -> None:
    found = decide(Answers(), data_facts(task=task, json_keys=("a", "b")))
    assert [(step.question, step.answer) for step in found.path] == [
        ("knowledge", False),
        ("format_or_style", True),
        ("prompt_solves", None),
    ]


def test_answers_with_facts_of_their_own_ask_for_knowledge() -> None:
    shown = decide(Answers(), data_facts(grounding=Grounding(100, 90, 80)))
    assert (shown.path[0].answer, shown.open) == (True, "retrievable")
    assert "80 of 100 answers" in shown.path[0].because


def test_grounded_answers_ask_for_none() -> None:
    found = decide(Answers(), data_facts(grounding=Grounding(100, 90, 2, grounded=82))).path[0]
    assert (found.answer, found.because) == (
        False,
        "82 of 90 answers with names or numbers take all of them from their prompts",
    )


def test_answers_that_add_no_recognised_names_may_still_add_facts() -> None:
    assert decide(Answers(), data_facts(grounding=Grounding(100, 90, 2, grounded=80))).path[0].answer is None


def test_one_persona_is_not_taken_for_knowledge() -> None:
    found = Grounding(100, 90, 80, persona="Vicuna")  # type: ignore[arg-type]
    assert decide(Answers(), data_facts(grounding=found)).path[0].answer is None


def test_few_names_say_nothing() -> None:
    assert decide(Answers(), data_facts(grounding=Grounding(100, 10, 2))).path[0].answer is None
    assert decide(Answers(), data_facts(grounding=Grounding(100, 60, 40))).path[0].answer is None
    assert decide(Answers(), data_facts(grounding=Grounding(9, 9, 9))).path[0].answer is None
