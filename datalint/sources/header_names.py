"""Unique names of columns from the header of a table, and the problems with the header."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from datalint.privacy.display import excerpt
from datalint.records.record import Problem
from datalint.support.empty_cells import is_empty_cell

#: Columns without that of the number of the row, at least.
_COUNTED: Final = 2
#: The maximum number of characters of a name, beyond which it is a text.
_NAME_CHARS: Final = 60
#: A text that runs across a sheet, one word in each column: its words at least, the share of fields that are one word,
#: the share up to which these may be names of columns too, and how many of them recur at least.
_RUNNING: Final = 50
_ONE_WORD: Final = 0.8
_NAMED: Final = 0.05
_RECURRING: Final = 4
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


def column_names(
    head: Sequence[str], line: int, rows: Sequence[Sequence[str]] = ()
) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Return a name for each field of a header on a line above some rows, and the problems with them.

    A field without a name is named by its place, and a name that came before gets a number.
    """
    names: dict[str, None] = {}
    numbers: dict[str, int] = {}
    head, quoted = unquoted_names(head, line)
    for place, name in enumerate(head, 1):
        plain = unique = name or f"column-{place}"
        while unique in names:
            number = numbers[plain] = numbers.get(plain, 1) + 1
            unique = f"{plain}_{number}"
        names[unique] = None
    if _is_running_text(head):
        return tuple(names), quoted
    return tuple(names), (*quoted, *_padded(tuple(names), line, rows), *_repeated(head, line, rows))


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
    read = f"the columns are read as {columns}"
    message = f"no header: {read}, as the first record looks like data ({reason}); if it is a header, use --header"
    return Problem("headerless-table", message, line)


def _padded(names: Sequence[str], line: int, rows: Sequence[Sequence[str]]) -> Iterator[Problem]:
    """Yield the problem that names begin or end with blanks, which loaders take for a part of the key.

    A text is no name, and neither is the first of several texts in the only column, unless it is a name of columns.
    Where the rows have the same blanks and no name is one of columns, the first record may be a row as well. Blanks
    alone are no name.
    """
    if rows and not _named(names) and all(_blanks(row) == _blanks(names) for row in rows):
        return
    padded = [name for name in names if name != name.strip() != "" and len(name) <= _NAME_CHARS and "\n" not in name]
    if padded and (len(names) > 1 or _named(names)):
        shown = ", ".join(f'"{excerpt(name, 40)}"' for name in padded[:2])
        more = f" and {len(padded) - 2:,} more" if len(padded) > 2 else ""
        around = rows and all(_blanks(row) == _blanks(names) for row in rows)
        what, parts = ("names and fields", "keys and values") if around else ("names in the header", "keys")
        why = "as the separator has blanks next to it: " if around else ""
        message = f"{what} begin or end with blanks, which are part of the {parts}: {shown}{more}; {why}remove them"
        yield Problem("wrong-delimiter", message, line, severity="warning")


def _blanks(fields: Sequence[str]) -> list[tuple[bool, bool]]:
    """Return whether each field begins, and whether it ends, with a blank."""
    return [(field != field.lstrip(), field != field.rstrip()) for field in fields]


def _named(names: Sequence[str]) -> int:
    """Return how many texts are names of columns."""
    from datalint.support.names.column_names import is_name  # few tables need these names here

    return sum(is_name(name.strip()) for name in names)


def _is_running_text(head: Sequence[str]) -> bool:
    """Return whether a header is the words of a text, one in each column, as in some sheets of annotators."""
    counts = Counter(filter(None, head))
    recurring = sum(count > 1 for count in counts.values())
    if counts.total() < _RUNNING or recurring < _RECURRING or 2 * recurring > len(counts):
        return False
    words = sum(count for name, count in counts.items() if " " not in name.strip())
    return words >= _ONE_WORD * counts.total() and _named(head) <= _NAMED * len(head)


def _repeated(head: Sequence[str], line: int, rows: Sequence[Sequence[str]]) -> Iterator[Problem]:
    """Yield one problem with all names that a header has several times, other than words for a missing one.

    Columns without a name, as at the end of many sheets, are named by their places, and so are not alike. The row below
    may have the names of a second level.
    """
    counts = Counter(name for name in head if name.strip() and not is_empty_cell(name))
    names = [(name, count) for name, count in counts.most_common() if count > 1]
    if names:
        name, count = names[0]
        times = "twice" if count == 2 else f"{count:,} times"
        more = f", and {len(names) - 1:,} more several times" if len(names) > 1 else ""
        later = "columns are" if count > 2 or more else "column is"
        message = (
            f'the header names "{excerpt(name, 40)}" {times}{more}; '
            f'the later {later} read as "{excerpt(name, 40)}_2"{" and so on" if later == "columns are" else ""}'
        )
        if rows and (below := _second_level(head, [name for name, _ in names], rows[0])):
            shown = f'"{excerpt(name, 40)}" is above "{excerpt(below[0], 40)}", "{excerpt(below[1], 40)}"'
            message = (
                f"a header of several lines, as pandas writes levels of columns: {shown}; only the first line is read "
                'as a header: write one name for each column (df.columns = ["_".join(each) for each in df.columns])'
            )
        yield Problem("duplicate-key", message, line)


def _second_level(head: Sequence[str], names: Sequence[str], row: Sequence[str]) -> tuple[str, ...]:
    """Return the names that a row has below each repeated name of a header, the same below all; else nothing."""
    places = [[place for place, each in enumerate(head) if each == name] for name in names]
    below = {tuple(row[place].strip() for place in each) for each in places if each[-1] < len(row)}
    if len(places) < _COUNTED or len(below) != 1:
        return ()
    [found] = below
    return found if all(found) and len(set(found)) == len(found) else ()
