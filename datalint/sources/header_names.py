"""Unique names of columns from the header of a table, and the problems with the header."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from datalint.privacy.display import excerpt
from datalint.records.record import Problem

#: Columns without that of the number of the row, at least.
_COUNTED: Final = 2
#: A name that stands in quotation marks.
_QUOTED: Final = r"""\s*("|')(?P<name>[^"'\s](?:[^"']*[^"'\s])?)\1\s*"""


def is_header_again(fields: Sequence[str], header: Sequence[str]) -> bool:
    """Return whether the fields of a row are those of the header.

    The first field may be a number or empty instead, for example if the rows of joined files were renumbered.
    """
    if len(fields) != len(header) or list(fields[1:]) != list(header[1:]):
        return False
    counted = len(header) > _COUNTED and (not fields[0] or fields[0].isdecimal())
    return len(header) > 1 and (fields[0] == header[0] or counted)


def column_names(head: Sequence[str], line: int) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Return a name for each field of a header on a line, and the problems with them.

    A field without a name is named by its place, and a name that came before gets a number.
    """
    names: dict[str, None] = {}
    numbers: dict[str, int] = {}
    repeated = []
    head, quoted = unquoted_names(head, line)
    for place, name in enumerate(head, 1):
        plain = unique = name or f"column-{place}"
        if name and name in names:
            repeated.append(name)
        while unique in names:
            number = numbers[plain] = numbers.get(plain, 1) + 1
            unique = f"{plain}_{number}"
        names[unique] = None
    return tuple(names), (*quoted, *_padded(tuple(names), line), *(_repeated(name, line) for name in repeated))


def unquoted_names(names: Sequence[str], line: int | None = None) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Return names without the quotation marks that a bad export made a part of them, and the problem with these.

    At least half of the names stand in quotation marks; otherwise, and where two names would be alike, all stay.
    """
    found = [re.fullmatch(_QUOTED, name) for name in names]
    bare = tuple(name if match is None else match["name"] for name, match in zip(names, found, strict=True))
    quoted = [name for name, match in zip(names, found, strict=True) if match is not None]
    if not quoted or 2 * len(quoted) < len(names) or len(set(bare)) < len(set(names)):
        return tuple(names), ()
    shown = ", ".join(excerpt(name, 40) for name in quoted[:2])
    more = f" and {len(quoted) - 2:,} more" if len(quoted) > 2 else ""
    message = f"column names contain quotation marks, which are left out: {shown}{more}"
    return bare, (Problem("wrong-delimiter", message, line, severity="warning"),)


def numbered_names(count: int) -> tuple[str, ...]:
    """Return the names of the columns of a table without a header."""
    return tuple(f"column-{place}" for place in range(1, count + 1))


def headless_problem(reason: str, count: int, line: int) -> Problem:
    """Return the problem that the first record is no header, for a reason, of a table with some columns."""
    columns = "column-1" if count == 1 else f"column-1 to column-{count}"
    message = f"no header: the columns are read as {columns}; --header if the first record is one ({reason})"
    return Problem("headerless-table", message, line)


def _padded(names: Sequence[str], line: int) -> Iterator[Problem]:
    """Yield the problem that names begin or end with blanks, which loaders take for a part of the key."""
    padded = [name for name in names if name != name.strip()]
    if padded:
        shown = ", ".join(f'"{excerpt(name, 40)}"' for name in padded[:2])
        more = f" and {len(padded) - 2:,} more" if len(padded) > 2 else ""
        message = f"names in the header begin or end with blanks, which are part of the keys: {shown}{more}"
        yield Problem("wrong-delimiter", message, line, severity="warning")


def _repeated(name: str, line: int) -> Problem:
    message = f'the header names "{excerpt(name, 40)}" twice; the later column is read as "{excerpt(name, 40)}_2"'
    return Problem("duplicate-key", message, line)
