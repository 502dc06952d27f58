"""Fast search for a plain word that one text has more often than another, without counting all words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from datalint.engine.reduce.comparing.value_words import NUMBERS
from datalint.engine.reduce.comparing.word_sequences import begins_sentence, named_in
from datalint.support.common_prefix import differing_parts

#: Letters of a word that is no Roman number, and of one that is not the unit of a number either.
_LEAST: Final = 2
_LONG: Final = 4
#: Characters for each word that is sought at the beginning of a text.
_BEGINNING: Final = 16
#: What ends a word or sentence.
_MARKS: Final = ".,;:!?"
_ENDING: Final = frozenset(_MARKS)
_APOSTROPHES: Final = ("'", "’")
_SIGNS: Final = ("-", "−")
_SIGNED: Final = r"[-−]\d"


def has_plain_word(one: str, other: str, *, least: int) -> bool:
    """Return whether two texts differ in a word that is no number or name, and one of them has ``least`` words or more.

    Most texts that differ do so in a word of small letters between blanks. False says nothing: only such words are
    looked at. True says that the words in which they differ are not all among those that
    :class:`~datalint.engine.reduce.comparing.text_words.Words` takes for values of either text.
    """
    if "@" in one or "@" in other:
        return False
    if not any(_has_many(text, least) for text in (one, other)):
        return False
    here, there = (Counter(map(_bare, part.split())) for part in differing_parts(one, other))
    more, fewer = here - there, there - here
    # Where both have numbers of their own, the first words of sentences may be names.
    strict = (_has_digit(more) and _has_digit(fewer)) or _has_sign(one) or _has_sign(other)
    return _has_one(more, one, other, strict=strict) or _has_one(fewer, other, one, strict=strict)


def _bare(word: str) -> str:
    return word.rstrip(_MARKS)


def _has_many(text: str, least: int) -> bool:
    """Return whether ``least`` words of a text are made of letters, apart from the marks that end them."""
    # Mostly, there are enough at the beginning; the last one may be cut.
    begin = text[: _BEGINNING * least].split()[:-1]
    return sum(map(str.isalpha, begin)) >= least or sum(map(str.isalpha, map(_bare, text.split()))) >= least


def _has_digit(words: Iterable[str]) -> bool:
    return any(any(map(str.isdecimal, word)) for word in words)


def _has_sign(text: str) -> bool:
    """Return whether a number of a text may have a sign."""
    return any(sign in text for sign in _SIGNS) and re.search(_SIGNED, text) is not None


def _has_one(more: Iterable[str], text: str, other: str, *, strict: bool) -> bool:
    """Return whether one of the words that a text has more often is plain in both, and fewer times in the other one."""
    folded = text.casefold(), other.casefold()
    return any(
        sum(1 for _ in _places(folded[1], word)) < sum(_count(text, form) for form in _forms(word))
        and _is_plain(word, text, folded[0], strict=strict)
        and _is_plain(word, other, folded[1], strict=strict)
        and not any(word in named_in(each) for each in (text, other))
        for word in more
        if len(word) >= _LEAST and word.isascii() and word.isalpha() and word.islower() and word not in NUMBERS
    )


def _count(text: str, word: str) -> int:
    """Return how many times a word is in a text between blanks, apart from the marks that end it."""
    count, at = 0, text.find(word)
    while at >= 0:
        end = stop = at + len(word)
        while text[stop : stop + 1] in _ENDING:
            stop += 1
        count += (not at or text[at - 1].isspace()) and (stop == len(text) or text[stop].isspace())
        at = text.find(word, end)
    return count


def _forms(word: str) -> tuple[str, str, str]:
    return word, word.capitalize(), word.upper()


def _is_plain(word: str, text: str, folded: str, *, strict: bool) -> bool:
    """Return whether a word is no name or unit wherever a text has it: with a capital, it begins a sentence.

    If ``strict``, there is none with a capital.
    """
    same = folded.count(word) == text.count(word)
    if len(folded) != len(text):
        return same and len(word) >= _LONG  # "ß" becomes two letters, so that places are others
    if not same and (strict or not text.isascii()):
        return False
    return not any(
        (text[at].isupper() and not begins_sentence(text, at)) or (len(word) < _LONG and text[at - 1 : at].isdigit())
        for at in _places(folded, word)
    )


def _places(text: str, word: str) -> Iterator[int]:
    """Yield where a word of ASCII is that no letter of ASCII is next to: more often than as a word, if anything."""
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        after = text[end + 1 : end + 2] if text[end : end + 1] in _APOSTROPHES else text[end : end + 1]
        if not _is_letter(text[at - 1 : at]) and not _is_letter(after):
            yield at
        at = text.find(word, at + 1)


def _is_letter(char: str) -> bool:
    return char.isascii() and char.isalpha()
