"""Reader of text in blocks of lines, with a blank line or a separator after each: a row for each block.

A block is a sentence with tags (:mod:`datalint.sources.readers.tagged.reader`,
:mod:`datalint.sources.readers.tagged.tags_below`), a document with entities
(:mod:`datalint.sources.readers.tagged.pubtator`), a conversation (:mod:`datalint.sources.readers.texts.dialogue_lines`,
:mod:`datalint.sources.readers.texts.marked_dialogues`, :mod:`datalint.sources.readers.texts.episodes`,
:mod:`datalint.sources.readers.texts.whole_dialogues`), a text between special tokens
(:mod:`datalint.sources.readers.texts.ended_texts`) or tags (:mod:`datalint.sources.readers.texts.framed_texts`), a
question with its options (:mod:`datalint.sources.readers.texts.questions`), a sentence with its target
(:mod:`datalint.sources.readers.texts.marked_targets`), a question or sentence of a well-known corpus
(:mod:`datalint.sources.readers.texts.corpus_blocks`), or else a paragraph or stanza, ``{"text": …}``. Where lines such
as ``===`` or ``<|endoftext|>`` separate texts, a block is all between two of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np

from datalint.records.record import FileFacts, Problem
from datalint.sources.base import Located, SourceChunk
from datalint.sources.content import Content, Region
from datalint.sources.merge import bounded
from datalint.sources.readers.json_lines.ends import line_end
from datalint.sources.readers.lines import SPACE, count_lines, long_lines, split
from datalint.sources.readers.tagged.columns import PAIRS, Columns
from datalint.sources.readers.tagged.not_tokens import is_left_out, parts_of_tags
from datalint.sources.readers.tagged.pubtator import PUBTATOR, PubTator, pubtator_of
from datalint.sources.readers.tagged.reader import columns_of
from datalint.sources.readers.tagged.separators import count_separators
from datalint.sources.readers.tagged.tags_below import (
    TAGS_OF_CHARACTERS,
    TAGS_OF_WORDS,
    tagged_characters,
    tagged_words,
    tags_below,
)
from datalint.sources.readers.tagged.webanno import WebAnno, webanno_of
from datalint.sources.readers.text_rows import TextRows, joined_lines
from datalint.sources.readers.texts.asked_passages import ASKED_PASSAGES, asked_passage
from datalint.sources.readers.texts.completed_blocks import CompletedBlocks
from datalint.sources.readers.texts.corpus_blocks import ANSWERED, RELATIONS, answered_question, known_layout, relation
from datalint.sources.readers.texts.corrections import CORRECTIONS, corrected
from datalint.sources.readers.texts.dialogue_lines import (
    BETWEEN_TWO,
    DIALOGUE,
    NUMBERED,
    TWO_LINES,
    between_two,
    conversation,
    dialogue_layout,
    numbered_question,
    two_lines,
)
from datalint.sources.readers.texts.ended_texts import ENDED_TEXTS, ended_texts_of
from datalint.sources.readers.texts.episodes import EPISODES, Episodes, episodes_of
from datalint.sources.readers.texts.exchanges import EXCHANGES, exchanges_of
from datalint.sources.readers.texts.framed_texts import FRAMED_TEXTS, framed_texts_of
from datalint.sources.readers.texts.marked_dialogues import MARKED_DIALOGUES, marked_dialogues_of
from datalint.sources.readers.texts.marked_targets import TARGETED, Targeted, targeted_of
from datalint.sources.readers.texts.questions import QUESTIONS, questions_of
from datalint.sources.readers.texts.two_languages import TWO_LANGUAGES, in_two_languages
from datalint.sources.readers.texts.whole_dialogues import WHOLE_DIALOGUE, whole_dialogue_of
from datalint.sources.readers.texts.wrapped_lines import width_of_wrapped
from datalint.support.named_tuple import NamedTuple

#: Descriptions of the blocks of a file, one type for each format.
_Own: TypeAlias = CompletedBlocks | Targeted | Episodes
_Kind: TypeAlias = Columns | WebAnno | PubTator | _Own
#: The containers of blocks that are neither sentences with tags nor conversations.
PLAIN: Final = "text-blocks"
SEPARATED: Final = "text-parts"
_BLANK: Final = re.compile(rb"\n[ \t\r]{0,99}\n")
#: A line that separates texts.
_MARK: Final = rb"[ \t]{0,9}(?:={3,199}|-{3,199}|\*{3,199}|_{3,199}|~{3,199}|#{3,199}|<\|endoftext\|>)[ \t\r]{0,9}"
_SEPARATOR: Final = re.compile(rb"\n" + _MARK + rb"\n")
_IS_MARK: Final = re.compile(_MARK)
#: Lines from which on separators are ones, and the share of texts between them with more than one line.
_FEWEST: Final = 5
_MOSTLY: Final = 0.5
#: Bytes in which the end of a block is searched first, and at most; a longer block is refused.
_WINDOW: Final = 1 << 12
_REACH: Final = _WINDOW * 8**3
#: Blocks from which a text is read as blocks, and the share of them with more than one line.
_LEAST: Final = 10
_SHARE: Final = 0.8
#: Paragraphs of broken lines from which on a text is read by paragraph.
_WRAPPED: Final = 5


class _Layout(NamedTuple):
    """The layout of the blocks of a file.

    ``read`` makes a row of a block's lines, of which the first has a number; None with a problem if it cannot be read.
    ``what`` names a block; lines that begin with one of ``leave_out`` are no part of one. ``separated`` says that a
    block ends at a separator, and not at a blank line.
    """

    read: Callable[[Sequence[bytes], int], tuple[dict[str, Any] | None, Problem | None]]
    what: str
    leave_out: tuple[bytes, ...] = ()
    separated: bool = False

    def blocks(self, lines: Sequence[bytes]) -> Iterator[tuple[int, int, list[bytes]]]:
        """Yield the index of the first line of each block, its offset in bytes, and its lines."""
        block: list[bytes] = []
        first = begin = offset = blank_lines = 0
        for index, line in enumerate(lines):
            blank = not line.strip(SPACE)
            if (_IS_MARK.fullmatch(line) is not None) if self.separated else blank:
                if block:
                    yield first, begin, block
                    block = []
                blank_lines = 0
            elif blank:
                blank_lines += 1
            elif not (self.leave_out and is_left_out(line, self.leave_out)):
                if not block:
                    first, begin, blank_lines = index, offset, 0
                block += [b""] * blank_lines
                block.append(line)
                blank_lines = 0
            offset += len(line) + 1
        if block:
            yield first, begin, block

    def end_in(self, data: bytes, *, whole: bool) -> int:
        """Return where the first block ends, after what is behind it; -1 if none does in ``data``."""
        found = (_SEPARATOR if self.separated else _BLANK).search(data)
        return -1 if found is None else found.end()


def blocks_of(head: bytes, *, tagged: bool = False, whole: bool = False) -> tuple[str, _Kind] | None:
    """Return the container of text that begins with ``head``, and the columns of tagged text; None if its rows are no
    blocks of lines.

    ``tagged`` says that the file is named like one of tokens with their tags, and ``whole`` that ``head`` is all of it.
    """
    if b"\n" not in head:
        return None
    if head.startswith((b"1 ", b"text:")) and (episodes := episodes_of(split(head))) is not None:
        return EPISODES, episodes
    lines = split(head)
    if (below := tags_below([*lines, b""] if whole else lines)) is not None:
        return below, PAIRS
    columns = webanno_of(head) or pubtator_of(head) or columns_of(head, named=tagged)
    if columns is not None:
        return columns.container, columns
    dialogue = dialogue_layout(head)
    if dialogue == DIALOGUE:
        return dialogue, PAIRS
    if (targeted := targeted_of(lines)) is not None:
        return TARGETED, targeted
    if (known := known_layout([block for _, _, block in _LAYOUTS[PLAIN].blocks(lines)][:-1])) is not None:
        return known, PAIRS
    if dialogue is None and (marked := marked_dialogues_of(lines)) is not None:
        return MARKED_DIALOGUES, marked
    if _are_blocks(lines, SEPARATED, _FEWEST, _MOSTLY):
        return SEPARATED, PAIRS
    if (questions := questions_of(lines)) is not None:
        return QUESTIONS, questions
    if dialogue is not None:
        return dialogue, PAIRS
    if (exchanges := exchanges_of(lines)) is not None:
        return EXCHANGES, exchanges
    if whole and (spoken := whole_dialogue_of(lines)) is not None:
        return WHOLE_DIALOGUE, spoken
    if (ended := ended_texts_of(lines)) is not None:
        return ENDED_TEXTS, ended
    if (framed := framed_texts_of(lines)) is not None:
        return FRAMED_TEXTS, framed
    return (PLAIN, PAIRS) if _are_blocks(lines, PLAIN, _LEAST, _SHARE) or _are_paragraphs(lines) else None


def _are_blocks(lines: Sequence[bytes], container: str, least: int, share: float) -> bool:
    """Whether lines make at least so many blocks, of which at least a share has several lines."""
    sizes = [len(block) for _, _, block in _LAYOUTS[container].blocks(lines)]
    return len(sizes) >= least and sum(size > 1 for size in sizes) >= share * len(sizes)


def _are_paragraphs(lines: Sequence[bytes]) -> bool:
    """Whether lines are prose in several paragraphs that was broken at a width; headings and replies have one line."""
    return _are_blocks(lines, PLAIN, _WRAPPED, 0) and width_of_wrapped(lines) > 0


def _layout(container: str, columns: _Kind) -> _Layout | _Own:
    if isinstance(columns, _Own):
        return columns
    found = _LAYOUTS.get(container)
    # A comment with an intent is read with its sentence.
    leave_out = () if isinstance(columns, Columns) and columns.intended else columns.not_tokens
    return _Layout(columns.sentence, "sentence", leave_out) if found is None else found


@dataclass(slots=True)
class TextBlocks(TextRows):
    """A row for each block; ``container`` and ``columns`` are what :func:`blocks_of` returns."""

    columns: _Kind = PAIRS

    def part(self, file: int, region: Region) -> SourceChunk:
        """Return the chunk of some blocks."""
        return BlocksChunk(file, self.path, region, self.container, self.columns)

    def row_end(self, content: Content, position: int) -> int:
        """Return the end of the block at a position: after what ends it, or after a line if nothing does."""
        reach, layout = _WINDOW, _layout(self.container, self.columns)
        while True:
            stop = min(position + reach, content.size)
            found = layout.end_in(content.read(position, stop), whole=stop == content.size)
            if found >= 0:
                return position + found
            if stop >= content.size:
                return content.size
            if reach >= _REACH:
                return line_end(content, stop)
            reach *= 8

    def at(self, offset: int) -> dict[str, Any]:
        """Return the row of the block at an offset."""
        layout = _layout(self.container, self.columns)
        lines = split(self.content.read(offset, self.row_end(self.content, offset)))
        found = next(layout.blocks(lines), None)
        return (layout.read(found[2], 1)[0] if found is not None else None) or {}


@dataclass(frozen=True, slots=True)
class BlocksChunk:
    """Blocks of a file."""

    file: int
    path: str
    region: Region
    container: str
    columns: _Kind

    def load(self) -> Located:
        """Return a row for each block."""
        layout = _layout(self.container, self.columns)
        data = self.region.read()
        lines = split(data)
        facts = FileFacts(self.path, self.container, size=len(data), lines=len(lines))
        count_lines(facts, data)
        facts.long_lines = long_lines(lines, len(data))
        records: list[dict[str, Any]] = []
        where: list[int] = []
        starts: list[int] = []
        problems: list[Problem] = []
        tagged = None if self.container in _LAYOUTS or isinstance(self.columns, _Own) else self.columns
        intended = isinstance(tagged, Columns) and tagged.intended
        facts.rows_of = tagged.description if tagged is not None else ""
        for first, offset, block in layout.blocks(lines):
            if tagged is not None and self.container != PUBTATOR:
                tokens = [b"" if each[:1] == b"#" else each for each in block] if intended else block
                count_separators(facts, tokens, first + 1, headed=tagged.headed)
            size = sum(map(len, block)) + len(block)
            if size <= _REACH:
                record, problem = layout.read(block, first + 1)
            else:
                record, problem = None, _too_long(size, first + 1, layout.what)
            if problem is not None:
                problems.append(problem if record is None else problem._replace(record=len(records)))
            if record is None:
                facts.rows_refused += 1
                continue
            if tagged is not None and (markup := parts_of_tags(record.get("tokens", ()))):
                facts.markup += len(markup)
                facts.first_markup = facts.first_markup or " ".join(markup[:2])
            records.append(record)
            where.append(first + 1)
            starts.append(self.region.start + offset)
        facts.rows_read = len(records)
        facts.problems = bounded(problems)
        return Located(records, where, facts, offsets=np.array(starts, np.int64))


def _too_long(size: int, line: int, what: str) -> Problem:
    mib = f"{size / (1 << 20):,.1f} MiB"
    message = f"{mib} without a blank line, which is no {what}: {_REACH >> 20} MiB are read at most"
    return Problem("oversized-line", message, line)


_LAYOUTS: Final = {
    DIALOGUE: _Layout(conversation, "conversation"),
    BETWEEN_TWO: _Layout(between_two, "conversation"),
    NUMBERED: _Layout(numbered_question, "question"),
    TWO_LINES: _Layout(two_lines, "question"),
    ANSWERED: _Layout(answered_question, "question"),
    TAGS_OF_WORDS: _Layout(tagged_words, "sentence with its tags"),
    TAGS_OF_CHARACTERS: _Layout(tagged_characters, "sentence with its tags"),
    RELATIONS: _Layout(relation, "sentence with a relation"),
    ASKED_PASSAGES: _Layout(asked_passage, "question about a passage"),
    CORRECTIONS: _Layout(corrected, "sentence with its corrections"),
    TWO_LANGUAGES: _Layout(in_two_languages, "sentence with its translation"),
    PLAIN: _Layout(joined_lines, "paragraph"),
    SEPARATED: _Layout(joined_lines, "text between separators", separated=True),
}
