"""Copies among rows whose response is missing, which are alike because of that."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import polars as pl

from datalint.api import ROLE_LETTERS, Dataset, Group
from datalint.rules.common.texts.empty_answers import asks_for_silence, asks_to_extract
from datalint.rules.common.unanswered import is_unanswered, lacks_places

#: The share of examples from which empty responses are what a dataset is meant to have.
_BY_DESIGN: Final = 0.9
#: Groups that are read.
_READ: Final = 10_000


def without_unanswered(data: Dataset, groups: Sequence[Group]) -> list[Group]:
    """Return groups without those of rows whose response is empty, which ``empty-response`` reports.

    Those stay whose empty response may be right, as that of a question that the text does not answer, and all of them
    where nearly no row has a response.
    """
    if not groups:
        return [*groups]
    nothing = (pl.col("response_chars") == 0) & (pl.col("prompt_chars") > 0) & ~pl.col("is_preference")
    asked = pl.col("roles").str.contains(ROLE_LETTERS["assistant"], literal=True)
    silent = data.examples.select(nothing & asked & ~pl.col("has_tool_calls") & ~pl.col("has_media")).to_series()
    if not 0 < silent.sum() < _BY_DESIGN * data.size:
        return [*groups]
    rows = [group.rows[0] for group in groups if silent[group.rows[0]]][:_READ]
    if not rows:
        return [*groups]
    found = zip(rows, data.records(rows), data.texts(rows), strict=True)
    left_out = {
        row
        for row, record, text in found
        if not (is_unanswered(record) or lacks_places(record))
        and not any(asks_for_silence(each) or asks_to_extract(each) for each in (text.prompt, text.system))
    }
    return [group for group in groups if group.rows[0] not in left_out]
