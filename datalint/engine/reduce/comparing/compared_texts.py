"""Prompts that are texts to compare, such as two sentences or a triplet: whether one of the texts says something else.

Whether the two sentences of an example match is decided by the word in which they differ. In another example, such a
word is another question, however long the sentences are that both examples share.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Final

from datalint.engine.reduce.comparing.amounts import is_digits
from datalint.engine.reduce.comparing.differing import Difference
from datalint.engine.reduce.comparing.text_parts import same_at_start
from datalint.engine.reduce.comparing.text_words import Words
from datalint.engine.reduce.comparing.word_counts import has_number, weight
from datalint.engine.reduce.comparing.word_difference import FILLERS, MOST_OWN
from datalint.languages.words import WORDS
from datalint.support.lazy_pattern import lazy_pattern

#: Texts whose words are kept: a text is compared in both orders, and with those of many other rows.
_KEPT: Final = 64
#: Texts of an example that are compared at most.
_MOST_TEXTS: Final = 8
#: Words of a text in which an additional word counts, and in which a replaced word counts whatever the answers are.
_SHORT_WORDS: Final = 25
#: Words of a text in which an additional word counts if the other texts have one too.
_FEW_WORDS: Final = 12
#: Characters of each of two sentences with a label, under any keys.
_SENTENCE: Final = 300
#: Share of the words of two counterparts from which on they are similar, however long the other texts are.
_SIMILAR: Final = 0.6
#: Words that a character of a script without spaces counts as: one of Thai, Lao and Khmer letters, and one of another.
_LETTER: Final = 0.2
_CHARACTER: Final = 0.5
#: Words that say of how many something is said, one of which in the place of another makes another statement.
_QUANTIFIERS: Final = frozenset(
    """all every each most many much several few little some any no none nobody everybody somebody both neither only
    alle jeder jede jedes viele einige wenige kein keine tous toutes chaque plusieurs quelques aucun aucune todos todas
    cada muchos algunos pocos ningún""".split()
)
#: Answers that say whether the second of two texts follows from the first one.
_DIRECTED: Final = frozenset(
    """entailment entails entailed entail neutral contradiction contradicts contradicted contradict not_entailment
    not-entailment non-entailment implication""".split()
)
#: What stands between two texts in one, as encoders are given them.
_SEPARATOR: Final = lazy_pattern(r"(?i)\[SEP\]|</s>(?:\s?</?s>)?|<sep>")
_SIGNS: Final = ("[SEP]", "[sep]", "</s>", "<sep>", "<SEP>")
#: Names of models and other things with letters and digits.
_MODEL: Final = r"(?<!\w)(?:[^\W\d_]{1,20}\d{1,10}|\d{1,10}[^\W\d_]{1,20})\w{0,20}"


def compare_others(one: Words, other: Words, *, same_answer: bool) -> bool:
    """Return whether one of the texts of a prompt, a line for each, says something else than its counterpart.

    It does if it shares few words with its counterpart, however long the text is that both prompts have. It
    does if it has another number, an opposite or a negation, the name of another model, or in a short text a word of
    its own in the place of another one. So does a word more if the answers differ, or if both prompts have the first
    of two texts, as several hypotheses are written for one premise; otherwise a name more, or a word more in each of
    the texts, of few words. In a longer text, only a word in the place of another one does, if the answers differ.

    Two texts with the same answer may be the other way round, unless the answer says whether the one follows from the
    other, which depends on the direction. Texts of several lines each are not compared, but the lines that both prompts
    begin or end with are one text, such as a passage to which each has a query. Two texts with ``[SEP]`` between them
    are compared alike.
    """
    mine, theirs = _texts_in(one), _texts_in(other)
    if len(mine) != len(theirs) or len(mine) > _MOST_TEXTS:
        mine, theirs = _with_shared_lines(mine, theirs)
    if not 2 <= len(mine) <= _MOST_TEXTS or len(mine) != len(theirs):
        return False
    is_directed = one.answer.strip().casefold() in _DIRECTED
    orders = [theirs, theirs[::-1]] if len(mine) == 2 and same_answer and not is_directed else [theirs]
    return all(_have_another_text(list(zip(mine, order, strict=True)), same_answer=same_answer) for order in orders)


def are_joined(one: Words, other: Words) -> bool:
    """Return whether two prompts are two texts each, with a mark such as ``[SEP]`` between them."""
    return all(any(sign in each.text for sign in _SIGNS) for each in (one, other))


def _texts_in(prompt: Words) -> list[str]:
    """Return the texts of a prompt, a line for each, or what stands before and after a mark between two texts."""
    if any(sign in prompt.text for sign in _SIGNS):
        return [text for each in _SEPARATOR.split(prompt.text) if (text := each.strip())]
    return prompt.text.split("\n")


def _with_shared_lines(mine: list[str], theirs: list[str]) -> tuple[list[str], list[str]]:
    """Return the lines of two prompts, with those that both begin and end with as a text each."""
    start = same_at_start(mine, theirs)
    end = same_at_start(mine[start:][::-1], theirs[start:][::-1])

    def joined(lines: list[str]) -> list[str]:
        stop = len(lines) - end
        shared = "\n".join(lines[:start]), "\n".join(lines[stop:])
        return [*filter(None, shared[:1]), *lines[start:stop], *filter(None, shared[1:])]

    return joined(mine), joined(theirs)


def are_pairs(one: Words, other: Words) -> bool:
    """Return whether two prompts are two sentences each, with labels as answers, and differ in both sentences.

    Words may have moved from one sentence to the other then, which the words of the whole do not show.
    """
    mine, theirs = one.text.split("\n"), other.text.split("\n")
    if not len(mine) == len(theirs) == 2 or not (one.asked and one.is_label and other.is_label):
        return False
    return max(map(len, (*mine, *theirs))) <= _SENTENCE and all(
        here != there for here, there in zip(mine, theirs, strict=True)
    )


def _have_another_text(pairs: Sequence[tuple[str, str]], *, same_answer: bool) -> bool:
    compared = [_Compared(here, there) for here, there in pairs if here != there]
    shares_text = len(pairs) == 2 and len(compared) == 1 and pairs[0][0] == pairs[0][1]
    if any(each.says_something_else(same_answer=same_answer, shares_text=shares_text) for each in compared):
        return True
    return len(compared) == len(pairs) and all(each.has_word_more for each in compared)


class _Compared:
    """The differences between two texts."""

    def __init__(self, here: str, there: str) -> None:
        self._texts = here, there
        self._found = found = Difference(_words_of(here), _words_of(there))
        self._own = [words - FILLERS - _function_words() for words in found.own]
        self._length = max(_length(found.one), _length(found.other))

    def says_something_else(self, *, same_answer: bool, shares_text: bool) -> bool:
        """Return whether the two texts differ in meaning, whatever the other texts of their prompts are.

        ``shares_text`` says that both prompts have the other text, which is the first of two.
        """
        found = self._found
        if self._shares_few_words():
            return True
        if len(found.words) > MOST_OWN:
            return False
        if any(map(is_digits, found.words)) or found.opposed or _names_another_model(*self._texts):
            return True
        if all(not _QUANTIFIERS.isdisjoint(words) for words in found.only):
            return True
        fewer, more = sorted(map(weight, self._own))
        if self._length > _SHORT_WORDS:
            return fewer >= 1 and not same_answer
        if not same_answer or shares_text:
            return more >= 1 or (shares_text and any(not _QUANTIFIERS.isdisjoint(words) for words in found.only))
        return fewer >= 1 or any(words and words <= found.values for words in self._own)

    def _shares_few_words(self) -> bool:
        """Return whether much of each text is not in its counterpart, and one of them says it with words of its own."""
        mine, theirs = self._found.one.counts, self._found.other.counts
        both = sum(min(count, theirs.get(word, 0)) for word, count in mine.items())
        every = sum(mine.values()) + sum(theirs.values()) - both
        return both < _SIMILAR * every and max(map(weight, self._own)) >= 1

    @property
    def has_word_more(self) -> bool:
        """Whether one of two texts of few words has a word of its own."""
        return self._length <= _FEW_WORDS and max(map(weight, self._own)) >= 1


def have_other_labels(found: Difference) -> bool:
    """Return whether two short prompts have different labels, and one of them a word of its own, or another letter.

    A word before or after the text does not count where each has one label: people add such words when they pass a
    text on. Where they have a label for each of several keys, one of these is about that word.
    """
    one, other = found.one, found.other
    if not (one.asked and one.answer and other.answer and one.is_label and other.is_label):
        return False
    if one.answer.strip() == other.answer.strip() or max(map(_length, (one, other))) > _SHORT_WORDS:
        return False
    if one.stated and one.stated == other.stated:
        return False
    only, other_only = found.only
    if [len(word) for word in (*only, *other_only)] == [1, 1] and only and other_only and found.words.isdisjoint("ai"):
        return True
    mine, theirs = one.sequence, other.sequence
    is_around = mine[:1] != theirs[:1] or mine[-1:] != theirs[-1:]
    if is_around and not (one.has_labels and other.has_labels):
        return False
    return max(weight(words - FILLERS - _function_words()) for words in found.own) >= 1


def replace_number(found: Difference) -> bool:
    """Return whether two prompts with labels have another number at one place, which may be elsewhere in the other."""
    if not (found.one.asked and found.of_labels and any(map(is_digits, found.words))):
        return False
    return any(
        len(here) == len(there) == 1 and has_number(here) and has_number(there) for here, there in found.replaced()
    )


@lru_cache(_KEPT)
def _words_of(text: str) -> Words:
    return Words(text, asked=True)


@cache
def _function_words() -> frozenset[str]:
    # Of some scripts, the table has letters instead of words.
    return frozenset(each for words in WORDS.values() for word in words if len(each := word.strip()) > 1)


def _names_another_model(here: str, there: str) -> bool:
    mine, theirs = (set(re.findall(_MODEL, each.casefold())) for each in (here, there))
    return bool(mine - theirs and theirs - mine)


def _length(text: Words) -> float:
    """Return the number of words of a text, estimated if they are not separated by spaces."""
    return sum(count * _part_of_word(word) for word, count in text.counts.items())


def _part_of_word(word: str) -> float:
    if len(word) > 1 or word.isascii():
        return 1
    return _LETTER if "\u0e00" <= word <= "\u17ff" else _CHARACTER
