"""Comparison of two similar texts: whether what differs makes them different examples instead of near-duplicates."""

from __future__ import annotations

import re
from collections.abc import Set
from typing import Final

from datalint.engine.reduce.comparing.amounts import is_digits
from datalint.engine.reduce.comparing.text_parts import (
    end_with_other_values,
    has_another_part,
    have_other_values,
    lists_others,
    replies_otherwise,
    state_others,
    title_others,
)
from datalint.engine.reduce.comparing.text_words import TELLING, Words
from datalint.engine.reduce.comparing.word_counts import has_number, is_number, weight
from datalint.engine.reduce.comparing.word_difference import FILLERS, LABELLED_WORDS, MOST_OWN, WordDifference
from datalint.engine.reduce.comparing.word_forms import own_words
from datalint.engine.reduce.comparing.word_sequences import words_in

#: Words of a text up to which one value, an opposite or a negation makes it another question.
_SHORT_WORDS: Final = 25
#: Characters of a term of a lexicon at most.
_TERM: Final = 40
#: Characters of answers such as one or two labels.
_BRIEF_ANSWER: Final = 60
#: Most words of lines that differ which ask for something else if the words that are their own are in one answer alone.
_ASKED_WORDS: Final = 60
#: Words of its own with which a text says something else, however many the other one has.
_SEVERAL: Final = 3
#: Words of its own with which it does, wherever they are.
_MANY: Final = 5
#: How many times the words of the other one at most, if there are fewer.
_BALANCED: Final = 3
#: Least number of different words outside quotation marks in a text that quotes something.
_FRAME: Final = 3
#: A name of code, as in a question about it.
_CODE_NAME: Final = r"(?<!\w)[A-Za-z]\w{0,80}_\w{1,80}(?!\w)"
#: Words of a board or grid at least, and different ones among them at most, each of which it has twice on average.
_PLACES: Final = 16
_MARKS: Final = 12
#: Opposites that also join words of a list.
_JOINING: Final = frozenset(("and", "or"))


def differ_in_values(one: Words, other: Words, *, same_answer: bool) -> bool:
    """Return whether what differs in two similar texts makes them different examples.

    It does if they differ only in numbers and names, or in the order of words or lines. If other words differ as well:

    - Where the answers are labels, or missing: other numbers, a word in the place of another one ("caps" and "shoes"),
      something else in quotation marks, a line, a reply or a question in the place of another one, and opposites alone.
    - In short prompts: opposites and negations.
    - Where the answers differ: opposites, negations, words that differ in the answers too, other numbers in both, other
      values of JSON, and in few words what the one asks for and answers, and the other one does not.
    """
    return Difference(one, other).is_of_examples(same_answer=same_answer)


