"""Contradictions between answers in sentences or JSON: yes and no, other numbers, other values under a key."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Final

from datalint.engine.reduce.comparing.calculations import have_one_result
from datalint.engine.reduce.comparing.closed_answers import CLOSED, bare, exclude, has_another_label
from datalint.engine.reduce.comparing.differing import Difference
from datalint.engine.reduce.comparing.free_numbers import are_commands, without_examples
from datalint.engine.reduce.comparing.json_answers import values_in
from datalint.engine.reduce.comparing.plain_words import has_plain_word
from datalint.engine.reduce.comparing.tagged_answers import have_other_tags, mark_others
from datalint.engine.reduce.comparing.text_words import Words
from datalint.engine.reduce.comparing.verbatim import has_call, has_code
from datalint.engine.reduce.comparing.word_difference import MOST_OWN
from datalint.records.analyses import Text
from datalint.records.difference import shared_turns
from datalint.support.common_prefix import differing_parts

#: Fields of JSON that are the same at least, where one other field makes two answers a conflict; and where that has
#: words, and no numbers, which two people may estimate differently.
_SAME_FIELDS: Final = 3
_SAME_NEXT_TO_WORDS: Final = 2
#: Share of the words of two texts in JSON below which they say something else.
_ALIKE: Final = 0.25
#: How a call of a tool begins: another value makes another call, which may be as good.
_TOOL_CALL: Final = (
    r'\s*+(?:<\w{1,40}>\s*+)?+(?:\[\s*+)?+\{\s*+"(?:name|function|tool|tool_name|action)"\s*:\s*"[^"]{1,100}"\s*,'
    r'\s*"(?:arg|param|action_in)'
)
#: Most words of answers of which each word counts.
_FEW_WORDS: Final = 8
#: Least ratio of all words to those of only one answer, where answers differ in numbers; and the characters compared.
_SAME_WORDS: Final = 5
_READ: Final = 2_000
#: Values of JSON that are true or false, and numbers that stand for them.
_TRUTH: Final = frozenset(("true", "false"))
_BITS: Final = {"0": "false", "1": "true"}
#: Beginnings of answers that say yes or no. "No problem" and "Si vous …" say neither.
_YES: Final = r"(?:yes|yeah|yep|sí|oui|ja|да|是的|对)"
_NO: Final = r"(?:no|nope|non|nein|нет|不是|不)"
_STOPS: Final = r"(?:[,.;:!，。；：！]|\s[—–-]\s)"
_BEGINNING: Final = 100
#: Different answers, and pairs of them, that are kept for all rows which have them.
_LABELS: Final = 1_024


class Statements:
    """Parts of an answer that may contradict another answer: its beginning, numbers, or the values of JSON by path."""

    def __init__(self, answer: str) -> None:
        self.values: dict[int, set[str]] = {}
        self.texts: dict[int, set[str]] = {}
        for each in values_in(answer):
            if each.is_text:
                self.texts.setdefault(each.path, set()).update(each.value.split())
            else:
                self.values.setdefault(each.path, set()).add(each.value)
        self.answer = "" if self.values or self.texts else answer[:_READ]

    @cached_property
    def numbers(self) -> set[str]:
        """The numbers of an answer that is no JSON and not a number alone, as :func:`bare` gives them."""
        if not re.search(r"[^\W\d_]", self.answer):
            return set()
        return set(map(bare, re.findall(r"\d[\d.,]*\d|\d", self.answer)))

    @cached_property
    def words(self) -> Words:
        """The words of an answer that is no JSON."""
        return Words(self.answer)

    def contradicts(self, other: Statements) -> bool:
        """Return whether one answer says yes and the other no, or they state other numbers, tags or values of JSON."""
        if self.values and other.values:
            return _states_opposites(self.values, other.values)
        if have_other_tags([self.answer, other.answer]):
            return True
        return are_yes_and_no([each.answer[: 2 * _BEGINNING] for each in (self, other)]) or _renumbers(self, other)

    def differs(self, other: Statements) -> bool:
        """Return whether the answer contradicts another one, or says something different.

        JSON says something different if one value differs, or a text in it has little in common with the other one. A
        text of few words does if one word differs, and prose if names or numbers differ.
        """
        if self.contradicts(other) or mark_others(self.answer, other.answer):
            return True
        if has_another_label(self.answer, other.answer):
            return True
        if self.answer or other.answer:
            if has_plain_word(self.answer, other.answer, least=_FEW_WORDS + 1):
                return False
            return _replaces_word(self.words, other.words) or _name_others(self, other) or _opposes(self, other)
        return _state_another(self.values, other.values) or any(
            len(words & other.texts[path]) < _ALIKE * len(words | other.texts[path])
            for path, words in self.texts.items()
            if path in other.texts
        )


class StatementsOfRows:
    """The statements of rows, and which of them differ.

    Where answers are labels, many pairs of rows have the same few: each pair of labels is compared once.

    Attributes:
        kept: the statements of rows by their number, which the caller fills.
        differ: :meth:`Statements.differs`.
    """

    def __init__(self) -> None:
        self.kept: dict[int, Statements] = {}
        self.differ = lru_cache(_LABELS)(Statements.differs)
        self._made = lru_cache(_LABELS)(Statements)

    def of(self, text: Text) -> Statements:
        """Return the statements of a row's answer, the same object for equal answers."""
        return self._made(text.response)


