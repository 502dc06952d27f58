"""Texts that are lists of turns, as conversations under ``text`` are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from datalint.shapes.dialogues import is_answered, is_dialogue

if TYPE_CHECKING:
    from datalint.shapes.base import Shape
    from datalint.shapes.guess import Guess

_TEXT: Final = "text"


def may_be_turns(known: Shape, row: Mapping[str, Any]) -> bool:
    """Return whether the text of a row may be a list of turns, of which some answer."""
    turns = row.get(_TEXT)
    return known.name == _TEXT and isinstance(turns, list) and is_dialogue(turns, _TEXT) and is_answered(turns)


def of_turns(known: Shape, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess that such texts are conversations; None unless nearly all rows have one."""
    from datalint.shapes.inference.translated_keys import infer

    guess = infer(rows)
    if guess is None or not guess.clear or dict(guess.columns).get("messages") != _TEXT:
        return None
    return guess.about(rows, known.name)
