"""Tables whose rows leave out empty last fields, and tables whose header or rows end with a separator."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from datalint.privacy.display import excerpt
from datalint.records.record import Problem
from datalint.sources.readers.delimited.votes import are_voted
from datalint.support.named_tuple import NamedTuple

#: Sampled rows that must be shorter than the header.
_LEAST_SHORT: Final = 5
#: The share of sampled records that may be unreadable for another reason.
_BROKEN: Final = 0.05
#: The least share of the rows that have one of two numbers of fields, rows of each, and the share that may have others.
_EACH: Final = 0.1
_LEAST_EACH: Final = 20
_OTHERS: Final = 0.01
#: Sampled rows from which on all of them may end with empty fields.
_LEAST_LONG: Final = 3

Rows = Sequence[tuple[int, list[str] | str]]


class Widths(NamedTuple):
    """The numbers of fields that a row may have: ``least`` to ``most``."""

    least: int
    most: int


def fitted(fields: list[str], width: int, widths: Widths | None) -> list[str] | None:
    """Return the ``width`` fields of a row, the last ones empty if it lacks them; None if it has another number.

    Fields after the last column must be empty or blank. Without ``widths``, only rows with all fields fit.
    """
    if len(fields) == width:
        return fields
    if widths is None:
        return None
    if width < len(fields) <= widths.most and not any(map(str.strip, fields[width:])):
        return fields[:width]
    return [*fields, *[""] * (width - len(fields))] if widths.least <= len(fields) < width else None


def named_width(head: Sequence[str], rows: Rows) -> int:
    """Return how many fields of a header are columns: the last ones without a name are none if no row has text there.

    That is so only where some row lacks them; otherwise, all rows have these columns.
    """
    width = len(head)
    while width > 1 and not head[width - 1].strip():
        width -= 1
    lists = [fields for _, fields in rows if isinstance(fields, list)]
    is_lacking = any(len(fields) < len(head) for fields in lists)
    return width if is_lacking and not any(any(fields[width:]) for fields in lists) else len(head)


def short_rows(head: Sequence[str], rows: Rows, line: int) -> tuple[int, Problem] | None:
    """Return the number of fields of the shortest rows that lack only empty ones at the end, with the problem; or None.

    Rows that a line break divides are not such rows: of two parts, one has at most half of the fields. No row ends with
    an empty field, so the program that wrote the table leaves out empty fields at the end.
    """
    width = len(head)
    lists = [fields for _, fields in rows if isinstance(fields, list)]
    short = [fields for fields in lists if len(fields) < width]
    if len(short) < _LEAST_SHORT or len(short) == len(lists) or len(rows) - len(lists) > _BROKEN * len(rows):
        return None
    least = min(map(len, short))
    if 2 * least <= width + 1 or any(len(fields) <= width and not fields[-1] for fields in lists):
        return None
    names = ", ".join(f'"{excerpt(name, 40)}"' for name in head[least : least + 2])
    more = f" and {width - least - 2:,} more" if width > least + 2 else ""
    several = width > least + 1
    fields = f"the last fields, {names}{more}, which are" if several else f"the last field, {names}, which is"
    message = (
        f"{len(short):,} of the first {len(rows):,} rows leave out {fields} read as empty; programs that need all "
        "fields refuse such rows"
    )
    return least, Problem("invalid-row", message, line, severity="warning")


def uneven_rows(rows: Rows, line: int) -> tuple[Widths, Problem] | None:
    """Return the numbers of fields of rows without a header, of which few have the same one, with the problem; or None.

    Such are lists of answers, of which each row has as many as people gave one, and several of them the same. No row
    ends with an empty field.
    """
    lists = [fields for _, fields in rows if isinstance(fields, list)]
    sizes = Counter(map(len, lists))
    if len(lists) < _LEAST_SHORT or len(rows) - len(lists) > _BROKEN * len(rows):
        return None
    if 2 * max(sizes.values()) > len(lists) or not are_voted(lists) or not all(fields[-1] for fields in lists):
        return None
    least, most = min(sizes), max(sizes)
    message = (
        f"the first {len(rows):,} rows have {least:,} to {most:,} fields; those that a row lacks are read "
        "as empty; programs that need all fields refuse such rows"
    )
    # Later rows may have fewer ones; of two parts of a row, one has at most half of the fields.
    return Widths((least + 1) // 2, most), Problem("invalid-row", message, line, severity="warning")


def two_widths(rows: Rows, line: int) -> tuple[Widths, Problem] | None:
    """Return the numbers of fields of rows without a header where each has one of two, with the problem; or None.

    Such are rows of two sources, or of two classes of which one has a field more. Separators in texts that are not
    quoted give more than two numbers, or are in fewer rows.
    """
    sizes = Counter(len(fields) if isinstance(fields, list) else 0 for _, fields in rows)
    (least, _), (most, _) = sorted(sizes.most_common(2)) if len(sizes) > 1 else ((0, 0), (0, 0))
    each = min(sizes[least], sizes[most])
    if 2 * least <= most + 1 or each < max(_LEAST_EACH, _EACH * len(rows)):
        return None
    if len(rows) - sizes[least] - sizes[most] > _OTHERS * len(rows):
        return None
    last = f"the last {most - least:,} are" if most > least + 1 else "the last one is"
    message = (
        f"{sizes[least]:,} of the first {len(rows):,} rows have {least:,} fields, and {sizes[most]:,} have {most:,}; "
        f"{last} read as empty where a row lacks {'them' if most > least + 1 else 'it'}; programs that need all fields "
        "refuse such rows"
    )
    return Widths(least, most), Problem("invalid-row", message, line, severity="warning", fixable=False)


def long_rows(head: Sequence[str], rows: Rows, line: int) -> tuple[int, Problem] | None:
    """Return the fields of a row where rows end with empty fields that the header has not, with the problem; or None.

    At least half of the sampled rows have the same number, since an empty field beyond the header at the end of a few
    rows may be one that an unquoted separator moved there; nearly all others have the fields of the header.
    """
    width = len(head)
    lists = _readable(rows)
    long = [fields for fields in lists if len(fields) > width]
    most = max(map(len, long), default=width)
    same = sum(len(fields) == most and not any(map(str.strip, fields[width:])) for fields in long)
    whole = sum(len(fields) == width for fields in lists)
    if 2 * same < len(lists) or not long or len(lists) - same - whole > _BROKEN * len(lists):
        return None
    several = most > width + 1
    fields = f"{most - width:,} empty fields" if several else "an empty field"
    pandas = f"takes the first {'columns' if several else 'column'} for row names, unless index_col=False"
    if len(lists[0]) == width:
        pandas = "refuses such rows"  # the first row gives the number of row names
    message = (
        f"{same:,} of the first {len(rows):,} rows end with {fields} more than the header has, which "
        f"{'are' if several else 'is'} left out; pandas {pandas}"
    )
    return most, Problem("invalid-row", message, line, severity="warning", fixable=False)


def empty_ends(rows: Rows, line: int) -> tuple[int, int, Problem] | None:
    """Return the columns and the most fields of rows without a header that end with empty fields; or None.

    Such fields are no column if no row has text there and some rows lack them. They are in at least half of the rows,
    and with the problem.
    """
    lists = _readable(rows)
    sizes = Counter(map(len, lists))
    width, most = max(map(_filled, lists), default=0), max(sizes, default=0)
    ended = sum(count for size, count in sizes.items() if size > width)
    others = len(lists) - ended - sizes[width]
    if not width or not sizes[width] or 2 * ended < len(lists) or others > _BROKEN * len(lists):
        return None
    several = most > width + 1
    fields = f"{most - width:,} empty fields" if several else "an empty field"
    pandas = "refuses rows with more fields than the first" if len(lists[0]) < most else "reads an empty column there"
    message = (
        f"{ended:,} of the first {len(rows):,} rows end with {fields} that the others lack, which "
        f"{'are' if several else 'is'} left out as no row has text there; pandas {pandas}"
    )
    return width, most, Problem("invalid-row", message, line, severity="warning", fixable=False)


def _filled(fields: Sequence[str]) -> int:
    """Return how many fields a row has without the empty and blank ones at its end."""
    return next((place for place in range(len(fields), 0, -1) if fields[place - 1].strip()), 0)


def _readable(rows: Rows) -> list[list[str]]:
    """Return the fields of rows that may end with empty fields; none if there are too few, or too many are broken."""
    lists = [fields for _, fields in rows if isinstance(fields, list)]
    return lists if len(lists) >= _LEAST_LONG and len(rows) - len(lists) <= _BROKEN * len(rows) else []
