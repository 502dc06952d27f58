"""Markers of conversations that are one text, for rules."""

from __future__ import annotations

import re
from typing import Final

from datalint.api import NamedTuple
from datalint.rules.common.lazy_pattern import lazy_pattern
from datalint.support.chat_texts.markers import (
    ANSWER_TOKENS,
    ANSWERING,
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
    "OPENINGS",
    "USER_LINE",
    "WrittenAnswer",
    "last_answer",
    "opens_with_user",
]

#: A line that a user says, as transcripts have it.
USER_LINE: Final = r"(?m)^\s*(?:Human|User|<user>|<human>|\[User\]|\[Human\]) ?:"

#: What texts begin with that are a question with its answer, or a conversation.
OPENINGS: Final = (
    *("Q:", "Q.", "Question", "**Q", "**Question", "### ", "Human:", "User:", "USER:", "Instruction:", "Below is an"),
    *("<s>", "<|", "<bos>", "<start_of_turn>", "[INST]", "Frage:", "Pregunta:", "Pergunta:", "问", "质", "質"),
)
#: The marker of an answer; that of one letter follows a question with one.
_ANSWER: Final = lazy_pattern(
    rf"(?im)^[ \t]{{0,8}}(?:\*\*)?(?:A|{ANSWERING})(?:\*\*)?[ \t]?[:：](?:\*\*)?"
    rf"|^[ \t]{{0,8}}#{{2,4}} ?(?:{ANSWERING_HEADINGS})[ \t]?[:：]?|{ANSWER_TOKENS}"
)
_ENDING: Final = lazy_pattern(rf"(?:\s|{END_TOKENS}){{1,99}}\Z")
#: Characters of a text that are searched, its last ones, and those in which a token ends it.
_SEARCHED: Final = 20_000
_TAIL: Final = 200


class WrittenAnswer(NamedTuple):
    """The last answer of a text, and what is above its marker."""

    prompt: str
    answer: str


def last_answer(text: str) -> WrittenAnswer | None:
    """Return the last answer of a text that is a question with its answer or a conversation; None for other texts."""
    text = text.strip()
    if not text.startswith(OPENINGS):
        return None
    start = max(len(text) - _SEARCHED, 0)
    ending = _ENDING.search(text, max(len(text) - _TAIL, 0))
    end = len(text) if ending is None else ending.start()
    marker = max(_ANSWER.finditer(text, start, end), key=lambda found: found.start(), default=None)
    if marker is None or not marker.start():
        return None
    return WrittenAnswer(text[: marker.start()].strip(), text[marker.end() : end].strip())


def opens_with_user(text: str) -> bool:
    """Return whether a response opens with the words of a user: then it is a whole transcript."""
    return re.match(USER_LINE, text.lstrip()) is not None
