"""Formulas of tagged texts, such as the last sentence of each judgment: one finding for those of a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

import polars as pl

from datalint.api import Dataset, Group, Hit, counted
from datalint.rules.common.brief import COPIES, are_many, by_file, note_of_copies
from datalint.support.token_keys import FORMULA_CHARS, is_formula

TAGGED: Final = "token-labels"
#: Characters of a short sentence, and the share of the sentences from which on they are what is learned.
_SHORT: Final = 40
_MOSTLY: Final = 0.5
#: Sentences that are read.
_READ: Final = 10_000
#: Words and characters of a formula of documents that have many, and rows around a copy in which another one that is as
#: far from its original shows that a passage is there twice.
_LONG_WORDS: Final = 20
_LONG_CHARS: Final = 200
_AROUND: Final = 30


def without_formulas(data: Dataset, groups: Sequence[Group]) -> tuple[Sequence[Group], Sequence[Group]]:
    """Return groups of equal rows in two parts: the others, and those of formulas.

    Formulas are sentences of up to six words, or of up to ten of which no tag names anything, among longer ones. Where
    their copies are 1 % of the rows, as in judgments, so are sentences of up to twenty words, unless their copy is in a
    passage that is there twice. If the copies are more than 3 % of the rows, which decides gates, they are among the
    others.
    """
    tagged, chars = data.examples["shape"] == TAGGED, data.examples["prompt_chars"]
    if not groups or not tagged.any() or int((tagged & (chars <= _SHORT)).sum()) > _MOSTLY * int(tagged.sum()):
        return groups, ()
    found = _formulas(data, groups, tagged & (chars <= FORMULA_CHARS))
    if data.once(_are_of_documents):
        passages = data.once(_passages)
        more = _formulas(data, groups, tagged & (chars <= _LONG_CHARS), longest=_LONG_WORDS)
        more = [group for group in more if group in found or passages.isdisjoint(group.rows)]
        found = more if _copies(more) <= COPIES * data.size else found
    if not 0 < _copies(found) <= COPIES * data.size:
        return groups, ()
    formulas = frozenset(group.rows[0] for group in found)
    return [group for group in groups if group.rows[0] not in formulas], found


def _formulas(data: Dataset, groups: Sequence[Group], short: pl.Series, **longest: int) -> list[Group]:
    """Return the groups of formulas, among those whose first row is ``short``."""
    rows = [group.rows[0] for group in groups if short[group.rows[0]]][:_READ]
    records = data.records(rows) if rows else []
    formulas = frozenset(row for row, record in zip(rows, records, strict=True) if is_formula(record, **longest))
    return [group for group in groups if group.rows[0] in formulas]


def _copies(groups: Sequence[Group]) -> int:
    return sum(len(group.rows) - 1 for group in groups)


def _are_of_documents(data: Dataset) -> bool:
    """Whether exact copies of formulas are so many that the sentences are of documents with many."""
    short = (data.examples["shape"] == TAGGED) & (data.examples["prompt_chars"] <= FORMULA_CHARS)
    return are_many(data, _formulas(data, data.exact, short))


def _passages(data: Dataset) -> frozenset[int]:
    """The rows of copies near another one that is as far from its original: a part of a document is there twice."""
    apart: dict[int, list[int]] = {}
    for row, first in sorted((row, group.rows[0]) for group in data.exact for row in group.rows[1:]):
        apart.setdefault(row - first, []).append(row)
    near = (pair for rows in apart.values() for pair in pairwise(rows) if pair[1] - pair[0] <= _AROUND)
    return frozenset(row for pair in near for row in pair)


def formula_copies(data: Dataset, groups: Sequence[Group], what: str = "") -> Iterator[Hit]:
    """Yield a hit for the copies of formulas in each file, if they are many; ``what`` says how they repeat others."""
    for file, mine in by_file(data, groups).items() if are_many(data, groups) else ():
        copies = sum(len(group.rows) - 1 for group in mine)
        repeat = "repeats an earlier one" if copies == 1 else "repeat earlier ones"
        sentences = counted(copies, "short sentence")
        yield note_of_copies(data, mine, f"{sentences} {repeat}{what}, as formulas do", f"formulas {file}")
