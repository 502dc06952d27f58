"""Instructions that many prompts have, in variants that differ in one word, such as a language or a program."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import combinations
from typing import Final

from datalint.engine.reduce.comparing.differing import Difference
from datalint.engine.reduce.comparing.text_parts import are_unlike
from datalint.engine.reduce.comparing.text_words import Words
from datalint.engine.reduce.comparing.word_forms import own_words

#: Least number and share of rows that have a sentence of an instruction, and the most sentences that are compared.
_ROWS: Final = 8
_SHARE: Final = 0.03
_MOST: Final = 200
#: Words of such a sentence.
_LEAST: Final = 5
_LONGEST: Final = 60
#: Rows that a line is in at least which is an instruction or a topic, and does not say what a row is about.
_TOPIC: Final = 3


class Instructions:
    """Words that replace one another in an instruction of many prompts, and lines that several prompts share."""

    def __init__(self, prompts: Iterable[Words]) -> None:
        """Compare the sentences that many of some prompts of the dataset have."""
        rows = 0
        counts: Counter[tuple[str, ...]] = Counter()
        lines: Counter[str] = Counter()
        for prompt in prompts:
            rows += 1
            lines.update(prompt.lines.keys())
            counts.update(set(map(tuple, prompt.sentences.values())))
        self._topics = frozenset(line for line, count in lines.items() if count >= _TOPIC)
        least = max(_ROWS, _SHARE * rows)
        found = [each for each, count in counts.most_common(_MOST) if count >= least]
        alike: dict[int, list[tuple[str, ...]]] = {}
        for each in found:
            if _LEAST <= len(each) <= _LONGEST:
                alike.setdefault(len(each), []).append(each)
        pairs = (pair for some in alike.values() for pair in combinations(some, 2))
        replaced = (_replaced(*pair) for pair in pairs)
        self._replaced = {pair for each in replaced if each is not None for pair in (each, each[::-1])}

    def differ(self, found: Difference) -> bool:
        """Return whether two prompts have different words in one place of an instruction.

        "Translate the statement into Coq." asks for another answer than "Translate the statement into Lean.", however
        much both have in common.
        """
        here, there = found.only
        return any(mine in here and other in there for mine, other in self._replaced)

    def share_topic(self, one: Words, other: Words) -> bool:
        """Return whether two prompts with labels share only lines that others have too, next to unlike texts.

        The longer such a topic is and the shorter the texts are, the more similar are the prompts: "3." is no
        near-duplicate of "Really?", whatever both are about. Texts that others have too are variants of an instruction.
        """
        shared = one.lines.keys() & other.lines.keys()
        if not (shared and one.is_label and other.is_label):
            return False
        if (one.lines.keys() | other.lines.keys()) & self._topics != shared:
            return False
        return are_unlike(*("\n".join(line for line in each.parts if line not in shared) for each in (one, other)))


def _replaced(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, str] | None:
    """Return the only words that differ in two sentences of one length, if each says something of its own."""
    places = [place for place, (mine, theirs) in enumerate(zip(one, other, strict=True)) if mine != theirs]
    if len(places) != 1:
        return None
    mine, theirs = one[places[0]], other[places[0]]
    return (mine, theirs) if own_words({mine}, {theirs}) and own_words({theirs}, {mine}) else None
