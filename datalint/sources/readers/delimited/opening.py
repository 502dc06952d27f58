"""Opens CSV and TSV files: detects the separator, the quotes, and whether the first record is a header.

A format that differs from the file's name or the user's options is a problem of the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice
from typing import Final

from datalint.core.errors import DatalintError
from datalint.core.table_format import TableFormat
from datalint.privacy.display import excerpt, printable
from datalint.records.record import Problem
from datalint.sources.base import CHUNK_BYTES
from datalint.sources.content import Content
from datalint.sources.first_of_runs import columns_of_runs
from datalint.sources.readers.cells.values import cell_values
from datalint.sources.readers.delimited.anki import EXAMINED, AnkiLines, anki_lines
from datalint.sources.readers.delimited.columns import find_columns
from datalint.sources.readers.delimited.dialect import AFTER_RETURN, Dialect, ReturnFields, find_codec, records
from datalint.sources.readers.delimited.escaped_quotes import with_doubled_quotes
from datalint.sources.readers.delimited.escaped_separators import with_quoted_separators
from datalint.sources.readers.delimited.last_fields import fitted
from datalint.sources.readers.delimited.lone_quotes import lone_quotes
from datalint.sources.readers.delimited.names_above import NamesAbove, names_above
from datalint.sources.readers.delimited.preamble import preamble_of
from datalint.sources.readers.delimited.reader import Delimited
from datalint.sources.readers.delimited.record_ends import record_ends
from datalint.sources.readers.delimited.separators import SEPARATORS, USUAL, Fit, find_dialect, named
from datalint.sources.readers.delimited.texts import texts_in_lines
from datalint.sources.readers.lines import split
from datalint.sources.readers.lost_letters import lost_letters, replaced_letters
from datalint.support.named_tuple import NamedTuple

#: The remedy for quotation marks that are text.
_LOADERS: Final = "pandas and datasets read it with quoting=3"
#: Columns that a message names.
_NAMED: Final = 3
#: Bytes of a header.
_MOST_HEADER: Final = 64 << 20
#: Signs of lines without a value: separators, quotes and ends.
_SIGNS: Final = "".join((*SEPARATORS, *USUAL.values(), '" \r\n')).encode()
#: Bytes in which records of different numbers of fields are counted.
_MOST_EXAMINED: Final = 4 << 20


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
    content, escaped = with_doubled_quotes(content, start, container, codec, given)
    content, quoted = with_quoted_separators(content, start, container, codec, given)
    noted = (*noted, *escaped, *quoted)
    top = _above(content, start, container, codec, given)
    above, given = top.lines, top.format
    start += top.size
    fit, better = find_dialect(content, start, container, codec, given)
    dialect = fit.dialect
    ends = islice((end.stop for end in record_ends(content, start, dialect) if end.filled), 2)
    line, head = _first_record(path, container, content, start, next(ends, start), dialect)
    table = partial(
        Delimited, path, container, content, original, start, dialect, preamble=top.size, chunk_bytes=chunk_bytes
    )
    if given == TableFormat() and better is None and (texts := texts_in_lines(fit, head, line + above)) is not None:
        return table((), misread=True, problems=(*problems, *noted, texts))
    examined = partial(_examined, content, start, dialect)
    columns = find_columns(fit, head, line, given, top.exported, examined, separated=better is None)
    if top.named is not None:
        columns = columns._replace(names=(*top.named.names, *columns.names[len(top.named.names) :]))
    # Tables named .txt have no header by custom: their programs know the columns.
    headless = columns.headless if not path.lower().endswith(".txt") else None
    found = [*columns.problems, *_on_format(container, fit, better, headless, given)]
    if given.quote is None and dialect.quote is None:
        found.extend(_on_quotes(content, start, dialect))
    noted = (*noted, *(each._replace(line=each.line + above if each.line else None) for each in found))
    if top.named is not None:
        noted = (*noted, top.named.problem)
    elif top.size and top.exported is None:
        blank = not content.read(start - top.size, start).strip(_SIGNS)
        noted = (*noted, _on_preamble(above, "empty" if blank else "text"))
    lists = (fields for _, fields in fit.rows[columns.headed :] if isinstance(fields, list))
    rows = [row for fields in lists if (row := fitted(fields, len(columns.names), columns.widths)) is not None]
    lost = (*lost_letters(columns.names, rows, line + above), *replaced_letters(head, rows, line + above))
    noted = (*lost, *noted, *_in_runs(columns.names, rows))
    if columns.headed and next(ends, None) is None:
        noted = (*noted, Problem("empty-file", "a header and no record"))
    return table(
        columns.names,
        headed=columns.headed,
        misread=better is not None,
        valued=cell_values(columns.names, rows),
        widths=columns.widths,
        problems=(*problems, *noted),
    )


class _Above(NamedTuple):
    """The lines above the first record: their bytes and number, and the format of the table as they say it."""

    size: int
    lines: int
    format: TableFormat
    #: Anki's lines, or a line that names the columns; None for any others.
    exported: AnkiLines | None = None
    named: NamesAbove | None = None


def _above(content: Content, start: int, container: str, codec: str, given: TableFormat) -> _Above:
    """Return what is above the first record; ``given`` is what the user says of the format."""
    exported = anki_lines(content.read(start, start + EXAMINED))
    if exported is not None:
        return _Above(exported.size, exported.lines, exported.applied(given), exported=exported)
    marks = (USUAL[container], *SEPARATORS) if given.delimiter is None else (given.delimiter,)
    named = names_above(content, start, marks, codec, given)
    if named is not None:
        return _Above(named.size, 1, given._replace(header=False, delimiter=named.marks[1]), named=named)
    return _Above(*preamble_of(content, start, marks, codec, given), given)


def _first_record(
    path: str, container: str, content: Content, start: int, end: int, dialect: Dialect
) -> tuple[int, list[str]]:
    """Return the first record and its line; raises DatalintError if it is not read."""
    if end - start > _MOST_HEADER:
        size = (end - start) / (1 << 20)
        raise DatalintError(f"{path}: its first row has {size:,.1f} MiB, which is no header: check its quotes")
    lines = split(content.read(start, end))
    line, head = next((each for each in records(lines, dialect) if each[1]), (1, []))
    if _has_rows(head, lines[line - 1], dialect):
        raise DatalintError(f"{path}: its lines end in a carriage return only: write them with line feeds")
    if isinstance(head, str):
        raise DatalintError(f"{path}: the header is not {container.upper()} ({printable(head)}): quote its fields")
    return line, head


def _has_rows(fields: list[str] | str, line: bytes, dialect: Dialect) -> bool:
    """Return whether the parts of a line with carriage returns have the same number of fields, as rows have."""
    if isinstance(fields, str):
        return fields.startswith(AFTER_RETURN)
    parts = line.decode(dialect.codec, "surrogateescape").strip().split("\r")
    return isinstance(fields, ReturnFields) and len({part.count(dialect.delimiter) for part in parts}) == 1


def _examined(content: Content, start: int, dialect: Dialect) -> list[tuple[int, list[str] | str]]:
    """Return the first records that are not blank, of some MiB."""
    data = content.read(start, start + _MOST_EXAMINED)
    found = [each for each in records(split(data), dialect) if each[1]]
    return found[:-1] if len(data) == _MOST_EXAMINED else found


def _on_preamble(lines: int, what: str) -> Problem:
    """Return the problem with lines above the table, which are text or empty."""
    above = f"the first {lines:,} lines are" if lines > 1 else "the first line is"
    message = f"not a plain table: {above} {what}, and no header; the table begins on line {lines + 1:,}"
    return Problem("invalid-row", message, 1, severity="warning")


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
        yield Problem("invalid-row", message, severity="warning")


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
    count, line, doubled = lone_quotes(content, start, dialect)
    if count:
        fields = f"{count:,} fields begin" if count > 1 else "a field begins"
        read = "are read" if count > 1 else "is read"
        others = (
            f"{doubled:,} other fields are quoted, with doubled marks: quote {'these' if count > 1 else 'this one'} too"
        )
        remedy = others if doubled > count else _LOADERS
        message = f"{fields} with a quotation mark that is part of the text, and {read} that way; {remedy}"
        yield Problem("wrong-delimiter", message, line, severity="warning")


def _shown(name: str) -> str:
    return name if len(name) > 1 else f"'{name}'"


def _typed(name: str) -> str:
    """Quote a separator for a shell command."""
    return name if len(name) > 1 or name == "," else f"'{name}'"
