"""The texts of cells with numbers and dates, which are numbers with a format."""

from __future__ import annotations

import datetime
import math
import re
from typing import Final

#: The formats that need no code in a workbook (ECMA-376, part 1, 18.8.30), of dates and times.
_BUILT_IN: Final = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
#: Literal parts of a format code: quoted texts, escaped characters, widths, fills, conditions, colours and languages.
_LITERAL: Final = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_DATE: Final = re.compile(r"[ymdhs]", re.IGNORECASE)
#: Integers from which on Excel shows fewer digits than there are, and the digits that it keeps.
_EXACT: Final = 10**15
_DIGITS: Final = ".15g"
#: Days from the first ones of both calendars; in that of 1900, which has a 29 February too many, from 1 March on.
_EPOCH: Final = datetime.datetime(1899, 12, 30, tzinfo=datetime.UTC)
_EPOCH_1904: Final = datetime.datetime(1904, 1, 1, tzinfo=datetime.UTC)
_FIRST_OF_MARCH: Final = 60
#: Days of the year 9999.
_MOST_DAYS: Final = 2_958_466
_DAY: Final = 24 * 60 * 60 * 1000


def is_date_format(number: int, code: str | None) -> bool:
    """Return whether a number format is one of dates or times; ``code`` is None for a format without one."""
    if code is None:
        return number in _BUILT_IN
    return _DATE.search(_LITERAL.sub("", code.split(";")[0])) is not None


def number_text(value: str, *, date: bool, since_1904: bool) -> str:
    """Return the text of a number: an integer without a fraction, 15 digits of others, ISO 8601 for a ``date``.

    A number without a day is a time. Text that is no number is returned unchanged.
    """
    if not date and value.isdecimal() and value.isascii() and (value[0] != "0" or len(value) == 1) and len(value) < 16:
        return value
    try:
        number = float(value)
    except ValueError:
        return value
    if not math.isfinite(number):
        return value
    if date and 0 <= number < _MOST_DAYS:
        return _date_text(number, since_1904=since_1904)
    if number.is_integer() and abs(number) < _EXACT:
        return str(int(number))
    return format(number, _DIGITS)


def _date_text(number: float, *, since_1904: bool) -> str:
    days, milliseconds = divmod(round(number * _DAY), _DAY)
    time = datetime.timedelta(milliseconds=milliseconds)
    if not days and not since_1904:
        return (_EPOCH + time).time().isoformat()
    epoch = _EPOCH_1904 if since_1904 else _EPOCH
    if not since_1904 and days < _FIRST_OF_MARCH:
        days += 1
    try:
        found = epoch + datetime.timedelta(days=days) + time
    except OverflowError:
        return format(number, _DIGITS)
    # A workbook does not say in which time zone its times are.
    return found.replace(tzinfo=None).isoformat() if milliseconds else found.date().isoformat()
