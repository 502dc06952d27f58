"""A text and its copies with tags: around the names in it, or at each of its words (``word=TAG``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import is_class
from datalint.shapes.evidence.names import has_word, is_about
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn, is_unnamed
from datalint.shapes.guess import JOIN, Guess
from datalint.shapes.inference.marked_copies import are_tagged_copies

#: Words of the names of such copies.
_TAGGED: Final = ("tagged", "annotated", "marked", "labelled", "labeled")
#: Signs between a word and its tag, rows that are compared, and the share of them whose words must be the same.
_SIGNS: Final = "=/_|"
_ROWS: Final = 50
_NEARLY_ALL: Final = 0.9


def tagged_copies(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the proposal to learn the tags of a text, if rows have other texts, too, and no class."""
    texts = [each for each in columns if each.holds is Holds.TEXT and not is_about(each)]
    tagged = [each for each in texts if has_word(each.key, _TAGGED)]
    if len(rows) < LEAST_ROWS or len(tagged) != 1 or len(texts) < 3 or any(map(is_class, columns)):
        return None
    copied = [each for each in texts if each not in tagged and are_tagged_copies(rows, tagged[0].key, each.key)]
    return Guess.of({"prompt": copied[0].key, "response": tagged[0].key}) if len(copied) == 1 else None


def tagged_words(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the proposal for a table without names of texts and copies of them with a tag at each word.

    All copies are learned, such as one with aspects and one with opinions: none is a context of the other.
    """
    texts = [each for each in columns if each.holds is not Holds.NOTHING]
    if len(rows) < LEAST_ROWS or len(texts) < 3 or not all(map(is_unnamed, texts)):
        return None
    text, *copies = texts
    if not all(_tag_words(rows, each.key, text.key) for each in copies):
        return None
    return Guess.of({"prompt": text.key, "response": JOIN.join(each.key for each in copies)})


def _tag_words(rows: Sequence[Mapping[str, Any]], tagged: str, text: str) -> bool:
    """Whether nearly all texts have as many words as another one, each of them such a word with a sign and a tag."""
    pairs = [(str(row.get(tagged, "")).split(), str(row.get(text, "")).split()) for row in rows[:_ROWS]]
    return any(sum(_have_tags(one, words, sign) for one, words in pairs) >= _NEARLY_ALL * len(pairs) for sign in _SIGNS)


def _have_tags(tagged: Sequence[str], words: Sequence[str], sign: str) -> bool:
    return len(tagged) == len(words) > 0 and all(
        one.rpartition(sign)[0] == word for one, word in zip(tagged, words, strict=True)
    )
