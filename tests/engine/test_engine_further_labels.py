"""The notes on labels that are not read: next to the one that is learned, or next to prompts that are read alone."""

from __future__ import annotations

from typing import Any

import pytest

import datalint

SAID = ("The gate of dock {n} is open", "A crane has dropped its load at dock {n}", "Who is on call at dock {n}")
LEVELS = ("low", "high", "none")


def rows_with(labels: dict[str, tuple[Any, ...]], *, text: str = "text", count: int = 60) -> list[dict[str, Any]]:
    """Return rows of a text and labels, each of which runs through its values at a pace of its own."""
    return [
        {text: SAID[n % 3].format(n=n)}
        | {key: values[n // place % len(values)] for place, (key, values) in enumerate(labels.items(), 1)}
        for n in range(count)
    ]


def notes_on(rows: list[dict[str, Any]], words: str) -> list[str]:
    """Return what the notes with certain words say after the name of the source."""
    return [note for note in datalint.lint(rows, config={"select": ("FMT",)}).notes if words in note]


@pytest.mark.parametrize(
    ("labels", "learned", "further"),
    [
        ({"intent": ("pay", "moor"), "risk": LEVELS, "risk_level": (1, 2, 3)}, "intent", "risk+risk_level"),
        ({"label": ("pay", "moor"), "urgencia": LEVELS}, "label", "urgencia"),
        ({"sentiment": ("good", "bad"), "emotion": ("joy", "fear", "anger")}, "sentiment", "emotion"),
        ({"category": ("pay", "moor"), "subcategory": ("fee", "berth", "rope")}, "category", "subcategory"),
        # Where a text is from, what it is about, how sure somebody is, what a model says, another form of the label.
        ({"label": ("pay", "moor"), "source": LEVELS, "topic": LEVELS, "difficulty_level": LEVELS}, "label", ""),
        ({"label": ("pay", "moor"), "label_confidence": LEVELS, "predicted_intent": LEVELS}, "label", ""),
        ({"label": ("pay", "moor"), "label_text": ("Pay", "Moor")}, "label", ""),
        # How many people chose it.
        ({"label": ("pay", "moor"), "offensive_language": (0, 1, 2, 3)}, "label", ""),
    ],
)
def test_labels_next_to_the_learned_one_are_named(labels: dict[str, Any], learned: str, further: str) -> None:
    notes = notes_on(rows_with(labels), "to learn all: ")
    option = f"--columns prompt=text,response={learned}+{further},category={learned}"
    assert [each.partition("to learn all: ")[2] for each in notes] == [option] * bool(further)
    assert all(f'"{learned}" is learned' in each for each in notes)


def test_a_label_that_the_learned_one_decides_is_not_named() -> None:
    rows = [row | {"priority": row["intent"].upper()} for row in rows_with({"intent": ("pay", "moor", "leave")})]
    assert notes_on(rows, "to learn all: ") == []


def test_the_option_that_is_named_reads_all_labels() -> None:
    rows = rows_with({"intent": ("pay", "moor"), "risk": LEVELS})
    columns = {"prompt": "text", "response": "intent+risk", "category": "intent"}
    report = datalint.lint(rows, config={"select": ("FMT",), "columns": columns})
    assert (report.findings, notes_on(rows, "not read")) != ([], [])
    assert not [note for note in report.notes if "to learn all" in note]


@pytest.mark.parametrize(
    ("expected", "read"),
    [
        ({"expected_tool": ("mail", "call"), "expected_args": ({"to": "Ada"}, {"to": "Ben"})}, True),
        ({"gold_intent": ("pay", "moor"), "gold_urgency": LEVELS}, True),
        # What an answer is checked by.
        ({"expected_keywords": (["fee"], ["rope"])}, False),
        ({"must_mention": LEVELS}, False),
    ],
)
@pytest.mark.parametrize("count", [8, 60])
def test_what_is_expected_of_prompts_alone_is_named(expected: dict[str, Any], read: bool, count: int) -> None:
    notes = notes_on(rows_with(expected, text="prompt", count=count), "what is expected of the answers")
    option = f"--columns prompt=prompt,response={'+'.join(expected)}"
    assert [each.partition("of the answers: ")[2] for each in notes] == [option] * read


@pytest.mark.parametrize(("key", "read"), [("danger_level", "mapped"), ("reading_level", "text")])
def test_a_level_that_says_of_what_it_is_is_learned(key: str, read: str) -> None:
    report = datalint.lint(rows_with({key: LEVELS}), config={"select": ("FMT",)})
    assert [file.shape for file in report.files] == [read]


@pytest.mark.parametrize(("key", "said"), [("severity", "--columns prompt=log,response=severity"), ("host", "KEY")])
def test_how_bad_a_line_of_a_log_is_is_proposed_as_a_label(key: str, said: str) -> None:
    report = datalint.lint(rows_with({key: LEVELS}, text="log"), config={"select": ("FMT101",)})
    assert {said in finding.message for finding in report.findings} == {True}
