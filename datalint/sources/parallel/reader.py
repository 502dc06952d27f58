"""Texts as JSON Lines in which line n has line n of each, so that findings have the numbers of their lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from itertools import zip_longest
from typing import Any, Final

import orjson

from datalint.privacy.display import file_name
from datalint.records.record import FileFacts, Problem
from datalint.sources.base import PARALLEL
from datalint.sources.content import Content, spooled
from datalint.sources.merge import bounded
from datalint.sources.opening import Opening
from datalint.sources.parallel.roles import TAGGED, Roles
from datalint.sources.readers.json_lines.reader import JsonLines
from datalint.sources.readers.lines import is_blank
from datalint.sources.readers.text_rows import decoded
from datalint.support.classes import mutable
from datalint.support.enumerations import enumerated

#: What sides are called by their keys, and otherwise by their order.
_WHAT: Final = {each: each for each in ("tokens", "tags", "premise", "hypothesis", "label", "intent")}
_DEFAULTS: Final = ("prompt", "response", "label")
#: Bytes of lines that are written at once.
_BLOCK: Final = 1 << 20
#: A first line that names a column, such as ``source_sentence``. A line of one word may be a text, as in a dictionary.
_HEADER: Final = re.compile(
    rb"\s*(?:(?:source|target|src|tgt|trg)_(?:sentence|text|lang)s?|(?:sentence|text)_(?:source|target|src|tgt|trg))\s*"
)


@mutable
class ParallelLines(JsonLines):
    """A row for each line of a text and of those with its other sides.

    ``rows_of`` says what a row is. ``originals`` are the other files, ``read_nearby`` their paths, and ``looked_for``
    says of every place where a side was looked for whether something is there.
    ``names`` are how the other files are called from the folder of the first, and ``roles`` what the sides are.
    """

    rows_of: str = ""
    originals: tuple[Content, ...] = ()
    read_nearby: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    roles: Roles = Roles(())
    looked_for: Mapping[str, bool] = field(default_factory=dict)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of both sides; none for other texts."""
        return self.roles.languages

    def facts(self) -> FileFacts:
        """Return size and hash of the first file, the problems of both, and what a row is."""
        facts = JsonLines.facts(self)
        facts.rows_of = self.rows_of
        return facts


def read_lines(sides: Sequence[Opening], names: Sequence[str], roles: Roles) -> ParallelLines:
    """Return the rows of texts; ``names`` are how those after the first are called from the folder of that."""
    lines = _Lines(sides, names, roles)
    content = spooled(lines.blocks())
    first, *others = sides
    of_others = (_of_other(each, name) for side, name in zip(others, names, strict=True) for each in side.problems)
    problems = tuple(bounded([*first.problems, *of_others, *lines.problems]))
    made = ParallelLines(first.path, content, first.original, 0, PARALLEL, problems, first.chunk_bytes, lines.refused)
    made.originals = tuple(side.original for side in others)
    what, *whats = (_WHAT.get(key, "") or default for key, default in zip(roles.keys, _DEFAULTS, strict=False))
    said = enumerated(
        [f"the same line of {file_name(name)}, the {each}" for name, each in zip(names, whats, strict=True)]
    )
    made.rows_of = f"a line, the {what}, with {said}"
    made.names, made.roles = tuple(names), roles
    if roles.languages:
        made.rows_of += " (name both files in the other order to swap them)"
    if lines.headed:
        made.rows_of += "; line 1 has the names of columns and is left out"
    return made


class _Lines:
    """The rows of texts as JSON, with a blank line where all are blank or one cannot be decoded."""

    def __init__(self, sides: Sequence[Opening], names: Sequence[str], roles: Roles) -> None:
        self.problems: list[Problem] = []
        self.refused = 0
        self.headed = False
        self._sides = sides
        self._roles = roles
        self._names = ("", *names)

    def blocks(self) -> Iterator[bytes]:
        """Yield the lines, many at a time."""
        lines: list[bytes] = []
        size = 0
        sides = (side.content.lines_from(side.start) for side in self._sides)
        for number, pair in enumerate(zip_longest(*sides, fillvalue=b""), 1):
            if number == 1:
                self.headed = all(map(_HEADER.fullmatch, pair))
            left_out = all(map(is_blank, pair)) or (number == 1 and self.headed)
            row = None if left_out else self._row(pair, number)
            lines.append(b"" if row is None else orjson.dumps(row))
            size += len(lines[-1]) + 1
            if size >= _BLOCK:
                yield b"\n".join(lines) + b"\n"
                lines, size = [], 0
        if lines:
            yield b"\n".join(lines) + b"\n"

    def _row(self, pair: Sequence[bytes], number: int) -> dict[str, Any] | None:
        texts: list[str] = []
        for line, name in zip(pair, self._names, strict=True):
            text, problem = decoded(line, number)
            if problem is not None:
                self.problems.append(_of_other(problem, name) if name else problem)
            if text is not None:
                texts.append(text)
        if len(texts) < len(pair):
            self.refused += 1
            return None
        keys = self._roles.keys
        row: dict[str, Any] = {
            key: text.split() if key in TAGGED else text for key, text in zip(keys, texts, strict=True)
        }
        return {"translation": row} if self._roles.nested else row


def _of_other(problem: Problem, name: str) -> Problem:
    """Return a problem of the other file, which its message names."""
    return problem._replace(message=f"{file_name(name)}: {problem.message}")
