"""Distinguish the formats of plain text: lines, pairs, blocks of lines, and notations."""

from __future__ import annotations

from typing import Final

from datalint.privacy.display import excerpt
from datalint.records.record import Problem
from datalint.sources.base import Source
from datalint.sources.content import Content
from datalint.sources.data_files import PARTS, SIDES, TAGGED, TEXT
from datalint.sources.opening import Opening
from datalint.sources.table_signs import HEAD, has_tabs

#: Names of files that have text in any form.
OF_LINES: Final = (*TEXT, *PARTS, *SIDES)
#: Characters of a separator that a message shows.
_SHOWN: Final = 20


def open_text_lines(opening: Opening) -> Source:
    """Return the source for lines of which each is a text."""
    from datalint.sources.readers.texts.reader import TextLines

    return TextLines(*_of(opening))


def with_note(opening: Opening, position: int) -> Opening:
    """Return the state of a text with a note if its lines may be pairs, or parts of paragraphs or of a document."""
    from datalint.sources.readers.texts.line_notes import note_on_lines

    head = opening.content.read(position, position + HEAD)
    note = note_on_lines(head, cut=len(head) == HEAD)
    return opening if note is None else opening._replace(problems=(*opening.problems, note))


def without_sign(opening: Opening) -> Opening:
    """Return the state of a text whose first lines lack the separator that is given, with the problem."""
    sign = opening.table.delimiter
    if sign is None:
        return opening
    message = f"no line has the separator {excerpt(sign, _SHOWN)} of --delimiter: each is read as a text"
    return opening._replace(problems=(*opening.problems, Problem("wrong-delimiter", message, severity="warning")))


def are_texts(content: Content, position: int) -> bool:
    """Return whether the lines of a file without an extension are texts: many, of which most end like a sentence."""
    from datalint.sources.readers.documents.listed_texts import are_one_each

    head = content.read(position, position + HEAD).decode(errors="replace")
    lines = [line for line in head.split("\n") if line.strip()]
    # The last one may be cut.
    return are_one_each(lines[:-1])


def open_pairs(opening: Opening, position: int) -> Source | None:
    """Return the source for pairs of texts, one on each line; None for other texts."""
    from datalint.sources.readers.texts.line_pairs import PAIRS, LinePairs, separator_of

    head = opening.content.read(position, position + HEAD)
    separator = separator_of(head, cut=len(head) == HEAD)
    return None if separator is None else LinePairs(*_of(opening), PAIRS, separator=separator)


def open_blocks(opening: Opening, position: int, suffix: str) -> Source | None:
    """Return the source for text in blocks of lines or lines in a notation, None for any other text."""
    from datalint.sources.readers.texts.answer_marks import answer_mark
    from datalint.sources.readers.texts.blocks import PLAIN, SEPARATED, TextBlocks, blocks_of
    from datalint.sources.readers.texts.dialogue_lines import NUMBERED, TWO_LINES
    from datalint.sources.readers.texts.document_lines import note_on_document
    from datalint.sources.readers.texts.ended_texts import ENDED_TEXTS
    from datalint.sources.readers.texts.exchanges import EXCHANGES
    from datalint.sources.readers.texts.framed_texts import FRAMED_TEXTS
    from datalint.sources.readers.texts.marked_dialogues import MARKED_DIALOGUES
    from datalint.sources.readers.texts.questions import QUESTIONS
    from datalint.sources.readers.texts.whole_dialogues import WHOLE_DIALOGUE

    head = opening.content.read(position, position + HEAD)
    if (lines := _noted_lines(opening, head)) is not None:
        return lines
    found = blocks_of(head, tagged=suffix in TAGGED, whole=len(head) < HEAD)
    if suffix in TEXT and (found is None or found[0] in (PLAIN, SEPARATED)) and (mark := answer_mark(head)):
        what = "write each question and its answer as a row with keys such as prompt and completion"
        return refuse_lines(opening, f"lines with <{excerpt(mark, _SHOWN)}> separate questions from answers: {what}")
    if found is None:
        return None
    container, columns = found
    texts = (PLAIN, SEPARATED, ENDED_TEXTS, FRAMED_TEXTS)
    plain = container in (*texts, QUESTIONS, EXCHANGES, MARKED_DIALOGUES, NUMBERED, TWO_LINES, WHOLE_DIALOGUE)
    named = suffix in OF_LINES or (container == FRAMED_TEXTS and not suffix)  # such as wiki_00 of WikiExtractor
    if plain and (not named or has_tabs(opening.content, position)):
        return None
    more = opening.problems
    if container == SEPARATED and (note := note_on_document(head, cut=len(head) == HEAD)) is not None:
        more = (*more, note)
    if suffix == ".csv":
        more = (*more, Problem("wrong-extension", f"blocks of lines, not a table, in a file named {suffix}"))
    return TextBlocks(*_of(opening._replace(problems=more)), container, columns=columns)


def _noted_lines(opening: Opening, head: bytes) -> Source | None:
    """Return the source for lines that are rows in a notation of their own; None for any other text."""
    from datalint.sources.readers.texts.line_notations import notation_of
    from datalint.sources.readers.texts.noted_lines import NotedLines

    notation = notation_of(head, cut=len(head) == HEAD)
    return None if notation is None else NotedLines(*_of(opening), notation.container, notation=notation)


def is_unseparated(content: Content, position: int, suffix: str) -> bool:
    """Return whether each line is a token with its tag, without blank lines after sentences."""
    from datalint.sources.readers.tagged.unseparated import are_unseparated, are_unseparated_spans

    head = content.read(position, position + HEAD)
    return are_unseparated_spans(head) if suffix in OF_LINES else are_unseparated(head, named=suffix in TAGGED)


def refuse_unseparated(opening: Opening) -> Source:
    """Return the source for tokens with tags of which no sentence can be read."""
    from datalint.sources.readers.tagged.unseparated import ends_of_sentences

    message = "each line is a token with its tag, but no blank line says where a sentence ends: write one after each"
    if ends := ends_of_sentences(opening.content.lines_from(opening.start)):
        message += f", as after the {ends:,} lines that begin with a full stop, question mark or exclamation mark"
    return refuse_lines(opening, message)


def why_no_texts(content: Content, position: int) -> str:
    """Return why lines are no texts, and what to write instead; empty for texts."""
    from datalint.sources.readers.texts import non_texts

    head = content.read(position, position + HEAD)
    return non_texts.why_no_texts(head, cut=len(head) == HEAD)


def why_no_words(content: Content, position: int) -> str:
    """Return why lines are no side of a parallel text, as :func:`why_no_texts` does; names and labels may be one."""
    from datalint.sources.readers.texts import non_texts

    head = content.read(position, position + HEAD)
    return non_texts.why_no_words(head, cut=len(head) == HEAD)


def refuse_lines(opening: Opening, message: str, rule: str = "invalid-row") -> Source:
    """Return the source for lines that are no rows, with the reason as its problem."""
    from datalint.sources.readers.json_lines.reader import JsonLines

    problems = (*opening.problems, Problem(rule, message, 1, fixable=False))
    refused = sum(1 for line in opening.content.lines_from(opening.start) if line.strip())
    return JsonLines(opening.path, Content(), opening.original, problems=problems, refused=refused)


def _of(opening: Opening) -> tuple[str, Content, Content, int, tuple[Problem, ...], int]:
    """Return the arguments of the readers of plain text."""
    return opening.path, opening.content, opening.original, opening.start, opening.problems, opening.chunk_bytes
