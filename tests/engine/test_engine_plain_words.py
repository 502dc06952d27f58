"""A plain word that one of two texts lacks is never one of those that are taken for values of either text."""

from __future__ import annotations

import pytest
from draws import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from datalint.engine.reduce.comparing.differing import Difference
from datalint.engine.reduce.comparing.plain_words import has_plain_word
from datalint.engine.reduce.comparing.stated_answers import Statements
from datalint.engine.reduce.comparing.text_words import Words

WORDS = (
    "the The THE of Of 5of the's \"The 5 -5 - 7. end. iv boat Boat BOAT boats boat, boat's `boat` boat_house (boat)"
    " key:boat key: boat\n ſand sand Sand straße strasse four 4 5boat 5km km iii x**y boat^2 @boat Anna anna 北京"
    " 北京boat can can't d'can can’t can’é K 。 \n a the lamp stood near wall"
).split(" ")
TEXTS = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)


@settings(max_examples=examples(150))
@given(TEXTS, TEXTS)
def test_a_plain_word_is_no_value(one: str, other: str) -> None:
    found = Difference(Words(one), Words(other))
    if has_plain_word(one, other, least=3):
        assert not found.words <= found.values
        assert found.size >= 3


@pytest.mark.parametrize(
    ("other", "has"),
    [
        ("The lamp stood near the warm wall of the house.", True),
        ("The LAMP stood near the cold wall of the house.", False),
        ("The lamp stood near 12 cold wall of the house.", True),
        ("The lamp stood near 12 cold wall of The house.", False),
        ("The lamp stood near the cold wall of the house by 4 trees.", True),
        ("The lamp stood near the cold wall of the house, 4.", False),
        ("The lamp stood near the cold wall of the barn.", True),
        ("The lamp stood near the cold wall of the house.", False),
    ],
)
def test_finds_a_plain_word(other: str, has: bool) -> None:
    one = "The lamp stood near the cold wall of the house."
    assert has_plain_word(one, other, least=8) is has


def test_names_alone_are_left_to_the_full_comparison() -> None:
    text = "The boat of {} left the small port before the storm of {}."
    one, other = text.format("Anna", 4), text.format("Ben", 9)
    assert not has_plain_word(one, other, least=3)
    assert Statements(one).differs(Statements(other))
