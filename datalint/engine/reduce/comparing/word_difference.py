"""The words in which two texts differ, and those in which their answers do."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Final

from datalint.engine.reduce.comparing.denials import denied_in
from datalint.engine.reduce.comparing.text_parts import same_at_start
from datalint.engine.reduce.comparing.text_words import Words
from datalint.engine.reduce.comparing.word_counts import beyond
from datalint.engine.reduce.comparing.word_forms import opposed, own_words
from datalint.engine.reduce.comparing.word_sequences import ENUMERATOR, enumerators_in, lettered_in
from datalint.support.sentence_signs import QUESTION_MARKS

#: Words of greetings and other words without content, which do not decide what the answer is.
FILLERS: Final = frozenset(
    """hello hi hey dear thanks thank please welcome sorry
    the this that these those is was are were indeed really""".split()
)
#: Number of differing words above which texts are not compared word by word.
MOST_OWN: Final = 250
#: Most words of lines that differ in which another word in the place of one makes another example, if the answer is a
#: label or missing.
LABELLED_WORDS: Final = 350
#: Roman numbers next to which a single letter is a number too ("I" and "II").
_ROMAN: Final = frozenset("ii iii iv vi vii viii".split())
_LETTERS: Final = frozenset("ivx")
#: Characters after the end of a question.
_CLOSING: Final = " .)]\"'”’»"


class WordDifference:
    """The differences between two texts, and between their answers.

    Attributes:
        only: the words that the first text has more often, with how much more often, and those of the second one.
        words: the words of both.
        size: the number of words of the longer text.
        labelled: whether the answers are labels or missing.
        of_labels: whether they are, or are one answer that many rows have, which says as little about each.
    """

    def __init__(self, one: Words, other: Words, *, common_answer: bool = False) -> None:
        """Compare; ``common_answer`` says that both have one answer that many rows have."""
        self.one, self.other, self.common_answer = one, other, common_answer
        self.labelled = one.is_label and other.is_label
        self.of_labels = common_answer or self.labelled
        only, other_only = self.only = beyond(one.counts, other.counts), beyond(other.counts, one.counts)
        self.words = {*only, *other_only}
        self.size = max(one.size, other.size)

    @cached_property
    def renumbered(self) -> bool:
        """Whether each text has a number of its own, or an enumerator."""
        only, other_only = self.only
        return bool(self.enumerators) or not (
            self.one.numbers.isdisjoint(only) or self.other.numbers.isdisjoint(other_only)
        )

    @cached_property
    def enumerators(self) -> frozenset[str]:
        """The enumerators that differ, if each text has one of its own: "clause (a)" and "(c)", "Zone A" and "B"."""
        if min(map(len, self.words), default=0) > ENUMERATOR:
            return frozenset()  # most pairs, whose texts are not searched
        texts = self.one.text, self.other.text
        here, there = (enumerators_in(text) & only.keys() for text, only in zip(texts, self.only, strict=True))
        if not (here and there) and self.one.answer and self.other.answer:
            # A letter that a text has several times may be a variable, whose name says nothing, and one of a sentence
            # without an answer may count its copies.
            once = [
                {word for word in only if len(word) == 1 and text.counts[word] == 1}
                for text, only in zip((self.one, self.other), self.only, strict=True)
            ]
            if all(once):
                here, there = (lettered_in(text) & letters for text, letters in zip(texts, once, strict=True))
        return frozenset(here | there) if here and there else frozenset()

    @cached_property
    def values(self) -> frozenset[str]:
        """The words of either text that are numbers, names or enumerators."""
        values = self.one.values | self.other.values | self.enumerators
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

    def replaced(self) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
        """Yield the words that replace one another in the sentences that differ, those of the first text first."""
        from difflib import SequenceMatcher

        before, after = self.sequences
        if max(len(before), len(after)) > LABELLED_WORDS:
            return
        # Matching takes the product of the sizes: most texts differ at one place only.
        start = same_at_start(before, after)
        end = same_at_start(before[start:][::-1], after[start:][::-1])
        before, after = before[start : len(before) - end], after[start : len(after) - end]
        for kind, start, end, begin, until in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
            if kind == "replace":
                yield tuple(before[start:end]), tuple(after[begin:until])
