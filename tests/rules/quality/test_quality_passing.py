"""Cheap questions before costly ones: they let through whatever the costly one would find, and spare it the rest."""

from __future__ import annotations

import re
from typing import Any

import polars as pl
from every import every
from hypothesis import given
from hypothesis import strategies as st

from datalint.api import Turns, passing
from datalint.rules.common.kept_rows import listed_rows
from datalint.rules.common.responses import (
    closing_labels,
    cut_copies,
    endings,
    missing_answers,
    quoted_responses,
    refusals,
)
from datalint.rules.common.texts import turns as shared
from datalint.rules.common.texts.turns import is_blank
from datalint.rules.quality import numbered_question, truncated_response

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


#: Texts that begin and end with signs which rules look for, and with what strips or does not strip.
edges = st.lists(
    st.sampled_from(
        [
            *'"“”„«»:*,.12?!]>bqQ：１字é \t\n\x1c\x7f\x85\u00a0\u2003\u3000',
            *("**", "```", "b'", "Question", "вопрос", "\r\n", " " * 9),
        ]
    ),
    max_size=6,
).map("".join)


def answers(said: list[str], question: pl.Expr) -> list[Any]:
    return pl.DataFrame({"text": pl.Series(said, dtype=pl.String)}).select(question).to_series().to_list()


@given(st.lists(edges, max_size=6))
def test_white_space_before_a_sign_is_passed_over(said: list[str]) -> None:
    begin = TEXT.str.strip_chars_start()
    for signs in (('"',), ("b'", 'b"'), ("```",), ("**",)):
        assert answers(said, shared.opens_with(TEXT, *signs)) == answers(
            said, pl.any_horizontal(begin.str.starts_with(sign) for sign in signs)
        )


@given(st.lists(edges, max_size=6))
def test_white_space_at_an_end_is_doubted(said: list[str]) -> None:
    doubted = answers(said, shared.may_end_blank(TEXT))
    assert all(doubt for doubt, text in zip(doubted, said, strict=True) if text != answers([text], strip(TEXT))[0])


def strip(text: pl.Expr) -> pl.Expr:
    return text.str.strip_chars_end()


@given(st.lists(edges | st.none(), max_size=6))
def test_the_last_character_is_the_one_before_white_space(said: list[str | None]) -> None:
    end = strip(TEXT.str.tail(endings._END_CHARS)).str.tail(1)
    assert answers(said, endings.last_char(TEXT)) == answers(said, end)  # type: ignore[arg-type]


@given(st.lists(edges, max_size=6))
def test_a_mark_at_the_end_of_a_response_is_found_behind_blanks_and_commas(said: list[str]) -> None:
    exact = quoted_responses._end_with_mark(TEXT)
    may = TEXT.str.tail(1).is_in((*quoted_responses._LAST, *quoted_responses._AFTER)) | shared.may_end_blank(TEXT)
    assert answers(said, exact) == answers(said, may & exact)


@given(st.lists(edges, max_size=6))
def test_every_number_of_a_question_begins_like_one(said: list[str]) -> None:
    initials = answers(said, numbered_question._has_initial(TEXT.str.strip_chars_start()))
    for text, may, has_initial in zip(
        said, answers(said, numbered_question._may_be_numbered(TEXT)), initials, strict=True
    ):
        if numbered_question._NUMBER.match(text) or numbered_question._GLUED.match(text):
            assert may == has_initial


@given(st.lists(edges, max_size=6))
def test_a_label_at_the_end_of_a_response_is_found_behind_white_space(said: list[str]) -> None:
    texts = [f"What was found:\n{text}\nLabel{text}" for text in said]
    schema = {"example": pl.Int64, "path": pl.String, "text": pl.String}
    turns = pl.DataFrame([(at, "$.a", text) for at, text in enumerate(texts)], schema, orient="row")
    found = [row for row, *_ in listed_rows(closing_labels.unfilled_of(turns))]
    ends = [text.rstrip(" \t\r\n*")[-closing_labels._TAIL :] for text in texts]
    assert found == [
        at for at, end in enumerate(ends) if end.endswith((":", "：")) and re.search(closing_labels._ALONE, end)
    ]


@given(st.lists(st.tuples(edges, edges), max_size=6))
def test_white_space_around_a_response_is_no_part_of_its_length(around: list[tuple[str, str]]) -> None:
    texts = pl.Series([f"{before}{'x' * 18}{after}" for before, after in around], dtype=pl.String)
    long = texts.str.strip_chars().str.len_chars() >= cut_copies._SHORTEST
    assert cut_copies._are_long(texts).to_list() == long.to_list()


@given(
    st.lists(st.sampled_from((*missing_answers._SAYS, *missing_answers._BEGIN, "Please", "PLEASE", "text", " ", "\n")))
)
def test_a_sentence_without_an_answer_has_its_words(said: list[str]) -> None:
    text = " ".join(said)
    if missing_answers._sentence(text):
        assert all(answers([text], missing_answers._says_or_begins(TEXT)))
