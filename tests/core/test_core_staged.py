"""Tests of texts: every literal is found, whichever way it is looked for."""

from __future__ import annotations

import polars as pl
import pytest

from datalint.api import has_any

TEXTS = ["", "a <p>", "&amp;", "no sign", "one #5", "bullet •", "<", "xyz"]


@pytest.mark.parametrize(
    "literals",
    [
        ("<p>",),
        ("<p>", "&amp;", "#5", "*", "@"),
        ("<p>", "y", "•", " •", "no s"),
        tuple("abcdefghijklmnopqrstu<&"),
        ("•", "é"),
    ],
)
def test_literals_are_found_however_they_begin(literals: tuple[str, ...]) -> None:
    found = pl.DataFrame({"text": TEXTS}).select(has_any(pl.col("text"), literals)).to_series()
    assert found.to_list() == [any(each in text for each in literals) for text in TEXTS]
