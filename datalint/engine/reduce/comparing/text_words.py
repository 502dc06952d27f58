"""The words of a text: their counts and order, numbers and names, its parts, and the words of its answer."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from typing import Final
from unicodedata import decimal

from datalint.engine.reduce.comparing.amounts import is_amount, is_digits
from datalint.engine.reduce.comparing.json_answers import STRUCTURED, Stated, stated_in, values_in
from datalint.engine.reduce.comparing.value_words import COMMON, NUMBERS
from datalint.support.chat_texts.markers import ANSWER_TOKENS, ANSWERING_HEADINGS
from datalint.support.word_scripts import SPACELESS, SPACELESS_LETTER, with_marks

#: The fewest characters of an answer that is more than a label.
TELLING: Final = 20
#: Characters of a text that are read, and of an answer.
_READ: Final = 20_000
ANSWERED: Final = 1_000
#: Names are recognised by their capitals if at most this share of the words begins with one, or is in capitals.
_NAMES: Final = 0.5
_CAPITALS: Final = 0.2
_LETTER: Final = rf"[^\W\d_{SPACELESS}]"
#: A number, with a minus before it that is its sign in a formula and no dash, and a mark between numbers or brackets
#: that says what to compute.
_SIGN: Final = r"(?:(?<=[(=*/+,^\[])|(?<=[(=*/+,^\[-] ))[-−]|(?<![\w)\]-])[-−](?=\d[\d.]{0,15} ?[*^/+=)])"
_NUMBER: Final = rf"(?=[-−+*/×÷\d])(?:(?:{_SIGN})?\d+(?:[.,:/]\d+)*|(?<=[\d)\]] )[-−+*/×÷](?= [-−\d([]))"
# A text, compiled on first use: compiling classes of so many characters takes as long as importing ten modules. Letters
# come first, as most words are of these, and no number begins with one.
_APOSTROPHES: Final = "['’]"
_WORD: Final = rf"{with_marks(_LETTER, _APOSTROPHES)}|{_NUMBER}|[{SPACELESS}]"
_ASCII_WORD: Final = rf"[A-Za-z]+(?:'[A-Za-z]+)*|{_NUMBER}"
#: Letters that are the unit of a number ("900k", "5ml", "3rd"), so that other ones make another number.
_UNIT: Final = rf"\d({_LETTER}{{1,3}})(?!\w)"
#: Signs between two numbers, variables or brackets, with a space on both sides or none, and a minus before one.
_SIGNS: Final = (
    r"(?:(?<=\d)|(?<=[)\]}])|(?<=\b[^\W\d_]))(?P<space> ?)(?P<sign>[-−+*/^=<>×÷]{1,3})(?P=space)"
    r"(?=[-−]?(?:\d|[(\[{\\]|[^\W\d_]\b))"
    r"|(?:(?<=[=(,*/+^<>] )|(?<=[=(,*/+^<>]))[-−](?=[^\W\d_]\b|\()|(?<![\w)\]}])[-−](?=\d)"
)
_JOINS: Final = ("-", "−", "/")
#: What separates the parts of a text: line ends, and the marks that models use for it.
_PARTS: Final = r"(?i)\n|</?s>|<sep>|\[sep\]|<\|\w+\|>"
#: What stands before an answer in a dialogue that a template has written into one text.
_ANSWERS: Final = (
    rf"(?im){ANSWER_TOKENS}|^#{{1,4}} ?(?:{ANSWERING_HEADINGS})\b:?|^(?:assistant|answer|response|output):"
    r"|(?<=\?\n)a:|^(?P<brief>a:(?=\s)|答案?[:：])"
)
#: What stands before a question, if its answer has such a brief mark.
_ASKS: Final = r"(?im)^(?:q:\s|问题?[:：])"
#: Characters of a query at most, and how one begins.
_LONGEST_QUERY: Final = 900
_QUERY: Final = r"(?i)\s*(?:```\w{0,9}\s*)?(?:select|with|insert|update|delete|match)\s"
#: Where a sentence ends.
_SENTENCES: Final = r"(?<=[.!?؟।።])\s|(?<=[。！？])"
#: Names in code, formulas and tables: what stands in backticks, is joined by underscores or is multiplied, and a short
#: value after its key.
_NAMED: Final = (
    r"(?m)`(?P<code>[^`\n]{1,40})`|(?<![#\w])(?P<joined>\w+_\w+)|(?<!\w)(?P<formula>\w{1,20}\)?(?:\*\*?|\^)[\w(][\w()*^]*)"
    r"|^[^:\n]{1,30}: (?P<value>[^\n]{1,30})$"
)
#: Signs of which names have one, and what a value has, in a line of at most so many characters.
_NAMING: Final = "`_*^"
_KEYED: Final = ": "
_KEYED_LINE: Final = 62
#: A short text in quotation marks.
_QUOTED: Final = r"(?:[\"“„«]|(?<!\w)['‘])([^\"“”„«»‘\n]{1,80}?)(?:[\"”“»]|['’](?!\w))"
#: Accounts that are addressed; "@@pier@@" is a marked word.
_MENTION: Final = r"(?<![\w@])@\w+"
#: Text before the first word of a sentence or line, whose capital has no meaning.
_ENDS: Final = frozenset(".!?:;\n•*#>-")


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
        self.text = re.sub(_MENTION, "", text) if "@" in text else text
        self.answer, self.asked = answer[:ANSWERED], asked
        self._structured = answer if answer.startswith(STRUCTURED) else ""
        found = re.findall(_word_in(self.text), self.text)
        # No word has a blank in it.
        words = " ".join(found).casefold().split() if self.text.isascii() else list(map(_plain, found))
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
        text = self.text
        return [
            match.group().strip()
            for match in re.finditer(_SIGNS, text)
            if match["space"]
            or match["sign"] not in _JOINS
            or not text[match.start() - 1 : match.end() + 1 : 2].isdigit()
        ]

    @cached_property
    def parts(self) -> list[str]:
        """The lines of the text, and what stands between marks that separate parts."""
        return [part for each in re.split(_PARTS, self.text) if (part := each.strip())]

    @cached_property
    def lines(self) -> Counter[str]:
        """The parts of the text, with their counts."""
        return Counter(self.parts)

    @cached_property
    def sentences(self) -> dict[str, list[str]]:
        """The different sentences of the text, each with its words in their order."""
        return {each: sequence_of(each) for part in self.parts for each in re.split(_SENTENCES, part)}

    def words_beyond(self, other: Words) -> list[str]:
        """Return the words of the sentences that are not in another text, in their order."""
        return [word for each, words in self.sentences.items() if each not in other.sentences for word in words]

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
        return len(self.answer) < TELLING or _has_labels(self.answer)


def turns_in(text: str) -> tuple[str, str]:
    """Return the question and the answer of a text that a template has written; "" and the text for any other."""
    asked = re.search(_ASKS, text)
    found = re.finditer(_ANSWERS, text)
    marks = [each for each in found if not each["brief"] or (asked is not None and asked.end() < each.start())]
    if not marks or not text[: marks[-1].start()].strip():
        return "", text
    return text[: marks[-1].start()], text[marks[-1].end() :].strip()


def sequence_of(text: str) -> list[str]:
    """Return the words of a text in lower case, in their order."""
    return [_plain(word) for word in re.findall(_word_in(text), text)]


def _word_in(text: str) -> str:
    """Return the expression for a word of a text."""
    return _ASCII_WORD if text.isascii() else _WORD


def named_in(text: str) -> set[str]:
    """Return the words of the names in code, formulas and tables of a text, and of its short values after a key."""
    if not any(map(text.__contains__, _NAMING)) and not _has_keyed_line(text):
        return set()
    named = re.finditer(_NAMED, text)
    return {word for match in named for word in words_in(match.group(match.lastgroup or 0)) - COMMON}


def _has_keyed_line(text: str) -> bool:
    return _KEYED in text and any(len(line) <= _KEYED_LINE and _KEYED in line for line in text.split("\n"))


def words_in(text: str) -> set[str]:
    """Return the different words of a text, in lower case."""
    return set(sequence_of(text))


def _plain(word: str) -> str:
    """Return a word in lower case, and a number of any script in ASCII's digits."""
    if word.isascii() or not word[0].isdecimal():
        return word.casefold()
    return "".join(str(decimal(each)) if each.isdecimal() else each for each in word)