class Difference(WordDifference):
    """The differences between two texts and between their answers, and whether these make different examples."""

    def is_of_examples(self, *, same_answer: bool) -> bool:
        """Return whether the texts are different examples."""
        if (
            self.one.asked
            and self.one.order != self.other.order
            and _is_of_marks(self.one)
            and _is_of_marks(self.other)
        ):
            return True
        if not self.words:
            return self._is_of_order(same_answer=same_answer)
        if self.of_labels and (self.size == 1 or self._are_terms()):
            return True  # lists of words with their classes have many forms of each
        if self.of_labels and (self.one.asked or self.are_questions) and self.is_of_labels():
            return True
        brief = max(len(self.one.answer), len(self.other.answer)) <= _BRIEF_ANSWER
        if brief and self.one.asked and end_with_other_values(self.one, self.other):
            return True
        rest = self.words - self.values
        if not rest:
            if not same_answer or self._asks_for_sequel():
                return True
            numbered = bool(self.enumerators) or any(map(is_number, self.words))
            return all(self.only) and (numbered or any(self.own) or self._are_formulas())
        if self.one.asked:
            if self.size <= _SHORT_WORDS and (self.opposed or self._asks_about_another_name()):
                return True
            if same_answer:
                return self.renumbered
        if not rest - self.opposed or not rest - self.opposed - self.exchanged:
            return True
        if self.one.asked and self._adds_what_is_answered():
            return True
        if self.one.asked and self._is_of_answers():
            return True
        return self.size <= _SHORT_WORDS and bool(self.opposed or any(map(is_number, self.words)))

    def _are_formulas(self) -> bool:
        """Return whether words with subscripts differ: "CH₃CH₂Br" is no form of "CH₃CH₂Cl"."""
        return all(any(map(str.isdigit, word)) for word in self.words)

    def _asks_for_sequel(self) -> bool:
        """Return whether one of two short questions alone ends with a number in digits, such as that of a sequel."""
        if not (self.one.asked and self.are_questions and len(self.words) == 1 and self.size <= _SHORT_WORDS):
            return False
        longer = max(self.sequences, key=len)
        return longer[-1:] == [*self.words] and is_digits(longer[-1])

    def _asks_about_another_name(self) -> bool:
        """Return whether each text has one name of code with underscores, and another one: ``MAX_LOAD_EU``."""
        mine, theirs = (set(re.findall(_CODE_NAME, text.text)) for text in (self.one, self.other))
        return len(mine) == len(theirs) == 1 and mine != theirs

    def is_of_values(self) -> bool:
        """Return whether each text has numbers and names of its own, and no other words."""
        return all(self.only) and self.words <= self.values

    def is_of_opposites(self) -> bool:
        """Return whether only opposites differ, such as "male" and "female", and none that joins words of a list."""
        return all(self.only) and self.words <= self.opposed - _JOINING

    def _are_terms(self) -> bool:
        """Return whether both texts are one word each, perhaps of parts that are joined: "blue_sky"."""
        texts = (self.one.text.strip(), self.other.text.strip())
        return all(each.isascii() and len(each) <= _TERM and " " not in each and "\n" not in each for each in texts)

    def _adds_what_is_answered(self) -> bool:
        """Return whether one of two texts has a word of its own, no greeting, that is in its answer alone.

        The texts are short, or each has a number of its own.
        """
        mine, theirs = self.one.answered.keys() - self.other.answered, self.other.answered.keys() - self.one.answered
        added = (self.own[0] & mine) | (self.own[1] & theirs)
        return bool(added - FILLERS) and (self.size <= _SHORT_WORDS or self.renumbered)

    def _is_of_order(self, *, same_answer: bool) -> bool:
        """Return whether the order of the same words matters, or signs between them.

        "From Python to R" is another task than "from R to Python", and so is a pair of sentences the other way round,
        and "x - 3" instead of "x**3".
        """
        one, other = self.one, self.other
        if not one.asked:
            return False
        if one.order == other.order:
            return one.signs != other.signs and (not same_answer or self._separates_otherwise())
        if not same_answer or sorted(one.parts) == sorted(other.parts):
            return True
        return have_other_values(one, other, *self.sequences) or self._swaps(any_word=self.of_labels)

    def _separates_otherwise(self) -> bool:
        """Return whether signs or commas between operands are exchanged, and none is left out as notations may do."""
        mine, theirs = self.one.separators, self.other.separators
        return len(mine) == len(theirs) and mine != theirs

    def _adds_operand(self) -> bool:
        """Return whether a formula has a number more, after a sign or comma: ``f(g(2), g(3), g(5))``."""
        if all(self.only) or len(self.one.separators) == len(self.other.separators):
            return False
        others = {word for word in self.words if not is_number(word)}
        return len(others) < len(self.words) and others <= self.one.counts.keys() & self.other.counts.keys()

    def _swaps(self, *, any_word: bool) -> bool:
        """Return whether two values, or any two words, have swapped places instead of only moving."""
        pairs = {
            (before, after)
            for before, after in self.replaced()
            if self.values.issuperset(before) or (any_word and own_words(before, after))
        }
        return any((after, before) in pairs for before, after in pairs)

    def is_of_labels(self) -> bool:
        """Return whether two prompts whose answers are labels or missing ask something else."""
        if self.changed > LABELLED_WORDS:
            return False
        least = even = 1.0
        if max(len(self.one.answer), len(self.other.answer)) >= TELLING:
            # Where the label is an answer of many rows, a few words of a long text hardly make another one.
            least, even = (max(1.0, self.size / _SHORT_WORDS),) * 2 if self.common_answer else (2.0, 1.0)
        return (
            self.renumbered
            or self._quotes_another()
            or self._replaces(least, even)
            or has_another_part(self.one, self.other)
            or lists_others(self.one, self.other)
            or replies_otherwise(self.one, self.other)
            or (self.are_questions and self._replaces_own())
            or (bool(self.opposed - _JOINING) and self._is_only_of(self.opposed))
            or self._names_another()
            or self._adds_operand()
        )

    def _names_another(self) -> bool:
        """Return whether only names differ: each text has one letter more often that both have, such as "S" and "M"."""
        both = {word for word in self.one.counts.keys() & self.other.counts.keys() if len(word) == 1 and word.isascii()}
        return self.words <= self.values and all(not each.keys().isdisjoint(both) for each in self.only)

    def _quotes_another(self) -> bool:
        """Return whether only what the texts quote differs, in a number, a letter or a word of its own."""
        quoted = words_in("\n".join([*self.one.quoted, *self.other.quoted]))
        if not self.words <= quoted:
            return False
        # On a board, each text has as many marks in quotation marks as were set.
        if len(self.one.quoted) != len(self.other.quoted) and any(len(word) > 1 for word in self.words):
            return False
        # In JSON, everything is quoted.
        if len(self.one.counts.keys() - quoted) < _FRAME:
            return False
        return any(self.own) or any(len(word) == 1 or is_number(word) for word in self.words)

    def _is_of_answers(self) -> bool:
        """Return whether two prompts with different answers ask something else."""
        if not self.of_labels and all(map(has_number, self.answered)) and all(self.own):
            return True
        # Parts of one dialogue: each has a turn and an answer that the other one does not have.
        if has_another_part(self.one, self.other) and has_another_part(self.one.reply, self.other.reply):
            return True
        if any(self.own) and (state_others(self.one, self.other) or title_others(self.one, self.other, self.own)):
            return True
        if (self.opposed or self.exchanged) and self._is_only_of(self.values | self.opposed | self.exchanged):
            return True
        if self.changed > _ASKED_WORDS:
            return False
        if self._adds(0) or self._adds(1) or self._asks_otherwise():
            return True
        return not self.of_labels and self._replaces() and Difference(self.one.reply, self.other.reply)._replaces()

    def _is_only_of(self, words: Set[str]) -> bool:
        """Return whether ``words`` include all words that only one of the texts has."""
        return len(self.words) <= MOST_OWN and not (self.own[0] | self.own[1]) - words

    def _replaces(self, least: float = 1, even: float = 1) -> bool:
        """Return whether words of one text are replaced by others: about as many on both sides, or several.

        They are ``least`` on either side, or ``even`` if they are equally many.
        """
        if not all(self.own):
            return False
        if min(map(weight, self.own)) >= _MANY:
            return True
        for here, there in (tuple(map(set, each)) for each in self.replaced()):
            if self.own[0].isdisjoint(here) or self.own[1].isdisjoint(there):
                continue
            fewer, more = sorted((weight(here - there), weight(there - here)))
            if (fewer >= least and (more <= _BALANCED * fewer or fewer >= _SEVERAL)) or even <= fewer == more:
                return True
        return False

    def _replaces_own(self) -> bool:
        """Return whether some words of one text are replaced by others in the other text, however many."""
        return all(self.own) and any(
            min(weight(self.own[0].intersection(here)), weight(self.own[1].intersection(there))) >= 1
            for here, there in self.replaced()
        )

    def _adds(self, side: int) -> bool:
        """Return whether a prompt has an additional number that is in its answer alone, and both answers differ."""
        added = self.only[side].keys() & self.answered[side].keys() - self.only[1 - side].keys()
        return any(map(is_number, added)) and all(self.answered)

    def _asks_otherwise(self) -> bool:
        """Return whether words of one prompt alone are in its answer alone, and the answers differ in more words."""
        mine, theirs = self.answered
        here = self.own[0] - own_words(self.own[0], mine)
        there = self.own[1] - own_words(self.own[1], theirs)
        if here and there:
            return True
        return bool(
            (here or there) and (own_words(own_words(mine, theirs), here) or own_words(own_words(theirs, mine), there))
        )


def _is_of_marks(text: Words) -> bool:
    """Whether a text is a board, a grid or another row of a few marks, which mean something by their places."""
    return text.size >= max(_PLACES, 2 * len(text.counts)) and len(text.counts) <= _MARKS
