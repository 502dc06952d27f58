"""Plain texts that are the messages of conversations, each a row of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from datalint.support.names.speakers import turn_keys

if TYPE_CHECKING:
    from datalint.shapes.base import Shape
    from datalint.shapes.guess import Guess


def may_be_message(known: Shape, row: Mapping[str, Any]) -> bool:
    """Return whether a text has a key of its speaker and one of its conversation."""
    return known.name == "text" and turn_keys(row) is not None


def single_messages(known: Shape, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess that leaves such texts unread, as they are to be joined first; None for other texts."""
    from datalint.shapes.evidence.sampled import LEAST_ROWS
    from datalint.shapes.evidence.sampling import columns_of
    from datalint.shapes.guess import Guess
    from datalint.shapes.inference.conversations.single_turns import are_turns

    if len(rows) < LEAST_ROWS or not are_turns(columns_of(rows), rows):
        return None
    return Guess(()).about(rows, known.name)
