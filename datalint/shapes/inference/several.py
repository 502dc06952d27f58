"""Rows that hold several examples each, or several texts of which a key names the right one: no option reads one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from datalint.shapes.guess import Guess
from datalint.support.names.paired_lists import paired_lists
from datalint.support.names.picked_keys import picking_key
from datalint.support.row_tables import tables_of


def are_several(guess: Guess, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether the prompt and the response that were guessed are lists of those of several examples.

    So is the only object of a file, with lists of rows of several layouts.
    """
    if len(rows) == 1 and tables_of(rows[0]):
        return True
    found = dict(guess.columns)
    pair = (found.get("prompt"), found.get("response"))
    return 2 * sum(paired_lists(row) == pair for row in rows) > len(rows)


def is_picked(guess: Guess, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether what is learned is under the name of one of several texts, and another key says which is right."""
    response = dict(guess.columns).get("response")
    return response is not None and picking_key(rows, response) is not None
