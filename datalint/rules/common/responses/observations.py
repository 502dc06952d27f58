"""Responses with what tools returned, between the thoughts and actions of an agent (ReAct)."""

from __future__ import annotations

from functools import cache
from typing import Final

import polars as pl

from datalint.api import Chunk, has_any, passing
from datalint.rules.common.frames import picked
from datalint.rules.common.responses.nearly_all import Share, share_of
from datalint.rules.common.texts.turns import learned_texts

#: An action, on one line or a few, and what it gave: ``Action: search[pier]`` and ``Observation 1: The pier is …``.
_OBSERVED: Final = r"(?m)^Action(?: \d+)?(?: Input)?:[^\n]*\n(?:[^\n]*\n){0,3}?Observation(?: \d+)?:[ \t]*\S"
_SIGN: Final = "Observation"
#: Responses with one from which on they are reported, and their share.
_LEAST: Final = 10
_SHARE: Final = 0.02


def find_observations(chunk: Chunk) -> Share:
    """Count the responses of a chunk in which an observation follows an action."""
    turns = chunk.turns
    texts = picked(turns, learned_texts(chunk) & (turns["role"] != "text") & (turns["chars"] > 0), "example", "text")
    return share_of(chunk, texts["example"], texts.select(_observed()).to_series())


@cache
def _observed() -> pl.Expr:
    text = pl.col("text")
    return passing(has_any(text, (_SIGN,)), text, lambda some: some.str.contains(_OBSERVED))


def many_observe(found: Share) -> bool:
    """Return whether so many responses have what tools returned that they are written so."""
    return found.having >= max(_LEAST, _SHARE * found.texts)
