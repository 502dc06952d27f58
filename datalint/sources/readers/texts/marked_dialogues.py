"""Conversations as text without blank lines: a heading or a line of signs before each, and a speaker on each line.

A heading has a number, such as ``Dialogue 12``, ``participant: 3 dialog: 0`` or ``12``; signs are ``---`` or ``===``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from datalint.records.record import Problem
from datalint.sources.readers.lines import SPACE
from datalint.sources.readers.texts.completed_blocks import CompletedBlocks
from datalint.sources.readers.texts.dialogue_lines import ANSWERING, ASKING, conversation, said_by
from datalint.support.classes import frozen

#: The container of such texts.
MARKED_DIALOGUES: Final = "marked-dialogues"
#: A line of signs, those at the end of a text, and a heading with a number.
_SIGNS: Final = re.compile(rb"[ \t]{0,9}[-=*_#~]{3,199}[ \t\r]{0,9}")
_ENDING: Final = re.compile(rb"(?<=[^-=*_#~\s])(?:-{3,99}|={3,99}|\*{3,99}|_{3,99}|~{3,99})[ \t\r]{0,9}")
_HEADING: Final = re.compile(
    r"(?:[^\n]{0,60}?(?<![^\W\d_])(?:dialog|dialogue|conversation|session|chat|call|interview|transcript|episode)"
    r"(?:[ _-]?(?:id|no|nr|number))?[ .:#=_-]{0,4}[0-9]{1,9}(?!\w).{0,60}|[#(\[]?[0-9]{1,9}[.)\]:]?)",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile("[0-9]")
#: Conversations that are needed, the share of them with a question and an answer, and that of lines with a speaker.
_LEAST: Final = 5
_NEARLY_ALL: Final = 0.9
_SPOKEN: Final = 0.5
#: Lines with the first heading, and bytes of a line and lines of a text that are looked at.
_BEFORE: Final = 3
_LOOKED_AT: Final = 200


@frozen
class MarkedDialogues(CompletedBlocks):
    """How such texts are divided: by headings that have this text before their number, or None for lines of signs.

    ``ended`` says that signs are at the end of each last text, and are no line of their own.
    """

    what = "conversation"
    heading: str | None = None
    ended: bool = False

    def read(self, block: Sequence[bytes], first: int) -> tuple[dict[str, Any] | None, Problem | None]:
        """Return the row of a conversation whose first line has the number ``first``, and the problem with its text."""
        skipped = next((place for place, line in enumerate(block) if _speaker(line)), 0)
        said = list(block[skipped:])
        while len(said) > 1 and (_SIGNS.fullmatch(said[-1]) is not None or not said[-1].strip(SPACE)):
            said.pop()
        if self.ended and (signs := _ending(said[-1])) is not None:
            said[-1] = said[-1][: signs.start()]
        return conversation(said, first + skipped)

    def blocks(self, lines: Sequence[bytes]) -> Iterator[tuple[int, int, list[bytes]]]:
        """Yield the index of the first line of each conversation, its offset in bytes, and its lines."""
        for first, offset, block in super().blocks(lines):
            # Signs after the last conversation are none.
            if self.heading is not None or any(map(_is_text, block)):
                yield first, offset, block

    def look(self, line: bytes, blank: bool) -> tuple[bool, bool]:
        """Return whether a line is before a conversation, and whether somebody speaks in it."""
        if _speaker(line):
            return False, True
        return _SIGNS.fullmatch(line) is not None if self.heading is None else _heading(line) == self.heading, False


def marked_dialogues_of(lines: Sequence[bytes]) -> MarkedDialogues | None:
    """Return the layout of a text that begins with these lines; None if they are no such conversations."""
    first = [line for line in lines[:_LOOKED_AT] if line.strip(SPACE)][:_BEFORE]
    headings = [heading for line in first if not _speaker(line) and (heading := _heading(line)) is not None]
    signs = any(_SIGNS.fullmatch(line) is not None for line in lines[:_LOOKED_AT])
    found = [MarkedDialogues(headings[0])] if headings else []
    return next((fits for each in [*found, *[MarkedDialogues()][:signs]] if (fits := _fitting(each, lines))), None)


def _fitting(layout: MarkedDialogues, lines: Sequence[bytes]) -> MarkedDialogues | None:
    """Return a layout if lines are conversations in it, and None if they are not."""
    # The last conversation may be cut.
    blocks = [block for _, _, block in layout.blocks(lines)][:-1]
    if len(blocks) < _LEAST:
        return None
    names = [[name for line in block if (name := _speaker(line))] for block in blocks]
    answered = sum(not ASKING.isdisjoint(each) and not ANSWERING.isdisjoint(each) for each in names)
    written = sum(bool(line.strip(SPACE)) for block in blocks for line in block)
    if answered < _NEARLY_ALL * len(blocks) or sum(map(len, names)) < _SPOKEN * written:
        return None
    ended = sum(_ending(block[-1]) is not None for block in blocks)
    return replace(layout, ended=ended >= _NEARLY_ALL * len(blocks))


def _is_text(line: bytes) -> bool:
    return bool(line.strip(SPACE)) and _SIGNS.fullmatch(line) is None


def _heading(line: bytes) -> str | None:
    """Return what a heading has before its first number; None for other lines."""
    text = line.decode("utf-8", "replace").strip() if len(line) <= _LOOKED_AT else ""
    return _NUMBER.split(text, 1)[0].casefold() if text and _HEADING.fullmatch(text) is not None else None


def _ending(line: bytes) -> re.Match[bytes] | None:
    """Return the signs at the end of a text."""
    return _ENDING.fullmatch(line, len(line.rstrip(b" \t\r").rstrip(b"-=*_~")))


def _speaker(line: bytes) -> str:
    return said_by(line[:_LOOKED_AT].decode("utf-8", "replace"))[0]
