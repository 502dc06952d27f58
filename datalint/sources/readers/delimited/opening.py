"""Opens CSV and TSV files: detects the separator, the quotes, and whether the first record is a header.

A format that differs from the file's name or the user's options is a problem of the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from datalint.core.errors import DatalintError
from datalint.core.table_format import TableFormat
from datalint.privacy.display import excerpt, printable
from datalint.records.record import Problem
from datalint.sources.base import CHUNK_BYTES
from datalint.sources.content import Content
from datalint.sources.first_of_runs import columns_of_runs
from datalint.sources.header_names import column_names, headless_problem, numbered_names
from datalint.sources.readers.cells.values import cell_values
from datalint.sources.readers.delimited.anki import EXAMINED, anki_lines
from datalint.sources.readers.delimited.dialect import Dialect, find_codec, records
from datalint.sources.readers.delimited.header import why_data
from datalint.sources.readers.delimited.last_fields import Widths, fitted, long_rows, named_width, short_rows
from datalint.sources.readers.delimited.preamble import preamble_of
from datalint.sources.readers.delimited.reader import Delimited
from datalint.sources.readers.delimited.record_ends import record_ends
from datalint.sources.readers.delimited.separators import SEPARATORS, USUAL, Fit, find_dialect, lone_quotes, named
from datalint.sources.readers.delimited.texts import texts_in_lines
from datalint.sources.readers.lines import split
from datalint.sources.readers.lost_letters import lost_letters

#: Rows of which all must be shorter than the header.
_LEAST_SHORT: Final = 5
#: The remedy for quotation marks that are text.
_LOADERS: Final = "pandas and datasets read it with quoting=3"
#: Columns that a message names.
_NAMED: Final = 3
#: Bytes of a header.
_MOST_HEADER: Final = 64 << 20


def open_delimited(
    path: str,
    container: str,
    content: Content,
    original: Content,
    *,
    start: int,
    problems: tuple[Problem, ...],
    given: TableFormat,
    chunk_bytes: int = CHUNK_BYTES,
) -> Delimited:
    """Detect the format of the file and read its header; raises DatalintError if that is not possible."""
    content, codec, noted = find_codec(content, start)
    marks = (USUAL[container], *SEPARATORS) if given.delimiter is None else (given.delimiter,)
    exported = anki_lines(content.read(start, start + EXAMINED))
    if exported is None:
        preamble, above = preamble_of(content, start, marks, codec, given)
    else:
        preamble, above, given = exported.size, exported.lines, exported.applied(given)
    start += preamble
    fit, better = find_dialect(content, start, container, codec, given)
    dialect = fit.dialect
    filled = islice((end.stop for end in record_ends(content, start, dialect) if end.filled), 2)
    end = next(filled, start)
    if end - start > _MOST_HEADER:
        size = (end - start) / (1 << 20)
        raise DatalintError(f"{path}: its first row has {size:,.1f} MiB, which is no header: check its quotes")
    line, head = next((each for each in records(split(content.read(start, end)), dialect) if each[1]), (1, []))
    if isinstance(head, str) and head.startswith("new-line character"):
        raise DatalintError(f"{path}: its lines end in a carriage return only: write them with line feeds")
    if isinstance(head, str):
        raise DatalintError(f"{path}: the header is not {container.upper()} ({printable(head)}): quote its fields")
    if given == TableFormat() and better is None and (texts := texts_in_lines(fit, head, line + above)) is not None:
        return Delimited(
            path,
            container,
            content,
            original,
            start,
            dialect,
            (),
            misread=True,
            preamble=preamble,
            problems=(*problems, *noted, texts),
            chunk_bytes=chunk_bytes,
        )
    more: tuple[Problem, ...] = ()
    unnamed: Problem | None = None
    written = len(head)
    if given.header is not False and better is None:
        head = head[: named_width(head, fit.rows[1:])]
    lacking = _lacking(fit, head)
    if lacking is not None:
        head = head[: len(head) - lacking[0]]
        more = (lacking[1],)
    elif (longer := long_rows(head, fit.rows[1:], line)) is not None and better is None and given.header is not False:
        written, more = longer[0], (longer[1],)
    elif (unnamed := _unnamed(fit, head)) is not None:
        head = ["", *head]
        more = (unnamed,)
    headless = _headless(fit, given) if unnamed is None else None
    least = len(head)
    is_header = given.header is not False and headless is None and better is None
    if is_header and not more and (short := short_rows(head, fit.rows[1:], line)) is not None:
        least, more = short[0], (short[1],)
    if given.header is False or headless is not None:
        names = numbered_names(len(head)) if exported is None else exported.names(head)
    else:
        names, wrong = column_names(head, line)
        more = (*more, *wrong)
    # Tables named .txt have no header by custom: their programs know the columns.
    has_none = headless if not path.lower().endswith(".txt") else None
    more = (*more, *_on_format(container, fit, better, has_none, given))
    if given.quote is None and dialect.quote is None:
        more = (*more, *_on_quotes(content, start, dialect))
    noted = (*noted, *(each._replace(line=each.line + above if each.line else None) for each in more))
    if preamble and exported is None:
        lines = f"the first {above:,} lines are" if above > 1 else "the first line is"
        message = f"not a plain table: {lines} text, and no header; the table begins on line {above + 1:,}"
        noted = (*noted, Problem("invalid-json", message, 1, severity="warning"))
    headed = given.header is not False and headless is None
    widths = Widths(least, written) if least < written and lacking is None else None
    lists = (fields for _, fields in fit.rows[headed:] if isinstance(fields, list))
    rows = [row for fields in lists if (row := fitted(fields, len(names), widths)) is not None]
    noted = (*lost_letters(names, rows, line + above), *noted, *_in_runs(names, rows))
    found = Delimited(
        path,
        container,
        content,
        original,
        start,
        dialect,
        names,
        headed=headed,
        misread=better is not None,
        preamble=preamble,
        valued=cell_values(names, rows),
        widths=widths,
        problems=(*problems, *noted),
        chunk_bytes=chunk_bytes,
    )
    if found.headed and next(filled, None) is None:
        found.problems = (*found.problems, Problem("empty-file", "a header and no record"))
    return found


def _in_runs(names: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[Problem]:
    """Yield the problem with columns that are empty except in the first row of each run, as if cells were merged."""
    cells = [{place: field for place, field in enumerate(fields) if field} for fields in rows]
    found = columns_of_runs(range(len(names)), cells)
    if found:
        shown = ", ".join(f"'{excerpt(names[place], 40)}'" for place in found[:_NAMED])
        more = f" and {len(found) - _NAMED:,} more" if len(found) > _NAMED else ""
        have = "have" if len(found) > 1 else "has"
        message = (
            f"not a plain table: {shown}{more} {have} a value in {sum(found[0] in each for each in cells):,} of the "
            f"first {len(cells):,} rows, the first of each run, as if merged; the others are read as empty: fill them "
            "down"
        )
        yield Problem("invalid-json", message, severity="warning")


def _lacking(fit: Fit, head: list[str]) -> tuple[int, Problem] | None:
    """Return the number of last columns that all sampled rows lack, as in some exports, and the problem; or None."""
    line, first = fit.rows[0] if fit.rows else (1, "")
    widths = {len(fields) if isinstance(fields, list) else 0 for _, fields in fit.rows[1:]}
    if first[: len(head)] != head or len(fit.rows) <= _LEAST_SHORT or len(widths) != 1:
        return None
    width = widths.pop()
    if not 1 < width < len(head):
        return None
    names = ", ".join(f'"{excerpt(name, 40)}"' for name in head[width : width + 2])
    more = f" and {len(head) - width - 2:,} more" if len(head) > width + 2 else ""
    message = (
        f"the header has {len(head):,} fields and each row {width:,}; the last columns, {names}{more}, are missing"
    )
    return len(head) - width, Problem("invalid-json", message, line, severity="warning")


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
    return Problem("invalid-json", message, line, severity="warning")


def _headless(fit: Fit, given: TableFormat) -> Problem | None:
    """Return the problem that the first record is no header, None where it is one or the user says so."""
    if given.header is not None or not fit.rows:
        return None
    line, head = fit.rows[0]
    rows = [fields for _, fields in fit.rows[1:] if isinstance(fields, list) and len(fields) == fit.width]
    reason = why_data(head, rows) if isinstance(head, list) else None
    return None if reason is None else headless_problem(reason, fit.width, line)


def _on_format(
    container: str, fit: Fit, better: Fit | None, headless: Problem | None, given: TableFormat
) -> Iterator[Problem]:
    """Yield the problems with separator, quotes and header."""
    if headless is not None:
        yield headless
    if better is not None:
        option = named(better.dialect.delimiter)
        odd = fit.odd
        fields = f"line {odd[0]} has {odd[1]:,} fields, the header {fit.width:,}; " if odd is not None else ""
        message = f"{fields}the file looks separated by {_shown(option)}: --delimiter {_typed(option)}"
        yield Problem("wrong-delimiter", message, odd[0] if odd is not None else fit.rows[0][0])
        return
    used, usual = fit.dialect.delimiter, USUAL[container]
    if given.delimiter is None and used != usual:
        message = (
            f"fields are separated by {_shown(named(used))} instead of {_shown(named(usual))}, and are read that way"
        )
        yield Problem("wrong-delimiter", message, fit.rows[0][0], severity="warning")
    if given.quote is None and fit.dialect.quote == "'":
        message = "fields are quoted with ' instead of \", and are read that way"
        yield Problem("wrong-delimiter", message, fit.rows[0][0], severity="warning")


def _on_quotes(content: Content, start: int, dialect: Dialect) -> Iterator[Problem]:
    """Yield the problem with quotation marks that are text where readers take them for those of quoted fields."""
    count, line = lone_quotes(content, start, dialect)
    if count:
        fields = f"{count:,} fields begin" if count > 1 else "a field begins"
        read = "are read" if count > 1 else "is read"
        message = f"{fields} with a quotation mark that is part of the text, and {read} that way; {_LOADERS}"
        yield Problem("wrong-delimiter", message, line, severity="warning")


def _shown(name: str) -> str:
    return name if len(name) > 1 else f"'{name}'"


def _typed(name: str) -> str:
    """Quote a separator for a shell command."""
    return name if len(name) > 1 or name == "," else f"'{name}'"
