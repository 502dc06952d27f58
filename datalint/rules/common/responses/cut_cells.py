"""Prompts under one key that were cut at a length that none exceeds, as cells of spreadsheets and databases are."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

import polars as pl

from datalint.api import Chunk, Hit, NamedTuple, Severity, excerpt, others, passing
from datalint.rules.common.frames import picked
from datalint.rules.common.responses.cut_ends import TAIL, is_cut
from datalint.rules.common.responses.endings import is_elliptic

#: Characters that a cell of Excel holds, and lengths of columns that databases and exports have.
EXCEL: Final = 32_767
_COLUMNS: Final = frozenset((255, 256, 500, 512, 1_000, 1_024, 2_000, 2_048, 4_000, 4_096, 8_000, 65_535, EXCEL))
#: Characters of a text that is compared: posts have a limit of 280, which people fill.
_SHORTEST: Final = 250
_POST: Final = 280
#: Characters of a text that a program cut with an ellipsis, the share of all that are, the share of those of the
#: greatest length that end in one, and how many different ends these have.
_ELLIPTIC: Final = 60
_CUT_SHARE: Final = 0.05
_NEARLY_ALL: Final = 0.9
_ENDS: Final = 3
#: Texts of the greatest length at least, at a length of such columns and at others, and their share of all.
LEAST_CELLS: Final = 3
_LEAST: Final = 10
_LEAST_SHARE: Final = 0.01
#: Share of all texts from which on a length is by design, as that of windows of a document.
_BY_DESIGN: Final = 0.9
#: Texts of the greatest length that are looked at, the first ones, and the shares of them that stop in the middle of a
#: sentence and that end in other words than each other.
_LOOKED_AT: Final = 50
_CUT: Final = 0.5
_DIFFERENT: Final = 0.9
_END: Final = 30
_NAMED: Final = 3


class _End(NamedTuple):
    """A row whose text has the greatest length, whether that is ``cut`` within a sentence, and a hash of its end.

    ``elliptic`` says that it ends in an ellipsis.
    """

    row: int
    cut: bool
    end: int
    elliptic: bool


class Cells(NamedTuple):
    """Texts under a path, the greatest length, how many have it, and the first of these."""

    texts: int
    longest: int
    many: int
    first: list[_End]


def find_cells(chunk: Chunk) -> dict[str, Cells]:
    """Return the lengths of the prompts of a chunk by their path; messages of chats are left out."""
    asked = passing(pl.col("is_prompt") & (pl.col("role") != "system"), pl.col("path"), _is_of_row)
    prompts = chunk.turns.select(asked).to_series()
    if not prompts.any():
        return {}
    chars = pl.col("chars").cast(pl.Int64)
    texts = (
        picked(chunk.turns, prompts, "example", "path", "text", "chars")
        .lazy()
        .select(
            "example",
            "path",
            "text",
            chars.alias("chars"),
            texts=pl.len().over("path"),
            longest=chars.max().over("path"),
        )
        .filter(pl.col("chars") == pl.col("longest"))
        .collect(engine="in-memory")
    )
    found = {}
    for path in sorted(set(texts["path"])):
        mine = picked(texts, texts["path"] == path, *texts.columns)
        some = mine.head(_LOOKED_AT if mine["longest"][0] >= _ELLIPTIC else 0)
        ends = [text[-TAIL:] for text in some["text"]]
        hashes = pl.Series([end[-_END:] for end in ends], dtype=pl.String).hash(17)
        first = [
            _End(row, is_cut(end), code, is_elliptic(end))
            for row, end, code in zip(some["example"], ends, hashes, strict=True)
        ]
        found[path] = Cells(int(mine["texts"][0]), int(mine["longest"][0]), mine.height, first)
    return found


def _is_of_row(path: pl.Expr) -> pl.Expr:
    return ~path.str.contains_any(["["])


def joined_cells(one: dict[str, Cells], other: dict[str, Cells], rows: int) -> dict[str, Cells]:
    """Return the lengths of two partials; the rows of the second follow the ``rows`` of the first."""
    found = dict(one)
    for path, theirs in other.items():
        moved = theirs._replace(first=[each._replace(row=each.row + rows) for each in theirs.first])
        mine = found.get(path)
        if mine is None:
            found[path] = moved
            continue
        longest = max(mine.longest, moved.longest)
        kept = [each for each in (mine, moved) if each.longest == longest]
        first = [end for each in kept for end in each.first][:_LOOKED_AT]
        found[path] = Cells(mine.texts + moved.texts, longest, sum(each.many for each in kept), first)
    return dict(sorted(found.items()))


def cut_alike(found: dict[str, Cells], length: int | None) -> list[str]:
    """Return the paths whose texts were cut at the ``length`` of other texts of the rows: whatever their ends say.

    A program that cuts one column cuts others at the same length, and prompts made from one template end alike.
    """
    return [
        path
        for path, cells in found.items()
        if cells.longest == length and max(_LEAST, _LEAST_SHARE * cells.texts) <= cells.many < _BY_DESIGN * cells.texts
    ]


def said_of_alike(found: dict[str, Cells], length: int | None) -> str:
    """Return what is said of the texts that were cut at the same length, after that."""
    cut = ((excerpt(path, 40), found[path]) for path in cut_alike(found, length))
    return "".join(
        f" {cells.many:,} of {cells.texts:,} texts under {path} have that length too." for path, cells in cut
    )


def cut_cells(found: dict[str, Cells], *, known: Collection[str] = ()) -> Iterator[Hit]:
    """Yield a hit for each path of which many texts have the greatest length and stop in the middle of a sentence.

    Those that are ``known`` to be cut are left out.
    """
    for path, cells in found.items():
        if path in known:
            continue
        if (hit := _elliptic(path, cells)) is not None:
            yield hit
            continue
        if cells.longest < _SHORTEST:
            continue
        is_column = cells.longest in _COLUMNS
        least = LEAST_CELLS if is_column else max(_LEAST, _LEAST_SHARE * cells.texts)
        if cells.longest == _POST or not least <= cells.many < _BY_DESIGN * cells.texts:
            continue
        cut = [each.row for each in cells.first if each.cut]
        looked_at = len(cells.first)
        if len(cut) < max(_CUT * looked_at, 2) or len({each.end for each in cells.first}) < _DIFFERENT * looked_at:
            continue
        limit = "the limit of a cell in Excel" if cells.longest == EXCEL else "cut at a limit of characters"
        message = (
            f"{cells.many:,} of {cells.texts:,} texts under {excerpt(path, 40)} have exactly {cells.longest:,} characters, "
            f"none has more, and they stop in the middle of a sentence: {limit}?"
        )
        severity = None if is_column else Severity.INFO
        yield Hit(message, at=cut[0], path=path, related=others(cut[1:_NAMED]), key=path, severity=severity)


def _elliptic(path: str, cells: Cells) -> Hit | None:
    """Return the hit for texts that a program cut at a number of characters, with an ellipsis for the rest."""
    cut = [each.row for each in cells.first if each.elliptic]
    ends = len({each.end for each in cells.first if each.elliptic})
    if cells.many < max(_LEAST, _CUT_SHARE * cells.texts) or ends < _ENDS or len(cut) < _NEARLY_ALL * len(cells.first):
        return None
    message = (
        f"{cells.many:,} of {cells.texts:,} texts under {excerpt(path, 40)} have exactly {cells.longest:,} characters, none "
        'has more, and they end in "..." within a sentence: cut at a limit of characters?'
    )
    return Hit(message, at=cut[0], path=path, related=others(cut[1:_NAMED]), key=path, severity=Severity.INFO)
