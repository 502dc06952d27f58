"""The note on ratings that are not read."""

from __future__ import annotations

from typing import Any

import pytest

import datalint

WORDS = ("mast", "keel", "sail", "anchor", "rope", "deck", "buoy", "hull")
SAID = " is not read: if it rates the "
#: Numbers that are not rounded, as many as there are rows.
SPREAD = [each / 4 - 1 for each in range(24)]


def note(more: list[dict[str, Any]], **texts: str) -> str:
    """Return the note on 24 rows of ``texts``, each with one of ``more``; empty without one."""
    rows = [{key: f"{text} {WORDS[n % 8]} {n}" for key, text in texts.items()} | more[n % len(more)] for n in range(24)]

    return next(
        (each for each in datalint.lint(rows, config={"select": ("FMT",)}).notes if SAID in each), ""
    ).partition(SAID)[0]


@pytest.mark.parametrize(
    ("key", "values", "said"),
    [
        ("score", [1, 4.5], '"score" (1 to 4.5)'),
        ("评分", [1, 5], '"评分" (1 to 5)'),
        ("answer_quality_rating", ["good", "bad"], '"answer_quality_rating" (bad, good)'),
        ("is_correct", [1, 0], ""),  # another note says how many are wrong
        ("faithfulness", [1, 5], '"faithfulness" (1 to 5)'),
        ("answer_relevance", [2, 4], '"answer_relevance" (2 to 4)'),
        ("feedback", ["like", "dislike"], '"feedback" (dislike, like)'),
        ("user_vote", [1, -1], '"user_vote" (-1 to 1)'),
        ("feedback", ["It is so of a boat, and of all others.", "No."], ""),
        ("score", [3], ""),
        ("score", [4.5, 5], ""),
        ("credit_score", [1, 2], ""),
        ("correct", [1, 2], ""),
    ],
)
def test_ratings_beside_answers(key: str, values: list[Any], said: str) -> None:
    assert (
        note([{key: value} for value in values], question="What is a", answer="It is what sailors on deck call the")
        == said
    )


def test_a_rating_that_is_learned_with_a_critique_is_read() -> None:
    said = {
        "instruction": "What is a",
        "response_to_judge": "It is what all call the",
        "critique": "This is wrong of a",
    }
    assert note([{"score": 1}, {"score": 5}], **said) == ""


def test_stars_of_a_review_are_not_told() -> None:
    stars = [{"rating": 1, "label": "poor"}, {"rating": 5, "label": "fine"}]
    assert note(stars, text="We sailed for many hours on this") == ""
    plain = [{"score": 1}, {"score": 4}]
    assert note(plain, text="We sailed for many hours on this old") == ""
    written = note([{"theme": "wind"} | each for each in plain], text="We sailed for many hours on this old")
    assert written == '"score" (1 to 4)'


def test_what_is_read_or_sorts_rows_is_not_told() -> None:
    grades = [{"grade": 1}, {"grade": 2}, {"grade": 5}]
    assert note(grades, question="What is a", student_answer="It is what sailors on deck call the") == ""


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"rate": ["1", "4", "5"]}, "rate"),
        ({"rating": [1, 4.0, 5, None]}, "rating"),
        ({"stars": [1, 5]}, ""),
        ({"growth_rate": [0.25, 0.5, 4]}, ""),
        ({"rating": [1, 4, 5], "star": [2, 3, 4]}, ""),
        ({"is_rude": [True, False]}, "is_rude"),
        ({"is_retweet": [True, False]}, ""),
        ({"is_rude": [True]}, ""),
        (
            {"is_rude": [True, False], "rationale": ["It says so of them.", "It is kind to them.", "No."]},
            "is_rude+rationale",
        ),
        ({"is_rude": [["a"], 10**4000, "x" * 9]}, ""),
    ],
)
def test_a_note_names_the_only_judgement_next_to_a_text(more: dict[str, list[Any]], said: str) -> None:
    rows = [
        {"text": f"The {WORDS[n % 8]} of boat {n} is gone."} | {k: v[n % len(v)] for k, v in more.items()}
        for n in range(12)
    ]
    notes = map(str, datalint.lint(rows, config={"select": ("FMT",)}).notes)
    start = "only the text is read; to learn an answer or label next to it: --columns prompt=text,response="
    assert [each.partition(start)[2] for each in notes if start in each] == ([said] if said else [])


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"overall": SPREAD}, ("number", "overall")),
        ({"ease": SPREAD, "warmth": [f"{each:g}" for each in SPREAD]}, ("numbers", "ease+warmth")),
        ({"ease": [*range(24)]}, None),
        ({"ease": [0.5, 0.5, 1.0]}, None),
        ({"ease": [None, *SPREAD, None, None]}, None),
        ({"growth_rate": SPREAD}, None),
        ({"perplexity": SPREAD}, None),
        ({"ease": SPREAD, "url": ["https://boats.example"]}, None),
        ({f"signal {word}": SPREAD for word in WORDS}, None),
    ],
)
@pytest.mark.parametrize("key", ["text", "content"])
def test_a_note_names_numbers_that_may_be_learned_of_a_text(
    key: str, more: dict[str, list[Any]], said: tuple[str, str] | None
) -> None:
    rows = [
        {key: f"The {WORDS[n % 8]} of boat {n} is gone, and all look for it."}
        | {k: v[n % len(v)] for k, v in more.items()}
        for n in range(24)
    ]
    notes = map(str, datalint.lint(rows, config={"select": ("FMT",)}).notes)
    found = [each for each in notes if "only the text is read" in each]
    option = "<rows>: only the text is read; to learn the {} next to it: --columns prompt={},response={}"
    assert found == ([option.format(said[0], key, said[1])] if said else [])
