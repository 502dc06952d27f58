"""Turns that are a text with a label, perhaps before a topic, or the tokens of a tagged one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import polars as pl

from datalint.api import Turns, passing
from datalint.rules.common.lazy_pattern import lazy_pattern
from datalint.rules.common.spans.token_keys import TOKENS

#: The path of a text that is a value of a row itself, and words of the names of those that somebody asks, who may paste
#: whatever they have.
_OF_ROW: Final = lazy_pattern(r"\$(?:\.[^.\[\]]+|\[[^\[\]]+\])")
_OF_PEOPLE: Final = lazy_pattern(
    r"(?i)(?<![a-z])(?:question|query|instruction|prompt|input|user|human|ask|task|request|problem|source)s?(?![a-z])"
)
#: Characters of a label.
_LABEL: Final = 40
#: Characters of several labels, each with its key, at most.
_LABELS: Final = 1_000
#: The paths of a question about a text, which has an answer and no label, and of the tokens of a tagged one.
_ASKED: Final = ("$.question", "$.Question", "$.query", "$.instruction", "$.prompt")
_TOKENS: Final = tuple(f"$.{name}" for name in TOKENS)


def is_classified(turns: Turns) -> pl.Expr:
    """Return whether a turn is a text with a label, perhaps before a topic, or the tokens of a tagged one."""
    columns = (turns.is_prompt, turns.turn, turns.path, turns.chars, turns.is_response, turns.is_last, turns.text)
    is_first = turns.is_prompt & (turns.turn == 0)

    def classified(series: Sequence[pl.Series]) -> pl.Series:
        frame = pl.DataFrame(series)
        first = frame["is_prompt"] & (frame["turn"] == 0)
        paths = sorted(path for path in {*frame["path"].filter(first)} if path in _TOKENS or _is_of_text(path))
        # Most data has neither.
        if not paths:
            return pl.Series(np.zeros(frame.height, np.bool_))
        return frame.select(_with_label(turns, is_first, paths)).to_series()

    return pl.map_batches(columns, classified, return_dtype=pl.Boolean)


def _is_of_text(path: str) -> bool:
    return _OF_ROW.fullmatch(path) is not None and _OF_PEOPLE.search(path) is None


def _with_label(turns: Turns, first: pl.Expr, paths: Sequence[str]) -> pl.Expr:
    text = first & turns.path.is_in([path for path in paths if path not in _TOKENS])
    topic = turns.is_prompt & (turns.turn == 1) & (turns.chars <= _LABEL) & ~turns.path.is_in(_ASKED)
    topic &= text.shift(1, fill_value=False)
    follows = (text.shift(1, fill_value=False) & (turns.turn == 1)) | topic.shift(1, fill_value=False)
    answer = follows & turns.is_response & turns.is_last & (turns.turn <= 2)
    several = passing(answer & turns.chars.is_between(_LABEL + 1, _LABELS), turns.text, _are_labels)
    answer &= (turns.chars <= _LABEL) | several
    answered = answer.shift(-1, fill_value=False) | (topic & answer.shift(-1, fill_value=False)).shift(
        -1, fill_value=False
    )
    alone = turns.turn.shift(-1, fill_value=0) == 0
    return (text & answered) | (first & turns.path.is_in(_TOKENS) & alone)


def _are_labels(text: pl.Expr) -> pl.Expr:
    """Return whether a text has one short value after its key in each line."""
    lines = text.str.count_matches("\n", literal=True) + 1
    return (text.str.count_matches(": ", literal=True) == lines) & (text.str.len_chars() <= _LABEL * lines)
