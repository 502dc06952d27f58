"""Runs of letters keep the marks of their script."""

from __future__ import annotations

import re
import unicodedata

import pytest

from datalint.engine.reduce.comparing.word_sequences import sequence_of
from datalint.support.word_scripts import MARKS, SPACELESS, runs_of_letters


def test_marks_are_those_of_unicode() -> None:
    found = re.compile(f"[{MARKS}]")
    for code in range(0x300, 0x1A00):
        category = unicodedata.category(chr(code))
        if category != "Cn":
            assert (found.fullmatch(chr(code)) is not None) == (category[0] == "M"), hex(code)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("लड़की की किताब, और मैं।", ["लड़की", "की", "किताब", "और", "मैं"]),
        ("আমার হিসাব ৩টি", ["আমার", "হিসাব", "3", "টি"]),
        ("என் கணக்கின் விவரம்", ["என்", "கணக்கின்", "விவரம்"]),
        ("क्\u200dष श्री", ["क्\u200dष", "श्री"]),
        ("כָּתַב سِرّ", ["כָּתַב", "سِرّ"]),
        ("می\u200cخواهم", ["می", "خواهم"]),
        ("l’été d'Ann’s 3kg", ["l’été", "d'ann’s", "3", "kg"]),
    ],
)
def test_a_word_that_is_compared_has_its_marks(text: str, words: list[str]) -> None:
    assert sequence_of(text) == words


def test_each_character_of_a_script_without_spaces_is_a_word() -> None:
    assert sequence_of("ดี 文字") == ["ด", "ี", "文", "字"]
    assert re.fullmatch(f"[{SPACELESS}]+", "ดีမြ文字") is not None


def test_answers_that_differ_in_a_mark_are_not_the_same() -> None:
    assert runs_of_letters("लड़का") != runs_of_letters("लड़की")
    assert runs_of_letters("ดี") != runs_of_letters("ดุ")
    assert runs_of_letters("a_b, c") == ["a_b", "c"]
