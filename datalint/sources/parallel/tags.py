"""Whether the lines of one text are labels of those of another, or have a tag for each of their words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from datalint.sources.opening import Opening
from datalint.sources.parallel.roles import LABELLED, PAIR, TAGGED, Roles, roles_of, roles_of_three

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
    filled = _lines(prompts, responses)
    if _are_tags(filled):
        return roles._replace(keys=TAGGED, languages=(), nested=False)
    return roles._replace(keys=PAIR) if roles.keys == LABELLED and not _are_labels(filled) else roles


def ordered_three(texts: Mapping[str, Opening]) -> tuple[list[str], Roles] | None:
    """Return the paths of three texts in the order in which they are read, and their roles.

    One has labels, and the others words and a tag for each, or they are compared. None for other texts.
    """
    for label in texts:
        one, other = (each for each in texts if each != label)
        if not all(_is_label_of(label, each, texts) for each in (one, other)):
            continue
        for pair in ((one, other), (other, one)):
            if _are_tags(_lines(*(texts[each] for each in pair))):
                return [*pair, label], Roles((*TAGGED, "intent"))
        if (roles := roles_of_three(Path(one), Path(other))) is not None:
            return [*((other, one) if roles.swapped else (one, other)), label], roles
    return None


def _is_label_of(label: str, text: str, texts: Mapping[str, Opening]) -> bool:
    roles = roles_of(Path(text), Path(label))
    return (
        roles is not None
        and roles.keys == LABELLED
        and not roles.swapped
        and _are_labels(_lines(texts[text], texts[label]))
    )


def _lines(texts: Opening, others: Opening) -> list[tuple[list[bytes], str]]:
    """Return the words of the first lines of a text, each with the line of another one, where both are filled."""
    heads = (side.content.read(side.start, side.start + _HEAD).split(b"\n")[:-1] for side in (texts, others))
    pairs = [(one.split(), two.decode("utf-8", "replace").strip()) for one, two in zip(*heads, strict=False)]
    return [(words, other) for words, other in pairs if words and other]


def _are_tags(lines: Sequence[tuple[list[bytes], str]]) -> bool:
    """Return whether lines have a tag for each word of a text, some of them of spans."""
    tagged = sum(len(words) == len(other.split()) and bool(re.fullmatch(_TAGS, other)) for words, other in lines)
    return bool(lines) and tagged >= _SHARE * len(lines) and any("-" in other or "_" in other for _, other in lines)


def _are_labels(lines: Sequence[tuple[list[bytes], str]]) -> bool:
    """Return whether most lines have a few words at most."""
    return sum(len(other.split()) <= _WORDS for _, other in lines) > len(lines) / 2
