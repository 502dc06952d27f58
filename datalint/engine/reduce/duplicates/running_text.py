"""Running text, whose lines are parts and no examples: sentences run over lines, or a line continues the one before.

A book or poem shows it by lines that end in a comma, or by lines that end without a full stop and go on in lower case.
Where no line does, as in subtitles and songs, adjacent lines share rare words more often than lines a few places
apart; in lists of headlines or sentences of any order they don't. A stream of messages has such an order too, but each
message is an example: it is known by its links and mentions.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from math import sqrt
from typing import Final

import numpy as np

from datalint.support.named_tuple import NamedTuple
from datalint.support.word_scripts import SPACELESS_LETTER

# The limits separate 20 books, poems, songs and subtitles from 25 lists of headlines, messages, questions and
# sentences; those of order also from the former with their lines shuffled.

#: Runs of lines that are read, evenly spaced, lines of each, and characters of a line.
_RUNS: Final = 8
_RUN: Final = 256
_READ: Final = 400
#: Lines of a text at least, and how many of them end in a comma: in lists up to one in a hundred do, in books from
#: three in a hundred. Half as many end in a full stop at least: the lines of a list of keywords don't.
_LEAST: Final = 40
_COMMAS: Final = 0.02
_FEWEST: Final = 4
_STOPS: Final = 0.5
#: How much more often a line begins in lower case after one without a full stop than after one with it, and lines of
#: either kind at least.
_CONTINUES: Final = 0.25
_EITHER: Final = 20
#: Share of lines with a link, mention or tag from which on they are messages.
_MESSAGES: Final = 0.05
#: Share of the lines that have a word which is rare, at most.
_RARE: Final = 0.02
#: Adjacent lines, and lines some places apart, with which they are compared.
_APART: Final = (8, 11, 15, 20)
#: How many times as often adjacent lines share a rare word, and by how many standard errors.
_MORE: Final = 1.8
_ERRORS: Final = 6.5
#: How many more adjacent lines than others say much the same (paraphrases that stand together), and how many are in
#: alphabetical order (a sorted list).
_ALIKE: Final = 0.2
_SORTED: Final = 0.8

_WORD: Final = r"[^\W\d_]+"
_QUOTES: Final = "\"'”’»)*_ \t\r"
_COMMA: Final = tuple(",;，、；،")
_STOP: Final = tuple(".!?…:。！？：।؟")
_MESSAGE: Final = r"https?://|www\.|(?<!\w)[@#]\w"


class Order(NamedTuple):
    """Evidence from the order of lines.

    ``runs_on`` says that sentences run over lines, ``follows`` that lines continue those before them, and ``spaceless``
    that most words are written without spaces between them. ``broken`` says that lines end in commas, and begin in
    lower case where the sentence before has not ended, which no list has both of.
    """

    runs_on: bool
    follows: bool
    spaceless: bool
    broken: bool = False


NO_ORDER: Final = Order(runs_on=False, follows=False, spaceless=False)


def order_of(size: int, read: Callable[[Sequence[int]], Sequence[str]]) -> Order:
    """Return the evidence from the order of ``size`` lines; ``read`` returns the lines at some indices."""
    if size < _LEAST:
        return NO_ORDER
    starts = [0] if size <= _RUNS * _RUN else np.linspace(0, size - _RUN, _RUNS).astype(int).tolist()
    length = size if len(starts) == 1 else _RUN
    lines = read([start + place for start in starts for place in range(length)])
    runs = [[line.strip()[:_READ] for line in lines[i : i + length]] for i in range(0, len(lines), length)]
    every = [line for run in runs for line in run]
    messages = sum(re.search(_MESSAGE, line) is not None for line in every)
    spaceless = sum(re.search(SPACELESS_LETTER, line) is not None for line in every if not line.isascii())
    if messages >= _MESSAGES * len(every):
        return NO_ORDER
    ways = _end_in_commas(lines), _continue(runs)
    return Order(any(ways), _share_words(runs), 2 * spaceless > len(every), all(ways))


def _end_in_commas(lines: Sequence[str]) -> bool:
    """Return whether some lines end within a sentence, and some with it; messages end in several commas (",,")."""
    ends = [line.rstrip(_QUOTES) for line in lines]
    commas = sum(end.endswith(_COMMA) and not end[:-1].rstrip().endswith(_COMMA) for end in ends)
    stops = sum(end.endswith(_STOP) for end in ends)
    return commas >= max(_COMMAS * len(lines), _FEWEST) and stops >= _STOPS * commas


def _continue(runs: Sequence[Sequence[str]]) -> bool:
    """Return whether lines begin in lower case because the sentence before has not ended."""
    seen: Counter[bool] = Counter()
    lower: Counter[bool] = Counter()
    for run in runs:
        for before, after in pairwise(run):
            ended, start = before.rstrip(_QUOTES).endswith(_STOP), after.lstrip("\"'“‘(«-—* ")[:1]
            if before and start.isalpha() and len(before) < _READ:
                seen[ended] += 1
                lower[ended] += start.islower()
    if min(seen[True], seen[False]) < _EITHER:
        return False
    return lower[False] / seen[False] - lower[True] / seen[True] >= _CONTINUES


def _share_words(runs: Sequence[Sequence[str]]) -> bool:
    """Return whether adjacent lines share rare words more often than lines some places apart do."""
    pairs = [pair for run in runs for pair in pairwise(run)]
    if sum(one <= other for one, other in pairs) >= _SORTED * len(pairs):
        return False
    words = [list(map(words_of, run)) for run in runs]
    lines = sum(map(len, words))
    counts = Counter(word for run in words for line in run for word in line)
    rare = {word for word, count in counts.items() if 1 < count <= max(_RARE * lines, 2)}
    near, far = _compared(words, rare, (1,)), _compared(words, rare, _APART)
    if not near.pairs or not far.pairs:
        return False
    here, there = near.shared / near.pairs, far.shared / far.pairs
    mean = (near.shared + far.shared) / (near.pairs + far.pairs)
    error = sqrt(mean * (1 - mean) * (1 / near.pairs + 1 / far.pairs))
    return here >= _MORE * there and here - there > _ERRORS * error and near.alike - far.alike < _ALIKE


class _Compared(NamedTuple):
    """Pairs of lines that have other words, how many of them share a rare one, and the share of pairs that do not."""

    pairs: int
    shared: int
    alike: float


def _compared(runs: Sequence[Sequence[set[str]]], rare: set[str], places: Sequence[int]) -> _Compared:
    pairs = shared = alike = 0
    for run in runs:
        for apart in places:
            for one, other in zip(run, run[apart:], strict=False):
                if not one or not other:
                    continue
                common = one & other
                if 2 * len(common) > min(len(one), len(other)):
                    alike += 1
                    continue
                pairs += 1
                shared += not rare.isdisjoint(common)
    return _Compared(pairs, shared, alike / max(pairs + alike, 1))


def words_of(line: str) -> set[str]:
    """Return the words of a line, and pairs of characters in scripts without spaces."""
    found: set[str] = set()
    for word in re.findall(_WORD, line.casefold()):
        if word.isascii() or not re.match(SPACELESS_LETTER, word):
            found.add(word)
        else:
            found.update(word[place : place + 2] for place in range(len(word) - 1))
    return found
