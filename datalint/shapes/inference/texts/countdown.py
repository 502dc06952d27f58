"""Games in which numbers are combined to reach a target, as Countdown: nothing is learned but what reaches it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from typing import Any, Final

from datalint.shapes.evidence.names import is_about
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn
from datalint.shapes.guess import Guess
from datalint.support.names.column_names import Strength, fold_name, strength

#: Names of the numbers, and of what they are combined to.
_NUMBERS: Final = (("nums",), ("numbers",), ("cards",), ("puzzle",))
_TARGETS: Final = (("target",), ("goal",), ("target", "number"))
#: Numbers of a game that is played here, games that are played, and the share of them that can be won.
_FEWEST: Final = 2
_MOST: Final = 4
_GAMES: Final = 12
_NEARLY_ALL: Final = 0.9


def countdown(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about rows of numbers and the target that they can reach, with the solution if there is one.

    The numbers are the prompt, the target is read next to them, and the only text is learned. It is proposed where the
    target is another number.
    """
    used = [each for each in columns if each.holds not in (Holds.NOTHING, Holds.REFERENCE)]
    numbers = [each for each in used if each.holds is Holds.LIST and fold_name(each.key) in _NUMBERS]
    targets = [each for each in used if each.holds is Holds.NUMBER and fold_name(each.key) in _TARGETS]
    rest = [each for each in used if each not in (*numbers, *targets) and not is_about(each)]
    # An equation is no amount.
    written = [
        each
        for each in rest
        if each.holds in (Holds.TEXT, Holds.OTHER)
        or (each.holds is Holds.NUMBER and strength(each.key, "response") >= Strength.HEAD)
    ]
    if len(rows) < LEAST_ROWS or not len(numbers) == len(targets) == 1 or len(rest) > len(written) or len(written) > 1:
        return None
    games = [(row.get(numbers[0].key), row.get(targets[0].key)) for row in rows]
    if not all(_is_game(given, wanted) for given, wanted in games):
        return None
    found = {"prompt": numbers[0].key, "context": targets[0].key}
    if written:
        found["response"] = written[0].key
    return Guess.of(found, clear=_can_be_won(games), basis="values")


def _can_be_won(games: Sequence[tuple[Any, Any]]) -> bool:
    """Whether nearly all targets can be computed from their numbers; games with more numbers are not played."""
    played = [(given, wanted) for given, wanted in games if len(given) <= _MOST][:_GAMES]
    won = sum(_reaches([Fraction(number) for number in given], Fraction(wanted)) for given, wanted in played)
    return len(played) > 0 and won >= _NEARLY_ALL * len(played)


def _is_game(given: object, wanted: object) -> bool:
    whole = isinstance(given, list) and len(given) >= _FEWEST and all(type(each) is int for each in given)
    return whole and type(wanted) is int


def _reaches(numbers: Sequence[Fraction], target: Fraction) -> bool:
    """Whether sums, differences, products and quotients of numbers, each used at most once, make the target."""
    if target in numbers:
        return True
    for one, other in combinations(range(len(numbers)), 2):
        a, b = numbers[one], numbers[other]
        rest = [each for place, each in enumerate(numbers) if place not in (one, other)]
        results = {a + b, a * b, a - b, b - a} | ({a / b} if b else set()) | ({b / a} if a else set())
        if any(_reaches([*rest, each], target) for each in results):
            return True
    return False
