"""Comparison of two similar texts: whether what differs makes them different examples instead of near-duplicates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from functools import cached_property
from typing import Final

from datalint.engine.reduce.comparing.amounts import is_digits
from datalint.engine.reduce.comparing.denials import denied_in
from datalint.engine.reduce.comparing.text_parts import (
    end_with_other_values,
    has_another_part,
    have_other_values,
    replies_otherwise,
    same_at_start,
    state_others,
    title_others,
)
from datalint.engine.reduce.comparing.text_words import TELLING, Words
from datalint.engine.reduce.comparing.word_counts import beyond, has_number, is_number, weight
from datalint.engine.reduce.comparing.word_forms import opposed, own_words
from datalint.engine.reduce.comparing.word_sequences import words_in
from datalint.support.sentence_signs import QUESTION_MARKS

#: Words of a text up to which one value, an opposite or a negation makes it another question.
_SHORT_WORDS: Final = 25
#: Words of greetings and other words without content, which do not decide what the answer is.
FILLERS: Final = frozenset(
    """hello hi hey dear thanks thank please welcome sorry
    the this that these those is was are were indeed really""".split()
)
#: Characters of a term of a lexicon at most.
_TERM: Final = 40
#: Most words of lines that differ in which another word in the place of one makes another example, if the answer is a
#: Characters of answers such as one or two labels.
_BRIEF_ANSWER: Final = 60
#: label or missing.
_LABELLED_WORDS: Final = 350
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
#: Number of differing words above which texts are not compared word by word.
MOST_OWN: Final = 250
#: Roman numbers next to which a single letter is a number too ("I" and "II").
_ROMAN: Final = frozenset("ii iii iv vi vii viii".split())
_LETTERS: Final = frozenset("ivx")
#: A name of code, as in a question about it.
_CODE_NAME: Final = r"(?<!\w)[A-Za-z]\w{0,80}_\w{1,80}(?!\w)"
#: Characters after the end of a question, and opposites that also join words of a list.
_CLOSING: Final = " .)]\"'”’»"
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


class Difference:
    """The differences between two texts, and between their answers.

    Attributes:
        only: the words that the first text has more often, with how much more often, and those of the second one.
        words: the words of both.
        size: the number of words of the longer text.
    """

    def __init__(self, one: Words, other: Words) -> None:
        self.one, self.other = one, other
        only, other_only = self.only = beyond(one.counts, other.counts), beyond(other.counts, one.counts)
        self.words = {*only, *other_only}
        self.size = max(one.size, other.size)

    @cached_property
    def renumbered(self) -> bool:
        """Whether each text has a number of its own."""
        only, other_only = self.only
        return not (self.one.numbers.isdisjoint(only) or self.other.numbers.isdisjoint(other_only))

    @cached_property
    def values(self) -> frozenset[str]:
        """The words of either text that are numbers or names."""
        values = self.one.values | self.other.values
        if self.renumbered:
            # "Isabel picked 66" and "Wendy picked 103": where numbers differ, the first words may be names.
            values |= self.one.begins | self.other.begins
        return values if _ROMAN.isdisjoint(self.words) else values | (_LETTERS & self.words)

    @cached_property
    def answered(self) -> tuple[dict[str, int], dict[str, int]]:
        """The same as ``only`` of their answers."""
        return beyond(self.one.answered, self.other.answered), beyond(self.other.answered, self.one.answered)

    @cached_property
    def opposed(self) -> set[str]:
        """The words that have an opposite in the other text, or deny something."""
        only, other_only = self.only
        denied = denied_in(self.one, self.other, only, other_only)
        return denied | opposed(only, other_only) | opposed(other_only, only)

    @cached_property
    def exchanged(self) -> set[str]:
        """The words that differ in the texts and in their answers, such as "gold" and "iron"."""
        # "Headers are enough for status" in both answers: it is not what is asked about.
        mine, theirs = self.one.answered.keys() - self.other.answered, self.other.answered.keys() - self.one.answered
        here, there = self.only[0].keys() & mine, self.only[1].keys() & theirs
        return here | there if here - FILLERS and there - FILLERS else set()

    @cached_property
    def own(self) -> tuple[set[str], set[str]]:
        """The words of each text that are not forms of words of the other one; empty if very many differ."""
        only, other_only = self.only
        if len(self.words) > MOST_OWN:
            return set(), set()
        return own_words(only, other_only), own_words(other_only, only)

    @cached_property
    def sequences(self) -> tuple[list[str], list[str]]:
        """The words of the sentences that only one of the texts has, in their order."""
        return self.one.words_beyond(self.other), self.other.words_beyond(self.one)

    @cached_property
    def changed(self) -> int:
        """The number of words in the sentences that differ, in the text with more of them."""
        return max(map(len, self.sequences))

    @cached_property
    def are_questions(self) -> bool:
        """Whether the sentences that differ, some in each text, are questions."""
        mine, theirs = self.one.sentences.keys(), self.other.sentences.keys()
        here, there = mine - theirs, theirs - mine
        return bool(here and there) and all(each.rstrip(_CLOSING).endswith(QUESTION_MARKS) for each in here | there)

    def is_of_examples(self, *, same_answer: bool) -> bool:
        """Return whether the texts are different examples."""
        if not self.words:
            return self._is_of_order(same_answer=same_answer)
        labelled = self.one.is_label and self.other.is_label
        if labelled and (self.size == 1 or self._are_terms()):
            return True  # lists of words with their classes have many forms of each
        if labelled and (self.one.asked or self.are_questions) and self.is_of_labels():
            return True
        brief = max(len(self.one.answer), len(self.other.answer)) <= _BRIEF_ANSWER
        if brief and self.one.asked and end_with_other_values(self.one, self.other):
            return True
        rest = self.words - self.values
        if not rest:
            if not same_answer or self._asks_for_sequel():
                return True
            return all(self.only) and (any(map(is_number, self.words)) or any(self.own) or self._are_formulas())
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
            return not same_answer and one.signs != other.signs
        if not same_answer or sorted(one.parts) == sorted(other.parts):
            return True
        return have_other_values(one, other, *self.sequences) or self._swaps(any_word=one.is_label)

    def _swaps(self, *, any_word: bool) -> bool:
        """Return whether two values, or any two words, have swapped places instead of only moving."""
        pairs = {
            (before, after)
            for before, after in self.replaced()
            if self.values.issuperset(before) or (any_word and own_words(before, after))
        }
        return any((after, before) in pairs for before, after in pairs)

    def replaced(self) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
        """Yield the words that replace one another in the sentences that differ, those of the first text first."""
        from difflib import SequenceMatcher

        before, after = self.sequences
        if max(len(before), len(after)) > _LABELLED_WORDS:
            return
        # Matching takes the product of the sizes: most texts differ at one place only.
        start = same_at_start(before, after)
        end = same_at_start(before[start:][::-1], after[start:][::-1])
        before, after = before[start : len(before) - end], after[start : len(after) - end]
        for kind, start, end, begin, until in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
            if kind == "replace":
                yield tuple(before[start:end]), tuple(after[begin:until])

    def is_of_labels(self, *, fixed: bool = False) -> bool:
        """Return whether two prompts whose answers are labels or missing, or ``fixed``, ask something else."""
        if self.changed > _LABELLED_WORDS:
            return False
        least = 1 if fixed or max(len(self.one.answer), len(self.other.answer)) < TELLING else 2
        return (
            self.renumbered
            or self._quotes_another()
            or self._replaces(least)
            or has_another_part(self.one, self.other)
            or replies_otherwise(self.one, self.other)
            or (self.are_questions and self._replaces_own())
            or (bool(self.opposed - _JOINING) and self._is_only_of(self.opposed))
            or self._names_another()
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
        of_labels = self.one.is_label and self.other.is_label
        if not of_labels and all(map(has_number, self.answered)) and all(self.own):
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
        return not of_labels and self._replaces() and Difference(self.one.reply, self.other.reply)._replaces()

    def _is_only_of(self, words: Set[str]) -> bool:
        """Return whether ``words`` include all words that only one of the texts has."""
        return len(self.words) <= MOST_OWN and not (self.own[0] | self.own[1]) - words

    def _replaces(self, least: float = 1) -> bool:
        """Return whether words of one text are replaced by others: about as many on both sides, or several."""
        if not all(self.own):
            return False
        if min(map(weight, self.own)) >= _MANY:
            return True
        for here, there in (tuple(map(set, each)) for each in self.replaced()):
            if self.own[0].isdisjoint(here) or self.own[1].isdisjoint(there):
                continue
            fewer, more = sorted((weight(here - there), weight(there - here)))
            if (fewer >= least and (more <= _BALANCED * fewer or fewer >= _SEVERAL)) or 1 <= fewer == more:
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
