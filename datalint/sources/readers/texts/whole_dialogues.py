"""A text file that is one conversation, such as the transcript of a call: who speaks is named before each turn.

One name is of who asks and one of who answers (``User: …``, ``Agent: …``, ``=== USER ===``), in any order. Lines
without a name go on with what the one before said, and so does another turn of the same speaker.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final

from datalint.records.record import Problem
from datalint.sources.readers.lines import SPACE
from datalint.sources.readers.texts.completed_blocks import CompletedBlocks
from datalint.sources.readers.texts.dialogue_lines import ANSWERING, ASKING, conversation, is_heading, said_by
from datalint.support.classes import frozen

#: The container of such texts.
WHOLE_DIALOGUE: Final = "whole-dialogue"
#: Names before questions and answers, which may be a list of them, and before the parts of a task.
_WRITTEN: Final = frozenset(
    """question q answer ans a prompt instruction input response output completion system
    问 答 вопрос ответ frage antwort pregunta respuesta""".split()
)
#: Lines at most, the share of them that must have a name, and that of the turns after which somebody else speaks.
_MOST: Final = 500
_SPOKEN: Final = 0.6
_IN_TURN: Final = 0.5
#: Bytes of a line that are looked at.
_LOOKED_AT: Final = 200


@frozen
class WholeDialogue(CompletedBlocks):
    """The layout of a file that is one row."""

    what = "conversation"

    def look(self, line: bytes, blank: bool) -> tuple[bool, bool]:
        """Return that no line begins another row."""
        return False, False

    def read(self, block: Sequence[bytes], first: int) -> tuple[dict[str, Any] | None, Problem | None]:
        """Return the row of the lines, of which the first one has a number, and the problem with its text."""
        row, problem = conversation(block, first)
        turns: list[dict[str, str]] = []
        for turn in (row or {}).get("messages", ()):
            if turns and turns[-1]["role"] == turn["role"]:
                turns[-1] = turn | {"content": f"{turns[-1]['content']}\n{turn['content']}"}
            else:
                turns.append(turn)
        return ({"messages": turns} if turns else row), problem


def whole_dialogue_of(lines: Sequence[bytes]) -> WholeDialogue | None:
    """Return the layout of a text of these lines; None if they are no conversation of two."""
    written = [line for line in lines if line.strip(SPACE)]
    if not 2 <= len(written) <= _MOST:
        return None
    names = [_speaker(line) for line in written]
    turns = [name for name in names if name]
    speakers = {*turns}
    if not names[0] or len(speakers) != 2 or not speakers.isdisjoint(_WRITTEN):
        return None
    # Below a heading are as many lines as there are.
    spoken = [line for line, name in zip(written, names, strict=True) if name]
    if len(turns) < _SPOKEN * len(names) and not all(map(_is_heading, spoken)):
        return None
    if speakers.isdisjoint(ASKING) or speakers.isdisjoint(ANSWERING):
        return None
    changes = sum(one != other for one, other in pairwise(turns))
    in_turn = changes >= _IN_TURN * (len(turns) - 1)
    return WholeDialogue() if in_turn and not _are_several(lines) else None


def _are_several(lines: Sequence[bytes]) -> bool:
    """Whether blank lines separate conversations: several blocks that begin with a name have both speakers."""
    found: list[set[str]] = []
    is_after_blank = True
    for line in lines:
        if not line.strip(SPACE):
            is_after_blank = True
        elif name := _speaker(line):
            found += [set()] if is_after_blank else []
            found[-1].add(name)
            is_after_blank = False
        else:
            is_after_blank = False
    return sum(len(names) > 1 for names in found) > 1


def _is_heading(line: bytes) -> bool:
    return is_heading(line[:_LOOKED_AT].decode("utf-8", "replace"))


def _speaker(line: bytes) -> str:
    return said_by(line[:_LOOKED_AT].decode("utf-8", "replace"))[0]
