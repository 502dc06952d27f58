"""Markers of conversations that are one text, for rules."""

from __future__ import annotations

import re
from typing import Final

from datalint.support.chat_texts.markers import (
    ANSWER_TOKENS,
    ANSWERING_HEADINGS,
    BEGINS,
    END_TOKENS,
    ENDS,
    FIRST_TOKENS,
)

__all__ = [
    "ANSWERING_HEADINGS",
    "ANSWER_TOKENS",
    "BEGINS",
    "ENDS",
    "END_TOKENS",
    "FIRST_TOKENS",
    "USER_LINE",
    "opens_with_user",
]

#: A line that a user says, as transcripts have it.
USER_LINE: Final = r"(?m)^\s*(?:Human|User|<user>|<human>|\[User\]|\[Human\]) ?:"


def opens_with_user(text: str) -> bool:
    """Return whether a response opens with the words of a user: then it is a whole transcript."""
    return re.match(USER_LINE, text.lstrip()) is not None
