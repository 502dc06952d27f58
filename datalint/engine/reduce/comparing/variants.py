"""Variants: similar rows of one dataset that each teach something different."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import takewhile
from typing import Final

from datalint.engine.reduce.comparing.amounts import is_digits
from datalint.engine.reduce.comparing.differing import Difference
from datalint.engine.reduce.comparing.problems import are_other_problems
from datalint.engine.reduce.comparing.queries import are_other_queries
from datalint.engine.reduce.comparing.verbatim import is_code, is_prose, unquoted
from datalint.engine.reduce.comparing.word_counts import weight
from datalint.engine.reduce.comparing.word_forms import own_words
from datalint.engine.reduce.comparing.word_sequences import words_in
from datalint.support.lazy_pattern import lazy_pattern
from datalint.support.word_scripts import HANGUL, SPACELESS

#: Words from which a prompt has a context, and the share of the words of its other sentences below which they ask for
#: something else.
_CONTEXT: Final = 100
_ALIKE: Final = 0.5
#: Words of a text without a prompt in which each counts, of one in which other numbers do, and of one that says too
#: little to be compared.
_SHORT: Final = 8
_CHANGED: Final = 60
_TOO_FEW: Final = 2
#: Words of a text in which a word more counts if its answer is a label, or missing.
_LITTLE: Final = 4
#: Words of a text that people just say, such as "not so good".
_BRIEF: Final = 3
_UNANSWERED: Final = 12
#: Letters of the ending of a form of a word.
_ENDING: Final = 3
#: A word that is the whole text, in a script with spaces between words.
_WORD: Final = lazy_pattern(rf"[^\W\d_{SPACELESS}{HANGUL}]{{1,60}}")
#: Words in which each Chinese character counts.
_FEW: Final = 20
#: Lines with other facts that make another problem, and the lines that are compared.
_FACTS: Final = 3
_MOST_FACTS: Final = 16
#: Characters of a command at most.
_COMMAND: Final = 300
#: Characters of a prompt with a short program at most, of its lines that differ, and of what it prints.
_PROGRAM: Final = 500
_STATEMENTS: Final = 120
_PRINTED: Final = 60
#: What a line of code begins or ends with, and its tokens; a semicolon ends one, or not.
_STATEMENT: Final = r"^(?:[\w.<>*&:,\[\]]{1,40} ){0,2}[\w.<>*&:,\[\]]{0,40}[-+*/%]?=|\w\([^\n]*[)\]},:;{]$|[;{}]$"
_TOKEN: Final = r"\w+|[^\w\s;]"


def are_variants(found: Difference) -> bool:
    """Return whether two similar texts of one dataset are variants by what differs in them.

    Prompts are if they have one context and other sentences, or other statements of a generated problem, and if both
    answers are commands, queries for something
    else, or what short programs print. Where the answers are labels or missing, so are texts of one or two words, a
    word more in a few, a number in the place of a word, Chinese texts with other characters, and problems with several
    other facts, and those with another single letter. In a short text without a prompt, each word counts, and in a
    longer one numbers do.
    """
    if not found.one.asked:
        return (bool(found.words) and found.size <= _SHORT) or _renumbers(found)
    if found.labelled and (
        _exchanges_letters(found)
        or _says_little(found)
        or _says_one_more(found)
        or _replaces(found)
        or _has_other_facts(found)
    ):
        return True
    return (
        _has_other_sentences(found)
        or _are_other_commands(found)
        or are_other_queries(found)
        or _are_other_programs(found)
        or are_other_problems(found)
    )


def are_brief(found: Difference) -> bool:
    """Return whether two texts of up to three words differ; if labels answer them, any word makes another text."""
    return bool(found.words) and found.size <= _BRIEF


def are_forms(found: Difference) -> bool:
    """Return whether two words, each with a short answer, differ in their last letters, such as a noun and its plural.

    Where words are rewritten one by one, each form is an input of its own.
    """
    one, other = found.one, found.other
    texts = (one.text.strip(), other.text.strip())
    if one.answer.count(" ") >= _BRIEF or other.answer.count(" ") >= _BRIEF or not (one.answer and other.answer):
        return False
    if any(_WORD.fullmatch(text) is None for text in texts) or texts[0] == texts[1]:
        return False
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(*texts, strict=False)))
    return max(map(len, texts)) - same <= _ENDING


def _renumbers(found: Difference) -> bool:
    """Return whether two short texts differ in numbers, and hardly in another word."""
    return found.size <= _CHANGED and found.renumbered and max(map(len, found.own)) <= 1


def _exchanges_letters(found: Difference) -> bool:
    """Return whether a single letter is all that differs, as in "fare code b", and no number is the answer.

    Two questions with one number as their answer may be about one thing: "how many does b get?"
    """
    mine, theirs = found.only
    if any(map(str.isdecimal, found.one.answer)) or not len(mine) == len(theirs) == 1:
        return False
    return all(len(word) == 1 and word.isascii() and word.isalpha() and word not in "ai" for word in found.words)


def _says_little(found: Difference) -> bool:
    """Return whether texts of a word or two differ, or one of two short texts is the other with a word more."""
    return bool(found.words) and (
        found.size <= _TOO_FEW or (found.size <= _LITTLE and not all(found.only) and _has_own_word(found))
    )


def _says_one_more(found: Difference) -> bool:
    """Return whether one of two short texts is the other with a word more, and neither has an answer."""
    answered = found.one.answer or found.other.answer
    return not answered and found.size <= _UNANSWERED and not all(found.only) and _has_own_word(found)


def _has_own_word(found: Difference) -> bool:
    return max(map(weight, found.own)) >= 1


def _has_other_facts(found: Difference) -> bool:
    """Return whether two texts have lines in common, and each has several lines that the other lacks."""
    here, there = found.one.lines - found.other.lines, found.other.lines - found.one.lines
    if not _FACTS <= min(len(here), len(there)) <= max(len(here), len(there)) <= _MOST_FACTS:
        return False
    if not found.one.lines & found.other.lines:
        return False
    ours, others = (list(map(words_in, lines)) for lines in (here, there))
    return min(_unmatched(ours, others), _unmatched(others, ours)) >= _FACTS


def _unmatched(lines: Sequence[set[str]], others: Sequence[set[str]]) -> int:
    """Return how many lines differ in a word from the most similar one of the others, on either side."""
    return sum(_say_others(line, max(others, key=lambda other: len(line & other))) for line in lines)


def _say_others(mine: set[str], theirs: set[str]) -> bool:
    return bool(own_words(mine - theirs, theirs - mine) or own_words(theirs - mine, mine - theirs))


def _has_other_sentences(found: Difference) -> bool:
    """Return whether two prompts share a context, and have in their other sentences less than half of the words."""
    if found.size < _CONTEXT or not all(found.own):
        return False
    mine, theirs = map(Counter, found.sequences)
    return (mine & theirs).total() < _ALIKE * (mine | theirs).total()


def _are_other_commands(found: Difference) -> bool:
    """Return whether a prompt has words of its own, and the answers are two commands of one line each."""
    answers = found.one.answer, found.other.answer
    if not any(found.own) or max(map(len, answers)) > _COMMAND or not all(map(_is_one_line, answers)):
        return False
    return answers[0].split() != answers[1].split() and all(map(is_code, answers))


def _are_other_programs(found: Difference) -> bool:
    """Return whether the lines that differ in two prompts are code, with other tokens, and both answers are short."""
    one, other = found.one, found.other
    if max(len(one.text), len(other.text)) > _PROGRAM or max(len(one.answer), len(other.answer)) > _PRINTED:
        return False
    here = [part for part in one.parts if part not in other.lines]
    there = [part for part in other.parts if part not in one.lines]
    mine, theirs = "\n".join(here), "\n".join(there)
    if max(len(mine), len(theirs)) > _STATEMENTS or not all(map(_is_statement, (*here, *there))):
        return False
    return re.findall(_TOKEN, mine) != re.findall(_TOKEN, theirs)


def _is_statement(line: str) -> bool:
    bare = unquoted(line)
    return bare.isascii() and re.search(_STATEMENT, bare) is not None and not is_prose(bare)


def _is_one_line(text: str) -> bool:
    """Return whether one line of a text has letters; marks of its end have none."""
    return sum(any(map(str.isalnum, line)) for line in text.split("\n")) == 1


def _replaces(found: Difference) -> bool:
    return _replaces_by_number(found) or (
        found.one.answer.isascii()
        and found.other.answer.isascii()
        and (_replaces_character(found) or _replaces_characters(found))
    )


def _replaces_character(found: Difference) -> bool:
    """Return whether in few words, one Chinese character stands in the place of another one, or a word of two does."""
    return found.changed <= _FEW and any(
        1 <= len(here) <= 2
        and 1 <= len(there) <= 2
        and len(here) + len(there) <= 3
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


def _is_ideograph(word: str) -> bool:
    return len(word) == 1 and "\u3400" <= word <= "\u9fff"
