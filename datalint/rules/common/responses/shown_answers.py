"""Reasoning that was written for an answer which its author was shown, and the prompt does not give."""

from __future__ import annotations

import re
from typing import Final

from datalint.rules.common.lazy_pattern import lazy_pattern

#: Literals of which each such text has one.
SIGNS: Final = tuple(
    f"{one}{other}"
    for one in ("orrect ", "rovided ", "xpected ", "eference ", "truth ", "iven ", "fficial ")
    for other in ("answer", "Answer")
)
_WORDS: Final = r"(?:provided|given|expected|reference|official|ground[- ]truth)"
#: Not "the given answer choices", and not "the correct answer is given by the formula".
_SHOWN: Final = lazy_pattern(
    rf"(?i)\b(?:match(?:es|ed|ing)?|align(?:s|ed)? with|(?:in )?agree(?:s|ment)? with|(?:in)?consistent with|per|contradicts?"
    rf"|to (?:reach|get|obtain|justify|match)|arriv(?:e|es|ing) at|leads? to) the {_WORDS} (?:correct |final |right )?answer\b"
    r"(?! (?:choice|option|format|sheet|set|key|type|space|template))"
    r"|\bthe (?:provided|given|reference|official|ground[- ]truth) correct answer\b"
    r"|\b(?:given|considering|since|because|but|as) the correct answer (?:is )?(?:provided|given)\b(?! (?:by|in|as|if|when)\b)"
    r"|\bgiven the correct answer is \**\d"
    r"|\b(?:problem|question|prompt) (?:explicitly )?(?:provides|gives|states) the correct answer\b"
)
#: Prompts that give an answer, or ask about one.
_HAS_ANSWER: Final = (
    r"(?i)(?:correct|right|provided|given|expected|reference|official|truth|gold|student['’]?s|model['’]?s|proposed"
    r"|candidate|sample|suggested) (?:answer|response|solution)s?\b(?! (?:in|as|with|within|inside|using|at|to|on)\b)"
    r"|(?m:^\W{0,4}(?:answer|solution|response)\s?[:：])|\b(?:verify|grade|evaluate|judge|check|explain why)\b"
)


def shown_answer(text: str) -> tuple[int, int] | None:
    """Return where a response speaks of an answer as given; None where it does not."""
    found = _SHOWN.search(text)
    return None if found is None else found.span()


def has_answer(prompt: str) -> bool:
    """Return whether a prompt gives an answer, or asks about one."""
    return re.search(_HAS_ANSWER, prompt) is not None
