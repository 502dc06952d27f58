"""Words and expressions that the rules about the order of turns share."""

from __future__ import annotations

from typing import Final

import polars as pl

from datalint.api import Examples, Turns

#: Shapes whose rows are one conversation that ends in what is to be learned. Preference rows hold two, and
#: reinforcement rows (`openai-rft`) end with the user's turn by design.
SUPERVISED: Final = ("openai-chat", "sharegpt", "message-list", "gemini", "bedrock-converse", "kto", "mapped")

#: Whose a turn is that is not the assistant's, by its letter in the column ``roles``.
SPEAKERS: Final = {"s": "the system's", "u": "the user's", "t": "a tool's"}


def supervised(examples: Examples, *more: str) -> pl.Expr:
    """Return whether a row is one conversation to learn from; ``more`` names further shapes that count."""
    return examples.shape.is_in([*SUPERVISED, *more]) & ~examples.is_preference


def follows_in_list(turns: Turns) -> pl.Expr:
    """Return whether a turn is a message of a list, and not that list's first.

    A row's first turn, the halves of a preference and a prompt before its completion follow nothing.
    """
    path = turns.path
    message = pl.any_horizontal(path.str.ends_with(leaf) for leaf in ("].content", "].value", "].parts"))
    return (turns.turn > 0) & message & ~path.str.contains_any(["[0]."])


def spoken_by(roles: pl.Expr, letters: str) -> pl.Expr:
    """Return whether all turns are of these roles, by their letters; true for none.

    Not a regular expression: Polars keeps 32 of those, and what any chunk needs beyond them is compiled for each chunk.
    """
    return roles.str.strip_chars(letters) == ""
