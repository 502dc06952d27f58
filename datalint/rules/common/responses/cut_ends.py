"""Responses that stop in the middle of a sentence or in a block of code."""

from __future__ import annotations

from typing import Final

import polars as pl

from datalint.api import Dataset
from datalint.rules.common.responses.endings import before_last_line, last_line, may_be_cut, missing_stop, open_end
from datalint.rules.common.texts.scripts import unlabelled

#: Characters at the end of a text that are read.
TAIL: Final = 3_000
_OPEN: Final = ",，、(（[【"
_FENCE: Final = "```"


def is_cut(text: str) -> bool:
    """Return whether a response stops in the middle of a sentence, or in a block of code."""
    text = text.rstrip()
    if text.count(_FENCE) % 2:
        return True
    if not (text[-1:].isalpha() or text[-1:] in _OPEN):
        return False
    said = unlabelled(text[-TAIL:])
    line = last_line(said)
    if not may_be_cut({"text": said, "prompt": "", "system": ""}):
        return False
    # The lines of a script, which are short, end with a mark.
    is_script = said != text[-TAIL:]
    return is_script or open_end(line) is not None or missing_stop(before_last_line(said), line) is not None


def cut_rows(data: Dataset, responses: pl.DataFrame) -> list[int]:
    """Return the examples, in their order, whose last response may be cut and is."""
    rows = sorted(responses.filter("may")["example"].to_list())
    return [row for row, text in zip(rows, data.texts(rows), strict=True) if is_cut(text.chosen or text.response)]


def are_copies(data: Dataset, rows: list[int]) -> bool:
    """Whether most of the responses are equal to another one, as those of a template are."""
    return 2 * data.examples["response_hash"].gather(rows).n_unique() <= len(rows)
