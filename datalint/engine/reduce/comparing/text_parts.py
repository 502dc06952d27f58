"""Comparison of two texts part by part, and of their answers, to find statements that only one of them has."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from typing import Final

from datalint.engine.reduce.comparing.json_answers import Stated
from datalint.engine.reduce.comparing.text_words import Words
from datalint.engine.reduce.comparing.word_counts import is_number
from datalint.engine.reduce.comparing.word_forms import own_words
from datalint.engine.reduce.comparing.word_sequences import words_in
from datalint.support.letters import letters_of

#: Shares of the words of two lines, and of their pieces, up to which they say something else.
_ALIKE: Final = 0.5
_MOSTLY: Final = 0.6
#: Lines that differ beyond which they are not compared, and letters of a piece.
_MOST_PARTS: Final = 32
_PIECE: Final = 3
#: Turns of a short dialogue at most, characters of each, and what names an account, a topic or a page.
_MOST_TURNS: Final = 8
_TURN: Final = 80
_NAMED: Final = ("@", "#", "://")
#: The value of a key, of one word.
_KEYED: Final = r"\w[\"']?\s?[:=：]\s?[\"']?(\w+)"
#: The key and the value at the end of a text, the words of such a value at most, and the characters before it at least.
_LAST_VALUE: Final = r"(\w{1,30})[\"']?\s?[:=：]\s?[\"']?([^:=：\n?？]{1,80})\Z"
_ENDING: Final = 120
_VALUE_WORDS: Final = 6
_LEAST_SHARED: Final = 200
#: What separates the items of a list, how many a list has at least, and their words on average at most.
_BETWEEN_ITEMS: Final = r"[,،、，]"
_LEAST_ITEMS: Final = 4
_ITEM_WORDS: Final = 4


def has_another_part(one: Words, other: Words) -> bool:
    """Return whether some lines are the same, and each text has a line unlike all lines of the other."""
    here, there = one.lines - other.lines, other.lines - one.lines
    if not (here and there and one.lines & other.lines) or max(len(here), len(there)) > _MOST_PARTS:
        return False
    ours, others = ([_Line(each) for each in some] for some in (here, there))
    fresh, strange = (
        [part.words for part in some if part.words and not any(map(part.is_like, rest))]
        for some, rest in ((ours, others), (others, ours))
    )
    return any(_say_more(a, b) for a in fresh for b in strange)


def lists_others(one: Words, other: Words) -> bool:
    """Return whether both texts are lists of short items, such as symptoms, and one has an item of its own."""
    mine, theirs = ({each.strip().casefold() for each in re.split(_BETWEEN_ITEMS, text.text)} for text in (one, other))
    if max(len(mine), len(theirs)) < _LEAST_ITEMS:
        return False
    if one.size > _ITEM_WORDS * len(mine) or other.size > _ITEM_WORDS * len(theirs):
        return False
    here, there = ([words_in(item) for item in items] for items in (mine - theirs, theirs - mine))
    words, others = set().union(*here), set().union(*there)
    # "I've been having chills" and "I'm having chills" are one item.
    if len(mine) == len(theirs) and not any(item.isdisjoint(others) for item in here):
        return False
    return bool(own_words(words - others, others - words) or own_words(others - words, words - others))


def replies_otherwise(one: Words, other: Words) -> bool:
    """Return whether two short dialogues, a turn on each line, end in turns without a word in common."""
    (*before, last), (*others, reply) = (text.text.strip().split("\n") for text in (one, other))
    if not 2 <= len(before) == len(others) < _MOST_TURNS or max(map(len, (*before, last, *others, reply))) > _TURN:
        return False
    if any(sign in turn for turn in (last, reply) for sign in _NAMED):
        return False
    if any(letters_of(mine) != letters_of(theirs) for mine, theirs in zip(before, others, strict=True)):
        return False
    mine, theirs = words_in(last), words_in(reply)
    if not mine.isdisjoint(theirs):
        return False
    return bool(own_words(mine, theirs, common=frozenset()) or own_words(theirs, mine, common=frozenset()))


def are_unlike(one: str, other: str) -> bool:
    """Return whether two texts have words, and little in common."""
    mine, theirs = _Line(one), _Line(other)
    return bool(mine.words and theirs.words) and not mine.is_like(theirs)


def state_others(one: Words, other: Words) -> bool:
    """Return whether both answers are JSON, and one states something that the other one does not state in any form."""
    if not one.stated or not other.stated:
        return False
    here, there = _stated_words(one.stated - other.stated), _stated_words(other.stated - one.stated)
    return bool(own_words(here, there) or own_words(there, here))


def title_others(one: Words, other: Words, own: tuple[Set[str], Set[str]]) -> bool:
    """Return whether both answers are JSON with a title, and one has a word there that only its prompt has.

    ``own`` are the words of each prompt that the other one has in no form.
    """
    if not (one.titled and other.titled):
        return False
    here, there = one.titled - other.titled, other.titled - one.titled
    return not (own[0].isdisjoint(own_words(here, there)) and own[1].isdisjoint(own_words(there, here)))


def have_other_values(one: Words, other: Words, mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """Return whether numbers, or values of keys, have changed places, each after the same word.

    In "Cable: 1, Radio: 0" and "Cable: 0, Radio: 1", they have. ``mine`` and ``theirs`` are the words of the sentences
    that differ, in their order.
    """
    if len(mine) != len(theirs):
        return False
    places = [place for place, (here, there) in enumerate(zip(mine, theirs, strict=True)) if here != there]
    if not places or any(place and mine[place - 1] != theirs[place - 1] for place in places):
        return False
    moved = {mine[place] for place in places} | {theirs[place] for place in places}
    return all(map(is_number, moved)) or moved <= _values_of_keys(one) & _values_of_keys(other)


def end_with_other_values(one: Words, other: Words) -> bool:
    """Return whether a key at the end of the same long text has another value, without a word in common.

    In "…,entity:Blinken," and "…,entity:the president,", they ask about somebody else.
    """
    values = []
    before = set()
    for text in (one.text, other.text):
        found = re.search(_LAST_VALUE, text[-_ENDING:])
        if found is None:
            return False
        values.append(words_in(found[2]))
        before.add(text[: len(text) - len(found[0]) + found.start(2) - found.start()])
    if len(before) > 1 or len(before.pop()) < _LEAST_SHARED:
        return False
    return all(0 < len(each) <= _VALUE_WORDS for each in values) and values[0].isdisjoint(values[1])


def _values_of_keys(text: Words) -> set[str]:
    return words_in("\n".join(re.findall(_KEYED, text.text)))


def _stated_words(stated: Set[Stated]) -> set[str]:
    """Return the words of values, and of the keys at which they are."""
    return words_in("\n".join(f"{each.key} {each.value}" for each in stated if each.value))


class _Line:
    """The words of a line, and its pieces of three letters: these are the same if a space is missing."""

    def __init__(self, text: str) -> None:
        self.words = words_in(text)
        letters = letters_of(text)
        self.pieces = {letters[start : start + _PIECE] for start in range(max(len(letters) - _PIECE + 1, 1))}

    def is_like(self, other: _Line) -> bool:
        """Return whether more than half of the words, or most of the pieces, are those of the other line."""
        pairs = (self.words, other.words, _ALIKE), (self.pieces, other.pieces, _MOSTLY)
        return any(len(mine & theirs) > share * len(mine | theirs) for mine, theirs, share in pairs)


def _say_more(mine: set[str], theirs: set[str]) -> bool:
    """Return whether two lines have words of their own, and are no headings of one word each."""
    return len(mine) + len(theirs) > 2 and bool(own_words(mine, theirs) or own_words(theirs, mine))


def same_at_start(mine: Sequence[str], theirs: Sequence[str]) -> int:
    """Return how many words two texts have in common at their start."""
    return next(
        (place for place, (a, b) in enumerate(zip(mine, theirs, strict=False)) if a != b), min(len(mine), len(theirs))
    )
