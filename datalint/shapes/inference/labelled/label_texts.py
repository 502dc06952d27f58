"""Which of several texts a label is about, and which of them are its reasons, its names or its versions."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from datalint.shapes.evidence.aims import AIMS, ASPECTS, is_aspect
from datalint.shapes.evidence.labels import VARIED
from datalint.shapes.evidence.name_pairs import are_pair
from datalint.shapes.evidence.names import EXPLAINS, INFERENCE, QUESTIONS, has_word, is_about, stem
from datalint.shapes.evidence.sampled import LONG, SampledColumn
from datalint.shapes.inference.labelled.senses import is_sense
from datalint.shapes.inference.labelled.several_texts import COMMENTS, comment_of, is_read
from datalint.support.names.column_names import Strength, strength

#: Words of the names of prompts that are those of people too.
_PEOPLE: Final = ("user", "human")
#: Words of the names of texts that somebody asks for, and how many times as long as the request they are at least.
_WORKS: Final = ("story", "poem", "poetry", "essay", "lyrics", "song", "joke", "letter", "recipe")
_LONGER: Final = 2
#: A word of the name of whether a text is about its target, which is a second label in sentences.
_TOWARDS: Final = ("towards",)
#: How many times as long as the other one a text of a pair without names is at most.
_UNLIKE: Final = 5


def are_requested(texts: Sequence[SampledColumn]) -> bool:
    """Return whether one of several texts is a story or the like by its name, and longer than the prompt next to it."""
    asked = [each for each in texts if strength(each.key, "prompt") is Strength.WHOLE]
    asked = [each for each in asked if not (each.asks or has_word(each.key, QUESTIONS))]
    works = [each for each in texts if has_word(each.key, _WORKS)]
    return any(text.length > _LONGER * each.length for text in works for each in asked)


def without_reasons(
    texts: Sequence[SampledColumn], text: SampledColumn, stated: Sequence[SampledColumn]
) -> list[SampledColumn]:
    """Return texts without what is within a text, or written about it: a reason for the class that is stated."""
    if not stated:
        return [*texts]
    rest = [each for each in texts if _is_reason(each, text)]
    return [each for each in texts if each is text or each not in rest or is_aspect(each) or is_sense(each, stated)]


def without_names(texts: Sequence[SampledColumn], text: SampledColumn) -> list[SampledColumn]:
    """Return texts without short names next to a long one, such as those of authors, which no label describes."""
    return [each for each in texts if each is text or not _is_name(each, text)]


def are_versions(text: SampledColumn, texts: Sequence[SampledColumn]) -> bool:
    """Return whether texts are a source and its target by their names, or versions of one text.

    Of a version, the values are as varied as the text, and no shorter than half, and its name says nothing else.
    """
    if any(are_pair(one.key, other.key) for one, other in pairwise(texts)):
        return True
    others = (each for each in texts if each is not text and not is_read(each) and not is_about(each))
    return any(each.distinct >= VARIED and 2 * each.length > text.length for each in others)


def best_text(texts: Sequence[SampledColumn]) -> SampledColumn:
    """Return the text that a label is about: the one that is a text by its name, or a prompt, or the longest."""
    plain = [each for each in texts if not has_word(each.key, EXPLAINS)]
    said = [each for each in texts if has_word(each.key, COMMENTS) and each.distinct >= VARIED]
    if said and all(each.distinct < VARIED and has_word(each.key, QUESTIONS) for each in plain):
        return said[0]  # what many say on a few questions
    if (comment := comment_of(texts)) is not None:
        return comment
    # A comment is what the label is about, next to no more than what it is on.
    texts = plain if any(strength(each.key, "heading") < Strength.WHOLE for each in plain) else texts
    return max(texts, key=lambda each: (strength(each.key, "text"), strength(each.key, "prompt"), each.length))


def are_long(texts: Sequence[SampledColumn]) -> bool:
    """Return whether several texts are sentences or more."""
    return sum(each.length > LONG for each in texts) > 1


def _is_reason(column: SampledColumn, text: SampledColumn) -> bool:
    # A text whose name differs in its number alone, such as one of two translations, is the other one of a pair.
    paired = column is not text and stem(column.key) == stem(text.key)
    return column.within or (has_word(column.key, (*EXPLAINS, *_TOWARDS)) and not paired)


def _is_name(column: SampledColumn, text: SampledColumn) -> bool:
    """Whether a column of short texts next to much longer ones is metadata: its key names no role that is read."""
    said = ("text", "context", "heading", *(() if has_word(column.key, _PEOPLE) else ("prompt",)))
    named = is_read(column) or any(strength(column.key, each) for each in said)
    named = named or has_word(column.key, (*INFERENCE, *ASPECTS, *AIMS))
    return column.short and not named and text.length > _UNLIKE * column.length and text.length > LONG
