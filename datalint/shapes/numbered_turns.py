"""Conversations whose turns have keys of their own: ``user_1``, ``assistant_1``, ``user_2`` …"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from datalint.shapes.fields import read_side
from datalint.shapes.guess import FIRST_TURNS
from datalint.shapes.sink import Sink


def read_numbered_turns(turns: Sequence[tuple[Any, str]], sink: Sink) -> None:
    """Read turns, each a value and its path, in their order: the first one, the third and so on are the user's.

    A shorter conversation has nothing under the keys of later turns.
    """
    for place, (item, path) in enumerate(turns):
        if place < FIRST_TURNS or item not in (None, "", [], {}):
            read_side("" if item is None else item, path, sink, response=place % 2 == 1)
