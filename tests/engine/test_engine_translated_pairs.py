"""Translations that differ in one word on either side are different examples, also if the words of one are alike."""

from __future__ import annotations

import pytest

from datalint.engine.reduce.comparing.differing import Difference
from datalint.engine.reduce.comparing.text_words import Words
from datalint.engine.reduce.comparing.translated_pairs import translate_others

NALU = "tollo ramen otuli veno pakka {} suli merendo", "that boy walked along the village and feared a {}"
RESET = "How do I reset the {} of my account here", "{} the reset link of your account and enter the password"


@pytest.mark.parametrize(
    ("texts", "first", "second", "expected"),
    [
        (NALU, ("kasso", "beast"), ("kassomimba", "flock"), True),
        (NALU, ("kasso", "beast"), ("kassos", "beasts"), False),
        (NALU, ("kasso", "beast"), ("kasso", "flock"), False),
        (NALU, ("kasso", "beast"), ("kassomimba lu", "flock"), False),
        (NALU, ("kasso", "beast"), ("kassomimba", "flock of sheep"), False),
        (NALU, ("kasso 2", "beast"), ("kasso 3", "flock"), False),
        (RESET, ("password", "Select"), ("passwords", "Choose"), False),
        (("{} kassa", "a {}"), ("ne", "house"), ("nel", "wedding"), False),
    ],
)
def test_one_word_on_either_side(
    texts: tuple[str, str], first: tuple[str, str], second: tuple[str, str], *, expected: bool
) -> None:
    one, other = (
        Words(*(text.format(word) for text, word in zip(texts, words, strict=True)), asked=True)
        for words in (first, second)
    )
    assert translate_others(Difference(one, other)) is expected
