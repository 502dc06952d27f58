"""Examples of evaluation tools: an object with inputs next to one with what is expected.

LangSmith's examples have ``inputs`` and ``outputs``, MLflow's ``inputs`` and ``expectations``, Braintrust's ``input``
and ``expected``, Phoenix's ``input`` and ``output``; the keys within both are the user's own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.guess import NESTED, Guess, can_be_typed
from datalint.shapes.inference.nested_texts import open_objects
from datalint.shapes.inference.worthy import worthy_guess
from datalint.shapes.side_keys import use_of
from datalint.support.names.column_names import Strength, strength

#: The keys of both objects.
_PAIRS: Final = (("inputs", "outputs"), ("inputs", "expectations"), ("input", "expected"), ("input", "output"))


def example_objects(rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about such rows, which is clear if both objects have one key; None for all others."""
    pair = next((pair for pair in _PAIRS if all(_has_objects(row, pair) for row in rows)), None)
    if pair is None or any(use_of(key) != "metadata" for row in rows for key in row if key not in pair):
        return None
    asked, expected = ([*{f"{top}{NESTED}{key}": None for row in rows for key in row[top]}] for top in pair)
    if not all(map(can_be_typed, (*asked, *expected))):
        return None
    guess = worthy_guess(open_objects([{top: row[top] for top in pair} for row in rows]))
    found = {} if guess is None else dict(guess.columns)
    sole = len(asked) == len(expected) == 1
    if guess is not None and found.get("prompt") in asked and found.get("response") in expected:
        if sole or len(expected) == 1 or _is_answer(found["response"]):
            return guess._replace(clear=True, basis="names") if sole else guess
        # One of several values says less than the object that has them all.
        return Guess.of({"prompt": asked[0] if len(asked) == 1 else pair[0], "response": pair[1]})
    if len(asked) > 1 or not all(_is_prompt(value) for row in rows for value in row[pair[0]].values()):
        return None
    values = [value for row in rows for value in row[pair[1]].values()]
    if sole and all(isinstance(value, str | int | float) or _are_messages(value) for value in values):
        return Guess.of({"prompt": asked[0], "response": expected[0]}, clear=True, basis="names")
    return Guess.of({"prompt": asked[0]})


def _has_objects(row: Mapping[str, Any], pair: tuple[str, str]) -> bool:
    return all(isinstance(row.get(top), dict) and row[top] for top in pair)


def _is_answer(key: str) -> bool:
    return strength(key.rpartition(NESTED)[2], "response") >= Strength.HEAD


def _is_prompt(value: object) -> bool:
    return _are_messages(value) or (isinstance(value, str) and bool(value.strip()))


def _are_messages(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, dict) and "role" in each for each in value)
