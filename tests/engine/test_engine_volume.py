"""How many examples the volume factor counts."""

from __future__ import annotations

import math
import re
from itertools import combinations
from typing import Any

import datalint
from datalint.support.varied import sentence


def passage(name: str, answers: list[str]) -> dict[str, Any]:
    """Return a passage with a question for each answer."""
    asked = [
        {"question": f"What is item {n} of {name}?", "answers": [{"text": each}]} for n, each in enumerate(answers)
    ]
    return {"context": f"The {name} list has these items: {', '.join(answers)}.", "qas": asked}


def volume(*rows: dict[str, Any]) -> tuple[float | None, list[str]]:
    """Return the effective examples, and the notes on volume."""
    report = datalint.lint(list(rows), config={"select": ["VOL"]})
    return report.measures["effective-examples"], [note for note in report.notes if note.startswith("volume")]


def test_each_answer_about_a_passage_counts() -> None:
    rows = passage("north", ["oak", "elm", "ash"]), passage("south", ["salt"]), passage("west", ["tin", "zinc"])
    assert volume(*rows) == (6, ["volume counts each response of a row: 6 in 3 rows"])


def test_training_and_evaluation_are_counted_alike() -> None:
    report = datalint.lint(
        [passage(f"northern{n}", ["oak", "elm", "ash"]) for n in range(30)],
        eval=[passage(f"southern{n}", ["salt", "tin"]) for n in range(15)],
        config={"select": ["RDY002"]},
    )
    assert report.measures["evaluation-examples"] == 30
    assert [found.message for found in report.findings] == ["30 evaluation examples, minimum 50"]


def test_a_repeated_passage_counts_once() -> None:
    rows = passage("north", ["oak", "elm", "ash"]), passage("north", ["oak", "elm", "ash"]), passage("east", ["fig"])
    assert volume(*rows)[0] == 4


def test_a_long_text_counts_as_often_as_it_is_cut() -> None:
    line, book = {"text": sentence(1)}, {"text": " ".join(map(sentence, range(3_000)))}
    report = datalint.lint([line, book, line])
    parts = math.ceil(report.tokens / 4_096)
    assert parts > 5
    assert report.measures["effective-examples"] == parts + 1
    assert report.factors["volume"].deciding.detail == "3 read, 1 repeat, long ones in parts of 4,096 tokens"
    [found] = report.findings.of("VOL001")
    read = "(3 rows read: 1 repeat), as a long text counts as several"
    assert found.message.startswith(f"{parts + 1} effective examples, minimum 500 {read}")
    assert datalint.lint([line, book, line], config={"kind": "sft"}).measures["effective-examples"] == 2


def test_a_conversation_counts_once() -> None:
    turns = [{"role": role, "content": f"{role} {n}"} for n in range(3) for role in ("user", "assistant")]
    assert volume({"messages": turns}) == (1, [])


