"""Rows with a list of questions and a list of answers that differ in their number."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from datalint.api import Chunk, NamedTuple
from datalint.rules.common.kept_rows import KeptRows, count_rows, joined_rows, kept_rows, listed_rows
from datalint.support.text_lists import are_texts

#: Keys of a row that are looked at, and characters of a key.
_MOST_KEYS: Final = 64
_LONGEST: Final = 80
#: The number of lists of a pair.
_PAIR: Final = 2
#: Rows with as many answers as questions at least, and their share, for the lists to be pairs.
_LEAST: Final = 20
_PAIRED: Final = 0.8
#: Texts of a row that may be its prompt from which on a list next to them has no questions: one may say what to do.
_PROMPTS: Final = 2


class Unequal(NamedTuple):
    """A row with another number of answers than of questions, and the keys of both."""

    row: int
    asked: int
    answered: int
    keys: tuple[str, str]


class Lists(NamedTuple):
    """How many rows have as many answers as questions, of two or more, and each :class:`Unequal` row."""

    equal: int = 0
    unequal: KeptRows = {}

    def found(self) -> list[Unequal]:
        """Return the rows with another number of answers, if the lists are pairs in most rows."""
        paired = self.equal >= max(_LEAST, _PAIRED * (self.equal + count_rows(self.unequal)))
        return [Unequal(*each) for each in listed_rows(self.unequal)] if paired else []


def find_lists(chunk: Chunk) -> Lists:
    """Compare the numbers of questions and answers in each row of a chunk."""
    equal, unequal = 0, []
    for group in chunk.structure.groups:
        keys = [key for key in group.keys[:_MOST_KEYS] if len(key) <= _LONGEST and list in group.kinds(key)]
        if len(keys) < _PAIR:
            continue
        # Loaded for rows with lists only.
        from datalint.support.names.column_names import Strength, strength

        asked = [key for key in keys if strength(key, "prompt") >= Strength.HEAD]
        answers = [key for key in keys if strength(key, "response") >= Strength.HEAD and key not in asked]
        if len(asked) != 1 or len(answers) != 1:
            continue
        pair = asked[0], answers[0]
        texts = [group.column(key) for key in group.keys[:_MOST_KEYS] if _may_ask(key, group.kinds(key))]
        for at, (row, prompts, responses) in enumerate(zip(group.rows, *map(group.column, pair), strict=True)):
            if sum(bool(isinstance(each[at], str) and each[at].strip()) for each in texts) >= _PROMPTS:
                continue
            if not (are_texts(prompts) and are_texts(responses, 0)):
                continue
            if len(prompts) != len(responses):
                unequal.append(Unequal(row, len(prompts), len(responses), pair))
            elif len(prompts) > 1:
                equal += 1
    return Lists(equal, kept_rows(unequal))


def _may_ask(key: str, kinds: Collection[type]) -> bool:
    """Return whether a key of texts is named as a prompt is."""
    from datalint.support.names.column_names import Strength, strength

    return len(key) <= _LONGEST and str in kinds and strength(key, "prompt") >= Strength.HEAD


def joined_lists(one: Lists, other: Lists, rows: int) -> Lists:
    """Put two partials one after the other; rows of ``other`` come after the ``rows`` of ``one``."""
    return Lists(one.equal + other.equal, joined_rows(one.unequal, other.unequal, rows))
