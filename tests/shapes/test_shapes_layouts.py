"""The lists of layouts and of corrections: each is listed once, and in an order that it asks for."""

from __future__ import annotations

from collections import Counter

from every import every

from datalint.shapes.guess import Guess
from datalint.shapes.inference.correction import When
from datalint.shapes.inference.corrections import CORRECTIONS
from datalint.shapes.inference.from_rows import OF_EACH_COLUMN
from datalint.shapes.inference.layouts import FAMILIES

LAYOUTS = [each for layouts in FAMILIES.values() for each in layouts]
CLEAR = Guess.of({"text": "said"}, clear=True, basis="names")
UNCLEAR = Guess.of({"text": "said"})


def test_each_is_listed_once_and_says_what_it_is() -> None:
    functions = [each.recognize for each in LAYOUTS]
    assert max(Counter(functions).values()) == 1
    assert max(Counter(each.holds for each in LAYOUTS).values()) == 1
    for steps in (OF_EACH_COLUMN, CORRECTIONS):
        assert max(Counter(each.correct for each in steps).values()) == 1
        assert max(Counter(each.why for each in steps).values()) == 1


def test_layouts_that_know_more_of_the_same_rows_are_asked_first() -> None:
    places = {each.recognize.__name__: place for place, each in enumerate(LAYOUTS)}
    late = [(each.holds, name) for at, each in enumerate(LAYOUTS) for name in each.before if places[name] <= at]
    assert late == []


@every(
    ("when", "expected"),
    [
        (When.ALWAYS, (True, True, True)),
        (When.FOUND, (False, True, True)),
        (When.MISSING, (True, False, False)),
        (When.UNCLEAR, (False, True, False)),
        (When.NOT_CLEAR, (True, True, False)),
    ],
)
def test_corrections_are_asked_about_the_guesses_that_they_may_change(
    when: When, expected: tuple[bool, bool, bool]
) -> None:
    assert tuple(map(when.holds, (None, UNCLEAR, CLEAR))) == expected
