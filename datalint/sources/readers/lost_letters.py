"""Tables whose letters were lost: a program wrote a sign for each letter that it could not write, or read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from datalint.records.record import Problem

#: What is written for bytes that are no text in the encoding that was expected.
REPLACED: Final = "\ufffd"
#: Words that are read of a column, and those of several question marks from which on they are no chance.
_MOST_WORDS: Final = 2_000
_LEAST_LONG: Final = 12
#: Lengths of such words: a mark for a missing value always has the same one.
_LENGTHS: Final = 4
#: Share of the words that are lost.
_SHARE: Final = 0.8
#: Characters of a cell that are read.
_CHARS: Final = 2_000
#: Characters next to a word that every code page has.
_POINTS: Final = ".,:;!()[]'\"-/0123456789"


def lost_letters(names: Sequence[str], rows: Sequence[Sequence[str]], line: int) -> Iterator[Problem]:
    """Yield the problem of each column of which most words are question marks of several lengths.

    ``rows`` are the first ones of a table, and ``line`` is where it begins.
    """
    for column, name in enumerate(names):
        words = islice(_words(rows, column), _MOST_WORDS)
        found = [(word, set(word) == {"?"}) for word in words]
        lost = [len(word) for word, is_lost in found if is_lost]
        long = sum(length > 1 for length in lost)
        share = len(lost) / max(1, len(found))
        if long >= _LEAST_LONG and 2 * long >= len(lost) and len(set(lost)) >= _LENGTHS and share >= _SHARE:
            said = f"the letters are lost: {100 * share:.0f} % of the first words are question marks"
            yield Problem("invalid-utf8", said, line, path=name)


def replaced_letters(head: Sequence[str], rows: Sequence[Sequence[str]], line: int) -> Iterator[Problem]:
    """Yield the problem of a table whose first record, and most words of a column, have replacement characters.

    A few are reported with the row that has them.
    """
    if 2 * sum(REPLACED in name for name in head) <= len(head):
        return
    for column in range(len(head)):
        words = [*islice(_words(rows, column), _MOST_WORDS)]
        lost = sum(REPLACED in word for word in words)
        if lost >= max(_LEAST_LONG, len(words) / 2):
            share = f"{100 * lost / len(words):.0f} % of the first words have replacement characters (U+FFFD)"
            said = f"the letters are lost: {share}; export the table again from its source"
            yield Problem("invalid-utf8", said, line)
            return


def _words(rows: Sequence[Sequence[str]], column: int) -> Iterator[str]:
    for row in rows:
        if column < len(row) and "?" in row[column][:_CHARS]:
            yield from filter(None, (word.strip(_POINTS) for word in row[column][:_CHARS].split()))
        elif column < len(row):
            yield from row[column][:_CHARS].split()
