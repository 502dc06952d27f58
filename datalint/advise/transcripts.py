"""Texts that are transcripts: lines that begin with who speaks, such as ``user:`` and ``assistant:``, or ``Q:``."""

from __future__ import annotations

import re
from typing import Final

from datalint.support.speakers import speaker_role

#: What a line begins with, as a heading too.
_SPEAKER: Final = re.compile(r"^(?:#+[ \t]*)?([^\W\d_]\w{0,15})[ \t]*[:：]", re.MULTILINE)
_ASKS: Final = frozenset(("q", "question"))
_REPLIES: Final = frozenset(("a", "answer"))
#: Characters of a text that are looked at.
_MOST: Final = 20_000


def answers_in(text: str) -> int:
    """Return how many answers a transcript has; 0 for a text that is none."""
    asked, answers = False, 0
    for match in _SPEAKER.finditer(text, 0, _MOST):
        name = match[1].lower()
        if name in _ASKS or speaker_role(name) == "user":
            asked = True
        elif asked and (name in _REPLIES or speaker_role(name) == "assistant"):
            asked, answers = False, answers + 1
    return answers
