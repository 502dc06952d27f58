"""Hits as rows of a table: what the map half sends back instead of finding objects."""

from __future__ import annotations

import operator
from collections.abc import Iterable, Sequence
from typing import Any, Final, SupportsIndex

import polars as pl

from datalint.core.private import MARGIN, PERSONAL_DIGITS, PERSONAL_SIGNS, SECRET_GATE, hide
from datalint.core.rule import Hit
from datalint.core.sanitize import excerpt as cut
from datalint.core.sanitize import printable
from datalint.shapes.canonical import visible_surrogates

#: The ``rule`` of a hit that tells of a rule which raised.
INTERNAL_ERROR: Final = -1

RELATED: Final = pl.List(pl.Struct({"at": pl.Int64, "similarity": pl.Float64, "evaluation": pl.Boolean}))
#: Characters of a row that a finding shows, and of its text that must be at hand so that no secret is cut in two.
EXCERPT: Final = 100
SEEN: Final = EXCERPT + MARGIN
_PRIVATE: Final = f"{SECRET_GATE}|{PERSONAL_SIGNS}|{PERSONAL_DIGITS}"

#: ``rule`` is the rule's index in the plan, ``severity`` the hit's own where it has one, ``at`` the row's index;
#: ``line`` and ``row`` are for hits without a record.
SCHEMA: Final = pl.Schema(
    {
        "rule": pl.Int32(),
        "severity": pl.String(),
        "at": pl.Int64(),
        "line": pl.Int64(),
        "row": pl.Int64(),
        "path": pl.String(),
        "message": pl.String(),
        "excerpt": pl.String(),
        "key": pl.String(),
    }
)


class HitTable:
    """Collects hits about ``size`` rows, and ``held`` evaluation rows; turns into a frame once.

    What a rule says is untrusted: text is made safe to print and private data in it redacted.
    """

    def __init__(self, size: int, held: int = 0) -> None:
        self._size = size
        self._held = held
        self._rows: list[tuple[Any, ...]] = []
        self._related: list[tuple[int, int, float | None, bool]] = []

    def __len__(self) -> int:
        return len(self._rows)

    def add(self, rule: int, hit: Hit, *, at: int | None = None, excerpt: str | None = None) -> None:
        """Add one hit of rule number ``rule``.

        ``at`` is the row index and ``excerpt`` the row's text (:data:`SEEN` characters are enough), where the hit
        itself has none.

        Raises:
            TypeError: when it is no hit, or holds what can't become a finding.
            IndexError: when it speaks of a row that is not there.
        """
        if not isinstance(hit, Hit):
            raise TypeError(f"gives a {type(hit).__name__}, not a Hit")
        number = len(self._rows)
        related = [
            (number, _within(other, size), None if similarity is None else float(similarity), held)
            for others, size, held in ((hit.related, self._size, False), (hit.related_eval, self._held, True))
            for other, similarity in others
        ]
        self._rows.append(
            (
                rule,
                hit.severity.value if hit.severity is not None else None,
                _within(hit.at if hit.at is not None else at, self._size),
                _whole(hit.line),
                _whole(hit.row),
                _text(hit.path),
                _text(hit.message or ""),
                _text(hit.excerpt if hit.excerpt is not None else excerpt),
                _text(hit.key),
            )
        )
        self._related += related

    def extend(self, rule: int, hits: Iterable[Hit]) -> None:
        """Add every hit of a rule."""
        for hit in hits:
            self.add(rule, hit)

    def frame(self) -> pl.DataFrame:
        """Return the hits in the order they were added, with ``related`` (null where there is none)."""
        frame = pl.DataFrame(_printable(self._rows), schema=SCHEMA, orient="row")
        if not self._related:
            return frame.with_columns(pl.lit(None, dtype=RELATED).alias("related"))
        columns = {"hit": pl.Int64, "at": pl.Int64, "similarity": pl.Float64, "evaluation": pl.Boolean}
        flat = pl.DataFrame(self._related, schema=columns, orient="row")
        lists = flat.group_by("hit", maintain_order=True).agg(
            pl.struct("at", "similarity", "evaluation").alias("related")
        )
        numbered = frame.with_row_index("hit").cast({"hit": pl.Int64})
        return numbered.join(lists, on="hit", how="left", maintain_order="left").drop("hit")


def _within(at: SupportsIndex | None, size: int) -> int | None:
    index = _whole(at)
    if index is not None and not 0 <= index < size:
        raise IndexError(f"speaks of row {index} of {size}")
    return index


def _whole(number: SupportsIndex | None) -> int | None:
    return None if number is None else operator.index(number)


def _text(text: str | None) -> str | None:
    if text is not None and not isinstance(text, str):
        raise TypeError(f"gives a {type(text).__name__} where text belongs")
    return text


def _printable(rows: Sequence[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    *_, messages, excerpts, _ = zip(*rows, strict=True) if rows else ((),) * len(SCHEMA)
    shown = zip(rows, _redacted(messages), _redacted(excerpts), strict=True)
    return [
        (
            *row[:5],
            None if row[5] is None else printable(row[5]),
            printable(message),
            None if text is None else cut(text, EXCERPT),
            None if row[8] is None else printable(row[8]),
        )
        for row, message, text in shown
    ]


def _redacted(texts: Sequence[str | None]) -> list[Any]:
    """Return texts without secrets and personal data; the gate spares most of them the search."""
    try:
        column = pl.Series(texts, dtype=pl.String)
    except UnicodeEncodeError:
        texts = [None if text is None else visible_surrogates(text) for text in texts]
        column = pl.Series(texts, dtype=pl.String)
    private = column.str.contains(_PRIVATE).fill_null(False)
    if not private.any():
        return list(texts)
    return [hide(text) if text and found else text for text, found in zip(texts, private, strict=True)]
