"""The fast path: parse many pieces of bytes with orjson, and only doubtful ones exactly."""

from __future__ import annotations

from array import array
from collections import Counter, deque
from collections.abc import Callable, Sequence
from dataclasses import field
from itertools import compress, islice
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import orjson

from datalint.records.record import Problem
from datalint.records.structure import Structure
from datalint.sources.base import MAX_PROBLEMS, Places
from datalint.sources.json_layout import key_colons, long_numbers
from datalint.sources.json_truth.truth import DEEP, TOO_DEEP, Parsed, no_row, parse_exactly, split_scopes
from datalint.sources.limits import over_limit, within_limits
from datalint.support.classes import mutable
from datalint.support.distinct import distinct
from datalint.support.lazy_pattern import lazy_pattern

# An integer that may be outside 64 bits: 20 digits, or 19 digits with a sign.
_LONG_INTEGER: Final = lazy_pattern(rb"[:,\[ \t\r\n](?:-[0-9]{19}|[0-9]{20})")
# Translates digits to zeros for a plain search first: the pattern takes ten times as long on a row without a match.
_ANY_DIGIT: Final = bytes.maketrans(b"123456789", b"000000000")
_LONG_DIGITS: Final = b"0" * 19


@mutable
class ParsedValues:
    """The records and problems of some pieces of bytes.

    ``dropped`` are the indices, in order, of pieces without a record (blank, refused, or part of the record of an
    earlier piece). ``problems`` are those of the file, with lines by the ``line_of`` of :func:`read`. ``structure`` is
    that of the records, if it was needed and is still valid. ``reported`` counts the problems of refused pieces by
    rule.
    """

    records: list[dict[str, Any]] = field(default_factory=list)
    noticed: dict[int, list[Problem]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    dropped: array[int] = field(default_factory=lambda: array("q"))
    refused: int = 0
    reported: Counter[str] = field(default_factory=Counter)
    slow: set[int] = field(default_factory=set)
    structure: Structure | None = None

    def keep(self, found: Parsed, line: int) -> None:
        """Append a record that was read exactly; ``line`` is the line on which it begins."""
        index = len(self.records)
        self.records.append(found.value)
        self.slow.add(index)
        self.note(index, found, line)

    def note(self, index: int, found: Parsed, line: int) -> None:
        """Add the problems that exact reading found in record ``index``."""
        mine, others = split_scopes(found.problems)
        if mine:
            self.noticed[index] = [problem._replace(record=index) for problem in mine]
        self.problems.extend(moved(problem, line)._replace(record=index) for problem in others)

    def refuse(self, piece: int, problems: list[Problem], line: int) -> None:
        """Drop a piece and record the reason; ``problems`` have lines relative to ``line``."""
        self.dropped.append(piece)
        self.refused += 1
        self.problems.extend(moved(problem, line) for problem in problems)
        self.reported.update(problem.rule for problem in problems)

    def is_enough(self, rule: str) -> bool:
        """Return whether earlier lines have so many problems of ``rule`` that further ones are not reported."""
        return self.reported[rule] >= MAX_PROBLEMS


#: Handles the piece at an index, which orjson refused; returns how many pieces it consumed.
Recover = Callable[[int, ParsedValues], int]


def moved(problem: Problem, line: int) -> Problem:
    """Return ``problem``, whose line is relative to ``line``, with the absolute line."""
    return problem._replace(line=line if problem.line is None else problem.line + line - 1)


def reread(data: bytes) -> dict[str, Any] | None:
    """Return the same record of ``data`` as :func:`read`, or None if it has no record."""
    try:
        value = orjson.loads(data)
    except orjson.JSONDecodeError:
        value = None
    if type(value) is dict and (_LONG_DIGITS not in data.translate(_ANY_DIGIT) or not _LONG_INTEGER.search(data)):
        return value
    found = parse_exactly(data)
    return None if found.refused else found.value


def read(
    pieces: Sequence[bytes], data: bytes, starts: Places, *, recover: Recover, line_of: Callable[[int], int]
) -> tuple[ParsedValues, Places]:
    """Return the values of ``pieces``, and the index of each record's piece.

    ``starts`` are the offsets of the pieces in ``data``; ``line_of`` returns the line of a piece.
    """
    values = ParsedValues()
    records = values.records
    rest = iter(within_limits(pieces))
    consumed = 0
    while True:
        before = len(records)
        try:
            records.extend(map(orjson.loads, rest))
            break
        except orjson.JSONDecodeError:
            consumed += len(records) - before
            taken = recover(consumed, values)
            deque(islice(rest, taken - 1), 0)
            consumed += taken
    where = np.arange(len(pieces), dtype=np.int64)
    if values.dropped:
        where = np.delete(where, np.asarray(values.dropped))
    structure = values.structure = Structure(records) if set(map(type, records)) <= {dict} else None
    doubtful = _doubtful(records, structure, values.slow, data, starts, where)
    return values, _reread(values, doubtful, pieces, where, line_of) if doubtful.size else where


def read_others(
    pieces: Sequence[bytes], known: npt.NDArray[np.bool_], *, recover: Recover, line_of: Callable[[int], int]
) -> tuple[ParsedValues, Places] | None:
    """Do the same as :func:`read`, but skip pieces that are ``known`` to be records; None if one of them is not.

    ``Values.records`` has one and the same empty record in place of each skipped piece; ``structure`` is None.
    """
    values = ParsedValues()
    records = values.records
    skipped: list[dict[str, Any]] = [{}]
    consumed = 0
    for piece in np.flatnonzero(~known).tolist():
        if piece < consumed:
            continue
        records += skipped * (piece - consumed)
        try:
            records.append(orjson.loads(b"" if over_limit(pieces[piece]) else pieces[piece]))
            consumed = piece + 1
        except orjson.JSONDecodeError:
            consumed = piece + recover(piece, values)
    records += skipped * (len(pieces) - consumed)
    dropped = np.asarray(values.dropped)
    if known[dropped].any():
        # It is inside a record that spans several lines.
        return None
    where = np.delete(np.arange(len(pieces), dtype=np.int64), dropped)
    rows = np.flatnonzero(~known[where])
    mine, slow = [records[row] for row in rows.tolist()], set(np.searchsorted(rows, sorted(values.slow)).tolist())
    data = b"\n".join([pieces[piece] for piece in where[rows].tolist()])
    sizes = np.array([len(pieces[piece]) + 1 for piece in where[rows].tolist()], np.int64)
    structure = Structure(mine) if set(map(type, mine)) <= {dict} else None
    places = _doubtful(mine, structure, slow, data, np.cumsum(sizes) - sizes, np.arange(len(rows)))
    return values, _reread(values, rows[places], pieces, where, line_of) if places.size else where


def _doubtful(
    records: list[dict[str, Any]],
    structure: Structure | None,
    slow: set[int],
    data: bytes,
    starts: Places,
    where: Places,
) -> Places:
    """Return the indices of the records in which orjson may have hidden something, in order."""
    colons = key_colons(data)
    numbers = long_numbers(data)
    doubtful = np.zeros(len(records), np.bool_)
    # The bytes of each record have at least as many keys as the parsed record, so equal sums mean equal counts in all.
    kept = _in_pieces(colons, starts)[where].sum() if len(where) < len(starts) else len(colons)
    if slow or structure is None or structure.deep or structure.key_count() != kept:
        doubtful[_unequal(records, colons, starts, where)] = True
    if numbers.size:
        pieces = distinct(np.searchsorted(starts, numbers, side="right") - 1)
        rows = np.searchsorted(where, pieces)
        for row, piece in zip(rows.tolist(), pieces.tolist(), strict=True):
            if row < len(where) and where[row] == piece:
                stop = int(starts[piece + 1]) if piece + 1 < len(starts) else len(data)
                if _LONG_INTEGER.search(data, int(starts[piece]), stop):
                    doubtful[row] = True
    doubtful[list(slow)] = False
    return np.flatnonzero(doubtful)


def _in_pieces(places: Places, starts: Places) -> Places:
    """Return the number of ``places`` in each piece."""
    owner = np.searchsorted(starts, places, side="right") - 1
    return np.bincount(owner[owner >= 0], minlength=len(starts))


def _unequal(records: list[dict[str, Any]], colons: Places, starts: Places, where: Places) -> Places:
    raw = _in_pieces(colons, starts)[where]
    parsed = np.fromiter((_keys(record) for record in records), np.int64, len(records))
    return np.flatnonzero(raw != parsed)


def _reread(
    values: ParsedValues, doubtful: Places, pieces: Sequence[bytes], where: Places, line_of: Callable[[int], int]
) -> Places:
    refused: list[int] = []
    values.structure = None
    others = 0
    for row in doubtful.tolist():
        piece = int(where[row])
        data = pieces[piece]
        value = values.records[row]
        # A value that is no object is refused for that reason alone, if it is too short to be nested too deeply.
        kind = no_row(value) if type(value) is not dict and len(data) <= TOO_DEEP else None
        if kind is not None:
            refused.append(row)
            others += 1
            if others <= MAX_PROBLEMS:
                values.problems.append(Problem("not-an-object", kind, line_of(piece)))
            continue
        found = parse_exactly(data)
        if found.refused:
            refused.append(row)
            values.problems.extend(moved(problem, line_of(piece)) for problem in found.problems)
        else:
            values.records[row] = found.value
            values.note(row, found, line_of(piece))
    values.refused += len(refused)
    if refused:
        _remove(values, refused)
        where = np.delete(where, refused)
    values.problems.sort(key=lambda problem: problem.line or 0)
    return where


def _remove(values: ParsedValues, rows: list[int]) -> None:
    kept = np.ones(len(values.records), bool)
    kept[rows] = False
    shift = np.cumsum(~kept)
    values.records[:] = compress(values.records, kept.tolist())

    def renumbered(problem: Problem) -> Problem:
        return (
            problem if problem.record is None else problem._replace(record=problem.record - int(shift[problem.record]))
        )

    values.noticed = {
        row - int(shift[row]): [renumbered(problem) for problem in problems] for row, problems in values.noticed.items()
    }
    values.problems = [renumbered(problem) for problem in values.problems]


class _TooDeepError(Exception):
    pass


def _keys(value: Any) -> int:
    """Return the number of keys in ``value``, or -1 if it is not an object or is nested too deeply."""
    if type(value) is not dict:
        return -1
    try:
        return _inner_keys(value, 1)
    except _TooDeepError:
        return -1


def _inner_keys(value: dict[str, Any] | list[Any], level: int) -> int:
    if level > DEEP:
        raise _TooDeepError
    children: Any = value
    total = 0
    if type(value) is dict:
        total = len(value)
        children = value.values()
    for child in children:
        kind = type(child)
        if kind is dict or kind is list:
            total += _inner_keys(child, level + 1)
    return total
