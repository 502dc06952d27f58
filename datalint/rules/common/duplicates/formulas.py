"""Formulas of tagged texts, such as the last sentence of each judgment: one finding for those of a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from datalint.api import Dataset, Group, Hit, counted
from datalint.rules.common.duplicates.brief import COPIES, are_many, by_file, note_of_copies, repeat_by_nature
from datalint.support.names.token_keys import FORMULA_CHARS, is_formula

TAGGED: Final = "token-labels"
#: Characters of a short sentence, and the share of the sentences from which on they are what is learned.
_SHORT: Final = 40
_MOSTLY: Final = 0.5
#: Sentences that are read.
_READ: Final = 10_000


def without_formulas(data: Dataset, groups: Sequence[Group]) -> tuple[Sequence[Group], Sequence[Group]]:
    """Return groups of equal rows in two parts: the others, and those of formulas.

    Formulas are sentences of up to six words, or of up to ten of which no tag names anything, among longer ones, or where
    longer ones have hardly any copies. If their copies are more than 3 % of the rows, which decides gates, they are among
    the others.
    """
    tagged, chars = data.examples["shape"] == TAGGED, data.examples["prompt_chars"]
    if not groups or not tagged.any():
        return groups, ()
    are_replies = int((tagged & (chars <= _SHORT)).sum()) > _MOSTLY * int(tagged.sum())
    short = tagged & (chars <= (_SHORT if are_replies else FORMULA_CHARS))
    rows = [group.rows[0] for group in groups if short[group.rows[0]]][:_READ]
    records = data.records(rows) if rows else []
    formulas = frozenset(row for row, record in zip(rows, records, strict=True) if is_formula(record))
    found = [group for group in groups if group.rows[0] in formulas]
    copies = sum(len(group.rows) - 1 for group in found)
    # Of the rows that are left once other copies are removed, so that the answer is then the same.
    left = data.size - sum(len(group.rows) - 1 for group in groups) + copies
    if not 0 < copies <= COPIES * left:
        return groups, ()
    if are_replies and not repeat_by_nature(data, groups, found, short):
        return groups, ()
    return [group for group in groups if group.rows[0] not in formulas], found


def formula_copies(data: Dataset, groups: Sequence[Group], what: str = "") -> Iterator[Hit]:
    """Yield a hit for the copies of formulas in each file, if they are many; ``what`` says how they repeat others."""
    for file, mine in by_file(data, groups).items() if are_many(data, groups) else ():
        copies = sum(len(group.rows) - 1 for group in mine)
        repeat = "repeats an earlier one" if copies == 1 else "repeat earlier ones"
        sentences = counted(copies, "short sentence")
        yield note_of_copies(data, mine, f"{sentences} {repeat}{what}, as formulas do", f"formulas {file}")
