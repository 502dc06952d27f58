"""Renaming the roles that a row's schema does not have."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from datalint.api import Edit, Hit, Record, Replace

#: Returns the role that is meant, given what the row says and the path; None if nothing tells.
Meaning = Callable[[str, str], str | None]


def seen_roles(record: Record, rule: str, meaning: Meaning, *, jointly: bool = False) -> Iterator[Hit]:
    """Yield what the schema reports as ``rule``; a hit can be fixed if the role that is meant is known.

    ``jointly``: only if that is so for every hit of the row.
    """
    hits = list(record.seen(rule))
    known = [next(_renamed(record, hit, meaning), None) is not None for hit in hits]
    for hit, fixable in zip(hits, known, strict=True):
        yield replace(hit, fixable=all(known) if jointly else fixable)


def renamed_roles(record: Record, rule: str, meaning: Meaning) -> Iterator[Edit]:
    """Yield an edit for each role that the schema reports as ``rule`` and whose meaning is known."""
    for hit in record.seen(rule):
        yield from _renamed(record, hit, meaning)


def _renamed(record: Record, hit: Hit, meaning: Meaning) -> Iterator[Edit]:
    place = record.place(hit.path)
    if place is not None and isinstance(place[1], str) and (role := meaning(place[1], hit.path or "")) is not None:
        yield Replace(place[0], role)
