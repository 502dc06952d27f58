"""Ratings of two texts under a key named like a response: they do not respond to the prompt, which asks for a text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from datalint.shapes.fields import fields_of, keys_of

if TYPE_CHECKING:
    from datalint.shapes.base import Shape
    from datalint.shapes.guess import Guess

#: Keys of a row that are looked at, and the share of the rows that must be of this kind.
_MOST: Final = 64
_NEARLY_ALL: Final = 0.9
#: Characters of a text of several words, at least, and of a number at most.
_LONG: Final = 30
_DIGITS: Final = 6
#: What distinguishes the names of two texts, at their end.
_NUMBERS: Final = (("1", "2"), ("a", "b"), ("A", "B"))
#: Repeated prompts, at least, for their ratings to be compared.
_AGAIN: Final = 3
#: Different ratings at most where each prompt stands once, and rows at least.
_FEW: Final = 7
_LEAST: Final = 20


def may_rate(known: Shape, row: Mapping[str, Any]) -> bool:
    """Return whether the response of a row is a number, next to two texts that only a number distinguishes by name."""
    return _parts(known, row) is not None


def rated_pair(known: Shape, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the proposal for rows whose response, by its name, is a number that rates two texts; None for others.

    A problem and two ways to solve it have one answer, wherever the problem is.
    """
    parts = _parts(known, rows[0])
    if parts is None:
        return None
    from datalint.shapes.guess import JOIN, Guess, can_be_typed

    prompt, rating, *pair = parts
    ratings: dict[str, list[str]] = {}
    for row in rows:
        if _is_rated(row, rating, pair):
            ratings.setdefault(str(row.get(prompt)), []).append(str(row[rating]))
    alike = sum(map(len, ratings.values()))
    again = [each for each in ratings.values() if len(each) > 1]
    differ = len(again) >= _AGAIN and 2 * sum(len(set(each)) > 1 for each in again) > len(again)
    few = len(rows) >= _LEAST and len(set().union(*ratings.values())) <= _FEW
    if alike < _NEARLY_ALL * len(rows) or not (differ or few) or not all(map(can_be_typed, pair)):
        return None
    found = {"prompt": prompt, "context": JOIN.join(pair), "response": rating}
    return Guess.of(found).about(rows)


def _parts(known: Shape, row: Mapping[str, Any]) -> tuple[str, str, str, str] | None:
    """Return the keys of the prompt, of the number and of both texts of a row."""
    if known.fields is None or len(row) > _MOST:
        return None
    fields = fields_of(known, row)
    prompts, responses = (keys_of(fields, side) for side in ("prompt", "response"))
    if len(prompts) != 1 or len(responses) != 1 or not _is_number(row.get(responses[0])):
        return None
    read = {key for key, _ in fields}
    pairs = (_pair(row, key) for key in row if key not in read)
    pair = next(
        (each for each in pairs if each and _is_rated(row, responses[0], each) and not _is_option(each[0])), None
    )
    return None if pair is None else (prompts[0], responses[0], *pair)


def _pair(row: Mapping[str, Any], key: str) -> tuple[str, str] | None:
    """Return two keys of a row, the same but for their last sign; None if there is no second one."""
    others = ((key, key[:-1] + after) for before, after in _NUMBERS if key[:-1] and key.endswith(before))
    return next((pair for pair in others if pair[1] in row), None)


def _is_option(key: str) -> bool:
    """Whether a key is that of an option of a question, whose number is its answer."""
    from datalint.shapes.evidence.names import CHOICE, has_word

    return has_word(key, CHOICE)


def _is_rated(row: Mapping[str, Any], rating: str, pair: Sequence[str]) -> bool:
    texts = [row.get(key) for key in pair]
    return _is_number(row.get(rating)) and all(isinstance(text, str) and len(text) > _LONG for text in texts)


def _is_number(value: object) -> bool:
    if isinstance(value, str):
        return len(value) <= _DIGITS and value.isdecimal()
    return isinstance(value, int | float) and not isinstance(value, bool)
