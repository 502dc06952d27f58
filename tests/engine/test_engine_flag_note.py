"""The note on a yes or no next to answers that nothing learns, and proposals that learn one about two texts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from guess_runs import checked, write

import datalint

WORDS = ("mast", "keel", "sail", "anchor", "rope", "deck", "buoy", "hull")
ANSWER = "Ask the keeper of the harbour for it, who is at the pier"
PAIRS = (("question", "answer"), ("prompt", "response"), ("instruction", "output"), ("Frage", "Antwort"))


def notes(more: dict[str, list[Any]], pair: tuple[str, str] = PAIRS[0], rows: int = 24, **settings: Any) -> list[str]:
    """Return the notes on what is not learned of rows of a question and its answer."""
    said = [
        {pair[0]: f"Where is the {WORDS[n % 8]} of boat {n}?", pair[1]: f"{ANSWER} {n * 7}."}
        | {key: values[n % len(values)] for key, values in more.items()}
        for n in range(rows)
    ]
    report = datalint.lint(said, config={"select": ("FMT",), **settings})
    return [str(each) for each in report.notes if "not learned: if " in str(each)]


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("is_hate", [1, 0, 0]),
        ("is_rude", [True, False]),
        ("toxic", ["0", "1"]),
        ("flag", [False, True]),
        ("unsafe", ["yes", "no"]),
        ("hallucination", [0.0, 1.0]),
        ("helpful", ["true", "false"]),
        ("truncated", [1, 0]),
        ("korrekt", [0, 1]),
        # Names that say nothing.
        ("baz", [1, 0]),
        ("y", [1, 0]),
    ],
)
def test_a_yes_or_no_about_answers_is_noted_with_the_option_that_learns_it(
    key: str, values: list[Any], pair: tuple[str, str]
) -> None:
    said = notes({key: values}, pair)
    option = f"--columns prompt={pair[0]},context={pair[1]},response={key}"
    assert [each.partition(" ")[0] for each in said] == [f'"{key}"']
    assert said[0].endswith(f"to learn it instead: {option}")


def test_a_label_that_sorts_the_rows_is_noted_too() -> None:
    assert [each.partition(" ")[0] for each in notes({"label": [0, 1, 1]})] == ['"label"']


def test_several_judgements_are_named_together() -> None:
    flags = {key: [0, 1, 0] for key in ("toxic", "obscene", "insult", "threat")} | {"has_code": [1, 0]}
    assert notes(flags)[0].startswith('"toxic", "obscene", "insult" and 1 more (yes and no) are not learned')


@pytest.mark.parametrize(
    "more",
    [
        # Facts about a row.
        {"is_english": [True, False]},
        {"has_code": [1, 0]},
        {"synthetic": [1, 0]},
        {"is_multi_turn": [1, 0]},
        {"gender": [1, 0]},
        {"baz": [1, 0], "qux": [0, 1]},
        # The same in all rows, another number, and what few rows have.
        {"is_hate": [0]},
        {"is_hate": [0, 1, 2]},
        {"is_hate": [None, None, 0, 1]},
        {"is_hate": [1, 0, 10**4000, ["a"]]},
        # What other notes say.
        {"is_correct": [True, False]},
        {"rating": [0, 1]},
    ],
)
def test_facts_about_rows_and_other_values_are_not_noted(more: dict[str, list[Any]]) -> None:
    assert notes(more) == []


def test_few_rows_and_mapped_columns_are_not_noted() -> None:
    assert notes({"is_hate": [1, 0]}, rows=12) == []
    assert notes({"is_hate": [1, 0]}, columns={"prompt": "question", "response": "answer"}) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("{} {}", "{} {}"),
        ("The {} of boat {} lies there", "We saw no {} on {} days"),
        ("The {} of boat {} lies there", "We saw no {} on {} days, and waited for the keeper, who is at the pier"),
    ],
)
def test_a_flag_of_two_texts_without_telling_names_is_proposed_as_their_label(
    tmp_path: Path, one: str, other: str
) -> None:
    rows = [
        {"foo": one.format(WORDS[n % 8], n), "bar": other.format(WORDS[-n % 8], n * 3), "baz": n % 3 % 2}
        for n in range(60)
    ]
    report = checked(write(tmp_path / "train.jsonl", rows))
    (message,) = {each.message for each in report.findings if each.rule == "FMT101"}
    assert message.endswith("try --columns prompt=foo,context=bar,response=baz,category=baz")
