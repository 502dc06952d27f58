"""Two texts as JSON Lines in which line n has line n of both, so that findings have the numbers of their lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from itertools import zip_longest
from typing import Any, Final

import orjson

from datalint.privacy.display import file_name
from datalint.records.record import FileFacts, Problem
from datalint.sources.content import Content, spooled
from datalint.sources.merge import bounded
from datalint.sources.opening import Opening
from datalint.sources.parallel.roles import TAGGED, Roles
from datalint.sources.readers.json_lines.reader import JsonLines
from datalint.sources.readers.lines import is_blank
from datalint.sources.readers.text_rows import decoded
from datalint.support.classes import mutable

#: The container of such pairs.
PARALLEL: Final = "parallel-text"
#: Bytes of lines that are written at once.
_BLOCK: Final = 1 << 20


@mutable
class ParallelLines(JsonLines):
    """A row for each line of a text and of the one with its other side.

    ``rows_of`` says what a row is. ``originals`` is the other file, ``read_nearby`` its path, and ``looked_for`` says
    of every place where a side was looked for whether something is there.
    """

    rows_of: str = ""
    originals: tuple[Content, ...] = ()
    read_nearby: str = ""
    looked_for: Mapping[str, bool] = field(default_factory=dict)

    def facts(self) -> FileFacts:
        """Return size and hash of the first file, the problems of both, and what a row is."""
        facts = JsonLines.facts(self)
        facts.rows_of = self.rows_of
        return facts


def read_pairs(prompts: Opening, responses: Opening, roles: Roles, name: str) -> ParallelLines:
    """Return the rows of two texts; ``name`` is how the second one is called from the folder of the first."""
    lines = _Lines(prompts, responses, roles, name)
    content = spooled(lines.blocks())
    others = (_of_other(each, name) for each in responses.problems)
    problems = tuple(bounded([*prompts.problems, *others, *lines.problems]))
    made = ParallelLines(
        prompts.path, content, prompts.original, 0, PARALLEL, problems, prompts.chunk_bytes, lines.refused
    )
    made.originals = (responses.original,)
    one, other = ("tokens", "tags") if roles.keys == TAGGED else ("prompt", "response")
    made.rows_of = f"a line, the {one}, with the same line of {file_name(name)}, the {other}"
    if roles.either:
        made.rows_of += " (name both files in the other order to swap them)"
    return made


class _Lines:
    """The rows of two texts as JSON, with a blank line where both are blank or one cannot be decoded."""

    def __init__(self, prompts: Opening, responses: Opening, roles: Roles, name: str) -> None:
        self.problems: list[Problem] = []
        self.refused = 0
        self._sides = (prompts, responses)
        self._roles = roles
        self._name = name

    def blocks(self) -> Iterator[bytes]:
        """Yield the lines, many at a time."""
        lines: list[bytes] = []
        size = 0
        sides = (side.content.lines_from(side.start) for side in self._sides)
        for number, pair in enumerate(zip_longest(*sides, fillvalue=b""), 1):
            row = None if all(map(is_blank, pair)) else self._row(pair, number)
            lines.append(b"" if row is None else orjson.dumps(row))
            size += len(lines[-1]) + 1
            if size >= _BLOCK:
                yield b"\n".join(lines) + b"\n"
                lines, size = [], 0
        if lines:
            yield b"\n".join(lines) + b"\n"

    def _row(self, pair: Sequence[bytes], number: int) -> dict[str, Any] | None:
        found = [decoded(line, number) for line in pair]
        if (problem := found[0][1]) is not None:
            self.problems.append(problem)
        if (problem := found[1][1]) is not None:
            self.problems.append(_of_other(problem, self._name))
        texts = [text for text, _ in found if text is not None]
        if len(texts) < len(pair):
            self.refused += 1
            return None
        values: list[Any] = [text.split() for text in texts] if self._roles.keys == TAGGED else [*texts]
        row = dict(zip(self._roles.keys, values, strict=True))
        return {"translation": row} if self._roles.nested else row


def _of_other(problem: Problem, name: str) -> Problem:
    """Return a problem of the other file, which its message names."""
    return problem._replace(message=f"{file_name(name)}: {problem.message}")
