"""The columns of a CSV or TSV file: their names, from its first record or by their place, and how wide its rows are."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from datalint.core.table_format import TableFormat
from datalint.privacy.display import excerpt
from datalint.records.record import Problem
from datalint.sources.header_names import column_names, headless_problem, numbered_names
from datalint.sources.readers.delimited.anki import AnkiLines
from datalint.sources.readers.delimited.header import why_data
from datalint.sources.readers.delimited.last_fields import (
    Rows,
    Widths,
    empty_ends,
    long_rows,
    named_width,
    short_rows,
    two_widths,
    uneven_rows,
)
from datalint.sources.readers.delimited.separators import Fit
from datalint.support.lazy_pattern import lazy_pattern
from datalint.support.named_tuple import NamedTuple

#: The share of the first records that fit the header from which it is believed to be one.
_FIT: Final = 0.5
#: Rows of which all must be shorter than the header.
_LEAST_SHORT: Final = 5
#: Times that a value of a column of classes comes on average, and the share of the values that two such columns share.
_AGAIN: Final = 4
_ALIKE: Final = 0.8
#: The end of the name of a column of dates or times, and a part of one.
_DATE: Final = lazy_pattern(r"(?i)(?:^|[a-z_ ])(?:_at|date|time|timestamp|datetime)$")
_DATED: Final = lazy_pattern(r"\d[-/:.]\d|\d{8}|(?:19|20)\d\d")


class Columns(NamedTuple):
    """The names of the columns, whether the first record is the header, and the problems with both.

    ``headless`` is the problem that the first record is data, None if it is not or the user says so. ``widths`` is None
    if each row has as many fields as there are columns.
    """

    names: tuple[str, ...]
    headed: bool
    widths: Widths | None
    headless: Problem | None
    problems: tuple[Problem, ...]


def find_columns(
    fit: Fit,
    head: list[str],
    line: int,
    given: TableFormat,
    exported: AnkiLines | None,
    examined: Callable[[], Rows],
    *,
    separated: bool,
) -> Columns:
    """Return the columns of a file whose first record, on ``line``, is ``head``.

    Args:
        fit: the separator and the first records.
        head: the fields of the first record.
        line: its line.
        given: what the user says of the format.
        exported: the lines of Anki above the first record, if any, which name the columns.
        examined: returns more of the first records.
        separated: whether the separator divides the records, so that their fields can be counted.
    """
    countable = given.header is not False and separated
    rows = fit.rows[1:]
    most = len(head)
    if countable:
        head = head[: named_width(head, rows)]
    problems: list[Problem] = []
    unnamed = None
    lacking = _lacking(fit, head)
    if lacking is not None:
        head, problem = lacking
        problems.append(problem)
    elif countable and (longer := long_rows(head, rows, line)) is not None and longer[0] > most:
        most, problem = longer
        problems.append(problem)
    elif (unnamed := _unnamed(fit, head)) is not None:
        head = ["", *head]
        problems.append(unnamed)
    uneven = uneven_rows(fit.rows, line) if not problems else None
    headless = _headless(fit, given, fit.width) if unnamed is None else None
    least = len(head)
    without_header = headless is not None or given.header is False
    ended = None
    if uneven is None and separated and exported is None and without_header:
        ended = empty_ends(examined(), line) if lacking is None and unnamed is None else None
        uneven = two_widths(examined(), line) if ended is None else None
    if ended is not None:
        least, most, problem = ended
        headless = _headless(fit, given, least) if headless is not None else None
        problems = [problem]  # instead of one that mentions a header
        head = head[:least]
    elif uneven is not None and without_header:
        (least, most), problem = uneven
        if headless is not None and most != fit.width:
            headless = _headless(fit, given, most)
        problems.append(problem)
        head = [*head, *[""] * (most - len(head))]
    if countable and headless is None and not problems and (shorter := short_rows(head, rows, line)) is not None:
        least, problem = shorter
        problems.append(problem)
    headed = given.header is not False and headless is None
    if headed:
        names, wrong = column_names(head, line, [fields for _, fields in rows if isinstance(fields, list)])
        # Where most rows have more or fewer fields, the first record may be no header: what is odd in it says nothing.
        if problems or fit.share >= _FIT:
            problems.extend(wrong)
    else:
        names = numbered_names(len(head)) if exported is None else exported.names(head)
    widths = Widths(least, most) if least < most and lacking is None else None
    return Columns(names, headed, widths, headless, tuple(problems))


def _lacking(fit: Fit, head: list[str]) -> tuple[list[str], Problem] | None:
    """Return the names of the columns where all sampled rows lack some, and the problem; None where they do not.

    The last columns are missing, as in some exports, unless the last fields are those of the last column, as they have
    the values of another one: then fields between the two have no name.
    """
    line, first = fit.rows[0] if fit.rows else (1, "")
    widths = {len(fields) if isinstance(fields, list) else 0 for _, fields in fit.rows[1:]}
    if first[: len(head)] != head or len(fit.rows) <= _LEAST_SHORT or len(widths) != 1:
        return None
    width = widths.pop()
    if not 1 < width < len(head):
        return None
    has = f"the header has {len(head):,} fields and each row {width:,}"
    if (same := _same_kind(head, [fields for _, fields in fit.rows[1:] if isinstance(fields, list)])) is not None:
        last, other = (f'"{excerpt(head[place], 40)}"' for place in (-1, same))
        missing = f"a column between {other} and {last} is" if len(head) == width + 1 else "columns in the middle are"
        message = f"{has}; {missing} missing: the last fields have values of {other}, and are read as {last}"
        names = [*head[: same + 1], *[""] * (width - same - 2), head[-1]]
        return names, Problem("invalid-row", message, line, severity="warning", fixable=False)
    if _are_no_dates(head, [fields for _, fields in fit.rows[1:] if isinstance(fields, list)]):
        shown = ", ".join(f'"{excerpt(name, 40)}"' for name in head[width - 1 : -1])
        are = "are" if len(head) > width + 1 else "is"
        message = (
            f'{has}; {shown} {are} missing: the last fields are no dates, and are read as "{excerpt(head[-1], 40)}"'
        )
        return [*head[: width - 1], head[-1]], Problem("invalid-row", message, line, severity="warning", fixable=False)
    shown = ", ".join(f'"{excerpt(name, 40)}"' for name in head[width : width + 2])
    more = f" and {len(head) - width - 2:,} more" if len(head) > width + 2 else ""
    message = f"{has}; the last columns, {shown}{more}, are missing"
    return head[:width], Problem("invalid-row", message, line, severity="warning")


def _same_kind(head: Sequence[str], rows: Sequence[Sequence[str]]) -> int | None:
    """Return the place of a column that is named as the last one but for a number, if the last fields have its values.

    ``rows`` have fewer fields than ``head``, and the column has few values.
    """
    bare = [re.sub(r"\d+", "#", name) for name in head]
    places = [place for place in range(len(rows[0]) - 1) if bare[place] == bare[-1] != head[-1]]
    if not places:
        return None
    values = {row[places[-1]] for row in rows}
    alike = sum(row[-1] in values for row in rows)
    return places[-1] if len(values) * _AGAIN <= len(rows) and alike >= _ALIKE * len(rows) else None


def _are_no_dates(head: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Return whether the last fields of rows are no dates, although the header names dates there and before its end."""
    names = head[len(rows[0]) - 1 :]
    if not all(map(_DATE.search, names[:-1])) or _DATE.search(names[-1]):
        return False
    last = [row[-1] for row in rows]
    return any(map(str.strip, last)) and not any(map(_DATED.search, last))


