"""Lines of a prompt and its response with a separator between them, such as ``question=answer`` or ``en ||| de``.

A line without the separator is a prompt alone, and one with several is divided at the first; both are problems of the
file.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from datalint.records.record import Problem
from datalint.sources.base import Located, SourceChunk
from datalint.sources.content import Content, Region
from datalint.sources.merge import bounded
from datalint.sources.readers.json_lines.ends import line_end
from datalint.sources.readers.lines import SPACE, split
from datalint.sources.readers.text_rows import TextRows, decoded
from datalint.sources.readers.texts.reader import TextChunk
from datalint.support.names.column_names import is_name
from datalint.support.word_scripts import has_words

#: The container of such lines.
PAIRS: Final = "text-pairs"
#: Separators of the sides of a pair.
_SEPARATORS: Final = ("|||", "||", "####", "###", "\t", " ,,, ", " --> ", " => ", " -> ", "##", " :: ", "::", "|", "=")
#: Separators that programs, settings and mathematics have too: pairs have words, or no ASCII, before one of these.
_SIGNS: Final = ("=", " -> ", " => ", " --> ", "||", "::")
#: Signs in types of functions, which follow two colons in programs.
_OF_TYPES: Final = ("->", "=>")
#: Lines that are needed, and shares of lines with one separator, with letters on both sides, and with words on one.
_LEAST: Final = 20
_SHARE: Final = 0.95
_WRITTEN: Final = 0.9
_WORDY: Final = 0.5
_MANY: Final = 2
#: The separator that tables have too, with names of columns in the first line; two of them surround an empty field.
_OF_TABLES: Final = "|"
_EMPTY_FIELD: Final = "||"
#: Lines of programs and settings, and the share of them from which on lines are no pairs.
_CODE: Final = re.compile(
    r"[;{}\\]\s*$|^\s*[\[@%$<]|[=!<>+*/-]=|^[A-Za-z0-9_.$\[\]'\"-]+\s*=|\\[a-z]+[{ ]|^[ \t]{2}|://[^\s=]*=|^\S+ :: \S"
    r"|^[\w.:]{1,60}\([^()=]{0,200}\b\w{1,40}=\S"
)
_SOME: Final = 0.1
#: Lists and objects without items, as where nothing is found in a text.
_NOTHING: Final = ("[]", "{}")
#: Characters of a line that are looked at.
_LOOKED_AT: Final = 400


def separator_of(head: bytes, *, cut: bool) -> str | None:
    """Return the separator of the sides of each line in a text that begins with ``head``; None for other texts."""
    lines = split(head)[: -1 if cut else None]
    texts = [line.decode("utf-8", "replace").strip("\r") for line in lines if line.strip(SPACE)]
    if len(texts) < _LEAST:
        return None
    return next((each for each in _SEPARATORS if _divides(each, texts)), None)


#: The beginning of a comment.
_COMMENT: Final = "#"


def _divides(separator: str, texts: Sequence[str]) -> bool:
    divided = [text.partition(separator) for text in texts if text.count(separator) == 1]
    if len(divided) < _SHARE * len(texts):
        return False
    sides = [(first.strip()[:_LOOKED_AT], second.strip()[:_LOOKED_AT]) for first, _, second in divided]
    if separator == _OF_TABLES and any(map(is_name, map(str.strip, texts[0].split(separator)))):
        return False
    if separator == _EMPTY_FIELD and len(counts := {text.count(_OF_TABLES) for text in texts}) == 1 and max(counts) > 2:
        return False
    written = sum(_has_letter(first) and (_has_letter(second) or second in _NOTHING) for first, second in sides)
    signs = separator in _SIGNS
    words = sum(
        has_words(first, _MANY) or (has_words(second, _MANY) and not (signs and first.isascii()))
        for first, second in sides
    )
    code = sum(_CODE.search(text[:_LOOKED_AT]) is not None for text in texts) if signs else 0
    code += sum("=>" in text for text in texts) if separator == "=" else 0
    if separator == " :: ":
        code = sum(any(sign in text for sign in _OF_TYPES) for text in texts)
    return written >= _WRITTEN * len(texts) and words >= _WORDY * len(texts) and code <= _SOME * len(texts)


def _has_letter(text: str) -> bool:
    return any(map(str.isalpha, text))


@dataclass(slots=True)
class LinePairs(TextRows):
    """A row for each line: the text before the separator and the text after it."""

    separator: str = "="

    def part(self, file: int, region: Region) -> SourceChunk:
        """Return the chunk of some lines."""
        return PairsChunk(file, self.path, region, self.separator)

    def row_end(self, content: Content, position: int) -> int:
        """Return the end of the line at a position."""
        return line_end(content, position)

    def at(self, offset: int) -> dict[str, Any]:
        """Return the row of the line at an offset."""
        text, _ = decoded(self.content.read(offset, line_end(self.content, offset + 1)).rstrip(b"\n"), 1)
        return _row(text or "", self.separator)


@dataclass(frozen=True, slots=True)
class PairsChunk:
    """Lines of a file of pairs."""

    file: int
    path: str
    region: Region
    separator: str

    def load(self) -> Located:
        """Return a row for each line that is not blank."""
        found = TextChunk(self.file, self.path, self.region).load()
        found = _without_comments(found, self.separator)
        texts = [record["text"] for record in found.records]
        found.records = [_row(text, self.separator) for text in texts]
        found.facts.container = PAIRS
        odd = [(place, text.count(self.separator)) for place, text in enumerate(texts)]
        found.facts.problems = bounded(
            [
                *found.facts.problems,
                *(_odd(self.separator, count, found.lines[place]) for place, count in odd if count != 1),
            ]
        )
        return found


def _without_comments(found: Located, separator: str) -> Located:
    """Return lines without comments, which begin with ``#`` and have no separator; these count as blank lines."""
    texts = [record["text"] for record in found.records]
    kept = [place for place, text in enumerate(texts) if separator in text or not text.startswith(_COMMENT)]
    if len(kept) == len(texts) or any(problem.record is not None for problem in found.facts.problems):
        return found
    said = f'lines that begin with "{_COMMENT}" and have no "{separator.strip()}" are left out as comments'
    found.facts.problems = [*found.facts.problems, Problem("invalid-row", said, severity="info", is_note=True)]
    found.facts.blank_lines += len(texts) - len(kept)
    found.facts.rows_read = len(kept)
    found.records = [found.records[place] for place in kept]
    found.lines = [found.lines[place] for place in kept]
    found.offsets = found.offsets[kept]
    return found


def _row(text: str, separator: str) -> dict[str, Any]:
    first, _, second = text.partition(separator)
    return {"prompt": first.strip(), "response": second.strip()}


def _odd(separator: str, count: int, line: int) -> Problem:
    shown = f'"{separator.strip(" ") or separator}"' if separator != "\t" else "tab"
    message = (
        f"no {shown} in the line: read as a prompt alone"
        if not count
        else f"{shown} several times in the line: divided at the first"
    )
    return Problem("invalid-row", message, line, severity="warning")
