"""Labels that judge the reply to a context are learned; labels that sort such rows are not."""

from __future__ import annotations

from typing import Any

import pytest

from datalint.engine.guesses.source_columns import guess_columns
from datalint.shapes.detect import Detector
from datalint.sources.readers.memory import from_object

JUDGED = "prompt=context,context=response,response=label,category=label"


def mapping_of(labels: tuple[Any, ...], keys: tuple[str, str, str] = ("context", "response", "label")) -> str | None:
    rows = [
        {keys[0]: f"Dock {n} is shut.", keys[1]: f"Then take gate {n * 7}.", keys[2]: labels[n % len(labels)]}
        for n in range(60)
    ]
    guess = guess_columns(from_object(iter(rows)), Detector())
    return None if guess is None or not guess.clear else guess.mapping


@pytest.mark.parametrize(
    "labels",
    [
        ("Safe", "Unsafe"),
        ("relevant", "irrelevant", None, "relevant", "irrelevant", *["relevant"] * 9),
        ("not toxic", "toxic", "unsure"),
        (0, 1),
        (1.0, 0.0),
        (True, False),
        ("Yes", "No"),
        ("安全", "不安全"),
        ("seguro", "inseguro"),
    ],
)
def test_a_label_that_another_one_denies_is_learned(labels: tuple[Any, ...]) -> None:
    assert mapping_of(labels) == JUDGED


@pytest.mark.parametrize(
    "labels",
    [
        ("docks", "gates"),
        ("Safe",),
        ("port", "airport", "gate", "dock", "ship"),
        ("a", "ba"),
        (0, 1, 2, 3, 4),
        ("Safe", "Unsafe", None, None),
        ("safe", "unsafe because the gate that it names is closed"),
    ],
)
def test_other_labels_sort_the_rows(labels: tuple[Any, ...]) -> None:
    assert mapping_of(labels) is None


def test_a_prompt_and_its_response_are_read_whatever_their_label() -> None:
    assert mapping_of(("Safe", "Unsafe"), ("prompt", "response", "label")) is None


@pytest.mark.parametrize("key", ["is_safe", "is_harmful"])
def test_whether_the_response_to_a_prompt_is_safe_is_learned(key: str) -> None:
    read = f"prompt=prompt,context=response,response={key},category={key}"
    assert mapping_of((True, False), ("prompt", "response", key)) == read
    assert mapping_of(("False", *["True"] * 5), ("prompt", "response", key)) == read
    assert mapping_of((True, *[False] * 3), ("input", "output", key)) is None


def test_few_unsafe_responses_are_slips_among_those_that_are_learned() -> None:
    assert mapping_of((False, *[True] * 19), ("prompt", "response", "is_safe")) is None
    assert mapping_of((True,), ("prompt", "response", "is_safe")) is None


@pytest.mark.parametrize(
    ("right", "predicted", "learned"),
    [(("unsafe",), ("safe",), True), (("safe", "unsafe"), ("safe",), True), (("docks",), ("gates",), False)],
)
def test_the_right_label_is_learned_next_to_that_of_a_program(
    right: tuple[str, ...], predicted: tuple[str, ...], learned: bool
) -> None:
    rows = [
        {
            "prompt": f"Is dock {n} shut?",
            "response": f"Take gate {n * 7}, wait for the boat {n}, and bring all that you have left at home with you.",
        }
        | {"ground_truth": right[n % len(right)], "prediction": predicted[n % len(predicted)], "correct": False}
        for n in range(40)
    ]
    guess = guess_columns(from_object(iter(rows)), Detector())
    read = "prompt=prompt,context=response,response=ground_truth,category=ground_truth"
    assert (None if guess is None or not guess.clear else guess.mapping) == (read if learned else None)


def sides_of(labels: tuple[Any, Any], pair: tuple[str, str] = ("prompt", "response"), first: bool = True) -> str | None:
    """Return what is guessed of rows whose sides have such labels each; without ``first``, some lack the response."""
    keys = f"{pair[0]}_harm_label", f"{pair[1]}_harm_label"
    rows: list[dict[str, Any]] = [
        {pair[0]: f"Is dock {n} shut?", pair[1]: f"Take gate {n * 7}.", keys[0]: labels[n % 2], keys[1]: labels[n % 2]}
        for n in range(60)
    ]
    if not first:
        rows = [row if n % 3 else row | {pair[1]: None, keys[1]: None} for n, row in enumerate(rows)]
    guess = guess_columns(from_object(iter(rows)), Detector())
    return None if guess is None or not guess.clear else guess.mapping


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("pair", [("prompt", "response"), ("input", "output")])
def test_labels_of_both_sides_are_learned(pair: tuple[str, str], first: bool) -> None:
    read = f"prompt={pair[0]},context={pair[1]},response={pair[0]}_harm_label+{pair[1]}_harm_label"
    assert sides_of(("harmful", "unharmful"), pair, first) == read
    assert sides_of((True, False), pair, first) == read


def test_labels_of_both_sides_that_sort_the_rows_are_not_learned() -> None:
    assert sides_of(("docks", "gates")) is None
