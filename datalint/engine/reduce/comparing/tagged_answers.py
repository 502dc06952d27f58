"""Answers with tags: for each word of a sentence ("Anna B-PER lives O"), and around what is answered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

#: A tag of a word in a sentence ("B-CITY"), and tags that a sentence has at least.
_TAG: Final = r"(?<![\w-])(?:O|[BIESLU]-[A-Za-z][\w-]{0,40})(?![\w-])"
_TAGGED: Final = 3
#: The short text in a tag for what is answered: "<guess>crane</guess>".
_MARKED: Final = (
    r"<(?P<tag>(?:final_?)?(?:answer|guess|result|label|solution|choice|output|prediction|action|move|verdict|category))>"
    r"\s{0,9}(?P<said>[^<>]{1,60}?)\s{0,9}</(?P=tag)>"
)


def have_other_tags(answers: Sequence[str]) -> bool:
    """Return whether two answers are the same words, in any case, with other tags."""
    first: dict[str, list[str]] = {}
    for answer in answers:
        # The pattern looks at each character; few texts have as many of what each tag has.
        if answer.count("O") + answer.count("-") < _TAGGED:
            continue
        tags = re.findall(_TAG, answer)
        if len(tags) >= _TAGGED and first.setdefault(re.sub(_TAG, "\t", answer).casefold(), tags) != tags:
            return True
    return False


def mark_others(one: str, other: str) -> bool:
    """Return whether two answers have other texts in the same tag for what is answered, in any case."""
    if "</" not in one or "</" not in other:
        return False
    mine, theirs = (
        {match["tag"].lower(): match["said"].casefold() for match in re.finditer(_MARKED, text, re.IGNORECASE)}
        for text in (one, other)
    )
    return mine.keys() == theirs.keys() and mine != theirs
