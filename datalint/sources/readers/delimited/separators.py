"""Detect the separator and quote character of a CSV or TSV file from its first records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import islice
from typing import Final

from datalint.core.table_format import NO_QUOTE, TableFormat
from datalint.sources.content import Content
from datalint.sources.readers.delimited.dialect import Dialect, records
from datalint.sources.readers.delimited.lone_quotes import (
    EXAMINED,
    LONE,
    RECORDS,
    are_marks,
    first_fields,
    has_lone_quotes,
    is_wrapped_in,
)
from datalint.sources.readers.lines import split
from datalint.support.named_tuple import NamedTuple
from datalint.support.names.column_names import is_name

#: The separator of each container.
USUAL: Final = {"csv": ",", "tsv": "\t"}
#: Those that are detected.
SEPARATORS: Final = (",", ";", "\t", "|")
_NAMES: Final = {"\t": "tab"}
_DOUBLE: Final = '"'
_SINGLE: Final = "'"
_HEAD: Final = 1 << 16
#: The share of records that must have as many fields as the first one for a separator to fit.
_FITS: Final = 0.9
#: The same for a separator in a header that lacks the usual separator.
_FITS_HEADER: Final = 0.5


#: Least number of records to recognise a quote character because it gives a table, and the shares of them with a field
#: that begins with it: if nothing else gives a table, and otherwise.
_LEAST: Final = 10
_SOME: Final = 0.05
_HALF: Final = 0.5


#: Share of the lines that may be broken however quotation marks are read.
_BROKEN: Final = 0.01
#: Records that are not read because of escaped quotation marks at least, and the share of these that may stay so. Fewer
#: are enough where none stays so.
_REFUSED: Final = 3
_STILL: Final = 0.1


#: Signs in names of columns, and the bytes of a header in which others are looked for.
_IN_NAMES: Final = frozenset(" _-.()/\"'")
_LONGEST: Final = 1 << 10


class Fit(NamedTuple):
    """How well records fit a dialect: the fields of the first record, and the share of records with as many fields."""

    dialect: Dialect
    width: int
    share: float
    rows: Sequence[tuple[int, list[str] | str]]

    @property
    def is_table(self) -> bool:
        """Whether nearly all records have the same number of fields, and more than one."""
        return self.width > 1 and self.share >= _FITS

    @property
    def odd(self) -> tuple[int, int] | None:
        """The first line whose number of fields differs from that of the header, and this number."""
        return next(((line, len(f)) for line, f in self.rows if isinstance(f, list) and len(f) != self.width), None)


def named(delimiter: str) -> str:
    """Return the name of a separator in messages and options."""
    return _NAMES.get(delimiter, delimiter)


def find_dialect(
    content: Content, start: int, container: str, codec: str, given: TableFormat
) -> tuple[Fit, Fit | None]:
    """Return how well records fit the dialect of a file, and a better fit if ``given`` does not fit."""
    if len(given.delimiter or "") > 1:
        given = given._replace(quote=NO_QUOTE)
    sample, cut = _sample(content, start)
    found, better = _chosen(sample, container, codec, given, cut=cut)
    if better is None and given.quote is None and found.dialect.quote == _DOUBLE:
        data = content.read(start, start + EXAMINED)
        if found.width == 1:
            alone = container == "tsv" and are_marks(data)
            return (_quoted(sample, found.dialect, container, NO_QUOTE, cut=cut) if alone else found), None
        # The records that were examined have no such field; others decide then.
        examined = sample[: RECORDS + 1]
        mark = found.dialect.delimiter
        late = _is_rarely_quoted(container, mark) and not any(map(first_fields(mark).search, examined))
        if _is_unquoted(data, found.dialect, found.width) or (late and has_lone_quotes(data, found.width, mark)):
            return _quoted(sample, found.dialect, container, NO_QUOTE, cut=cut), None
    return found, better


def escapes_quotes(
    content: Content, start: int, container: str, codec: str, given: TableFormat, doubled: Callable[[bytes], bytes]
) -> bool:
    """Return whether records that cannot be read are rows of a table if ``doubled`` changes their escaped quotes."""
    if given.quote is not None or len(given.delimiter or "") > 1 or b'\\"' not in content.read(start, start + _HEAD):
        return False
    sample, cut = _sample(content, start)
    plain, _ = _chosen(sample, container, codec, given, cut=cut)
    errors = sum(isinstance(fields, str) for _, fields in plain.rows)
    if not errors:
        return False
    changed, _ = _chosen([doubled(line) for line in sample], container, codec, given, cut=cut)
    still = min(1 - _FITS, _STILL * (1 - plain.share)) if errors >= _REFUSED else 0.0
    return changed.dialect.quote == _DOUBLE and changed.width > 1 and 1 - changed.share <= still


def sample_of(content: Content, start: int) -> list[bytes]:
    """Return the first lines of a file, without one that may be cut."""
    return _sample(content, start)[0]


def _chosen(
    sample: list[bytes], container: str, codec: str, given: TableFormat, *, cut: bool
) -> tuple[Fit, Fit | None]:
    usual = USUAL[container]

    def fit(delimiter: str) -> Fit:
        return _quoted(sample, Dialect(delimiter, _DOUBLE, codec), container, given.quote, cut=cut)

    first = fit(given.delimiter or usual)
    if first.is_table:
        return first, None
    others = [fit(mark) for mark in (*SEPARATORS, *_unusual(sample[0])) if mark != first.dialect.delimiter]
    best = max(others, key=lambda each: (each.is_table, each.share if each.width > 1 else 0.0, each.width))
    if best.width < 2:
        return first, None
    # Where the header has the separator alone, records that are not read do not speak against it.
    alone = best.share >= _FITS_HEADER or (best.odd is None and best.share * len(best.rows) > _LEAST)
    better = best.is_table or (first.width == 1 and alone)
    if given.delimiter is not None:
        return first, best if best.is_table else None
    return (best if better else first), None


def _unusual(header: bytes) -> list[str]:
    """Return other signs that separate nothing but names of columns in a header, such as ``^`` or ``~``."""
    line = header[:_LONGEST].decode("ascii", "ignore").strip()
    marks = {char for char in line if not char.isalnum() and char not in _IN_NAMES and char.isprintable()}
    return [mark for mark in sorted(marks) if all(is_name(name.strip(_DOUBLE)) for name in line.split(mark))]


def _is_unquoted(data: bytes, dialect: Dialect, width: int) -> bool:
    """Return whether lines are rows if quotation marks are text, and more records are not if they are not.

    There are fields that begin with one and go on after it, and few that it encloses. Few lines may be broken, and very
    few of those with a quotation mark: have neither ``width`` fields nor as many as a part of the lines without one.
    """
    if not dialect.delimiter.isascii() or b'"' not in data:
        return False
    mark, complete = dialect.delimiter.encode(), data.rfind(b"\n") + 1 if len(data) == EXAMINED else len(data)
    wrapped = lone = 0
    for field in first_fields(dialect.delimiter).finditer(data, 0, complete):
        # A quotation mark in a quoted field is doubled.
        wrapped += is_wrapped_in(field[1]) + (b'""' in field[1][1:-1])
        lone += not is_wrapped_in(field[1])
    lines = split(data[:complete])
    if lone < LONE or len(lines) < _LEAST or wrapped * 2 > len(lines):
        return False
    plain = Counter(line.count(mark) + 1 for line in lines if b'"' not in line and line.strip())
    widths = {width, *(each for each, count in plain.items() if each > 1 and count > _SOME * plain.total() > 1)}
    odd = [line for line in lines if line.strip() and line.count(mark) + 1 not in widths]
    broken = sum(b'"' in line for line in odd)
    if len(odd) > (1 - _FITS) * len(lines) or broken > _BROKEN * len(lines):
        return False
    # A line without quotation marks is broken however they are read, and may be within a field if they are.
    either = {line for line in odd if b'"' not in line}
    lines = [line for line in lines if line not in either]
    wrong = (
        True
        for _, fields in records(lines, dialect)
        if fields and (isinstance(fields, str) or len(fields) not in widths)
    )
    return next(islice(wrong, broken, None), False)


def _is_rarely_quoted(container: str, delimiter: str) -> bool:
    """Return whether texts seldom have the separator of a table, so that few fields must be quoted."""
    return container == "tsv" or delimiter != USUAL["csv"]


def _sample(content: Content, start: int) -> tuple[list[bytes], bool]:
    """Return the first lines of a file, and whether there are more."""
    head = content.read(start, start + _HEAD)
    cut = len(head) == _HEAD and start + _HEAD < content.size
    lines = head.split(b"\n")[:-1] if cut else split(head)
    return lines or [head], cut


def _quoted(sample: list[bytes], dialect: Dialect, container: str, given: str | None, *, cut: bool) -> Fit:
    """Return the fit of the dialect with the quote character that the records use."""
    if given is not None:
        return _fit(sample, dialect._replace(quote=None if given == NO_QUOTE else given), cut=cut)
    double = _fit(sample, dialect, cut=cut)
    if _wraps(double.rows, _SINGLE) or (double.share < _FITS and b"'" in b"".join(sample[:RECORDS])):
        single = _fit(sample, dialect._replace(quote=_SINGLE), cut=cut)
        plain = _fit(sample, dialect._replace(quote=None), cut=cut)
        # Where fields are quoted only if they must be, few may begin so; but nothing else gives a table.
        needed = (
            single.is_table
            and single.share == 1
            and max(double.share, plain.share) < _FITS_HEADER
            and len(single.rows) >= _LEAST
        )
        share = _SOME if needed else _HALF
        # Where as many rows fit if the usual quotation marks are read, and fields have them, others are text.
        is_better = single.share > double.share
        is_as_good = single.share == double.share and not _begins(plain.rows, _DOUBLE, _HALF)
        if single.share >= _FITS and (is_better or is_as_good) and _begins(plain.rows, _SINGLE, share):
            return single
    # Many TSV files do not quote fields, and a quotation mark at the start of a field is plain text.
    if double.share < 1:
        plain = _fit(sample, dialect._replace(quote=None), cut=cut)
        data = b"\n".join(sample)
        # Other lines may be broken however quotation marks are read.
        text = _is_rarely_quoted(container, dialect.delimiter) and plain.share > double.share
        if text and has_lone_quotes(data, plain.width, dialect.delimiter):
            return plain
        whole = plain.share == 1 and (container == "tsv" or _is_unquoted(data, dialect, plain.width))
        return plain if whole else double
    return double


def _fit(sample: list[bytes], dialect: Dialect, *, cut: bool) -> Fit:
    rows: list[tuple[int, list[str] | str]] = []
    for line, fields in records(sample, dialect):
        if fields:
            rows.append((line, fields))
        if len(rows) > RECORDS:
            break
    else:
        if cut and len(rows) > 1:
            rows.pop()  # its quoted field may continue
    widths = Counter(len(fields) if isinstance(fields, list) else -1 for _, fields in rows)
    head = rows[0][1] if rows else ""
    width = len(head) if isinstance(head, list) else 0
    return Fit(dialect, width, widths[width] / len(rows) if rows else 0.0, rows)


def _wraps(rows: Sequence[tuple[int, list[str] | str]], quote: str) -> bool:
    """Return whether the fields of some column, below the header, are enclosed in quote characters."""
    lists = [fields for _, fields in rows[1:] if isinstance(fields, list)]
    if len(lists) < 2 or not lists[0]:
        return False
    return any(all(_is_wrapped(field, quote) for field in column) for column in zip(*lists, strict=False))


def _is_wrapped(field: str, quote: str) -> bool:
    return len(field) > 2 and field[0] == quote == field[-1]


def _begins(rows: Sequence[tuple[int, list[str] | str]], quote: str, share: float) -> bool:
    """Return whether a share of the records, parsed without quotes, have a field that begins with the character."""
    lists = [fields for _, fields in rows if isinstance(fields, list)]
    return sum(any(field[:1] == quote for field in fields) for fields in lists) >= share * max(len(lists), 1)
