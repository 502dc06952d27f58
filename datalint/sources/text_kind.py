"""Distinguish the formats of text: JSON, tables and plain text."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from datalint.core.errors import DatalintError
from datalint.records.record import Problem
from datalint.sources.base import Source
from datalint.sources.content import Content
from datalint.sources.data_files import DELIMITED, JSON, KNOWN, PARTS, SIDES, TABLES, TAGGED, TEXT, WORKBOOKS, YAML
from datalint.sources.foreign import FOREIGN, NAMED, refused, refused_by_name
from datalint.sources.json_kind import first_line_is_json, open_json, open_lines
from datalint.sources.lines_kind import (
    OF_LINES,
    are_texts,
    is_unseparated,
    open_blocks,
    open_pairs,
    open_text_lines,
    refuse_lines,
    refuse_unseparated,
    why_no_texts,
    why_no_words,
    with_note,
    without_sign,
)
from datalint.sources.opening import Opening, first_text
from datalint.sources.readers.json_lines.ends import line_end
from datalint.sources.side_files import is_side
from datalint.sources.table_signs import HEAD, HEADER_BYTES, has_divided_rows, has_tabs, is_apart, is_header, table_of
from datalint.sources.without_json import why_no_json
from datalint.support.chat_texts.markers import BEGINS, FIRST_TOKENS
from datalint.support.lazy_pattern import lazy_pattern
from datalint.support.named_tuple import NamedTuple

#: Names of files without a token and its tag on each line.
_NEVER_TAGGED: Final = (*JSON, ".csv", *TABLES, *WORKBOOKS)
#: Suffixes of workbooks that are not read, unless they are tables of text under such a name.
_OLD: Final = (".xls",)
#: Tokens with which a chat template begins a conversation, and what a line of JSON begins with.
_TOKENS: Final = lazy_pattern(f"(?:{BEGINS}|{FIRST_TOKENS})".encode())
_BRACKETS: Final = (b"{", b"[{", b'["')


class _Start(NamedTuple):
    """A text that is being opened: the place of its first byte that is no white space, and the suffix of its file."""

    opening: Opening
    position: int
    suffix: str

    @property
    def first(self) -> bytes:
        """The first byte."""
        return self.opening.content.read(self.position, self.position + 1)

    @property
    def is_bracketed(self) -> bool:
        """Whether the first byte is that of an array or object."""
        return self.first in (b"{", b"[")

    def delimited(self, container: str, *problems: Problem) -> Source:
        """Return the source for a table."""
        return _delimited(self.opening, container, *problems)

    def misnamed(self, what: str, container: str) -> Source:
        """Return the source for a table in a file with the suffix of another format."""
        return self.delimited(container, Problem("wrong-extension", f"{what} in a file named {self.suffix}"))


def open_text(opening: Opening, suffix: str) -> Source:
    """Return the source for a text in UTF-8, in a file with a suffix."""
    content = opening.content
    position = first_text(content, opening.start)
    if position < 0:
        empty = Problem("empty-file", "no record at all")
        if suffix in TEXT:
            return open_text_lines(opening._replace(problems=(*opening.problems, empty)))
        return open_lines(opening, empty)
    if suffix in NAMED:
        error = refused_by_name(opening.path, suffix, content.read(position, position + HEADER_BYTES))
        if error is not None:
            raise error
    start = _Start(opening, position, suffix)
    if _looks_json(start):
        return _open_json(start)
    for opened in (_refused_lines, _in_notation, _by_suffix, _of_lines, _misnamed_table, _other_text):
        if (source := opened(start)) is not None:
            return source
    return open_json(opening, position, suffix, ())


def _looks_json(start: _Start) -> bool:
    """Return whether a text is JSON, by its first line where the name of its file does not say so."""
    content, position = start.opening.content, start.position
    if not start.is_bracketed or not (start.suffix in JSON or first_line_is_json(content, position)):
        return False
    if start.first == b"[" and _is_in_template(start):
        return False
    # A side of a parallel text is lines, such as triples that the other side says in words.
    is_side_of_lists = start.suffix in SIDES and start.first == b"["
    return not (is_side_of_lists and line_end(content, position + 1) < content.size)


def _open_json(start: _Start) -> Source:
    """Return the source for what looks like JSON, with a problem if the file is named as something else."""
    opening, position, suffix = start
    content = opening.content
    if suffix in (*TABLES, *WORKBOOKS, *_OLD) or (suffix in KNOWN and suffix not in JSON):
        end = line_end(content, position + 1)
        what = "JSON Lines" if start.first == b"{" == content.read(end, end + 64).lstrip()[:1] else "JSON"
        wrong = Problem("wrong-extension", f"{what} in a file named {suffix}")
        return open_json(opening, position, suffix, (wrong,))
    tabs = _with_tabs(start)
    return open_json(opening, position, suffix, ()) if tabs is None else tabs


def _with_tabs(start: _Start) -> Source | None:
    """Return the source for a table with tabs in a file whose name does not say so; None for any other text."""
    if (start.suffix in KNOWN and start.suffix not in TAGGED) or not has_tabs(start.opening.content, start.position):
        return None
    what = "tab-separated values in a file not named .tsv"
    return start.delimited("tsv", *([Problem("wrong-extension", what)] if start.suffix else []))


def _refused_lines(start: _Start) -> Source | None:
    """Return the source for lines that are no texts in a file that is named as texts; None for any other text."""
    content, why = start.opening.content, ""
    if start.suffix in TEXT:
        why = why_no_texts(content, start.position)
    elif start.suffix in SIDES:
        why = why_no_words(content, start.position)
    return refuse_lines(start.opening, why) if why else None


def _in_notation(start: _Start) -> Source | None:
    """Return the source for an export of Anki, for blocks of lines and for lines in a notation; None for others."""
    opening, position, suffix = start
    if start.first == b"#" and suffix not in (*JSON, *TABLES, *WORKBOOKS, *FOREIGN):
        notes = _anki(opening, position)
        if notes is not None:
            return notes
    may_be = suffix not in (*_NEVER_TAGGED, *FOREIGN) or (suffix == ".csv" and is_apart(opening.content, position))
    return open_blocks(opening, position, suffix) if may_be else None


def _by_suffix(start: _Start) -> Source | None:
    """Return the source for a table in a file that is named as one, or as JSON; None for any other text."""
    content, position = start.opening.content, start.position
    if start.suffix in DELIMITED:
        return start.delimited(DELIMITED[start.suffix])
    if start.suffix not in (*JSON, *PARTS) or start.is_bracketed:
        return None
    is_table = is_header(content, position) and not _goes_on_as_json(content, position)
    return start.misnamed("CSV", "csv") if is_table else None


def _of_lines(start: _Start) -> Source | None:
    """Return the source for a file whose name is one of texts, or of a side of them; None for any other file."""
    opening, position, suffix = start
    content = opening.content
    if suffix not in OF_LINES and not is_side(Path(opening.path)):
        return None
    # Files with such names may have text in any form, so a table contradicts no format.
    if is_unseparated(content, position, suffix):
        return refuse_unseparated(opening)
    is_free = opening.table.delimiter is None
    if is_free and has_tabs(content, position):
        return start.delimited("tsv")
    if is_free and (pairs := open_pairs(opening, position)) is not None:
        return pairs
    if (found := _separated(opening, position)) is not None:
        return found
    if is_free and has_divided_rows(content, position):
        return start.delimited("tsv")
    return open_text_lines(with_note(without_sign(opening), position))


def _misnamed_table(start: _Start) -> Source | None:
    """Return the source for a table of text that is named as a binary one; None for a file with another name.

    Raises:
        DatalintError: if it is no table.
    """
    opening, position, suffix = start
    if suffix not in (*TABLES, *WORKBOOKS, *_OLD):
        return None
    if table := table_of(opening.content, position):
        return start.misnamed("CSV" if table == "csv" else "tab-separated values", table)
    kind = "an Excel workbook" if suffix in (*WORKBOOKS, *_OLD) else suffix[1:].capitalize()
    raise DatalintError(f"{opening.path} is not {kind}: write it again, or give it its right name")


def _other_text(start: _Start) -> Source | None:
    """Return the source for a text whose format its content says; None for one that may be JSON.

    Raises:
        DatalintError: for a text of a format that is not read, or of none.
    """
    opening, position, suffix = start
    if (tabs := _with_tabs(start)) is not None:
        return tabs
    if suffix not in (*KNOWN, *FOREIGN) and (found := _separated(opening, position)) is not None:
        return found
    if suffix in JSON and _is_in_template(start):
        wrong = Problem("wrong-extension", f"text with a chat template's tokens in a file named {suffix}, not .txt")
        opening = opening._replace(problems=(*opening.problems, wrong))
        return open_blocks(opening, position, ".txt") or open_text_lines(opening)
    if suffix in JSON and (why := why_no_json(opening.content, position)):
        return refuse_lines(opening, why, "invalid-json")
    if suffix in JSON or start.is_bracketed or opening.path == "<stdin>":
        return None
    if suffix in YAML:
        from datalint.sources.readers.documents.yaml_file import open_yaml

        return open_yaml(opening)
    head = opening.content.read(position, position + HEAD)
    if suffix in FOREIGN:
        raise refused(opening.path, suffix, head)
    if is_unseparated(opening.content, position, suffix):
        return refuse_unseparated(opening)
    if head.startswith(b"<?xml"):
        raise refused(opening.path, "XML", head)
    if not suffix and are_texts(opening.content, position):
        return open_text_lines(opening)
    raise DatalintError(_undetected(opening.path, suffix))


def _is_in_template(start: _Start) -> bool:
    """Return whether a text begins with the token of a model before a conversation, and has no line of JSON so far."""
    head = start.opening.content.read(start.position, start.position + HEAD)
    if _TOKENS.match(head) is None:
        return False
    return not any(line.lstrip().startswith(_BRACKETS) for line in head.split(b"\n"))


def _undetected(path: str, suffix: str) -> str:
    if suffix in TAGGED:
        return (
            f"{path} has no token with its tag on each line, and blank lines between sentences: name it .txt if "
            "each line is a text"
        )
    return (
        f"cannot detect the format of {path}: name it {', '.join(KNOWN[:2])}, .csv, .tsv, .parquet, .arrow or "
        ".xlsx, .conll if each line is a token with its tag, or .txt if each line is a text"
    )


def _goes_on_as_json(content: Content, position: int) -> bool:
    """Return whether the line after the first one begins an object: then the first one is no header of a table."""
    end = line_end(content, position + 1)
    return content.read(end, end + HEADER_BYTES).lstrip()[:1] == b"{"


def _separated(opening: Opening, position: int) -> Source | None:
    """Return the source for a table whose separator is detected from its lines, or given; None for other texts."""
    from datalint.sources.readers.texts.field_signs import format_of_lines

    head = opening.content.read(position, position + HEAD)
    given = opening.table
    if given.delimiter is not None:
        return _delimited(opening, "csv") if given.delimiter.encode() in head else None
    found = format_of_lines(head, cut=len(head) == HEAD)
    if found is None:
        return None
    said = opening.table._replace(delimiter=found.delimiter, quote=given.quote or found.quote)
    return _delimited(opening._replace(table=said), "csv")


def _anki(opening: Opening, position: int) -> Source | None:
    """Return the source for a table that Anki exported; None for any other text."""
    from datalint.sources.readers.delimited.anki import EXAMINED, anki_lines

    found = anki_lines(opening.content.read(position, position + EXAMINED))
    return None if found is None else _delimited(opening, "tsv" if found.delimiter == "\t" else "csv")


def _delimited(opening: Opening, container: str, *more: Problem) -> Source:
    from datalint.sources.readers.delimited.opening import open_delimited

    return open_delimited(
        opening.path,
        container,
        opening.content,
        opening.original,
        start=opening.start,
        problems=(*opening.problems, *more),
        given=opening.table,
        chunk_bytes=opening.chunk_bytes,
    )
