"""Answers that are the words of a sentence with a tag for each: "Anna B-PER lives O"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

#: A tag of a word in a sentence ("B-CITY"), and tags that a sentence has at least.
_TAG: Final = r"(?<![\w-])(?:O|[BIESLU]-[A-Za-z][\w-]{0,40})(?![\w-])"
_TAGGED: Final = 3


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
