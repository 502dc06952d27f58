"""Answers with the letter and the words of an option that the text of their prompt lists."""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
import polars as pl

from datalint.api import Chunk, NamedTuple, excerpt
from datalint.records.options import after_letter, marked_options
from datalint.rules.common.texts.turns import may_begin_blank

#: Bytes of an answer at most, characters with which it begins, and that stand behind these.
_LONGEST: Final = 200
_OPENING: Final = tuple("ABCDEFGH([")
_RANGES: Final = (("A", "I"), ("(", ")"), ("[", "\\"))
_BEHIND: Final = tuple(").:ABCDEFGH")
#: Options at least, and characters at the end of a prompt in which they are.
_LEAST: Final = 3
_READ: Final = 4_000
#: Shares of answers that are the option of their letter, from which on those of another letter are mistakes, and those of
#: none.
_HALF: Final = 0.5
_NEARLY_ALL: Final = 0.95
#: Share of the words of an answer and an option that both have from which on one is meant as the other.
_ALIKE: Final = 0.6
#: Characters that are shown.
_SHOWN: Final = 40


class Miswritten(NamedTuple):
    """A row whose answer has the letter of another option, or words that no option has, and what is said of it."""

    row: int
    said: str
    of_other: bool


class Written(NamedTuple):
    """How many answers were compared, how many are the option of their letter, and those that are another or none."""

    compared: int = 0
    right: int = 0
    faults: tuple[Miswritten, ...] = ()


@cache
def _may_be_lettered() -> pl.Expr:
    """Return whether a response may begin with a letter, by comparisons, which take less than removing white space."""
    first = pl.col("response")
    return may_begin_blank(first) | pl.any_horizontal((first >= one) & (first < after) for one, after in _RANGES)


def written_options(chunk: Chunk) -> Written:
    """Compare the answers of a chunk that are a letter and words with the options that their prompts have under letters.

    Words that are a part of an option, or the other way round, or are most of its words, are left out.
    """
    answer = pl.col("answer")
    responses = chunk.examples["response"]
    some = np.flatnonzero(chunk.examples.select(_may_be_lettered()).to_series().to_numpy())
    if not len(some):
        return Written()
    answers = pl.DataFrame([responses.gather(some).str.strip_chars().alias("answer")])
    lettered = answer.str.head(1).is_in(_OPENING) & answer.str.slice(1, 1).is_in(_BEHIND)
    is_lettered = answers.select(lettered & (answer.str.len_bytes() <= _LONGEST)).to_series()
    compared, right, faults = 0, 0, []
    for row, given in zip(some[is_lettered.to_numpy()].tolist(), answers["answer"].filter(is_lettered), strict=True):
        prompt = chunk.examples["prompt"][row]
        letter, said = after_letter(given)
        if not letter or "\n" in said:
            continue
        found = marked_options(prompt[-_READ:])
        if found is None or len(found[1]) < _LEAST or letter not in found[1]:
            continue
        options, words = {each: _plain(option) for each, option in found[1].items()}, _plain(said)
        if len(set(options.values())) < len(options) or not all(options.values()):
            continue
        compared += 1
        if options[letter] == words:
            right += 1
        elif others := [each for each, option in options.items() if option == words]:
            faults.append(Miswritten(row, f"{_named(given)}, and these words are option {others[0]}", True))
        elif not any(_are_alike(words, option) for option in options.values()):
            option = excerpt(found[1][letter].strip(), _SHOWN)
            faults.append(Miswritten(row, f'{_named(given)}, and option {letter} is "{option}"', False))
    return Written(compared, right, tuple(faults))


def add_written(one: Written, other: Written, rows: int) -> Written:
    """Add up; rows of ``other`` come ``rows`` after those of ``one``."""
    moved = (fault._replace(row=fault.row + rows) for fault in other.faults)
    return Written(one.compared + other.compared, one.right + other.right, (*one.faults, *moved))


def miswritten(written: Written, least: int) -> list[Miswritten]:
    """Return the answers that are mistakes, if ``least`` are compared and most of these are the option of their letter."""
    if written.compared < least or written.right < _HALF * written.compared:
        return []
    all_right = written.right >= _NEARLY_ALL * written.compared
    return [fault for fault in written.faults if fault.of_other or all_right]


def _named(answer: str) -> str:
    return f'the answer is "{excerpt(answer, _SHOWN)}"'


def _are_alike(words: str, option: str) -> bool:
    """Whether an answer says an option in more, fewer or slightly other words."""
    mine, theirs = set(words.split()), set(option.split())
    return words in option or option in words or len(mine & theirs) >= _ALIKE * len(mine | theirs)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".。 ")
