"""Reuse of record rules' findings for equal rows: rules run on the first of them, and their hits are copied to the
others."""

from __future__ import annotations

import marshal
from collections.abc import Sequence
from typing import Any, Final

import polars as pl

from datalint.core.rule import Hit
from datalint.engine.map.hits import HitTable
from datalint.privacy.redaction import Fragments
from datalint.records.record import Problem
from datalint.support.duplicates import repeated

#: The last format of marshal that writes equal values as equal bytes.
_FORMAT: Final = 2
#: A rule's number, its hit, the text of the row to show if the hit has no excerpt, and the row's secrets.
KeptHit = tuple[int, Hit, str | None, Fragments]


class Copies:
    """Hits of the record rules by the content of the row, for rows of a chunk that have an equal row in it.

    ``exact`` are the hashes of the rows. ``noticed`` has the rows in which the parser hid something, such as a
    duplicate key. They are left out, since rows that differ in it may have the same record.
    """

    def __init__(self, records: Sequence[dict[str, Any]], exact: pl.Series, noticed: dict[int, list[Problem]]) -> None:
        self._records = records
        self._noticed = noticed
        self._repeated: list[bool] = repeated(exact).to_list()
        self._hits: dict[bytes, list[KeptHit]] = {}

    def content(self, row: int) -> bytes | None:
        """Return the content of a row with its order of keys; None if there is no equal row."""
        if not self._repeated[row] or row in self._noticed:
            return None
        try:
            # JSON would write NaN, which tables may hold, as null.
            return marshal.dumps(self._records[row], _FORMAT)
        except ValueError:
            return None

    def repeat(self, content: bytes, row: int, hits: HitTable) -> bool:
        """Add the stored hits for ``content`` to ``hits`` at ``row``; return whether ``content`` was stored."""
        found = self._hits.get(content)
        for rule, hit, shown, secrets in found or ():
            hits.add(rule, hit, at=row, shown=shown, secrets=secrets)
        return found is not None

    def keep(self, content: bytes, found: list[KeptHit]) -> None:
        """Store the hits of a row with this content."""
        self._hits[content] = found
