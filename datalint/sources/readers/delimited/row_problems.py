"""Problems of single rows of a table: reasons to refuse a row, and oddities of a row that is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from datalint.privacy.display import excerpt, printable
from datalint.records.record import Problem
from datalint.sources.header_names import numbered_names
from datalint.sources.json_truth.truth import not_utf8
from datalint.sources.readers.delimited.dialect import AFTER_RETURN, ReturnFields, SpacedFields
from datalint.support.lazy_pattern import lazy_pattern
from datalint.support.names.column_names import is_name

#: A placeholder for problems that are covered by the problem of the file.
ELSEWHERE: Final = Problem("wrong-delimiter", "")
#: A problem whose line is still to be found.
NOT_UTF8: Final = Problem("invalid-utf8", "not UTF-8")
#: The problem that the file ends within a quoted field.
ENDLESS: Final = "a quoted field of this row never ends: a quotation mark is missing, or is text (--quote none)"
#: The beginning of names that pandas gives to columns; two such values in a row are no accident.
UNNAMED: Final = b"Unnamed: "
#: A part of rows with fields in typographic quotation marks, and these marks.
CURLY: Final = "” ,".encode()
_CURLY: Final = ("“", "”")
#: What is left of quoted words that were escaped with a backslash and read without it, and a part of such rows.
HALF_ESCAPED: Final = b'\\""'
_HALF_ESCAPED: Final = lazy_pattern(r'(?<!\S)\\[^\W\d_][^"\\\n]{1,300}\\"(?![^\W\d_])')
_MADE_NAME: Final = lazy_pattern(r"Unnamed: \d{1,4}|(?=.{0,80}[^\W\d_])[^\n]{1,80}\.\d{1,3}")
_LEAST_NAMES: Final = 2
#: What the lines of Git around the two sides of a conflict begin with.
CONFLICT_MARKERS: Final = frozenset(("<<<<<<< ", "=======", ">>>>>>> ", "||||||| "))
#: The beginning of a message about a row, since the name of the rule mentions JSON.
_NO_ROW: Final = "not a row of the table"
_AFTER_QUOTE: Final = 'text after a closing quote (a quote inside a field is written "")'
_BLANKS: Final = "blanks between a quote and a separator, which many readers refuse or take for text: read without them"
_RETURN: Final = (
    f"{_NO_ROW} for pandas and datasets, which end it at a bare carriage return in a field: read with a space instead"
)
_IN_CURLY: Final = 'all fields are in “…” instead of "…": these marks and the blanks around them are read as text'
_ESCAPED: Final = (
    'quoted words lost their first mark, and have a backslash (\\word\\"): the table was read without its escape '
    "character; write it again from its source (pandas: escapechar)"
)
_ERRORS: Final = {
    "unexpected end of data": ("truncated-file", ENDLESS),
    "',' expected after '\"'": ("invalid-row", f"{_NO_ROW}: {_AFTER_QUOTE}"),
    AFTER_RETURN: ("invalid-row", f"{_NO_ROW}: a bare carriage return in a field"),
}


def unreadable(error: str, line: int) -> Problem:
    """Return the problem with a record of which the parser says an error."""
    rule, message = _ERRORS.get(error.split(" (")[0].split(" - ")[0], ("invalid-row", f"{_NO_ROW}: {printable(error)}"))
    return Problem(rule, message, line)


def conflict_marker(line: int) -> Problem:
    """Return the problem that a line is what Git writes between the two sides of a conflict."""
    return Problem(
        "invalid-row", "a Git conflict marker, no row: choose one side, as the rows of both may be here", line
    )


def wrong_width(width: int, header: Sequence[str], delimiter: str, line: int) -> Problem:
    """Return the problem with a record of more or fewer fields than there are columns.

    Without the number of this row, so that all such rows are one finding.
    """
    expected = len(header)
    headless = tuple(header) == numbered_names(expected)
    than = "fields than the " + (f"other rows, which have {expected}" if headless else f"header, which has {expected}")
    hint = f'quote a field that contains "{printable(delimiter)}"'
    if expected == 1 and not headless and " " in header[0].strip() and not is_name(header[0].strip()):
        hint = "if the first line is a title, write the names of the columns there"
    # Where texts are not quoted, a line without a separator is the rest of one.
    rest = "; a line break in a text may divide the row" if width == 1 and delimiter == "\t" else ""
    said = f"more {than} ({hint})" if width > expected else f"fewer {than}{rest}"
    return Problem("invalid-row", f"{_NO_ROW}: it has {said}", line)


def odd(fields: Sequence[str], line: int, record: int) -> Iterator[Problem]:
    """Yield the oddities of a row that is read: blanks, carriage returns, other or lost quotes, and names."""
    # Writing the row again removes them.
    if isinstance(fields, SpacedFields):
        yield Problem("invalid-row", _BLANKS, line, record, severity="warning", rewritable=True)
    elif isinstance(fields, ReturnFields):
        yield Problem("invalid-row", _RETURN, line, record, rewritable=True)
    bare = [field.strip() for field in fields]
    if (
        len(bare) > 1
        and bare != list(fields)
        and all(text.startswith(_CURLY[0]) and text.endswith(_CURLY[1]) for text in bare)
    ):
        yield Problem("invalid-row", _IN_CURLY, line, record, severity="warning", fixable=False)
    if any('\\"' in field and _HALF_ESCAPED.search(field) is not None for field in fields):
        yield Problem("wrong-delimiter", _ESCAPED, line, severity="warning", fixable=False)
    names = [name for name in dict.fromkeys(fields) if _MADE_NAME.fullmatch(name)]
    if len(names) >= _LEAST_NAMES and any(name.startswith(UNNAMED.decode()) for name in names):
        shown = ", ".join(f'"{excerpt(name, 40)}"' for name in names[:_LEAST_NAMES])
        message = f"{shown} are names of columns: a row that pandas took for a header, and gave such names"
        yield Problem("invalid-row", message, line, record, severity="warning", fixable=False)


def is_encodable(text: str) -> bool:
    """Return whether a text was decoded without replacing bytes."""
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def first_bad(pieces: list[bytes], line: int) -> Problem:
    """Return the problem with the first line, from one on, that is not UTF-8."""
    for number in range(line, len(pieces) + 1):
        try:
            pieces[number - 1].decode("utf-8")
        except UnicodeDecodeError as error:
            return Problem("invalid-utf8", not_utf8(pieces[number - 1], error), number)
    return Problem("invalid-utf8", "not UTF-8", line)
