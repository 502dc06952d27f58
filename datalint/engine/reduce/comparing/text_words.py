"""The words of a text: their counts and order, numbers and names, its parts, and the words of its answer."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from typing import Final

from datalint.engine.reduce.comparing.amounts import is_amount, is_digits
from datalint.engine.reduce.comparing.formula_signs import formula_signs
from datalint.engine.reduce.comparing.json_answers import STRUCTURED, Stated, stated_in, values_in
from datalint.engine.reduce.comparing.value_words import NUMBERS
from datalint.engine.reduce.comparing.word_sequences import (
    LETTER,
    begins_sentence,
    match_of,
    named_in,
    plain_word,
    sequence_of,
    turns_in,
    words_in,
)
from datalint.records.analyses import Text
from datalint.support.word_scripts import SPACELESS_LETTER

#: The fewest characters of an answer that is more than a label.
TELLING: Final = 20
#: Characters of a text that are read, and of an answer.
_READ: Final = 20_000
ANSWERED: Final = 1_000
#: Names are recognised by their capitals if at most this share of the words begins with one, or is in capitals.
_NAMES: Final = 0.5
_CAPITALS: Final = 0.2
#: Letters that are the unit of a number ("900k", "5ml", "3rd"), so that other ones make another number.
_UNIT: Final = rf"\d({LETTER}{{1,3}})(?!\w)"
#: What separates the parts of a text: line ends, and the marks that models use for it.
_PARTS: Final = r"(?i)\n|</?s>|<sep>|\[sep\]|<\|\w+\|>"
#: Characters of a query at most, and how one begins.
_LONGEST_QUERY: Final = 900
_QUERY: Final = r"(?i)\s*(?:```\w{0,9}\s*)?(?:select|with|insert|update|delete|match)\s"
#: Where a sentence ends.
_SENTENCES: Final = r"(?<=[.!?؟।።])\s|(?<=[。！？])"
#: A short text in quotation marks.
_QUOTED: Final = r"(?:[\"“„«]|(?<!\w)['‘])([^\"“”„«»‘\n]{1,80}?)(?:[\"”“»]|['’](?!\w))"
#: Accounts that are addressed ("@@pier@@" is a marked word), and links with a random name for each post.
_MENTION: Final = r"(?<![\w@])@\w+|(?:https?://)?\b(?:t\.co|bit\.ly|pic\.twitter\.com)/\w*"
_ADDRESSING: Final = ("@", "t.co/", "bit.ly/", "twitter.com/")


class WordCounts(Counter[str]):
    """Words with their counts, which are compared with those of many texts.

    Attributes:
        different: the words.
        repeated: the counts of those that occur more than once: few do, so that most of a comparison is that of sets.
    """

    def __init__(self, words: Iterable[str]) -> None:
        """Count words."""
        super().__init__(words)
        self.different = frozenset(self)
        self.repeated = {word: count for word, count in self.items() if count > 1}


class Words:
    """The words of a text in lower case with their counts, and those that are numbers or names.

    Attributes:
        text: the part of the text that is read.
        answer: the beginning of the answer.
        asked: whether the text is a prompt.
        counts: its words.
        size: their number.
        order: a hash of the words in their order.
    """

    def __init__(self, text: str, answer: str = "", *, asked: bool = False) -> None:
        """Split a text."""
        text = text[:_READ]
        self.text = re.sub(_MENTION, "", text) if any(map(text.__contains__, _ADDRESSING)) else text
        self.answer, self.asked = answer[:ANSWERED], asked
        self._structured = answer if answer.startswith(STRUCTURED) else ""
        found = re.findall(match_of(self.text), self.text)
        # No word has a blank in it.
        words = " ".join(found).casefold().split() if self.text.isascii() else list(map(plain_word, found))
        self.counts, self.size = WordCounts(words), len(words)
        self.order = hash(tuple(words))
        #: The words as they are written and in lower case, until it is known which are values.
        self._split = found, words

    @property
    def values(self) -> frozenset[str]:
        """The words that are numbers or names."""
        return self._valued[0]

    @property
    def begins(self) -> frozenset[str]:
        """The words with a capital that begin a sentence."""
        return self._valued[1]

    @property
    def numbers(self) -> frozenset[str]:
        """The numbers that are not the end of a word, and no accounts."""
        return self._valued[2]

    @cached_property
    def _valued(self) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
        found, words = self._split
        self._split = [], []
        numbers: set[str] = set()
        names: set[str] = set()
        capitals: set[str] = set()
        begins: set[str] = set()
        alone: set[str] = set()
        letters = end = 0
        for word, folded in zip(found, words, strict=True):
            # No letter or digit stands between two words, so that a word is at the next place that has its characters.
            start = self.text.find(word, end)
            end = start + len(word)
            first = word[0]
            if first.isalpha() and not first.isupper() and folded not in NUMBERS:
                letters += 1  # most words
                continue
            if is_digits(word) or folded in NUMBERS:
                numbers.add(folded)
                if is_digits(word) and not _is_attached(self.text, start):
                    alone.add(folded)
                continue
            if not first.isalnum():
                numbers.add(folded)
                continue
            letters += 1
            if not first.isupper():
                continue
            if begins_sentence(self.text, start):
                begins.add(folded)
            else:
                (capitals if len(word) > 1 and word.isupper() else names).add(folded)
        # In a text in capitals, and in code with keywords in capitals, they have no meaning.
        if len(names) <= _NAMES * letters:
            numbers |= names
        if len(capitals) <= _CAPITALS * letters:
            numbers |= capitals
        numbers |= named_in(self.text)
        numbers.update(map(str.casefold, re.findall(_UNIT, self.text)))
        return frozenset(numbers), frozenset(begins), frozenset(filter(is_amount, alone))

    @cached_property
    def quoted(self) -> list[str]:
        """The short texts in quotation marks."""
        return re.findall(_QUOTED, self.text)

    @cached_property
    def signs(self) -> list[str]:
        """The signs of formulas, in their order; dates and ranges ("2014-15", "3/4") have none."""
        return formula_signs(self.text)

    @cached_property
    def separators(self) -> list[str]:
        """The signs of formulas and the commas between their operands, in their order."""
        return formula_signs(self.text, commas=True)

    @cached_property
    def parts(self) -> list[str]:
        """The lines of the text, and what stands between marks that separate parts."""
        return [part for each in re.split(_PARTS, self.text) if (part := each.strip())]

    @cached_property
    def lines(self) -> Counter[str]:
        """The parts of the text, with their counts."""
        return Counter(self.parts)

    @cached_property
    def _sentence_counts(self) -> Counter[str]:
        return Counter(each for part in self.parts for each in re.split(_SENTENCES, part))

    @cached_property
    def sentences(self) -> dict[str, list[str]]:
        """The different sentences of the text, each with its words in their order."""
        return {each: sequence_of(each) for each in self._sentence_counts}

    def words_beyond(self, other: Words) -> list[str]:
        """Return the words of the sentences that another text has less often, in their order."""
        mine, theirs = self._sentence_counts, other._sentence_counts
        return [word for each, words in self.sentences.items() if mine[each] > theirs[each] for word in words]

    @cached_property
    def sequence(self) -> list[str]:
        """The words of the text, in their order."""
        return sequence_of(self.text)

    @cached_property
    def answer_sequence(self) -> list[str]:
        """The words of the answer, in their order."""
        return sequence_of(self.answer)

    @cached_property
    def reply(self) -> Words:
        """The answer as a text."""
        return Words(self.answer)

    @cached_property
    def answered(self) -> WordCounts:
        """The words of the answer, with their counts."""
        return WordCounts(self.answer_sequence)

    @cached_property
    def stated(self) -> frozenset[Stated]:
        """The values that the answer states, if it is JSON."""
        return stated_in(self._structured)

    @cached_property
    def titled(self) -> set[str]:
        """The words of the titles in the answer, if it is JSON."""
        return words_in("\n".join(each.value for each in values_in(self._structured) if each.is_title))

    @cached_property
    def is_query(self) -> bool:
        """Whether the answer is a query that is short enough to be compared with another one."""
        return len(self.answer) <= _LONGEST_QUERY and re.match(_QUERY, self.answer) is not None

    @cached_property
    def is_label(self) -> bool:
        """Whether the answer is missing, or says no more than a label, or a label for each of some keys."""
        return len(self.answer) < TELLING or not any(map(str.isalpha, self.answer)) or self.has_labels

    @cached_property
    def has_labels(self) -> bool:
        """Whether the answer is a label for each of some keys, such as a flag for each topic."""
        return _has_labels(self.answer)


def _is_attached(text: str, start: int) -> bool:
    """Return whether a number follows a letter or a backslash, as in "dua2" and "\\x80".

    In scripts without spaces between words, one follows a word: "在2019年".
    """
    before = text[start - 1 : start]
    return (before.isalpha() and not re.match(SPACELESS_LETTER, before)) or before == "\\"


def _has_labels(answer: str) -> bool:
    """Return whether an answer is of short values of several keys: a JSON object, or ``key: value`` parts."""
    try:
        found = json.loads(answer)
    except (ValueError, RecursionError):
        lines = [line.partition(": ") for line in re.split(r"\n| \| ", answer)]
        return len(lines) > 1 and all(colon and key and len(label) <= TELLING for key, colon, label in lines)
    return isinstance(found, dict) and all(
        not isinstance(each, dict | list) and len(str(each)) <= TELLING for each in found.values()
    )


def words_of(text: Text) -> Words:
    """Return the words of a row: of its prompt, or of what it has instead, with those of its answer."""
    asked, answer = text.prompt, text.response
    if 0 < len(text.chosen) < TELLING:
        answer = text.chosen  # what a preference prefers is a label, whatever stands behind it in the other answer
    if not asked and not text.chosen:
        asked, answer = turns_in(answer)
    return Words(asked or answer, answer if asked else "", asked=bool(asked))
