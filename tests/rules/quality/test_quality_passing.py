"""Cheap questions before costly ones: they let through whatever the costly one would find, and spare it the rest."""

from __future__ import annotations

from typing import Any

import polars as pl
from every import every
from hypothesis import given
from hypothesis import strategies as st

from datalint.api import Turns, passing
from datalint.rules.common.responses import endings, refusals
from datalint.rules.common.texts import turns as shared
from datalint.rules.common.texts.turns import is_blank
from datalint.rules.quality import truncated_response

TEXT = pl.col("text")
#: Texts of any kind but lone surrogates, which a series can't hold.
texts = st.text(
    st.sampled_from(f"a~!\x7f\x80\0{shared.BLANK}字🙂é") | st.characters(exclude_categories=["Cs"]), max_size=8
)


def asked(said: list[str], condition: pl.Expr, *tests: Any) -> tuple[list[bool], list[list[str]]]:
    """Return which of ``said`` pass, and which of them each test was made of."""
    seen: list[list[str]] = [[] for _ in tests]

    def noted(place: int) -> Any:
        def note(text: pl.Series) -> pl.Series:
            seen[place] += text.to_list()
            return text

        return lambda text: tests[place](text.map_batches(note, return_dtype=pl.String))

    found = passing(condition, TEXT, *(noted(place) for place in range(len(tests))))
    return pl.DataFrame({"text": pl.Series(said, dtype=pl.String)}).select(found).to_series().to_list(), seen


@given(st.lists(texts, max_size=6))
def test_all_tests_must_pass_and_each_is_made_of_the_texts_left_over(said: list[str]) -> None:
    found, (first, second) = asked(
        said, TEXT != "", lambda text: text.str.contains("a"), lambda text: text.str.starts_with("a")
    )
    assert found == [text.startswith("a") for text in said]
    assert first == [text for text in said if text]
    assert second == [text for text in said if "a" in text]


def test_no_text_left_is_no_question() -> None:
    assert asked(["x", ""], TEXT == "a", lambda text: text != "") == ([False, False], [[]])


def test_the_text_may_be_made_of_a_column() -> None:
    frame = pl.DataFrame({"said": ["a ", " a"]})
    said = pl.col("said")
    found = passing(said != "", said.str.strip_chars_end(), lambda text: text == "a")
    assert frame.select(found).to_series().to_list() == [True, False]


@given(st.lists(texts, max_size=6))
def test_blank_texts_are_those_of_blank_characters_alone(said: list[str]) -> None:
    frame = pl.DataFrame({"text": pl.Series(said, dtype=pl.String)})
    assert frame.select(is_blank(Turns())).to_series().to_list() == [not text.strip(shared.BLANK) for text in said]


@every("char", shared.BLANK, ids=lambda char: f"{ord(char):04x}")
def test_every_blank_character_is_doubted(char: str) -> None:
    assert pl.DataFrame({"text": [char]}).select(is_blank(Turns())).item()


def test_what_is_shared_is_one_expression() -> None:
    # Only the same function is known to be the same question, which is then asked once for all rules.
    turns = Turns()
    assert shared.is_odd(turns) is shared.is_odd(turns)
    assert is_blank(turns) is is_blank(turns)


@given(st.from_regex(refusals._REFUSAL))
def test_every_refusal_denies(said: str) -> None:
    assert pl.Series([said]).str.contains(refusals._DENIAL).all()


@given(
    st.lists(
        st.sampled_from(("and", "the bank", "A", ". ", "! ", "(", ", ", "。", "的", "\n", "x" * 400, " " * 20))
    ).map("".join),
    st.text(st.sampled_from(" \t\n\v\x85\u00a0\u2003\u3000"), max_size=3),
)
def test_an_end_that_may_be_cut_is_found_in_the_whole_text(said: str, blank: str) -> None:
    ends = pl.Series([said + blank]).str.strip_chars_end().str.tail(endings._TAIL)
    text = pl.Series([said + blank])
    if ends.str.contains(truncated_response._GATE).all():
        assert text.str.contains(truncated_response._GATE).all()
