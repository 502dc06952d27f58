"""Entities that are a punctuation mark alone, where the same mark is outside of all entities nearly everywhere else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from datalint.api import NamedTuple
from datalint.rules.common.spans.tag_names import Tag

#: Marks that end or divide sentences, in scripts that have them; others may be names, such as ``&`` and ``@``.
_MARKS: Final = frozenset(".,!?;:।。，、！？；：؟،؛።፣፤፥")
#: Times that a mark is outside of all entities for each time that it is one by itself, at least.
_USUAL: Final = 100
_OUTSIDE: Final = "O"


class Mark(NamedTuple):
    """How often a mark is outside of all entities, how often it is one alone, and the first row with its tag there."""

    outside: int = 0
    alone: int = 0
    row: int = -1
    tag: str = ""


#: What was found by mark.
Marks = dict[str, Mark]


def add_marks(
    found: Marks, tokens: Sequence[object], tags: Sequence[str], known: Mapping[str, Tag | None], row: int
) -> None:
    """Count the marks among the tokens of a row; ``known`` are all of its tags."""
    for place, (token, tag) in enumerate(zip(tokens, tags, strict=True)):
        if not isinstance(token, str) or token not in _MARKS:
            continue
        mark = found.get(token, Mark())
        if tag == _OUTSIDE:
            found[token] = mark._replace(outside=mark.outside + 1)
        elif (
            (read := known[tag]) is not None and read.begins and not _goes_on(read, tags[place + 1 : place + 2], known)
        ):
            first = (mark.row, mark.tag) if mark.alone else (row, tag)
            found[token] = Mark(mark.outside, mark.alone + 1, *first)


def _goes_on(tag: Tag, after: Sequence[str], known: Mapping[str, Tag | None]) -> bool:
    """Return whether the tag after the one of a mark, if there is any, continues its entity."""
    following = known[after[0]] if after else None
    return following is not None and not following.begins and following.name == tag.name


def joined_marks(here: Marks, there: Marks, rows: int) -> Marks:
    """Return the counts of two partials, of which the second comes after some rows."""
    found = dict(here)
    for token, later in there.items():
        mark = found.get(token, Mark())
        first = (mark.row, mark.tag) if mark.alone or not later.alone else (later.row + rows, later.tag)
        found[token] = Mark(mark.outside + later.outside, mark.alone + later.alone, *first)
    return found


def odd_marks(found: Marks) -> Iterator[tuple[str, Mark]]:
    """Yield the marks that are an entity alone a few times, and outside of all nearly always."""
    yield from ((token, mark) for token, mark in sorted(found.items()) if mark.outside >= _USUAL * mark.alone > 0)
