"""Shingle hashes stand for the sets that a naive implementation makes."""

from __future__ import annotations

import re
import unicodedata

import numpy as np
import pytest
from draws import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from datalint.core.errors import DatalintError
from datalint.neardup import Shingling
from datalint.neardup.text.shingles import count_shingles, shingle_hashes
from datalint.neardup.text.words import count_words, word_hashes

SPACELESS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
ALPHABET = st.sampled_from("ab \x00.é“日本กา한😀\U0001f468\u200dẞ_9")
TEXTS = st.lists(st.text(st.one_of(ALPHABET, st.characters(exclude_categories=("Cs",))), max_size=30), max_size=6)


def words(text: str) -> list[str]:
    def kind(char: str) -> str:
        if unicodedata.category(char)[0] in "LMN" or unicodedata.category(char) == "Pc" or char in "\u200c\u200d":
            spaceless = re.match(f"[{SPACELESS}\uf900-\ufaff\uff66-\uff9f\U00020000-\U000323ff]", char)
            return "single" if spaceless else "run"
        return "gap"

    found: list[str] = []
    before = "gap"
    for char in text:
        now = kind(char)
        if now == "single" or (now == "run" and before != "run"):
            found.append(char)
        elif now == "run":
            found[-1] += char
        before = now
    return found or ([text] if text else [])


def naive(text: str, shingling: Shingling) -> set[tuple[str, ...]]:
    units = list(text) if shingling.unit == "char" else words(text)
    if 0 < len(units) < shingling.size:
        return {("whole", *units)}
    return {tuple(units[i : i + shingling.size]) for i in range(len(units) - shingling.size + 1)}


def sets(texts: list[str], shingling: Shingling, part: int = 0) -> list[set[int]]:
    hashes, counts = shingle_hashes(texts, shingling, part)
    assert counts.sum() == len(hashes)
    found, start = [], 0
    for count in counts.tolist():
        found.append(set(hashes[start : start + count].tolist()))
        start += count
    return found


@pytest.mark.parametrize(
    "name", ["char-1", "char-2", "char-5", "char-8", "char-9", "char-13", "char-24", "word-1", "word-3", "word-5"]
)
@settings(max_examples=examples(40))
@given(texts=TEXTS)
def test_one_hash_for_each_shingle(name: str, texts: list[str]) -> None:
    shingling = Shingling.parse(name)
    # One call a text and one call for all: an ASCII text alone takes another path than among others.
    together = sets(texts, shingling)
    assert together == [sets([text], shingling)[0] for text in texts]
    for text, hashes in zip(texts, together, strict=True):
        expected = naive(text, shingling)
        assert len(hashes) == len(expected)
        for other, other_hashes in zip(texts, together, strict=True):
            assert len(hashes & other_hashes) == len(expected & naive(other, shingling))


def test_parts_hash_differently() -> None:
    text = ["the same text, 日本語も"]
    assert not sets(text, Shingling(), 0)[0] & sets(text, Shingling(), 1)[0]


def test_a_short_text_is_not_the_start_of_a_longer_one() -> None:
    short, padded = sets(["ab", "ab\x00\x00\x00"], Shingling())
    assert not short & padded


@pytest.mark.parametrize(("units", "expected"), [(0, 0), (1, 1), (4, 1), (5, 1), (6, 2)])
def test_counts(units: int, expected: int) -> None:
    assert count_shingles(np.array([units]), Shingling()).tolist() == [expected]


def test_no_texts() -> None:
    hashes, counts = shingle_hashes([], Shingling())
    assert (len(hashes), len(counts)) == (0, 0)


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("chars-5", "char-5"),
        ("5", "char-5"),
        ("words", "word-3"),
        ("word_2", "word-2"),
        ("char-0", "char-5"),
        ("", "char-5"),
    ],
)
def test_a_wrong_name_is_an_error_with_a_suggestion(text: str, suggestion: str) -> None:
    with pytest.raises(DatalintError, match=f"did you mean {suggestion}"):
        Shingling.parse(text)


@pytest.mark.parametrize("text", ["char-5", "word-3", " WORD-12 "])
def test_names_round_trip(text: str) -> None:
    assert str(Shingling.parse(text)) == text.strip().lower()


@given(st.lists(st.text(alphabet="ab, ?é語ก𠀀", max_size=12), max_size=8))
def test_words_are_counted_as_they_are_hashed(texts: list[str]) -> None:
    codes = np.array([ord(char) for text in texts for char in text], np.uint32)
    lengths = np.array([len(text) for text in texts], np.int64)
    hashes, counts = word_hashes(codes, lengths)
    assert count_words(codes, lengths).tolist() == counts.tolist()
    assert counts.sum() == len(hashes)
