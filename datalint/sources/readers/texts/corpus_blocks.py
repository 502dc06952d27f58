"""Blocks of lines as well-known corpora have them: LogiQA's questions, and SemEval's sentences with a relation.

LogiQA has the letter of the answer, a passage, a question and its options in lines; the row is ``{"context": …,
"question": …, "options": […], "answer": "B"}``. SemEval 2010 has a number, a tab, a sentence in quotes with two marked
parts, and the relation of these in the next line; the row is ``{"text": …, "label": …}``. The ``.m2`` files of BEA
have a sentence after ``S`` and lines with its corrections after ``A``
(:mod:`datalint.sources.readers.texts.corrections`), and other texts a passage, a question and its answer after marks
(:mod:`datalint.sources.readers.texts.asked_passages`). Blocks of a sentence and its translation are
:mod:`datalint.sources.readers.texts.two_languages`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from datalint.records.record import Problem
from datalint.sources.readers.text_rows import decoded_lines
from datalint.sources.readers.texts.asked_passages import ASKED_PASSAGES, is_asked_passage
from datalint.sources.readers.texts.corrections import CORRECTIONS, is_corrected
from datalint.sources.readers.texts.two_languages import TWO_LANGUAGES, are_in_two_languages

#: The containers of such blocks.
ANSWERED: Final = "answered-questions"
RELATIONS: Final = "marked-relations"
#: The letter of an answer, and an option after its letter.
_LETTER: Final = re.compile(rb"[ \t]{0,9}([a-hA-H])[ \t\r]{0,9}")
_OPTION: Final = re.compile(rb"[ \t]{0,9}([A-H])[ \t]?(?:[.)]|\xef\xbc\x8e|\xe3\x80\x81)")
#: The letters of the options of a question, in their order, of which there are two at least.
_LETTERS: Final = [b"A", b"B", b"C", b"D", b"E", b"F", b"G", b"H"]
_FEWEST_OPTIONS: Final = 2
#: The line of a sentence, and what it begins with. The line below has a relation, such as ``Cause-Effect(e1,e2)``.
_SENTENCE: Final = re.compile(r'\d{1,6}\t"(.*)"\s{0,9}', re.DOTALL)
_NUMBER: Final = re.compile(rb'\d{1,6}\t"')
_MARKS: Final = (b"<e1>", b"</e1>", b"<e2>", b"</e2>")
_RELATION: Final = re.compile(rb"[A-Za-z][\w-]{0,60}(?:\(e[12],e[12]\))?\s{0,9}")
#: Blocks from which on a text has such ones, and the share of them.
_LEAST: Final = 5
_NEARLY_ALL: Final = 0.95


def known_layout(blocks: Sequence[Sequence[bytes]]) -> str | None:
    """Return the container of a text whose first blocks of lines are these; None for other texts."""
    tests = (
        (ANSWERED, _is_answered),
        (RELATIONS, _is_relation),
        (CORRECTIONS, is_corrected),
        (ASKED_PASSAGES, is_asked_passage),
    )
    if len(blocks) < _LEAST:
        return None
    found = next((name for name, test in tests if sum(map(test, blocks)) >= _NEARLY_ALL * len(blocks)), None)
    return found or (TWO_LANGUAGES if are_in_two_languages(blocks) else None)


def _is_answered(block: Sequence[bytes]) -> bool:
    """Whether a block is the letter of an option, a passage, a question and its options, marked from A on."""
    first = _first_option(block)
    return first is not None and (_LETTER.fullmatch(block[0]) or [b"", b""])[1].upper() in _letters(block[first:])


def _first_option(block: Sequence[bytes]) -> int | None:
    """Return the place of the first option of a question, which is below three lines; None if it has none."""
    first = next((place for place, line in enumerate(block) if place and _OPTION.match(line)), len(block))
    letters = _letters(block[first:])
    ordered = letters == _LETTERS[: len(letters)]
    return first if first > 2 and ordered and len(letters) >= _FEWEST_OPTIONS else None


def _letters(lines: Sequence[bytes]) -> list[bytes]:
    return [match[1] if (match := _OPTION.match(line)) else b"" for line in lines]


def answered_question(block: Sequence[bytes], first: int) -> tuple[dict[str, Any] | None, Problem | None]:
    """Return the row of a question whose first line has the number ``first``, and the problem with its text.

    A block of another form is a text.
    """
    texts, problem = decoded_lines(block, first)
    options = _first_option(block)
    if texts is None or options is None:
        return None if texts is None else {"text": "\n".join(texts)}, problem
    return {
        "context": "\n".join(texts[1 : options - 1]),
        "question": texts[options - 1].strip(),
        "options": [re.sub(r"^\s*\w\s?\W\s*", "", text).strip() for text in texts[options:]],
        "answer": texts[0].strip().upper(),
    }, problem


def _is_relation(block: Sequence[bytes]) -> bool:
    """Whether a block is a sentence with two marked parts above their relation."""
    if len(block) < 2 or _NUMBER.match(block[0]) is None or _RELATION.fullmatch(block[1]) is None:
        return False
    places = [block[0].find(mark) for mark in _MARKS]
    return places[0] > 0 and places == sorted(places)


def relation(block: Sequence[bytes], first: int) -> tuple[dict[str, Any] | None, Problem | None]:
    """Return the row of a sentence whose first line has the number ``first``, and the problem with its text."""
    texts, problem = decoded_lines(block[:2], first)
    if texts is None:
        return None, problem
    match = _SENTENCE.fullmatch(texts[0])
    said = texts[0] if match is None else match[1]
    return {"text": said, "label": texts[1].strip() if len(texts) > 1 else ""}, problem
