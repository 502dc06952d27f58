"""Acceptances in rows that are in force: not after their last day, and not against the base of a gate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import TYPE_CHECKING, Final

import polars as pl

from datalint.engine.map.acceptances import SCHEMA
from datalint.support.named_tuple import NamedTuple
from datalint.support.numbers import counted

if TYPE_CHECKING:
    from datalint.engine.reduce.suppress import Suppressed
    from datalint.privacy.display import Shown

#: Rules that a note names.
_NAMED: Final = 4
_IGNORED: Final = "gates that count findings ignore them"


class Since(NamedTuple):
    """An earlier state with which the acceptances in rows are compared, such as a git revision.

    ``label`` is its name. ``marks`` returns its acceptances: ``exact``, the hash of the row, and ``code``. If it is
    ``binding``, acceptances that it lacks are not in force.
    """

    label: Shown
    marks: Callable[[], pl.DataFrame]
    binding: bool


class AcceptedMarks(NamedTuple):
    """The acceptances in rows, as frames of :mod:`~datalint.engine.map.acceptances`.

    ``valid`` are in force, ``expired`` were until a day that is over. ``newer`` are those that :class:`Since` lacks, a
    part of ``valid`` unless that is binding. ``since`` is its name.
    """

    valid: pl.DataFrame
    expired: pl.DataFrame
    newer: pl.DataFrame
    since: Shown | None = None
    binding: bool = False


_NONE: Final = pl.DataFrame(schema=SCHEMA)
NO_MARKS: Final = AcceptedMarks(_NONE, _NONE, _NONE)


def marks_of(
    accepted: pl.DataFrame | None, examples: pl.DataFrame, today: str, since: Since | None = None
) -> AcceptedMarks:
    """Divide the acceptances in rows by whether they are in force on the day ``today`` (ISO 8601).

    ``examples`` are the merged rows.
    """
    if accepted is None or not accepted.height:
        return NO_MARKS
    over = (pl.col("until") < today).fill_null(False)
    valid, expired = accepted.filter(~over), accepted.filter(over)
    if since is None:
        return AcceptedMarks(valid, expired, accepted.clear())
    newer = _newer(valid, examples, since.marks())
    if since.binding:
        valid = valid.join(newer, on=["at", "code"], how="anti", maintain_order="left")
    return AcceptedMarks(valid, expired, newer, since.label, since.binding)


def _newer(valid: pl.DataFrame, examples: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """Return the acceptances that ``known`` lacks; of equal rows, those beyond the number in ``known`` are new."""
    exact = examples.select(pl.col("i").alias("at"), "exact")
    copy = pl.int_range(pl.len()).over("exact", "code").alias("copy")
    mine = valid.join(exact, on="at", how="left", maintain_order="left").with_columns(copy)
    had = known.group_by("exact", "code").agg(pl.len().alias("had"))
    found = mine.join(had, on=["exact", "code"], how="left", maintain_order="left")
    return found.filter(pl.col("had").is_null() | (pl.col("copy") >= pl.col("had"))).select(valid.columns)


def accepted_notes(
    left: Suppressed, marks: AcceptedMarks, examples: pl.DataFrame, paths: Sequence[str], ran: Collection[str]
) -> Iterator[str]:
    """Yield notes on accepted findings, on those no longer accepted, and on acceptances without a finding.

    ``paths`` are the names of the training files, ``ran`` the codes of the rules that ran.
    """
    if left.covered.height:
        by_row = left.covered.filter(pl.col("by") == "row")
        if by_row.height:
            yield f"{counted(by_row.height, 'finding')} accepted in rows ({_rules(by_row)}); {_IGNORED}"
        kinds = Counter(left.covered.filter(pl.col("by") == "baseline")["kind"].to_list())
        if kinds:
            parts = ", ".join(f"{count:,} {kind}" for kind, count in sorted(kinds.items()))
            yield f"{counted(kinds.total(), 'finding')} in the baseline ({parts}); {_IGNORED}"
    yield from _newer_note(left, marks)
    if left.expired.height:
        last, verb = left.expired["until"].max(), "counts" if left.expired.height == 1 else "count"
        yield f"{counted(left.expired.height, 'finding')} accepted until {last!s} or earlier {verb} again"
    if not marks.valid.height:
        return
    missing = marks.valid.filter(pl.col("code").is_in(list(ran)))
    for hits in (left.covered, left.kept, left.silenced):
        missing = missing.join(hits.select("at", "code"), on=["at", "code"], how="anti", maintain_order="left")
    if missing.height:
        at, code = missing.select("at", "code").row(0)
        file, line, row = examples.select("file", "line", "row").row(at)
        place = f"{paths[file]}:{line}" if line is not None else f"{paths[file]} row {row}"
        yield f"{counted(missing.height, 'finding')} accepted in rows but not found, the first {code} in {place}"


def _newer_note(left: Suppressed, marks: AcceptedMarks) -> Iterator[str]:
    """Yield a note on findings that rows have accepted since the revision with which they are compared."""
    if marks.since is None or not marks.newer.height:
        return
    hits = left.kept if marks.binding else left.covered.filter(pl.col("by") == "row")
    found = hits.join(marks.newer, on=["at", "code"], how="semi", maintain_order="left")
    if not found.height:
        return
    if marks.binding:
        yield f"{counted(found.height, 'finding')} ({_rules(found)}) accepted in rows since {marks.since} count"
    else:
        yield f"{counted(found.height, 'finding')} ({_rules(found)}) accepted in rows since {marks.since}"


def _rules(hits: pl.DataFrame) -> str:
    """Return the rules of hits with their numbers: ``CODE 2, OTHER 1``."""
    counts = sorted(Counter(hits["code"].to_list()).items())
    parts = [f"{code} {count:,}" for code, count in counts[:_NAMED]]
    return ", ".join([*parts, *([f"{len(counts) - _NAMED} more rules"] if len(counts) > _NAMED else [])])
