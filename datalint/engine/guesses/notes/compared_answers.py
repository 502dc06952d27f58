"""Notes on conversations that end with the user, whose right answer is what a reward function compares with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any, Final

from datalint.engine.guesses.notes.sampling import MOST_KEYS, ROWS
from datalint.privacy.display import excerpt
from datalint.shapes.base import Shape
from datalint.shapes.guess import Guess, can_be_typed

#: The shape of such rows, and the key of their messages.
_SHAPE: Final = "openai-rft"
_MESSAGES: Final = "messages"
#: Characters of a key that is looked at, and the share of the rows that must have an answer.
_LONGEST: Final = 40
_NEARLY_ALL: Final = 0.9


def compared_answers(first: Mapping[str, Any], shape: Shape, rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the note on the only right answer of the rows, with the columns that learn it; empty for none.

    Rows for reinforcement learning and rows for supervised training have the same keys.
    """
    if shape.name != _SHAPE or len(first) > MOST_KEYS:
        return ""
    found = [key for key in first if key not in shape.keys and _is_text(first[key]) and _names_answer(key)]
    if len(found) != 1 or not can_be_typed(found[0]):
        return ""
    some = list(islice(rows, ROWS))
    if sum(_is_text(row.get(found[0])) for row in some) < _NEARLY_ALL * len(some):
        return ""
    option = Guess.of({"prompt": _MESSAGES, "response": found[0]}).option
    said = "is what a reward function compares with, and is not learned"
    return f'the messages end with the user, so that "{excerpt(found[0], 40)}" {said}; to learn it: {option}'


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _names_answer(key: str) -> bool:
    """Return whether a key names the right answer, and not how an answer is judged."""
    if len(key) > _LONGEST:
        return False
    from datalint.shapes.evidence.checking import checks, is_right
    from datalint.support.names.column_names import Strength, strength

    return (is_right(key) or strength(key, "response") >= Strength.HEAD) and not checks(key)