def _unnamed(fit: Fit, head: list[str]) -> Problem | None:
    """Return the problem that the header lacks the name of the row numbers, as R writes them; None if it does not."""
    line, first = fit.rows[0] if fit.rows else (1, "")
    widths = {len(fields) if isinstance(fields, list) else 0 for _, fields in fit.rows[1:]}
    if first != head or len(fit.rows) <= _LEAST_SHORT or widths != {len(head) + 1}:
        return None
    # Where the first field is a text, a separator in it is not quoted.
    if not all(fields[0].isdecimal() for _, fields in fit.rows[1:]):
        return None
    message = 'each row has one field more than the header; the first one, its number, is read as "column-1"'
    return Problem("invalid-row", message, line, severity="warning")


def _headless(fit: Fit, given: TableFormat, width: int) -> Problem | None:
    """Return the problem that the first record of some columns is no header, None where it is or the user says so."""
    if given.header is not None or not fit.rows:
        return None
    line, head = fit.rows[0]
    lists = (fields for _, fields in fit.rows[1:] if isinstance(fields, list) and len(fields) >= fit.width)
    rows = [fields[: fit.width] for fields in lists if not any(map(str.strip, fields[fit.width :]))]
    reason = why_data(head, rows) if isinstance(head, list) else None
    return None if reason is None else headless_problem(reason, width, line)
