"""Normalisation agrees with what Python would do."""

from __future__ import annotations

import unicodedata
from unittest.mock import patch

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import datalint.neardup.text.normalize as of_texts
from datalint.neardup import normalize
from datalint.neardup.text.normalize import shifts

# Letters newer than the interpreter's Unicode tables are Polars' to judge.
KNOWN = st.characters(exclude_categories=("Cs", "Cn"))
SPACES = st.sampled_from(" \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2003\u2028\u2029\u202f\u205f\u3000\u200b")


def python(text: str) -> str:
    return " ".join(text.lower().split())


@given(st.lists(st.text(st.one_of(KNOWN, SPACES)), max_size=5))
def test_same_as_lower_and_split(texts: list[str]) -> None:
    made = [python(text) for text in texts]
    assert normalize(pl.Series(texts, dtype=pl.String)).to_list() == made
    with patch.object(of_texts, "_FEW_BYTES", -1):  # as many texts, or longer ones, are
        assert normalize(pl.Series(texts, dtype=pl.String)).to_list() == made


@pytest.mark.parametrize(
    "text", ["", "   ", "İSTANBUL", "ΣΑΣ ΟΔΟΣ", "ẞ", "a\x1cb\x85c\u3000d\u200be", "  Ｆull　width "]
)
def test_cases(text: str) -> None:
    assert normalize(pl.Series([text])).to_list() == [python(text)]


def test_every_space_of_the_interpreter() -> None:
    spaces = [chr(code) for code in range(0x110000) if chr(code).isspace()]
    assert normalize(pl.Series([f"a{space}{space}b{space}" for space in spaces])).to_list() == ["a b"] * len(spaces)


def test_every_letter_that_older_tables_know() -> None:
    letters = [chr(code) for code in range(0x110000) if unicodedata.category(chr(code))[0] == "L"]
    assert normalize(pl.Series(letters)).to_list() == [letter.lower() for letter in letters]


def test_shifts_are_for_characters_that_stay_alone() -> None:
    codes = np.flatnonzero(shifts())
    characters = [chr(code) for code in codes]
    lower = [chr(code + shift - 1) for code, shift in zip(codes, shifts()[codes].astype(int), strict=True)]
    assert codes[0] > 0x7F
    assert lower == [character.lower() for character in characters]
    assert [len(each.encode()) for each in lower] == [len(each.encode()) for each in characters]
    series = pl.Series(characters)
    assert normalize(series).to_list() == lower
    # Between letters too, where a final sigma would have another form.
    assert normalize("A" + series + "B").to_list() == [f"a{each}b" for each in lower]
    assert (series.str.normalize("NFKC") == series).all()
    # NFKC joins a character to one before only where it is the end of a pair, or sorts behind others.
    # There are none behind the third plane.
    pairs = [pair.split() for pair in map(unicodedata.decomposition, map(chr, range(0x30000))) if "<" not in pair]
    ends = {int(pair[1], 16) for pair in pairs if len(pair) == 2}
    assert ends.union(range(0x1161, 0x1176), range(0x11A8, 0x11C3)).isdisjoint(codes)
    assert not any(map(unicodedata.combining, characters))


def test_null_is_empty() -> None:
    assert normalize(pl.Series([None, "A"], dtype=pl.String)).to_list() == ["", "a"]
