"""Questions with their answers in one line each: ``1. Q: Is it full? A: No.``, ``Question: … Answer: …``.

The row is ``{"messages": […]}``, as that of a question whose answer is in the next line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from datalint.support.named_tuple import NamedTuple

#: The container of such lines.
ASKED_LINES: Final = "asked-lines"
_ASKED: Final = re.compile(
    r"[ \t]{0,9}(?:\(?[0-9]{1,4}[.)][ \t]{1,9})?(?:Q|Question|QUESTION)[ \t]?[0-9]{0,4}[ \t]?:\s"
)
_ANSWERED: Final = re.compile(r"(?<=\s)(?:A|Ans|Answer|ANSWER)[ \t]?[0-9]{0,4}[ \t]?:\s")
#: Lines that are needed, and the share of them that are written so.
_LEAST: Final = 10
_NEARLY_ALL: Final = 0.95


class AskedLines(NamedTuple):
    """Lines of a question and its answer."""

    container: str = ASKED_LINES

    @property
    def description(self) -> str:
        """A description of a row."""
        return "a question with its answer in a line"

    def row(self, text: str) -> dict[str, Any]:
        """Return the row of a line."""
        found = _parts(text)
        if found is None:
            return {"text": text}
        roles = zip(("user", "assistant"), found, strict=True)
        return {"messages": [{"role": role, "content": said} for role, said in roles]}

    def oddity(self, text: str) -> str:
        """Return that a line has no question with an answer; empty for any other."""
        return "no question with its answer in the line: read as a text" if _parts(text) is None else ""


def _parts(text: str) -> tuple[str, str] | None:
    """Return the question and the answer of a line; None for any other line."""
    asked = _ASKED.match(text)
    if asked is None:
        return None
    answered = _ANSWERED.search(text, asked.end())
    if answered is None:
        return None
    question, answer = text[asked.end() : answered.start()].strip(), text[answered.end() :].strip()
    return (question, answer) if question and answer else None


def notation_of(lines: Sequence[bytes]) -> AskedLines | None:
    """Return how lines are read that are questions with their answers; None for other texts."""
    if len(lines) < _LEAST or _parts(lines[0].decode("utf-8", "replace")) is None:
        return None
    found = sum(_parts(line.decode("utf-8", "replace")) is not None for line in lines)
    return AskedLines() if found >= _NEARLY_ALL * len(lines) else None
