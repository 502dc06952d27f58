"""Variants: similar rows of one dataset of which each teaches something that the other does not."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from datalint.engine.reduce.closed_answers import CALL
from datalint.engine.reduce.differing import Difference
from datalint.engine.reduce.text_words import is_digits
from datalint.engine.reduce.word_counts import has_number, weight
from datalint.engine.reduce.word_forms import own_words

#: Words from which a prompt has a context, and the share of the words of its other sentences below which they ask for
#: something else.
_CONTEXT: Final = 100
_ALIKE: Final = 0.5
#: Share of two texts without a prompt that is the same beginning, and words of its own with which each goes on.
_BEGINNING: Final = 0.5
_CONTINUED: Final = 8
#: Words of its own with which a prompt has a sentence more, most words of the lines that differ or of a text in which
#: numbers do, and characters of the answers that differ then.
_SENTENCE: Final = 5
_CHANGED: Final = 60
_SHORT_ANSWER: Final = 200
#: Most words of a short text in which each character counts, of one without an answer in which each word does, of one
#: in which it does whatever the answer is, and of one that says too little to be compared.
_FEW: Final = 20
_FEW_UNANSWERED: Final = 12
_LITTLE: Final = 4
_TOO_FEW: Final = 2


def are_variants(found: Difference, *, fixed_answer: bool) -> bool:
    """Return whether two similar texts of one dataset are variants by what differs in them.

    Prompts are if they have one context and other sentences that have little in common, and if one has a sentence more
    and their answers are short and differ; texts that are none if they begin alike and go on in other words. Where the
    answers are labels or missing, so are texts of one or two words, a word more in a few, a number in the place of a
    word, and Chinese texts with other characters. A ``fixed_answer`` is that of so many rows that it is like a label.
    """
    labelled = found.one.is_label and found.other.is_label
    if fixed_answer and found.one.asked and not labelled and found.is_of_labels(fixed=True):
        return True
    if not found.one.asked:
        return _say_little(found) or _go_on_otherwise(found) or _renumbers(found)
    if labelled and (_say_little(found) or _is_other_label(found)):
        return True
    return (
        _has_other_sentences(found)
        or _has_another_answer(found)
        or _asks_about_part(found)
        or _says_more(found, 0)
        or _says_more(found, 1)
    )


def _say_little(found: Difference) -> bool:
    """Return whether two texts are of one or two words, or one is the other one, of a few words, with one more."""
    if not found.words or found.size > _LITTLE:
        return False
    return found.size <= _TOO_FEW or _says_one_more(found)


def _go_on_otherwise(found: Difference) -> bool:
    """Return whether at least half of two texts is the same beginning, and each has several words of its own."""
    one, other = found.one.text, found.other.text
    half = round(_BEGINNING * max(len(one), len(other)))
    return one[:half] == other[:half] and min(map(weight, found.own)) >= _CONTINUED


def _renumbers(found: Difference) -> bool:
    """Return whether two short texts differ in numbers, and hardly in another word."""
    return found.size <= _CHANGED and found.renumbered and max(map(len, found.own)) <= 1


def _is_other_label(found: Difference) -> bool:
    answers = found.one.answer, found.other.answer
    return (
        (all(map(str.isascii, answers)) and (_replaces_character(found) or _replaces_characters(found)))
        or _replaces_by_number(found)
        or (not any(answers) and _says_one_more(found))
        or (found.size >= _CONTEXT and found.changed <= _FEW and all(found.own))
    )


def _has_other_sentences(found: Difference) -> bool:
    """Return whether two prompts share a context, and have in their other sentences less than half of the words."""
    if found.size < _CONTEXT or not all(found.own):
        return False
    mine, theirs = map(Counter, found.sequences)
    return (mine & theirs).total() < _ALIKE * (mine | theirs).total()


def _has_another_answer(found: Difference) -> bool:
    """Return whether two answers state other values of JSON, or other numbers and little else."""
    if any(found.own) and found.one.stated and found.other.stated and found.one.stated != found.other.stated:
        return True
    labelled = found.one.is_label and found.other.is_label
    if not found.words or labelled or re.search(CALL, found.one.answer + found.other.answer):
        return False
    mine, theirs = found.answered
    return all(map(has_number, (mine, theirs))) and min(len(own_words(mine, theirs)), len(own_words(theirs, mine))) <= 1


def _says_more(found: Difference, side: int) -> bool:
    """Return whether a prompt has several words more, and the answers are short and have words of their own."""
    if found.own[1 - side] or weight(found.own[side]) < _SENTENCE:
        return False
    if max(len(found.one.answer), len(found.other.answer)) > _SHORT_ANSWER:
        return False
    if found.changed > _CHANGED:
        return False
    mine, theirs = found.answered
    return bool(own_words(mine, theirs) or own_words(theirs, mine))


def _replaces_character(found: Difference) -> bool:
    """Return whether in few words, one Chinese character stands in the place of another one."""
    return found.changed <= _FEW and any(
        len(here) == len(there) == 1
        and all(map(_is_ideograph, (*here, *there)))
        and (found.own[0].issuperset(here) or found.own[1].issuperset(there))
        for here, there in found.replaced()
    )


def _replaces_characters(found: Difference) -> bool:
    """Return whether two texts in Chinese each have several characters of their own, which make up words."""
    return all(weight([word for word in own if _is_ideograph(word)]) >= 1 for own in found.own)


def _replaces_by_number(found: Difference) -> bool:
    """Return whether two texts differ in a number in the place of a word: "the final article" and "the 2 article"."""
    return len(found.words) == 2 and any(
        found.own[side].intersection(here) and any(map(is_digits, there))
        for pair in found.replaced()
        for side, (here, there) in enumerate((pair, pair[::-1]))
    )


def _asks_about_part(found: Difference) -> bool:
    """Return whether two prompts differ in a word in one place, and both are in both answers, which differ."""
    if found.one.answer == found.other.answer or not all(found.own) or len(found.words) > 2:
        return False
    return found.words <= found.one.answered.keys() & found.other.answered


def _says_one_more(found: Difference) -> bool:
    """Return whether one of two short texts is the other one with a word of its own."""
    return found.size <= _FEW_UNANSWERED and not all(found.only) and max(map(weight, found.own)) >= 1


def _is_ideograph(word: str) -> bool:
    return len(word) == 1 and "\u3400" <= word <= "\u9fff"
