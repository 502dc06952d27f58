"""Guesses about rows that fit no shape: clear ones are right, what is proposed works, and no guess is wild."""

from __future__ import annotations

import json
import random
import shlex
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from every import every
from hypothesis import example, given
from hypothesis import strategies as st

from datalint.shapes.detect import UNKNOWN, Detector
from datalint.shapes.flatten import flatten
from datalint.shapes.guess import Guess, keys_of
from datalint.shapes.inference.translated_keys import infer, propose
from datalint.support.names.column_names import NAMES, Strength, is_name, strength
from datalint.testing.cases import expand

CASES = tomllib.loads((Path(__file__).parent / "cases" / "inference.toml").read_text(encoding="utf-8"))["case"]
CHAT = [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]
KEYS = st.sampled_from(
    ("user_query", "std_answer", "class", "task", "better", "worse", "chosen", "Response", "Best Answer", "id",
     "source", "systemPrompt", "body", "tweet", "dialog", "问题", "标准答案", "a,b", "c=d", "", "x" * 80, "::warning::",
     '"', "$(id)", "`id`", "column-1")
)  # fmt: skip
ITEMS = st.sampled_from(("Some text.", "", "label", "42", 42, True, None, CHAT, ["a"], {"a": 1}))


def parsed(option: str) -> dict[str, str]:
    flag, columns = shlex.split(option)
    assert flag == "--columns"
    return dict(pair.split("=") for pair in columns.split(","))


def rows_in_turn(rows: list[Any], kinds: int) -> list[Any]:
    """Return one row of each kind in turn, instead of all of one after those of another."""
    size = len(rows) // kinds
    return [rows[kind * size + at] for at in range(size) for kind in range(kinds)]


def case_rows(case: dict[str, Any]) -> list[dict[str, Any]]:
    rows = [json.loads(row) for row in expand(case["rows"], case.get("vary", 1))]
    return rows_in_turn(rows, len(case["rows"])) if case.get("in_turn") else rows


@cache
def guess_about(number: int) -> Guess | None:
    """Return the guess about the rows of a case by its number: most of the time of two tests, so it is made once."""
    return infer(case_rows(CASES[number]))


@every(("number", "case"), enumerate(CASES), ids=lambda numbered: numbered[1]["rows"][0][:60])
def test_case(number: int, case: dict[str, Any]) -> None:
    guess = guess_about(number)
    found = None if guess is None else ("clear" if guess.clear else "proposed", guess.mapping)
    expected = next(((kind, case[kind]) for kind in ("clear", "proposed") if kind in case), None)
    assert found == expected


def test_a_last_column_that_most_rows_lack_is_not_read() -> None:
    draw = random.Random(3)
    things = "boat dog bell mill tower lantern kettle meadow orchard pebble harbour walnut compass".split()
    does = ("sails past", "looks at", "stands near", "hides behind", "rolls over", "falls on")
    rows = []
    for number in range(200):
        one = [draw.choice(things), draw.choice(does), draw.choice(things)]
        other = [*one]
        other[draw.randrange(3)] = draw.choice(things)
        first, second = ("A {} {} the old {}.".format(*each) for each in (one, other))
        score, source = f"{draw.randrange(26) / 5:.3f}", f"{first} This is told by those who live there."
        texts = (score, first, second, "" if number % 3 else source)
        rows.append({f"column-{place}": text for place, text in enumerate(texts, 1)})
    guess = infer(rows)
    assert guess is not None
    assert (guess.clear, guess.mapping) == (True, "prompt=column-2,context=column-3,response=column-1")
    assert guess.unordered


@pytest.mark.parametrize(
    ("names", "scores", "unordered"),
    [
        (("sentence_1", "sentence_2", "similarity"), "012345", True),
        (("sentence_1", "sentence_2", "similarity"), "01", False),
        (("question", "passage", "relevance"), "012345", False),
    ],
)
def test_two_texts_with_a_score_may_change_places(names: tuple[str, ...], scores: str, unordered: bool) -> None:
    things = "boat dog bell mill tower lantern kettle meadow orchard pebble harbour walnut compass".split()
    rows = []
    for number in range(120):
        one, other = things[number % 13], things[number * 5 % 13]
        texts = f"A {one} stands near the old {other}.", f"The {one} is close to an old {other} {number}."
        rows.append(dict(zip(names, (*texts, scores[number * 7 % len(scores)]), strict=True)))
    guess = infer(rows)
    assert guess is not None
    assert guess.unordered is unordered


def test_an_abstract_is_read_with_the_question_about_it_and_a_justification_is_written() -> None:
    row = {
        "abstract": "This study looks at the docks of Oslo in spring.",
        "question": "Does this abstract say how deep docks are?",
        "score": 3,
        "justification": "The abstract names the docks of Oslo, and no depth.",
    }
    guess = propose(row)
    assert guess is not None
    assert guess.mapping == "prompt=question,context=abstract,response=justification"


def test_a_failed_request_has_no_answer() -> None:
    row = {"prompt": "Which boat waits at dock 7?", "brand": "Keel and Mast", "error_message": "HTTP 500: try again."}
    guess = propose(row)
    assert guess is not None
    assert guess.mapping == "prompt=prompt"


def test_what_nearly_all_rows_share_is_not_learned_of_texts_below_their_titles() -> None:
    def guess(key: str, rare: int) -> str | None:
        codes = ("gy" if number % rare else "us" for number in range(60))
        about = {"title": "Ferry {} sails", "description": "The ferry to dock {} sails again after the storm, it says."}
        rows = [{name: text.format(n) for name, text in about.items()} | {key: each} for n, each in enumerate(codes)]
        found = infer(rows)
        return None if found is None else found.mapping

    assert guess("code", 30) == "text=description"
    assert guess("label", 30) == "prompt=description,context=title,response=label,category=label"
    assert guess("code", 2) == "prompt=description,context=title,response=code,category=code"


