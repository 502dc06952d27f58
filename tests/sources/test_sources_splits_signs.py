"""Names without a sign of an evaluation set are decided without the expressions, and none of these would find any."""

from __future__ import annotations

import string

import pytest
from draws import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from datalint.sources import name_hints, split_words, splits

NAMED = (
    *("_NAMED_FOR_EVALUATION", "_INSIDE", "_QUERIES", "_INSIDE_ALONE", "_INSIDE_PAIR", "_SET_FOR_EVALUATION"),
    *("_MAY_BE_FOR_EVALUATION", "_BENCHMARKS", "_FOLDER_FOR_EVALUATION", "_LAST_FOLDER"),
)
PATTERNS = [(getattr(splits, name), splits._SIGNS) for name in NAMED]
PATTERNS += [(split_words.HELD_ALONE, splits._SIGNS), (name_hints._WEAK, name_hints._WEAK_SIGNS)]


@pytest.mark.parametrize(("pattern", "signs"), PATTERNS, ids=[*NAMED, "HELD_ALONE", "_WEAK"])
def test_every_name_that_an_expression_finds_has_a_sign(pattern: str, signs: tuple[str, ...]) -> None:
    @settings(max_examples=examples(40), database=None)
    @given(st.from_regex(pattern, alphabet=st.characters(codec="ascii")))
    def check(name: str) -> None:
        assert any(sign in name.lower() for sign in signs)

    check()


def test_folders_of_these_names_have_a_sign() -> None:
    assert all(any(sign in name for sign in splits._SIGNS) for name in split_words.NAMES)
    assert set("".join(splits._SIGNS)) <= {*string.ascii_lowercase}
