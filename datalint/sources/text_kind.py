"""Distinguish the formats of text: JSON, tables, blocks of lines, pairs and lines."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from datalint.core.errors import DatalintError
from datalint.privacy.display import excerpt
from datalint.records.record import Problem
from datalint.sources.base import Source
from datalint.sources.content import Content
from datalint.sources.data_files import DELIMITED, JSON, KNOWN, PARTS, SIDES, TABLES, TAGGED, TEXT, WORKBOOKS, YAML
from datalint.sources.foreign import FOREIGN, NAMED, refused, refused_by_name
from datalint.sources.json_kind import first_line_is_json, open_json, open_lines
from datalint.sources.opening import Opening, first_text
from datalint.sources.readers.json_lines.ends import line_end
from datalint.sources.side_files import is_side
from datalint.sources.table_signs import HEAD, HEADER_BYTES, has_divided_rows, has_tabs, is_apart, is_header, table_of

#: Names of files that have text in any form, and of files without a token and its tag on each line.
_OF_LINES: Final = (*TEXT, *PARTS, *SIDES)
_NEVER_TAGGED: Final = (*JSON, ".csv", *TABLES, *WORKBOOKS)
#: Suffixes of workbooks that are not read, unless they are tables of text under such a name.
_OLD: Final = (".xls",)
#: Characters of a separator that a message shows.
_SHOWN: Final = 20


def open_text(opening: Opening, suffix: str) -> Source:
    """Return the source for a text in UTF-8, in a file with a suffix."""
    content, shown = opening.content, opening.path
    position = first_text(content, opening.start)
    first = content.read(position, position + 1) if position >= 0 else b""
    if position < 0:
        empty = Problem("empty-file", "no record at all")
        if suffix in TEXT:
            return _lines(opening._replace(problems=(*opening.problems, empty)))
        return open_lines(opening, empty)
    if suffix in NAMED and (error := refused_by_name(shown, suffix, content.read(position, position + HEADER_BYTES))):
        raise error
    looks_json = first in (b"{", b"[") and (suffix in JSON or first_line_is_json(content, position))
    if looks_json and suffix in SIDES and first == b"[" and line_end(content, position + 1) < content.size:
        looks_json = False  # a side is lines, such as triples that the other side says in words
    if suffix in TEXT and not looks_json and (why := _why_no_texts(content, position)):
        return _refused(opening, why)
    if suffix in SIDES and not looks_json and (why := _why_no_words(content, position)):
        return _refused(opening, why)
    if first == b"#" and suffix not in (*JSON, *TABLES, *WORKBOOKS, *FOREIGN) and (notes := _anki(opening, position)):
        return notes
    may_have_blocks = suffix not in (*_NEVER_TAGGED, *FOREIGN) or (suffix == ".csv" and is_apart(content, position))
    if may_have_blocks and not looks_json and (blocks := _blocks(opening, position, suffix)) is not None:
        return blocks
    if suffix in DELIMITED and not looks_json:
        return _delimited(opening, DELIMITED[suffix])
    is_text = first not in (b"{", b"[")
    if (
        suffix in (*JSON, *PARTS)
        and is_text
        and is_header(content, position)
        and not _goes_on_as_json(content, position)
    ):
        return _delimited(opening, "csv", Problem("wrong-extension", f"CSV in a file named {suffix}"))
    if not looks_json and (suffix in _OF_LINES or is_side(Path(shown))):
        # Files with such names may have text in any form, so a table contradicts no format.
        if _is_unseparated(content, position, suffix):
            return _unseparated(opening)
        if has_tabs(content, position) and opening.table.delimiter is None:
            return _delimited(opening, "tsv")
        pairs = _pairs(opening, position) if opening.table.delimiter is None else None
        if (found := pairs or _separated(opening, position)) is not None:
            return found
        if opening.table.delimiter is None and has_divided_rows(content, position):
            return _delimited(opening, "tsv")
        return _lines(_with_note(_without_sign(opening), position))
    if suffix in (*TABLES, *WORKBOOKS, *_OLD) or (suffix in KNOWN and suffix not in JSON and looks_json):
        if not looks_json and (table := table_of(content, position)):
            what = "CSV" if table == "csv" else "tab-separated values"
            return _delimited(opening, table, Problem("wrong-extension", f"{what} in a file named {suffix}"))
        if not looks_json:
            kind = "an Excel workbook" if suffix in (*WORKBOOKS, *_OLD) else suffix[1:].capitalize()
            raise DatalintError(f"{shown} is not {kind}: write it again, or give it its right name")
        end = line_end(content, position + 1)
        what = "JSON Lines" if first == b"{" == content.read(end, end + 64).lstrip()[:1] else "JSON"
        wrong = Problem("wrong-extension", f"{what} in a file named {suffix}")
        return open_json(opening, position, suffix, (wrong,))
    if (suffix not in KNOWN or suffix in TAGGED) and has_tabs(content, position):
        misnamed = [Problem("wrong-extension", "tab-separated values in a file not named .tsv")] if suffix else []
        return _delimited(opening, "tsv", *misnamed)
    if suffix not in (*KNOWN, *FOREIGN) and not looks_json and (found := _separated(opening, position)) is not None:
        return found
    if suffix not in JSON and first not in (b"{", b"[") and shown != "<stdin>":
        if suffix in YAML:
            from datalint.sources.readers.documents.yaml_file import open_yaml

            return open_yaml(opening)
        if suffix in FOREIGN:
            raise refused(shown, suffix, content.read(position, position + HEAD))
        if _is_unseparated(content, position, suffix):
            return _unseparated(opening)
        if (head := content.read(position, position + HEAD)).startswith(b"<?xml"):
            raise refused(shown, "XML", head)
        if not suffix and _are_texts(content, position):
            return _lines(opening)
        if suffix in TAGGED:
            raise DatalintError(
                f"{shown} has no token with its tag on each line, and blank lines between sentences: name it .txt if "
                "each line is a text"
            )
        raise DatalintError(
            f"cannot detect the format of {shown}: name it {', '.join(KNOWN[:2])}, .csv, .tsv, .parquet, .arrow or "
            ".xlsx, .conll if each line is a token with its tag, or .txt if each line is a text"
        )
    return open_json(opening, position, suffix, ())


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


def _without_sign(opening: Opening) -> Opening:
    """Return the state of a text whose first lines lack the separator that is given, with the problem."""
    sign = opening.table.delimiter
    if sign is None:
        return opening
    message = f"no line has the separator {excerpt(sign, _SHOWN)} of --delimiter: each is read as a text"
    return opening._replace(problems=(*opening.problems, Problem("wrong-delimiter", message, severity="warning")))


def _lines(opening: Opening) -> Source:
    """Return the source for lines of text."""
    from datalint.sources.readers.texts.reader import TextLines

    return TextLines(*_of(opening))


def _are_texts(content: Content, position: int) -> bool:
    """Whether the lines of a file without an extension are texts: many, of which most end like a sentence."""
    from datalint.sources.readers.documents.listed_texts import are_one_each

    head = content.read(position, position + HEAD).decode(errors="replace")
    lines = [line for line in head.split("\n") if line.strip()]
    # The last one may be cut.
    return are_one_each(lines[:-1])


def _with_note(opening: Opening, position: int) -> Opening:
    """Return the state of a text with a note if its lines may be pairs, or parts of paragraphs or of a document."""
    from datalint.sources.readers.texts.line_notes import note_on_lines

    head = opening.content.read(position, position + HEAD)
    note = note_on_lines(head, cut=len(head) == HEAD)
    return opening if note is None else opening._replace(problems=(*opening.problems, note))


def _pairs(opening: Opening, position: int) -> Source | None:
    """Return the source for pairs of texts, one on each line; None for other texts."""
    from datalint.sources.readers.texts.line_pairs import PAIRS, LinePairs, separator_of

    head = opening.content.read(position, position + HEAD)
    separator = separator_of(head, cut=len(head) == HEAD)
    return None if separator is None else LinePairs(*_of(opening), PAIRS, separator=separator)


def _of(opening: Opening) -> tuple[str, Content, Content, int, tuple[Problem, ...], int]:
    """Return the arguments of the readers of plain text."""
    return opening.path, opening.content, opening.original, opening.start, opening.problems, opening.chunk_bytes


def _blocks(opening: Opening, position: int, suffix: str) -> Source | None:
    """Return the source for text in blocks of lines or lines in a notation, None for any other text."""
    from datalint.sources.readers.texts.answer_marks import answer_mark
    from datalint.sources.readers.texts.blocks import PLAIN, SEPARATED, TextBlocks, blocks_of
    from datalint.sources.readers.texts.dialogue_lines import NUMBERED, TWO_LINES
    from datalint.sources.readers.texts.document_lines import note_on_document
    from datalint.sources.readers.texts.ended_texts import ENDED_TEXTS
    from datalint.sources.readers.texts.exchanges import EXCHANGES
    from datalint.sources.readers.texts.marked_dialogues import MARKED_DIALOGUES
    from datalint.sources.readers.texts.questions import QUESTIONS
    from datalint.sources.readers.texts.whole_dialogues import WHOLE_DIALOGUE

    head = opening.content.read(position, position + HEAD)
    if (lines := _noted_lines(opening, head)) is not None:
        return lines
    found = blocks_of(head, tagged=suffix in TAGGED, whole=len(head) < HEAD)
    if suffix in TEXT and (found is None or found[0] in (PLAIN, SEPARATED)) and (mark := answer_mark(head)):
        what = "write each question and its answer as a row with keys such as prompt and completion"
        return _refused(opening, f"lines with <{excerpt(mark, _SHOWN)}> separate questions from answers: {what}")
    if found is None:
        return None
    container, columns = found
    plain = container in (PLAIN, SEPARATED, QUESTIONS, EXCHANGES, MARKED_DIALOGUES, ENDED_TEXTS, NUMBERED, TWO_LINES)
    if (plain or container == WHOLE_DIALOGUE) and (suffix not in _OF_LINES or has_tabs(opening.content, position)):
        return None
    more = opening.problems
    if container == SEPARATED and (note := note_on_document(head, cut=len(head) == HEAD)) is not None:
        more = (*more, note)
    if suffix == ".csv":
        more = (*more, Problem("wrong-extension", f"blocks of lines, not a table, in a file named {suffix}"))
    return TextBlocks(*_of(opening._replace(problems=more)), container, columns=columns)


def _anki(opening: Opening, position: int) -> Source | None:
    """Return the source for a table that Anki exported; None for any other text."""
    from datalint.sources.readers.delimited.anki import EXAMINED, anki_lines

    found = anki_lines(opening.content.read(position, position + EXAMINED))
    return None if found is None else _delimited(opening, "tsv" if found.delimiter == "\t" else "csv")


def _noted_lines(opening: Opening, head: bytes) -> Source | None:
    """Return the source for lines that are rows in a notation of their own; None for any other text."""
    from datalint.sources.readers.texts.line_notations import notation_of
    from datalint.sources.readers.texts.noted_lines import NotedLines

    notation = notation_of(head, cut=len(head) == HEAD)
    return None if notation is None else NotedLines(*_of(opening), notation.container, notation=notation)


def _is_unseparated(content: Content, position: int, suffix: str) -> bool:
    """Return whether each line is a token with its tag, without blank lines after sentences."""
    from datalint.sources.readers.tagged.unseparated import are_unseparated, are_unseparated_spans

    head = content.read(position, position + HEAD)
    return are_unseparated_spans(head) if suffix in _OF_LINES else are_unseparated(head, named=suffix in TAGGED)


def _unseparated(opening: Opening) -> Source:
    """Return the source for tokens with tags of which no sentence can be read."""
    from datalint.sources.readers.tagged.unseparated import ends_of_sentences

    message = "each line is a token with its tag, but no blank line says where a sentence ends: write one after each"
    if ends := ends_of_sentences(opening.content.lines_from(opening.start)):
        message += f", as after the {ends:,} lines that begin with a full stop, question mark or exclamation mark"
    return _refused(opening, message)


def _why_no_texts(content: Content, position: int) -> str:
    """Return why lines are no texts, and what to write instead; empty for texts."""
    from datalint.sources.readers.texts.non_texts import why_no_texts

    head = content.read(position, position + HEAD)
    return why_no_texts(head, cut=len(head) == HEAD)


def _why_no_words(content: Content, position: int) -> str:
    """Return the same for lines of tags, as the other side of a text may be names and labels too."""
    from datalint.sources.readers.texts.non_texts import why_no_words

    head = content.read(position, position + HEAD)
    return why_no_words(head, cut=len(head) == HEAD)


def _refused(opening: Opening, message: str) -> Source:
    """Return the source for lines that are no rows, with the reason as its problem."""
    from datalint.sources.readers.json_lines.reader import JsonLines

    problems = (*opening.problems, Problem("invalid-row", message, 1, fixable=False))
    refused = sum(1 for line in opening.content.lines_from(opening.start) if line.strip())
    return JsonLines(opening.path, Content(), opening.original, problems=problems, refused=refused)


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