def _is_attached(text: str, start: int) -> bool:
    """Return whether a number follows a letter or a backslash, as in "dua2" and "\\x80".

    In scripts without spaces between words, one follows a word: "在2019年".
    """
    before = text[start - 1 : start]
    return (before.isalpha() and not re.match(SPACELESS_LETTER, before)) or before == "\\"


def begins_sentence(text: str, start: int) -> bool:
    """Return whether a word that begins at a place of a text is the first one of a sentence or line."""
    before = start - 1
    if text[before : before + 1] == "-" and text[before - 1 : before].isalnum():
        return False  # "Stratford-Upon-Avon"
    while before >= 0 and text[before] in " \t\"'“(":
        before -= 1
    return before < 0 or text[before] in _ENDS


def _has_labels(answer: str) -> bool:
    """Return whether an answer is of numbers, or of short values of several keys: JSON, or ``key: value`` parts."""
    if not any(map(str.isalpha, answer)):
        return True
    try:
        found = json.loads(answer)
    except (ValueError, RecursionError):
        lines = [line.partition(": ") for line in re.split(r"\n| \| ", answer)]
        return len(lines) > 1 and all(colon and key and len(label) <= TELLING for key, colon, label in lines)
    return isinstance(found, dict) and all(
        not isinstance(each, dict | list) and len(str(each)) <= TELLING for each in found.values()
    )
