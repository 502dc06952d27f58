"""Comparison of two similar texts: whether what differs makes them different examples instead of near-duplicates."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Container, Iterable, Iterator, Set
from difflib import SequenceMatcher
from functools import cached_property
from typing import Final
from unicodedata import decimal

from datalint.engine.reduce.value_words import COMMON, NEGATIONS, NUMBERS, OPPOSITE, PREFIXES

#: Most words of what differs that one value, an opposite or a negation makes another question.
_SHORT_WORDS: Final = 25
#: Most words of lines that differ in which another word in the place of one makes another example, if the answer is a
#: label or missing, and the fewest characters of an answer that is more than a label.
_LABELLED_WORDS: Final = 350
#: Most words of lines that differ which ask for something else if the words that are their own are in one answer alone.
_ASKED_WORDS: Final = 60
_TELLING: Final = 20
#: Share of the words of two lines up to which they say something else.
_ALIKE: Final = 0.5
#: Words of its own with which a text says something else, however many the other one has.
_SEVERAL: Final = 3
#: Words of its own with which it does, wherever they are.
_MANY: Final = 5
#: How many times the words of the other one at most, if there are fewer.
_BALANCED: Final = 3
#: Different words beyond which texts are not compared word by word, and lines beyond which not line by line.
_MOST_OWN: Final = 250
_MOST_PARTS: Final = 32
#: Letters that two forms of a word share at least, but for their last two.
_STEM: Final = 3
#: Letters of words of which one with another letter is a slip.
_LONG: Final = 4
#: Digits from which a number is the name of something, such as a telephone or an account.
_ACCOUNT: Final = 7
#: Characters of a text that are read, and of an answer in which what is asked about is.
_READ: Final = 20_000
_ANSWERED: Final = 1_000
#: Names are recognised by their capitals if at most this share of the words begins with one, or is in capitals.
_NAMES: Final = 0.5
_CAPITALS: Final = 0.2

_SPACELESS: Final = "\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
# A text, compiled on first use: compiling classes of so many characters takes as long as importing ten modules.
_WORD: Final = rf"\d+(?:[.,:/]\d+)*|[{_SPACELESS}]|[^\W\d_{_SPACELESS}]+(?:['’][^\W\d_{_SPACELESS}]+)*"
#: What separates the parts of a text: line ends, and the marks that models use for it.
_PARTS: Final = r"(?i)\n|</?s>|<sep>|\[sep\]|<\|\w+\|>"
#: Where a sentence ends.
_SENTENCES: Final = r"(?<=[.!?])\s|(?<=[。！？])"
#: Names in code and tables: what stands in backticks or is joined by underscores, and a short value after its key.
_NAMED: Final = r"(?m)`(?P<code>[^`\n]{1,40})`|(?<![#\w])(?P<joined>\w+_\w+)|^[^:\n]{1,30}: (?P<value>[^\n]{1,30})$"
#: Accounts that are addressed.
_MENTION: Final = r"(?<!\w)@\w+"
#: Text before the first word of a sentence or line, whose capital has no meaning.
_ENDS: Final = frozenset(".!?:;\n•*#>-")


class Words:
    """The words of a text in lower case with their counts, and those that are numbers or names.

    Attributes:
        text: what of the text is read.
        answer: the beginning of what is answered.
        asked: whether the text is a prompt.
        counts: its words.
        values: the words that are numbers or names.
        numbers: the numbers that are not the end of a word.
        begins: the words with a capital that begin a sentence.
        order: a hash of the words in their order.
    """

    def __init__(self, text: str, answer: str = "", *, asked: bool = False) -> None:
        """Split a text."""
        self.text, self.answer, self.asked = re.sub(_MENTION, "", text[:_READ]), answer[:_ANSWERED], asked
        self.counts: Counter[str] = Counter()
        numbers: set[str] = set()
        names: set[str] = set()
        capitals: set[str] = set()
        begins: set[str] = set()
        alone: set[str] = set()
        letters = order = 0
        for match in re.finditer(_WORD, self.text):
            word = match.group()
            folded = _plain(word)
            self.counts[folded] += 1
            order = hash((order, folded))
            if word[0].isdigit() or folded in NUMBERS:
                numbers.add(folded)
                if word[0].isdigit() and not _is_attached(self.text, match.start()):
                    alone.add(folded)
                continue
            letters += 1
            if not word[0].isupper():
                continue
            if _begins_sentence(self.text, match.start()):
                begins.add(folded)
            else:
                (capitals if len(word) > 1 and word.isupper() else names).add(folded)
        # In a text in capitals, and in code with keywords in capitals, they have no meaning.
        if len(names) <= _NAMES * letters:
            numbers |= names
        if len(capitals) <= _CAPITALS * letters:
            numbers |= capitals
        for match in re.finditer(_NAMED, self.text):
            numbers.update(_words(match.group(match.lastgroup or 0)) - COMMON)
        self.values, self.begins, self.order = frozenset(numbers), frozenset(begins), order
        self.numbers = frozenset(alone)

    @cached_property
    def parts(self) -> list[str]:
        """The lines of the text, and what stands between marks that separate parts."""
        return [part for each in re.split(_PARTS, self.text) if (part := each.strip())]

    @cached_property
    def lines(self) -> frozenset[str]:
        """The different parts of the text."""
        return frozenset(self.parts)

    @cached_property
    def sentences(self) -> list[str]:
        """The sentences of the text."""
        return [each for part in self.parts for each in re.split(_SENTENCES, part)]

    def words_beyond(self, other: Words) -> list[str]:
        """Return the words of the sentences that are not in another text, in their order."""
        known = set(other.sentences)
        return [_plain(word) for each in self.sentences if each not in known for word in re.findall(_WORD, each)]

    @cached_property
    def answered(self) -> Counter[str]:
        """The words of the answer, with their counts."""
        return Counter(_plain(word) for word in re.findall(_WORD, self.answer))

    @cached_property
    def is_label(self) -> bool:
        """Whether the answer is missing, or says no more than a label, or a label for each of some keys."""
        return len(self.answer) < _TELLING or _has_labels(self.answer)


def differ_in_values(one: Words, other: Words, *, same_answer: bool) -> bool:
    """Return whether what differs in two similar texts makes them different examples.

    It does if they differ only in numbers and names, or in the order of words or lines. If other words differ as well:

    - Where the answers are labels, or missing: other numbers, a word in the place of another one ("caps" and "shoes"),
      and a line in the place of another one.
    - In short prompts: opposites and negations.
    - Where the answers differ: opposites, negations, words that differ in the answers too, other numbers in both, and
      in short prompts what the one asks for and answers, and the other one does not.
    """
    return _Difference(one, other).is_of_examples(same_answer=same_answer)


class _Difference:
    """What differs in two texts and in their answers.

    Attributes:
        only: the words that the first text has more often, with how much more often, and those of the second one.
        answered: the same of their answers.
        values: the words of either text that are numbers or names.
    """

    def __init__(self, one: Words, other: Words) -> None:
        self.one, self.other = one, other
        self.only = _beyond(one.counts, other.counts), _beyond(other.counts, one.counts)
        self.values = one.values | other.values
        self.renumbered = all(
            map(_has_number, (self.only[0].keys() & one.numbers, self.only[1].keys() & other.numbers))
        )
        if self.renumbered:
            # "Isabel picked 66" and "Wendy picked 103": where numbers differ, the first words may be names.
            self.values |= one.begins | other.begins
        self.words = self.only[0].keys() | self.only[1].keys()
        self.size = max(one.counts.total(), other.counts.total())

    @cached_property
    def answered(self) -> tuple[dict[str, int], dict[str, int]]:
        return _beyond(self.one.answered, self.other.answered), _beyond(self.other.answered, self.one.answered)

    @cached_property
    def opposed(self) -> set[str]:
        """The words that have an opposite in the other text, or deny something."""
        only, other_only = self.only
        negated = {word for word in self.words if word in NEGATIONS or word.endswith(("n't", "n’t"))}
        return negated | _opposed(only, other_only) | _opposed(other_only, only)

    @cached_property
    def exchanged(self) -> set[str]:
        """The words that differ in the texts and in their answers, such as "gold" and "iron"."""
        # "Headers are enough for status" in both answers: it is not what is asked about.
        mine, theirs = self.one.answered.keys() - self.other.answered, self.other.answered.keys() - self.one.answered
        here, there = self.only[0].keys() & mine, self.only[1].keys() & theirs
        return here | there if here and there else set()

    @cached_property
    def own(self) -> tuple[set[str], set[str]]:
        """The words of each text that are no other forms of those of the other one; nothing if very many differ."""
        only, other_only = self.only
        if len(self.words) > _MOST_OWN:
            return set(), set()
        return _own_words(only, other_only), _own_words(other_only, only)

    @cached_property
    def sequences(self) -> tuple[list[str], list[str]]:
        """The words of the sentences that only one of the texts has, in their order."""
        return self.one.words_beyond(self.other), self.other.words_beyond(self.one)

    def is_of_examples(self, *, same_answer: bool) -> bool:
        """Return whether the texts are different examples."""
        if not self.words:
            return self._is_of_order(same_answer=same_answer)
        rest = self.words - self.values
        if not rest:
            return not same_answer or all(self.only)
        if self.one.asked:
            if self.one.is_label and self.other.is_label and self._is_of_labels():
                return True
            if self.opposed and self.size <= _SHORT_WORDS:
                return True
            if same_answer:
                return self.renumbered
        if not rest - self.opposed or not rest - self.opposed - self.exchanged:
            return True
        if self.one.asked and self._is_of_answers():
            return True
        return self.size <= _SHORT_WORDS and bool(self.opposed or any(map(_is_number, self.words)))

    def _is_of_order(self, *, same_answer: bool) -> bool:
        """Return whether the order of the same words matters.

        "From Python to R" is another task than "from R to Python", and so is a pair of sentences the other way round.
        """
        one, other = self.one, self.other
        return one.asked and one.order != other.order and (not same_answer or sorted(one.parts) == sorted(other.parts))

    def _is_of_labels(self) -> bool:
        """Return whether two prompts whose answers are labels or missing ask something else."""
        if self.size > _LABELLED_WORDS and max(map(len, self.sequences)) > _LABELLED_WORDS:
            return False
        least = 1 if max(len(self.one.answer), len(self.other.answer)) < _TELLING else 2
        return self.renumbered or self._replaces(least) or _has_another_part(self.one, self.other)

    def _is_of_answers(self) -> bool:
        """Return whether two prompts with different answers ask something else."""
        of_labels = self.one.is_label and self.other.is_label
        if not of_labels and all(map(_has_number, self.answered)) and all(self.own):
            return True
        # Parts of one dialogue: each has a turn and an answer that the other one does not have.
        if _has_another_part(self.one, self.other) and _has_another_part(
            Words(self.one.answer), Words(self.other.answer)
        ):
            return True
        if (self.opposed or self.exchanged) and self._is_only_of(self.values | self.opposed | self.exchanged):
            return True
        if self.size > _ASKED_WORDS:
            return False
        if self._adds(0) or self._adds(1) or self._asks_otherwise():
            return True
        return (
            not of_labels
            and self._replaces()
            and _Difference(Words(self.one.answer), Words(self.other.answer))._replaces()
        )

    def _is_only_of(self, words: Set[str]) -> bool:
        """Return whether no other word than ``words`` says something else."""
        return len(self.words) <= _MOST_OWN and not (self.own[0] | self.own[1]) - words

    def _replaces(self, least: float = 1) -> bool:
        """Return whether in one place, each text has words of its own, about as many as the other one, or several."""
        if not all(self.own):
            return False
        if min(map(_weight, self.own)) >= _MANY:
            return True
        before, after = self.sequences
        for kind, start, end, begin, until in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
            here, there = set(before[start:end]), set(after[begin:until])
            if kind != "replace" or self.own[0].isdisjoint(here) or self.own[1].isdisjoint(there):
                continue
            fewer, more = sorted((_weight(here - there), _weight(there - here)))
            if (fewer >= least and (more <= _BALANCED * fewer or fewer >= _SEVERAL)) or 1 <= fewer == more:
                return True
        return False

    def _adds(self, side: int) -> bool:
        """Return whether a prompt has a number more that is in its answer alone, in the place of something else."""
        added = self.only[side].keys() & self.answered[side].keys() - self.only[1 - side].keys()
        return any(map(_is_number, added)) and all(self.answered)

    def _asks_otherwise(self) -> bool:
        """Return whether words of one prompt alone are in its answer alone, which differs in more than these."""
        mine, theirs = self.answered
        here = self.own[0] - _own_words(self.own[0], mine)
        there = self.own[1] - _own_words(self.own[1], theirs)
        if here and there:
            return True
        return bool(
            (here or there)
            and (_own_words(_own_words(mine, theirs), here) or _own_words(_own_words(theirs, mine), there))
        )


def _has_another_part(one: Words, other: Words) -> bool:
    """Return whether some lines are the same, and each text has one that has little in common with any of the other."""
    here, there = one.lines - other.lines, other.lines - one.lines
    if not (here and there and one.lines & other.lines) or max(len(here), len(there)) > _MOST_PARTS:
        return False
    ours, others = ([part for each in some if (part := _words(each))] for some in (here, there))
    fresh, strange = (
        [part for part in some if not any(_are_alike(part, each) for each in rest)]
        for some, rest in ((ours, others), (others, ours))
    )
    return any(_say_more(a, b) for a in fresh for b in strange)


def _are_alike(mine: set[str], theirs: set[str]) -> bool:
    return len(mine & theirs) > _ALIKE * len(mine | theirs)


def _say_more(mine: set[str], theirs: set[str]) -> bool:
    """Return whether two lines have words of their own, more than one of them."""
    weights = _weight(_own_words(mine, theirs)), _weight(_own_words(theirs, mine))
    return min(weights) > 0 and sum(weights) > 2


def _weight(words: Collection[str]) -> float:
    """Return the number of words; a single character is half a word."""
    return sum(1 if len(word) > 1 else 0.5 for word in words)


def _own_words(words: Iterable[str], others: Collection[str]) -> set[str]:
    """Return the words that say something that ``others`` do not: they have no other form of them."""
    own = {
        word for word in words if word not in COMMON and not word[0].isdigit() and (len(word) > 1 or not word.isascii())
    }
    if not own or not others:
        return own
    by_letter: dict[str, list[str]] = {}
    for each in others:
        by_letter.setdefault(each[0], []).append(each)
    endings = {each[1:] for each in others}
    return {
        word
        for word in own
        if not any(_is_form(word, each) for each in by_letter.get(word[0], ()))
        and not _begins_otherwise(word, others, endings)
        # "FM" for "Fleet Manager"
        and not (len(word) <= _STEM <= len(others) and by_letter.keys() >= set(word))
    }


def _begins_otherwise(word: str, others: Collection[str], endings: Set[str]) -> bool:
    """Return whether ``others`` have a long word with one letter more or less at its beginning, or another one."""
    return (len(word) >= _LONG and (word[1:] in endings or word[1:] in others)) or (
        len(word) >= _LONG - 1 and (word in endings or word[1] + word[0] + word[2:] in others)
    )


def _is_form(word: str, other: str) -> bool:
    """Return whether two words share all but their last two letters, or one of them is the other one misspelled."""
    if word[0] == other[0] and (
        other.startswith(word[: max(len(word) - 2, _STEM)]) or word.startswith(other[: max(len(other) - 2, _STEM)])
    ):
        return True
    return -1 <= len(word) - len(other) <= 1 and max(len(word), len(other)) >= _LONG and _is_misspelled(word, other)


def _is_misspelled(word: str, other: str) -> bool:
    """Return whether two words differ in one letter, or two letters have changed places."""
    same = 0
    while same < min(len(word), len(other)) and word[same] == other[same]:
        same += 1
    if word[same + 1 :] == other[same + 1 :] or word[same:] == other[same + 1 :] or word[same + 1 :] == other[same:]:
        return True
    return word[same + 2 :] == other[same + 2 :] and word[same : same + 2] == other[same : same + 2][::-1]


def _opposed(words: Iterable[str], others: Container[str]) -> set[str]:
    """Return those of ``words`` that have an opposite among ``others``."""
    return {word for word in words if any(each in others for each in _opposites(word))}


def _opposites(word: str) -> Iterator[str]:
    yield from OPPOSITE.get(word, ())
    for prefix in PREFIXES:
        yield prefix + word
        if word.startswith(prefix):
            yield word[len(prefix) :]


def _is_number(word: str) -> bool:
    return word[0].isdigit() or word in NUMBERS


def _has_number(words: Iterable[str]) -> bool:
    """Return whether some of the words are numbers, but no accounts."""
    return any(word[0].isdigit() and sum(map(str.isdigit, word)) < _ACCOUNT for word in words)


def _is_attached(text: str, start: int) -> bool:
    """Return whether a number follows a letter or a backslash, as in "dua2" and "\\x80"."""
    return start > 0 and (text[start - 1].isalpha() or text[start - 1] == "\\")


def _has_labels(answer: str) -> bool:
    """Return whether an answer is a short value for each of several keys: lines ``key: value``, or a JSON object."""
    try:
        found = json.loads(answer)
    except (ValueError, RecursionError):
        lines = [line.partition(": ") for line in answer.split("\n")]
        return len(lines) > 1 and all(colon and key and len(label) <= _TELLING for key, colon, label in lines)
    return isinstance(found, dict) and all(
        not isinstance(each, dict | list) and len(str(each)) <= _TELLING for each in found.values()
    )


def _words(text: str) -> set[str]:
    return {_plain(word) for word in re.findall(_WORD, text)}


def _beyond(mine: Counter[str], theirs: Counter[str]) -> dict[str, int]:
    """Return how much more often words are in the one than in the other."""
    return {word: more for word, count in mine.items() if (more := count - theirs[word]) > 0}


def _plain(word: str) -> str:
    """Return a word in lower case, and a number of any script in ASCII's digits."""
    if word.isascii() or not word[0].isdecimal():
        return word.casefold()
    return "".join(str(decimal(each)) if each.isdecimal() else each for each in word)


def _begins_sentence(text: str, start: int) -> bool:
    before = start - 1
    while before >= 0 and text[before] in " \t\"'“(":
        before -= 1
    return before < 0 or text[before] in _ENDS
