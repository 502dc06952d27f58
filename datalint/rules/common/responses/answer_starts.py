"""Where different answers to one prompt are shown from, so that one sees how they differ."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from datalint.api import shared_turns

#: Characters of an answer that are shown, and those before the place where answers part.
SHOWN: Final = 40
_BEFORE: Final = 16
#: What a final answer begins with.
_MARKS: Final = ("\\boxed", "\n#### ")
#: A value of a JSON object that is no text.
_VALUE: Final = r'"(?P<key>[^"\\\n]{1,60})"\s{0,3}:\s{0,3}(?P<value>true|false|[01](?:\.0)?(?![\d.])|"(?:yes|no)")'


def starts_of(answers: list[str]) -> list[int]:
    """Return where each answer is shown from: a key of JSON that is true and false, its final answer, or where they part.

    They are shown from the word before the one where they part, if that is not among the characters that are shown.
    """
    turns = shared_turns(answers)
    found = [{match["key"]: match for match in re.finditer(_VALUE, answer[turns:])} for answer in answers]
    for key in found[0] if all(found) else ():
        values = [each[key] for each in found if key in each]
        if len(values) == len(found) and len({match["value"] for match in values}) > 1:
            return [turns + match.start() for match in values]
    for mark in _MARKS:
        ends = [answer.rfind(mark) for answer in answers]
        if min(ends) >= SHOWN and len({answer[end:] for answer, end in zip(answers, ends, strict=True)}) > 1:
            return [end + mark.startswith("\n") for end in ends]
    start = _before_difference(answers, turns)
    if len({answer[start : start + SHOWN] for answer in answers}) == len(answers):
        return [start] * len(answers)
    # One answer differs from the others early, and these from each other late: each is shown where it has no like.
    return [
        max(_before_difference([answer, other], turns) for other in (*answers[:at], *answers[at + 1 :]))
        for at, answer in enumerate(answers)
    ]


def _before_difference(answers: Sequence[str], turns: int) -> int:
    """Return where to show answers from: their beginning, or the word before the place where they part, if it is near."""
    columns = zip(*(answer[turns:] for answer in answers), strict=False)
    shortest = min(map(len, answers)) - turns
    same = next((at for at, chars in enumerate(columns) if len(set(chars)) > 1), shortest)
    if same < SHOWN - _BEFORE:
        return turns
    at = turns + same - _BEFORE
    # A word of a script without blanks, or of a link, may begin long before.
    return max(answers[0].rfind(" ", turns, at) + 1, at - (SHOWN - 2 * _BEFORE))
