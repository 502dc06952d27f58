"""Better readings of rows of a known shape, which leaves out something that is learned or read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from fuller_reading_cases import FAMILIES
from guess_runs import checked, write

from datalint.engine.guesses.source_columns import guess_columns
from datalint.shapes.detect import Detector
from datalint.sources import open_sources


@pytest.mark.parametrize(
    ("row", "expected"),
    [pytest.param(*case, id=f"{family}-{n}") for family, cases in FAMILIES.items() for n, case in enumerate(cases)],
)
def test_a_known_shape_that_leaves_something_out_gives_way(
    tmp_path: Path, row: dict[str, Any], expected: str | None
) -> None:
    def filled(item: Any, n: int) -> Any:
        if isinstance(item, dict):
            return {key: filled(each, n) for key, each in item.items()}
        return item.replace("{n}", str(n)) if isinstance(item, str) else n % 2 if item == 1 else item

    rows = [{key: filled(item, n) for key, item in row.items()} for n in range(40)]
    (source,) = open_sources([write(tmp_path / "rows.jsonl", rows)])
    guess = guess_columns(source, Detector())
    assert (None if guess is None else guess.mapping.partition(",category=")[0]) == expected
    if guess is not None:
        assert Detector((), [guess]).shape(rows[0]).title != Detector().shape(rows[0]).title


def test_the_category_of_questions_about_images_is_no_answer(tmp_path: Path) -> None:
    rows = [
        {"question_id": n, "image": f"{n}.jpg", "text": f"What is at dock {n}?", "category": ("conv", "detail")[n % 2]}
        for n in range(40)
    ]
    (source,) = open_sources([write(tmp_path / "rows.jsonl", rows)])
    assert guess_columns(source, Detector()) is None


@pytest.mark.parametrize(("filled", "given"), [(0, True), (2, True), (10, False), (40, False)])
def test_an_empty_response_gives_way_to_another_one_only_if_nearly_all_are_empty(
    tmp_path: Path, filled: int, given: bool
) -> None:
    rows = [{"question": f"Is dock {n} full?", "solution": "", "answer": "A,D"} for n in range(40)]
    rows += [row | {"solution": "It is not."} for row in rows[:filled]]
    (source,) = open_sources([write(tmp_path / "rows.jsonl", rows)])
    guess = guess_columns(source, Detector())
    assert (guess is not None) is given


@pytest.mark.parametrize(
    ("empty", "norwegian", "read"),
    [
        pytest.param("", "Kai {n} er BLANK.", "prompt=context_norwegian,response=response", id="filled"),
        pytest.param("Dock {n} is BLANK.", "Kai {n} er BLANK.", None, id="both"),
        pytest.param("", "", None, id="neither"),
    ],
)
def test_an_empty_prompt_gives_way_to_one_in_another_language(
    tmp_path: Path, empty: str, norwegian: str, read: str | None
) -> None:
    rows = [
        {
            "context": (empty if n % 4 == 0 else "Dock {n} is BLANK.").format(n=n),
            "context_norwegian": (norwegian if n % 4 == 0 else "Kai {n} er BLANK.").format(n=n),
            "response": f"full of {n} boats",
        }
        for n in range(60)
    ]
    guessed = [note for note in checked(write(tmp_path / "train.jsonl", rows)).notes if "guessed from" in note]
    assert guessed == ([f"train.jsonl: guessed from the values: --columns {read}"] if read else [])


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (("question", "1", "2", "3", "answer"), "prompt=question,context=1+2+3,response=answer"),
        (("question", "answer1", "answer2", "answer3", "answer"), None),
    ],
)
def test_options_are_read_next_to_a_question_with_an_answer(
    tmp_path: Path, keys: Sequence[str], expected: str | None
) -> None:
    rows = [dict(zip(keys, (f"Who has {n}?", f"Tom {n}", "Kim", "Lee", n % 3 + 1), strict=True)) for n in range(40)]
    if expected is None:
        rows = [row | {"answer": f"It is {n}."} for n, row in enumerate(rows)]
    (source,) = open_sources([write(tmp_path / "rows.jsonl", rows)])
    guess = guess_columns(source, Detector())
    assert (None if guess is None else guess.mapping) == expected


def test_of_options_in_a_row_each_it_is_learned_which_is_right(tmp_path: Path) -> None:
    rows = [{"question": f"Who has {n}?", "answer": f"{name} {n}", "is_correct": name == "Kim"}
            for n in range(20) for name in ("Tom", "Kim", "Lee")]  # fmt: skip
    (source,) = open_sources([write(tmp_path / "rows.jsonl", rows)])
    guess = guess_columns(source, Detector())
    assert guess is not None
    assert guess.mapping == "prompt=question,context=answer,response=is_correct,category=is_correct"


@pytest.mark.parametrize(
    ("key", "both", "learned"),
    [("label", True, True), ("label", False, False), ("is_correct", True, False), ("difficulty", True, False)],
)
def test_of_queries_with_a_label_that_judges_them_the_label_is_learned(
    tmp_path: Path, key: str, *, both: bool, learned: bool
) -> None:
    rows = [{"question": f"Which docks are over {n}?", "schema": "dock(id)", "sql": f"SELECT {name} WHERE id > {n}",
             key: (name == "id") if both else n % 2 == 0} for n in range(20) for name in ("id", "max(id)")]  # fmt: skip
    (source,) = open_sources([write(tmp_path / "rows.jsonl", rows)])
    guess = guess_columns(source, Detector())
    expected = f"prompt=question,context=schema+sql,response={key},category={key}" if learned else None
    assert (None if guess is None else guess.mapping) == expected


@pytest.mark.parametrize(
    ("both", "read"),
    [
        (True, "prompt=question,context=reference+answer,response=human,category=human"),
        (False, "prompt=question,response=reference"),
    ],
)
def test_of_answers_that_people_judged_both_ways_the_verdict_is_learned(
    tmp_path: Path, *, both: bool, read: str
) -> None:
    rows = [{"question": f"Who has the key of dock {n}?", "reference": f"Kim has the key of dock {n}.",
             "answer": f"{name} has key {n}.", "human": "pass" if name == "Kim" or (not both and n % 2) else "fail"}
            for n in range(12) for name in (("Kim", "Bo") if both else ("Bo",))]  # fmt: skip
    (source,) = open_sources([write(tmp_path / "golden.jsonl", rows)])
    guess = guess_columns(source, Detector())
    assert guess is not None
    assert guess.mapping == read


@pytest.mark.parametrize("key", ["is_ai", "human", "llm_generated", "prediction", "class"])
def test_of_answers_by_people_and_models_it_is_learned_who_wrote_one(tmp_path: Path, key: str) -> None:
    rows = [{"question": f"Who has {n}?", "answer": f"{name} has {n}.", key: int(name == "Kim")}
            for n in range(20) for name in ("Tom", "Kim")]  # fmt: skip
    (source,) = open_sources([write(tmp_path / "rows.jsonl", rows)])
    guess = guess_columns(source, Detector())
    assert guess is not None
    assert guess.mapping == f"prompt=question,context=answer,response={key},category={key}"


@pytest.mark.parametrize(
    ("keys", "kinds"),
    [
        (("prompt", "completion", "generated"), (False, True)),
        (("instruction", "output", "label"), ("Human", "AI")),
        (("Question", "Answer", "source"), ("human_written", "ChatGPT")),
    ],
)
def test_who_wrote_an_answer_is_learned_in_each_layout_of_answers(
    tmp_path: Path, keys: tuple[str, str, str], kinds: tuple[object, object]
) -> None:
    rows = [dict(zip(keys, (f"Who has {n}?", f"{name} has {n}.", kind), strict=True))
            for n in range(20) for name, kind in zip(("Tom", "Kim"), kinds, strict=True)]  # fmt: skip
    (source,) = open_sources([write(tmp_path / "rows.jsonl", rows)])
    guess = guess_columns(source, Detector())
    assert guess is not None
    assert guess.mapping == f"prompt={keys[0]},context={keys[1]},response={keys[2]},category={keys[2]}"


@pytest.mark.parametrize("key", ["generated", "prediction"])
def test_answers_are_learned_where_a_flag_says_how_a_row_was_made(tmp_path: Path, key: str) -> None:
    rows = [{"question": f"Who has {n}?", "answer": f"Tom has {n}.", key: n % 2} for n in range(40)]
    # Few questions have answers of both kinds.
    rows += [{"question": f"Who has {n}?", "answer": f"Kim has {n}.", key: (n + (n < 2)) % 2} for n in range(30)]
    (source,) = open_sources([write(tmp_path / "rows.jsonl", rows)])
    assert guess_columns(source, Detector()) is None


@pytest.mark.parametrize(
    ("key", "kinds"),
    [
        ("human_verified", (0, 1)),
        ("llm_fluency", (0, 1)),
        ("source", ("gpt", "llm")),
        ("source", ("human", "docks")),
        ("model", (0, 1)),
    ],
)
def test_what_else_is_said_of_an_answer_is_not_who_wrote_it(
    tmp_path: Path, key: str, kinds: tuple[object, object]
) -> None:
    rows = [{"question": f"Who has {n}?", "answer": f"{name} has {n}.", key: kinds[name == "Kim"]}
            for n in range(20) for name in ("Tom", "Kim")]  # fmt: skip
    (source,) = open_sources([write(tmp_path / "rows.jsonl", rows)])
    assert guess_columns(source, Detector()) is None


def test_a_null_among_generated_answers_is_not_filled_from_the_right_ones(tmp_path: Path) -> None:
    def guessed(failed: object, right: object = "It is {n}.", name: str = "a.jsonl", key: str = "final_answer") -> str:
        rows = [
            {"question": f"How many boats are at dock {n}?", key: failed if n % 9 == 7 else f"About {n}."}
            | {"ground_truth": right.replace("{n}", str(n)) if isinstance(right, str) else right}
            for n in range(60)
        ]
        (source,) = open_sources([write(tmp_path / name, rows)])
        guess = guess_columns(source, Detector())
        return "" if guess is None else guess.mapping

    assert guessed(None) == "prompt=question,response=final_answer"
    assert guessed("") == ""  # which is reported anyway
    assert guessed("About 7.") == ""
    assert guessed(None, key="gold_answer") == ""  # both are right
    assert guessed(None, name="test.jsonl") != "prompt=question,response=final_answer"  # what is right is learned


@pytest.mark.parametrize(
    ("share", "expected"),
    [(1, "prompt=text,response=ground_truth,category=category"), (3, "prompt=text,category=category")],
)
def test_a_category_beside_what_is_expected_is_no_answer(tmp_path: Path, share: int, expected: str) -> None:
    rows: list[dict[str, Any]] = [
        {"text": f"Who owns boat {n}?", "category": ("boats", "docks")[n % 2]} for n in range(60)
    ]
    for row in rows[::share]:
        row["ground_truth"] = f"The guard owns it, says {row['text']}"
    (source,) = open_sources([write(tmp_path / "a.jsonl", rows)])
    guess = guess_columns(source, Detector())
    assert guess is not None
    assert (guess.clear, guess.mapping) == (True, expected)


def test_what_is_expected_of_a_text_by_its_name_is_learned(tmp_path: Path) -> None:
    rows = [
        {"id": f"go-{n}", "text": f"walk to dock {n}", "expected_action": said, "expected_args": {}, "note": "a walk"}
        for n, said in enumerate(("move", "look", "move", "sow"))
    ]
    (source,) = open_sources([write(tmp_path / "a.jsonl", rows)])
    guess = guess_columns(source, Detector())
    assert guess is not None
    assert (guess.clear, guess.mapping) == (True, "prompt=text,response=expected_action")
    # Where a row has none, it is no answer.
    (source,) = open_sources([write(tmp_path / "a.jsonl", [*rows, rows[0] | {"expected_action": ""}])])
    guess = guess_columns(source, Detector())
    assert guess is None or not guess.clear


@pytest.mark.parametrize(
    ("row", "learned"),
    [
        ({"model": "big", "reference": ["No, {n}.", "{n}"]}, "reference"),
        ({"model": "big", "reference": ["https://dock.example/{n}"]}, None),
        ({"reference": ["No, {n}.", "{n}"]}, None),
    ],
)
def test_the_right_answers_next_to_that_of_a_named_model_are_learned(
    tmp_path: Path, row: dict[str, Any], learned: str | None
) -> None:
    rows = [json.loads(json.dumps(row).replace("{n}", str(n))) for n in range(30)]
    rows = [{"question": f"Is dock {n} full?", "answer": f"It is, {n}."} | each for n, each in enumerate(rows)]
    [source] = open_sources([write(tmp_path / "leaderboard.jsonl", rows)])
    guess = guess_columns(source, Detector())
    assert (guess and dict(guess.columns).get("response")) == learned
