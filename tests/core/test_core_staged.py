"""Tests of texts: every literal is found, whichever way it is looked for."""

from __future__ import annotations

import polars as pl
import pytest

from datalint.api import contains_many, has_any

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


@pytest.mark.parametrize("times", [1, 20, 500])
@pytest.mark.parametrize("ignore_case", [False, True])
def test_many_literals_are_found_as_polars_finds_them(times: int, ignore_case: bool) -> None:
    literals = ["Sign", "É", "&AMP", "no\0", *(f"word {number}" for number in range(60))]
    texts = [*TEXTS, "SIGN", "é", "É", "&amp", "no\0", "Word 7", "a word 7", "ſign", "x" * 3_000] * times
    frame = pl.DataFrame({"text": texts})
    made = frame.select(contains_many(pl.col("text"), literals, ignore_case=ignore_case)).to_series()
    assert made.equals(frame["text"].str.contains_any(literals, ascii_case_insensitive=ignore_case))
    nulls = pl.DataFrame({"text": [None, "word 7"]}).select(contains_many(pl.col("text"), literals)).to_series()
    assert nulls.to_list() == [None, True]
