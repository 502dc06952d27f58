"""Whether the lines of one text are labels of those of another, or have a tag for each of their words."""

from __future__ import annotations

import re
from typing import Final

from datalint.sources.opening import Opening
from datalint.sources.parallel.roles import LABELLED, PAIR, TAGGED, Roles

#: The first bytes that are looked at, and the words of a label at most.
_HEAD: Final = 1 << 16
_WORDS: Final = 3
#: Tags of the words of a line, of which one is the beginning or a part of a span.
_TAGS: Final = r"(?:O|[BIESLU][-_]\S+)(?:\s+(?:O|[BIESLU][-_]\S+))*"
#: Share of the lines that have as many tags as words.
_SHARE: Final = 0.95


def with_tags(roles: Roles, prompts: Opening, responses: Opening) -> Roles:
    """Return the roles of two texts by the first lines of both.

    They are tokens and their tags, if lines have a tag for each word, and no label if that has many words.
    """
    texts, others = (
        side.content.read(side.start, side.start + _HEAD).split(b"\n")[:-1] for side in (prompts, responses)
    )
    pairs = [(one.split(), two.decode("utf-8", "replace").strip()) for one, two in zip(texts, others, strict=False)]
    filled = [(words, other) for words, other in pairs if words and other]
    tagged = sum(len(words) == len(other.split()) and bool(re.fullmatch(_TAGS, other)) for words, other in filled)
    if filled and tagged >= _SHARE * len(filled) and any("-" in other or "_" in other for _, other in filled):
        return roles._replace(keys=TAGGED, either=False, nested=False)
    brief = sum(len(other.split()) <= _WORDS for _, other in filled)
    return roles._replace(keys=PAIR) if roles.keys == LABELLED and brief <= len(filled) / 2 else roles