def answered(prompts: int, rows: int) -> list[dict[str, Any]]:
    """Return prompts with two answers each, and further rows with one."""
    words = ["amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "haven", "inlet", "jetty", "knoll", "larch"]
    twice = [
        {"prompt": f"Describe the {words[n]}.", "completion": f"The {words[n]} {said} every visitor who comes along."}
        for n in range(prompts)
        for said in ("pleases", "bores")
    ]
    return [*twice, *({"prompt": f"Name number {n}.", "completion": f"It is called {n * 7}."} for n in range(rows))]


def test_predictions_of_tasks_to_annotate_are_a_note() -> None:
    value = {"value": {"choices": ["capacity"]}}
    tasks = [{"data": {"text": f"Dock {n} is full."}, "predictions": [{"result": [value]}]} for n in range(3)]
    notes = [note for note in datalint.lint(tasks).notes if note.startswith("answers")]
    assert notes == ["answers: 3 rows have the predictions of a model, which no person has annotated yet"]


#: The rule whose analysis finds prompts with several answers; among thousands of rows, others take much longer.
SELECT = {"select": ("DIV005",)}


def test_many_prompts_with_several_answers_are_a_note() -> None:
    def notes(prompts: int, rows: int) -> list[str]:
        report = datalint.lint(answered(prompts, rows), config=SELECT)
        return [note for note in report.notes if note.startswith("answers")]

    assert notes(12, 30) == ["answers: 12 prompts have several different answers each, in 24 of 54 rows"]
    assert notes(9, 3) == []
    assert notes(10, 80) == ["answers: 10 prompts have several different answers each, in 20 of 100 rows"]
    assert notes(12, 1000) == ["answers: 12 prompts have several different answers each, in 24 of 1,024 rows"]
    assert notes(12, 2500) == []
    # Rows that repeat are rows with such a prompt too.
    report = datalint.lint([*answered(12, 2500), *answered(12, 0)], config=SELECT)
    [note] = [note for note in report.notes if note.startswith("answers")]
    assert note == "answers: 12 prompts have several different answers each, in 48 of 2,548 rows"


def test_many_prompts_with_several_pairs_are_a_note() -> None:
    """Ten chosen answers to one that is rejected are ten rows, which their number alone does not say."""
    rows = [{"prompt": row["prompt"], "chosen": row["completion"], "rejected": "No."} for row in answered(12, 30)]
    [note] = [note for note in datalint.lint(rows).notes if note.startswith("answers")]
    assert note == "answers: 12 prompts have several different pairs each, in 24 of 54 rows"


def dialogues(number: int, turns: int) -> list[list[dict[str, str]]]:
    """Return dialogues, each as the messages of all of its turns, which end with the assistant's."""
    return [
        [
            {"role": role, "content": f"{part} {sentence(100 * each + 10 * turn + (role == 'user'))}"}
            for turn in range(turns)
            for role, part in (("user", "I ask:"), ("assistant", "I say:"))
        ]
        for each in range(number)
    ]


def test_rows_with_further_turns_of_a_dialogue_are_no_copies_where_many_are() -> None:
    def lint(said: list[list[dict[str, str]]]) -> tuple[list[str], int]:
        rows = [{"messages": each[:end]} for each in said for end in range(2, len(each) + 1, 2)]
        each = {"near-duplicate": {"notes": 100}}
        report = datalint.lint(rows, config={"select": ("DIV003",), "rules": each})
        return [note for note in report.notes if "continue the dialogue" in note], len(report.findings)

    [note], copies = lint(dialogues(10, 10))
    assert copies == 0
    assert note.startswith("23 of 100 rows continue the dialogue of another row and are not counted as copies")
    assert lint(dialogues(2, 10)) == ([], 5)


def test_prompts_with_contradicting_answers_count_among_the_many() -> None:
    """Whether a few of the answers contradict each other decides no note about all others."""
    rows = answered(11, 88)
    asked = [{"prompt": "Is the ferry late?", "completion": said} for said in ("Yes", "No")]
    found = datalint.lint([*rows, *asked], config={"select": ("DIV005",)})
    assert [finding.rule for finding in found.findings] == ["DIV005"]
    assert "answers: 11 prompts have several different answers each, in 22 of 112 rows" in found.notes


def test_questions_of_few_passages_are_counted_without_repeats() -> None:
    rows = [passage(f"quay {n}", ["oak", "elm", "ash"]) for n in range(4)]
    found = datalint.lint(rows, config={"select": ("VOL001",)}).findings
    assert [each.message for each in found] == [
        "12 effective examples, minimum 500; under 100 a model overfits and does not improve"
    ]


def test_an_evaluation_set_without_answers_says_so() -> None:
    rows = [{"question": f"Which boat is at quay {n}?"} for n in range(60)]
    report = datalint.lint(rows, config={"kind": "evaluation", "columns": {"prompt": "question"}})
    assert [note for note in report.notes if note.startswith("answers")] == [
        "answers: no row has one that is read, so the scores are about the prompts alone; if a key has them: "
        "--columns prompt=question,response=KEY"
    ]
    judged = [{"turns": [row["question"]], "reference": ["Boat 7."] if n else []} for n, row in enumerate(rows)]
    [note] = [each for each in datalint.lint(judged, config={"kind": "evaluation"}).notes if each.startswith("answers")]
    assert note.endswith("; if 'reference' has them: --columns prompt=KEY,response=reference")
    answered_too = [{**row, "answer": "The ferry."} for row in rows]
    report = datalint.lint(answered_too, config={"kind": "evaluation"})
    assert not [note for note in report.notes if note.startswith("answers")]


def test_repeats_that_may_be_different_examples_are_named_and_copies_are_not() -> None:
    words = "mast rope sail deck keel anchor winch rudder compass chart lantern buoy".split()
    sets = list(combinations(words, 9)) + list(combinations(words, 8))
    rows = [{"text": " ".join(each)} for each in sets[:520]]
    (found,) = datalint.lint(rows, config={"select": ["VOL001"]}).findings
    assert re.search(
        r"repeats, \d+ % of the valid rows; all with a similarity under 0.85, often different", found.message
    )
    rows = [{"text": " ".join(each) + end} for each in sets[:200:40] for end in ("", " again")]
    (found,) = datalint.lint(rows, config={"select": ["VOL001"]}).findings
    assert "5 repeats)" in found.message
    assert "under 0.85" not in found.message


def test_a_repeat_of_a_low_similarity_is_one_number() -> None:
    text = "The mast and the rope and the sail stand on the deck near the keel while an anchor hangs off the bow"
    rows = [{"text": text}, {"text": f"{text} with a winch and a lantern"}]
    (found,) = datalint.lint(rows, config={"select": ["VOL001"]}).findings
    assert "1 repeat with a similarity under 0.85, often a different example)" in found.message


def test_answers_to_empty_prompts_are_counted_as_empty() -> None:
    rows = [{"prompt": "" if n < 3 else f"Which boat is at quay {n}?", "completion": f"Boat {n}."} for n in range(40)]
    (found,) = datalint.lint(rows, config={"select": ["VOL001"]}).findings
    assert found.message.startswith("37 effective examples")
    assert "(40 rows read: 3 empty)" in found.message
