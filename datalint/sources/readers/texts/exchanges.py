"""Questions and their answers without a blank line between two of them: a row is a question with its answer.

A row begins at each line of somebody who asks, where there was an answer since the last one: ``Q: …`` and ``A: …``,
``user> …`` and ``bot> …``, ``1. …`` and ``Answer: …``, ``### Instruction:`` and ``### Response:``, ``=== USER ===`` and
``=== ASSISTANT ===``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from datalint.records.record import Problem
from datalint.sources.readers.lines import SPACE
from datalint.sources.readers.texts.completed_blocks import CompletedBlocks
from datalint.sources.readers.texts.dialogue_lines import (
    ANSWERING,
    ASKING,
    conversation,
    is_heading,
    numbered,
    numbered_question,
    said_by,
)
from datalint.support.classes import frozen

#: The container of such texts.
EXCHANGES: Final = "exchanges"
#: Questions that are needed, the share of them with an answer, and that of the lines with a speaker.
_LEAST: Final = 10
_SHARE: Final = 0.95
_SPOKEN: Final = 0.5
#: A line that only separates two questions.
_MARK: Final = re.compile(rb"[ \t]{0,9}[-=*_#~]{1,199}[ \t\r]{0,9}")
#: Bytes of a line that are looked at.
_LOOKED_AT: Final = 200


@frozen
class Exchanges(CompletedBlocks):
    """How such texts are divided; ``numbered`` says that a number begins a question."""

    what = "question with its answer"
    numbered: bool = False

    def read(self, block: Sequence[bytes], first: int) -> tuple[dict[str, Any] | None, Problem | None]:
        """Return the row of a question and its answer whose first line has the number ``first``, and the problem."""
        while len(block) > 1 and _MARK.fullmatch(block[-1]) is not None:
            block = block[:-1]
        return (numbered_question if self.numbered else conversation)(block, first)

    def name(self, line: bytes) -> str:
        """Return the speaker of a line; empty if nobody asks or answers."""
        return (numbered if self.numbered else said_by)(_start(line))[0]

    def look(self, line: bytes, blank: bool) -> tuple[bool, bool]:
        """Return whether somebody asks in a line, and whether somebody answers."""
        name = self.name(line)
        return name in ASKING, name in ANSWERING


def exchanges_of(lines: Sequence[bytes]) -> Exchanges | None:
    """Return the layout of a text that begins with these lines; None if they are no questions and answers."""
    written = [line for line in lines if line.strip(SPACE)]
    if not written:
        return None
    found = Exchanges(numbered=said_by(_start(written[0]))[0] == "")
    if found.name(written[0]) not in ASKING:
        return None
    names = [name for line in written if (name := found.name(line))]
    # An input belongs to the instruction above it.
    names = [name for place, name in enumerate(names) if name != "input" or names[place - 1] != "instruction"]
    asked = [place for place, name in enumerate(names[:-1]) if name in ASKING]
    answered = sum(names[place + 1] in ANSWERING for place in asked)
    enough = len(asked) >= _LEAST and answered >= _SHARE * len(asked)
    # Below a heading are as many lines as there are, and so are below a question that begins a paragraph.
    headed = written[0].startswith(b"#") or is_heading(_start(written[0]))
    alone = headed or len(names) >= _SPOKEN * len(written)
    return found if enough and (alone or (_take_turns(names) and _are_apart(found, lines))) else None


def _take_turns(names: Sequence[str]) -> bool:
    """Return whether one name asks and one answers, each after the other."""
    return len({*names[::2]}) == len({*names[1::2]}) == 1


def _are_apart(found: Exchanges, lines: Sequence[bytes]) -> bool:
    """Return whether questions have no number, and each one after the first has a blank line above it."""
    asked = (place for place, line in enumerate(lines) if found.name(line) in ASKING)
    return not found.numbered and all(not lines[place - 1].strip(SPACE) for place in list(asked)[1:])


def _start(line: bytes) -> str:
    return line[:_LOOKED_AT].decode("utf-8", "replace")
