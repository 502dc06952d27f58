"""Responses that a limit cut: few of them, and in items of lists."""

from __future__ import annotations

import pytest

import datalint

_SAID = (
    "The ferry {0} leaves at nine. Of its {0} places, some have a roof, and forty people stand. On Sundays there "
    "is none. In winter the house is heated from eight on, and tea is free for all who waited outside. Whoever "
    "comes by bicycle finds a place for it behind the station, under a roof. The lock has to be brought. Tickets are "
    "sold at the gate and by two machines. Bags stay in the hall, where a guard looks after them. Dogs stay outside."
)
_WHOLE = " The last boat is there for those who came late to the pier and have no room in the town for the night."
_CUT = " The last boat is there for those who came"
_ITEMS = "* Фото залива номер {0}, вид с пирса и с горы{1}\n" * 9


def found(responses: list[str]) -> list[str]:
    rows = [{"prompt": f"What of boat {number}?", "completion": each} for number, each in enumerate(responses)]
    return [each.message for each in datalint.lint(rows, config={"select": ("QUA035",)}).findings]


@pytest.mark.parametrize(("cut", "said"), [(14, True), (5, False)])
def test_a_limit_that_few_reached_cuts_some_of_the_longest(cut: int, *, said: bool) -> None:
    long = [_SAID.format(number) + (_CUT if number < cut else _WHOLE) for number in range(40)]
    short = [f"Boat {number} is full." for number in range(760)]
    assert bool(found([*long, *short])) is said


@pytest.mark.parametrize(
    ("mark", "end", "said"),
    [(".", "* Выв", True), (".", "* Вывод.", False), ("", "* Выв", False), (".", "Ваш друг", False)],
)
def test_an_item_that_lacks_the_mark_of_the_others_is_cut(mark: str, end: str, *, said: bool) -> None:
    long = [_ITEMS.format("а" * number, mark) + end for number in range(20)]
    short = [f"Boat {number} is full." for number in range(80)]
    assert bool(found([*long, *short])) is said


_ENDS_APART = (
    "take it along", "ask at the desk", "for forty people", "until nine at night", "by the old gate", "without any dog",
    "near our yard", "on each Sunday", "if rain falls", "than last year", "from May to June", "as boats arrive",
)  # fmt: skip


@pytest.mark.parametrize(("end", "said"), [(" View more", False), ("", True)])
def test_words_that_many_share_at_their_end_were_cut_by_no_limit(end: str, *, said: bool) -> None:
    long = [_SAID.format(n) * 2 + f" Tickets are sold {each}{end}" for n, each in enumerate(_ENDS_APART)]
    short = [f"Boat {number} is full." for number in range(48)]
    assert bool(found([*long, *short])) is said