def _state_another(mine: Mapping[int, set[str]], theirs: Mapping[int, set[str]]) -> bool:
    """Return whether all values are the same but one, which is missing or does not contain the other one."""
    differing = [path for path in mine.keys() | theirs.keys() if mine.get(path) != theirs.get(path)]
    if len(differing) != 1:
        return False
    here, there = (" ".join(sorted(values.get(differing[0], ()))) for values in (mine, theirs))
    return not here or not there or exclude((here, there))


def _name_others(one: Statements, other: Statements) -> bool:
    """Return whether two answers, which are no code, differ in names or numbers alone, of which each has some."""
    if has_call(one.answer) or has_call(other.answer) or not (one.answer and other.answer):
        return False
    found = Difference(one.words, other.words)
    return bool(found.words) and found.is_of_values()


def _opposes(one: Statements, other: Statements) -> bool:
    """Return whether two answers differ in words with opposite meanings alone."""
    found = Difference(one.words, other.words)
    return 0 < len(found.words) <= MOST_OWN and found.words <= found.opposed


def _replaces_word(one: Words, other: Words) -> bool:
    """Return whether two texts of few words differ in one, which is no other form of the other one."""
    found = Difference(one, other)
    return found.size <= _FEW_WORDS and all(len(words) == 1 for words in (*found.only, *found.own))


def are_yes_and_no(answers: Sequence[str]) -> bool:
    """Return whether one answer begins with yes and another one with no."""
    begin = shared_turns(answers)
    return all(
        any(re.match(rf"(?i)\s*{word}{_STOPS}", answer[begin : begin + _BEGINNING]) for answer in answers)
        for word in (_YES, _NO)
    )


def state_opposites(answers: Sequence[str]) -> bool:
    """Return whether answers are JSON, and the first one states the opposite of another one for a key of both."""
    first, *rest = (Statements(answer).values for answer in answers)
    is_call = all(re.match(_TOOL_CALL, answer) for answer in answers)
    return any(_states_opposites(first, other, is_call=is_call) for other in rest)


def state_other_numbers(answers: Sequence[str], prompt: str = "") -> bool:
    """Return whether the first of the answers has other numbers than another one and the same words; not in code."""
    if are_commands(answers, prompt):
        return False
    first, *rest = map(Statements, map(without_examples, answers))
    return not has_code(first.answer) and any(
        _renumbers(first, other) and not any(Difference(first.words, other.words).own) for other in rest
    )


def _renumbers(one: Statements, other: Statements) -> bool:
    """Return whether two answers differ in numbers, and only one of them may have more than one word of its own.

    If four of five words are no longer the same, they are several answers.
    """
    # Numbers of their own stand where they differ.
    if not all(any(map(str.isdecimal, part)) for part in differing_parts(one.answer, other.answer)):
        return False
    if one.numbers <= other.numbers or other.numbers <= one.numbers or have_one_result(one.answer, other.answer):
        return False
    if has_call(one.answer) or has_call(other.answer):
        return False
    found = Difference(one.words, other.words)
    if not found.renumbered or len(found.words) > MOST_OWN:
        return False
    fewer, more = sorted(map(len, found.own))
    return fewer <= 1 and _SAME_WORDS * (fewer + more) <= found.size


def _states_opposites(mine: Mapping[int, set[str]], theirs: Mapping[int, set[str]], *, is_call: bool = False) -> bool:
    """Return whether a value is the opposite and no more other values differ than agree, or only one value differs.

    Answers of which most other values differ too are several answers, such as examples of made-up people.
    """
    paths = mine.keys() | theirs.keys()
    other = {path for path in paths if mine.get(path) != theirs.get(path)}
    if not is_call and len(other) == 1 and other <= mine.keys() & theirs.keys():
        [path] = other
        if len(paths) > (_SAME_NEXT_TO_WORDS if _exclude_in_words(mine[path], theirs[path]) else _SAME_FIELDS):
            return True  # all is the same but one short value
    opposite = {path for path in other if _are_opposite(mine.get(path, set()), theirs.get(path, set()))}
    return bool(opposite) and len(other - opposite) <= len(paths - other)


def _exclude_in_words(mine: set[str], theirs: set[str]) -> bool:
    """Return whether two values are words, without numbers, and neither is the other with more words."""
    here, there = (" ".join(sorted(values)) for values in (mine, theirs))
    return not re.search(r"\d", here + there) and exclude((here, there))


def _are_opposite(mine: set[str], theirs: set[str]) -> bool:
    """Return whether two values are one closed answer each, and exclude each other; 0 is false and 1 true."""
    if len(mine) != 1 or len(theirs) != 1:
        return False
    [here], [there] = mine, theirs
    if _TRUTH.isdisjoint((here, there)):
        return any(here in words and there in words for words in CLOSED) and exclude((here, there))
    return _BITS.get(here, here) != _BITS.get(there, there) and {here, there} <= _TRUTH | _BITS.keys()