def test_numbers_that_repeat_in_no_order_are_classes_of_the_only_text_of_a_table_without_names() -> None:
    draw = random.Random(5)
    texts = expand(["What is {w} about, and who may ask for {n}?"], 80)
    classes = [draw.randrange(100, 140) for _ in texts]
    shuffled = [{"column-1": str(each), "column-2": text} for each, text in zip(classes, texts, strict=True)]
    in_order = [{"column-1": str(each), "column-2": text} for each, text in zip(sorted(classes), texts, strict=True)]
    guesses = [infer(rows) for rows in (shuffled, in_order)]
    found = [None if each is None else (each.clear, each.mapping) for each in guesses]
    assert found == [(False, "prompt=column-2,response=column-1,category=column-1"), (False, "text=column-2")]


def test_a_text_may_have_seventy_labels() -> None:
    names = [f"kind x{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(70)]
    texts = expand(["All {n} of the {w} are gone from here", "We have {n} {w} here, go away at once"], 20)
    rows = [
        {"text": text} | {name: str(int((at + place) % 7 == 0)) for place, name in enumerate(names)}
        for at, text in enumerate(texts)
    ]
    guess = infer(rows)
    assert guess is not None
    assert (guess.clear, guess.mapping) == (True, f"prompt=text,response={'+'.join(names)}")


@every(("number", "case"), enumerate(CASES), ids=lambda numbered: numbered[1]["rows"][0][:60])
def test_rows_have_a_shape_once_what_is_proposed_for_them_is_typed(number: int, case: dict[str, Any]) -> None:
    rows = case_rows(case)
    guess = guess_about(number)
    detector = Detector(guesses=[] if guess is None else [guess])
    proposed: dict[str | None, list[dict[str, Any]]] = {}
    for row in rows:
        if detector.shape(row) is UNKNOWN:
            proposed.setdefault(detector.proposal(row), []).append(row)
    for option, mine in proposed.items():
        if not option:
            continue
        typed = Detector(parsed(option))
        assert [row for row in mine if typed.shape(row) is UNKNOWN] == []
        read = flatten(mine, typed, hashes=False).examples
        assert all(prompt or response for prompt, response in read.select("prompt", "response").iter_rows())


@pytest.mark.parametrize("value", ["Is the pier open on day {0}?", "A long text. " * 40 + "{0}", "late", "{0}"])
@pytest.mark.parametrize("names", [("5", "25", "1k"), ("", "?", "—"), ("title", "7"), ("7", "text"), ("label", "!")])
def test_names_without_words_say_nothing(names: tuple[str, ...], value: str) -> None:
    rows = [{name: value.format(n * len(name)) for name in names} for n in range(20)]
    guess = infer(rows)
    assert guess is None or guess.keys <= {*names}


@given(st.dictionaries(KEYS, ITEMS, max_size=7))
def test_what_is_proposed_can_be_typed_as_it_stands(row: dict[str, Any]) -> None:
    for guess in filter(None, (infer([row]), propose(row))):
        columns = parsed(guess.option)
        assert columns == dict(guess.columns)
        assert {key for meaning, value in columns.items() for key in keys_of(meaning, value)} <= row.keys()
        prompts = columns.keys() <= {"system", "prompt", "context", "category"}
        name = "mapped-labels" if "labels" in columns else "mapped-prompts" if prompts else "mapped"
        assert Detector(columns).shape(row).name == name


@given(st.lists(st.dictionaries(KEYS, ITEMS, min_size=1, max_size=5), min_size=1, max_size=5))
@example([{"std_answer": ""}, {"id": {"a": 1}, "user_query": "Hi", "问题": "Hi"}])
@example([{"user_query": ["a"], "问题": "Hi", "Best Answer": 42, "dialog": CHAT}, {"问题": "Ho", "dialog": "label"}])
def test_a_guess_does_not_depend_on_the_order_of_rows(rows: list[dict[str, Any]]) -> None:
    keys = [*dict.fromkeys(key for row in rows for key in row)]
    alike = [{key: row.get(key) for key in keys} for row in rows]
    assert infer(alike) == infer(alike[::-1])


@every(
    ("name", "meaning", "expected"),
    [
        ("question", "prompt", Strength.WHOLE), ("Questions", "prompt", Strength.WHOLE),
        ("question_2", "prompt", Strength.WHOLE),
        ("UserInput", "prompt", Strength.WHOLE), ("user input", "prompt", Strength.WHOLE),
        ("std_answer", "response", Strength.HEAD), ("answer_type", "response", Strength.WORD),
        ("option_a", "response", Strength.NONE), ("A", "response", Strength.WHOLE), ("", "prompt", Strength.NONE),
        ("用户问题", "prompt", Strength.HEAD), ("RÉPONSE", "response", Strength.WHOLE),
        ("x" * 200, "text", Strength.NONE),
        ("Lösung", "response", Strength.WHOLE), ("đầu vào", "prompt", Strength.WHOLE),
        ("ЗАПРОС", "prompt", Strength.WHOLE),
    ],
)  # fmt: skip
def test_strength_of_names(name: str, meaning: str, expected: Strength) -> None:
    assert strength(name, meaning) is expected


def test_the_names_are_found_as_they_are_written() -> None:
    for meaning, names in NAMES.items():
        for name in names.split():
            assert strength(name, meaning) is Strength.WHOLE, (meaning, name)
    assert is_name("label")
    assert not is_name("flight")
