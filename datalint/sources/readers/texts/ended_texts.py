"""Texts of several lines between special tokens of a model, ``<|startoftext|>`` before and ``<|endoftext|>`` after.

Files for the first language models that people fine-tuned hold poems, jokes or recipes in this way.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from datalint.records.record import Problem
from datalint.sources.readers.lines import SPACE, split
from datalint.sources.readers.texts.completed_blocks import CompletedBlocks
from datalint.support.classes import frozen

#: The container of such texts.
ENDED_TEXTS: Final = "ended-texts"
#: Tokens that begin and end texts.
_STARTS: Final = (b"<|startoftext|>", b"<|begin_of_text|>", b"<|bos|>", b"<bos>", b"<BOS>", b"[BOS]", b"<s>")
_ENDS: Final = (b"<|endoftext|>", b"<|end_of_text|>", b"<|eos|>", b"<eos>", b"<EOS>", b"[EOS]", b"</s>")
#: Texts that are needed, and the share of them with several lines.
_LEAST: Final = 5
_MOSTLY: Final = 0.5


@frozen
class EndedTexts(CompletedBlocks):
    """The token at the end of the last line of each text, or else at the start of its first line."""

    what = "text between special tokens"
    start: bytes = b""
    end: bytes = b""

    def look(self, line: bytes, blank: bool) -> tuple[bool, bool]:
        """Return whether a line begins a text, and whether it is the last one of a text."""
        if self.end:
            return True, line.rstrip(SPACE).endswith(self.end)
        return line.lstrip(SPACE).startswith(self.start), True


def ended_texts_of(lines: Sequence[bytes]) -> EndedTexts | None:
    """Return the layout of a text that begins with these lines; None if no special token is around texts of lines."""
    ends = [
        EndedTexts(end=token)
        for token in _ENDS
        if _counts([line.rstrip(SPACE)[-len(token) :] for line in lines], token)
    ]
    starts = [
        EndedTexts(start=token)
        for token in _STARTS
        if _counts([line.lstrip(SPACE)[: len(token)] for line in lines], token)
    ]
    return next((each for each in (*ends, *starts) if _are_texts(list(each.blocks(lines)))), None)


def note_on_joined(head: bytes, *, cut: bool) -> Problem | None:
    """Return the note on lines of which several texts with a special token between them are one; None for others."""
    lines = split(head)
    lines = [line.strip(SPACE) for line in (lines[:-1] if cut and len(lines) > 1 else lines)]
    for token in _ENDS:
        within = sum(token in line.removesuffix(token) for line in lines)
        if head.count(token) < _LEAST or within < _MOSTLY * len(lines):
            continue
        message = (
            f"{token.decode()} is within lines, each of which is read as one text: if it ends a text, write each text "
            "to JSON Lines, without it"
        )
        return Problem("invalid-row", message, severity="info", is_note=True)
    return None


def _counts(parts: Sequence[bytes], token: bytes) -> bool:
    return parts.count(token) >= _LEAST


def _are_texts(blocks: Sequence[tuple[int, int, list[bytes]]]) -> bool:
    """Whether enough texts have several lines; the last one may be cut."""
    sizes = [len(block) for _, _, block in blocks]
    return len(sizes) >= _LEAST and sum(size > 1 for size in sizes) >= _MOSTLY * len(sizes)
