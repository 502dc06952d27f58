"""The columns with the speakers of the turns in texts that are conversations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from datalint.support.chat_texts.turns import TurnMarks, spoken

if TYPE_CHECKING:
    from datalint.shapes.flatten import Flat


def add_spoken(flat: Flat, marks: TurnMarks) -> None:
    """Fill in the columns ``spoken`` of a chunk whose texts have markers of who speaks."""
    is_text = (flat.turns["role"] == "text").to_list()
    texts = flat.turns["text"].to_list()
    found = [spoken(text, marks) if its else "" for text, its in zip(texts, is_text, strict=True)]
    rows = [""] * flat.examples.height
    for row, letters in zip(flat.turns["example"].to_list(), found, strict=True):
        rows[row] = rows[row] or letters
    flat.turns = flat.turns.with_columns(pl.Series("spoken", found, dtype=pl.String))
    flat.examples = flat.examples.with_columns(pl.Series("spoken", rows, dtype=pl.String))
