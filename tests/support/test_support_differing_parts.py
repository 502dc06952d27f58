"""The parts in which two texts differ have all words that one of them has more often than the other."""

from __future__ import annotations

from collections import Counter

from hypothesis import example, given
from hypothesis import strategies as st

from datalint.support.common_prefix import differing_parts

TEXTS = st.text("ab5. \n", max_size=12)


@example(one="a b", other="a a b")
@example(one="a ba", other="ba")
@given(one=TEXTS, other=TEXTS)
def test_no_word_of_its_own_is_left_out(one: str, other: str) -> None:
    whole, parts = ([Counter(text.split()) for text in pair] for pair in ((one, other), differing_parts(one, other)))
    assert parts[0] - parts[1] == whole[0] - whole[1]
    assert parts[1] - parts[0] == whole[1] - whole[0]


def test_words_in_common_are_left_out() -> None:
    assert differing_parts("the old boat left early", "the older boats left early") == ("old boat", "older boats")
    assert differing_parts("the boat", "the boat") == ("", "")
