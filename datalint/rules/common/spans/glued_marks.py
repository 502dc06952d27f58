"""Tokens with a punctuation mark at their end, such as "Oslo,", that no entity has, though their words are entities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Final

from datalint.api import NamedTuple, mutable
from datalint.rules.common.spans.tag_names import Tag

_MARKS: Final = ",.;:!?"
#: Letters of a word, words that are counted, the first by name, and tokens with a mark from which on none has a tag.
_SHORTEST: Final = 3
_MOST: Final = 20_000
_LEAST_GLUED: Final = 200
#: Times that a word is an entity, the share of all its times, and tokens of such words from which on they are reported.
_LEAST_TIMES: Final = 3
_USUALLY: Final = 0.8
_LEAST_LOST: Final = 20


class Times(NamedTuple):
    """How often a word is within an entity and outside, how often with a mark, and the first row of the latter."""

    inside: int = 0
    outside: int = 0
    glued: int = 0
    row: int = -1


@mutable
class GluedMarks:
    """Tokens with a mark at their end, those of them with a tag, and the words of all tokens."""

    tokens: int = 0
    tagged: int = 0
    words: dict[str, Times] = field(default_factory=dict)


class LostWords(NamedTuple):
    """Tokens with a mark whose word is an entity elsewhere: how many, the most common word, and the first row of it."""

    many: int
    word: str
    row: int


def add_glued(
    found: GluedMarks, tokens: Sequence[object], tags: Sequence[str], known: Mapping[str, Tag | None], row: int
) -> None:
    """Count the words of a row."""
    for token, tag in zip(tokens, tags, strict=True):
        if not isinstance(token, str):
            continue
        inside = known.get(tag) is not None
        word = token[:-1] if token[-1:] in _MARKS else token
        if len(word) < _SHORTEST or not word.isalpha():
            continue
        times = found.words.get(word, Times())
        if word is token:
            times = times._replace(inside=times.inside + inside, outside=times.outside + (not inside))
        else:
            found.tokens += 1
            found.tagged += inside
            times = times._replace(glued=times.glued + 1, row=row if times.row < 0 else times.row)
        found.words[word] = times
    if len(found.words) > 2 * _MOST:
        bound_glued(found)


def joined_glued(one: GluedMarks, other: GluedMarks, rows: int) -> GluedMarks:
    """Add up; rows of ``other`` come after the ``rows`` of ``one``."""
    words = dict(one.words)
    for word, theirs in other.words.items():
        mine = words.get(word, Times())
        row = mine.row if mine.row >= 0 or theirs.row < 0 else theirs.row + rows
        words[word] = Times(mine.inside + theirs.inside, mine.outside + theirs.outside, mine.glued + theirs.glued, row)
    found = GluedMarks(one.tokens + other.tokens, one.tagged + other.tagged, words)
    bound_glued(found)
    return found


def bound_glued(found: GluedMarks) -> None:
    """Keep the first words by name: a choice that is the same however chunks are merged."""
    if len(found.words) > _MOST:
        found.words = {word: found.words[word] for word in sorted(found.words)[:_MOST]}


def lost_words(found: GluedMarks) -> LostWords | None:
    """Return the tokens that no entity has because of the mark at their end, None if some have a tag or they are few."""
    if found.tokens < _LEAST_GLUED or found.tagged:
        return None
    lost = {
        word: times
        for word, times in found.words.items()
        if times.glued and times.inside >= max(_LEAST_TIMES, _USUALLY * (times.inside + times.outside))
    }
    many = sum(times.glued for times in lost.values())
    if many < _LEAST_LOST:
        return None
    word = max(lost, key=lambda each: (lost[each].glued, each))
    return LostWords(many, word, lost[word].row)
