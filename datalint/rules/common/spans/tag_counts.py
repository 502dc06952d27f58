"""The tags under one key: how often each occurs, how many begin an entity, and which continue none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import field
from itertools import pairwise
from typing import Any, Final

from datalint.api import NamedTuple, mutable
from datalint.rules.common.kept_rows import KeptRows, joined_rows
from datalint.rules.common.spans.glued_marks import GluedMarks, add_glued, bound_glued, joined_glued
from datalint.rules.common.spans.tag_names import Tag, tag_of
from datalint.rules.common.spans.tagged_marks import Marks, add_marks, joined_marks

#: Different tags of a key that are counted, the first by name, and rare ones that are reported.
_MOST_TAGS: Final = 1_000
#: Signs between the prefix and the name of a tag.
_JOINTS: Final = ("-", "_")


class OddRow(NamedTuple):
    """A row with tags that continue nothing: how many, and the first with the tag before it."""

    row: int
    many: int
    before: str
    tag: str


@mutable
class Tags:
    """The tags under one key, and the tokens that may be of interest for them.

    Attributes:
        counts: the number of each tag, with the first row that has it.
        begun: how many tags begin an entity.
        broken: how many tags continue none.
        odd: the rows with such tags, each an :class:`OddRow`.
        tokens: tokens that are written like tags, with their number and first row.
        marks: tokens that are punctuation.
        glued: tokens that end with punctuation.
    """

    counts: dict[str, tuple[int, int]] = field(default_factory=dict)
    begun: int = 0
    broken: int = 0
    odd: KeptRows = field(default_factory=dict)
    tokens: dict[str, tuple[int, int]] = field(default_factory=dict)
    marks: Marks = field(default_factory=dict)
    glued: GluedMarks = field(default_factory=GluedMarks)


def is_tagged(tokens: Any, tags: Any) -> bool:
    """Return whether each token of a row has a tag that is a text."""
    if not isinstance(tokens, list) or not isinstance(tags, list) or len(tokens) != len(tags):
        return False
    return all(isinstance(tag, str) for tag in tags)


def count_tags(
    found: Tags, row: int, tokens: Sequence[str], tags: Sequence[str], known: dict[str, Tag | None]
) -> OddRow | None:
    """Count the tags of a row, and return those that continue nothing; ``known`` keeps what each tag means."""
    odd = _count(found, row, tags, known)
    add_marks(found.marks, tokens, tags, known, row)
    add_glued(found.glued, tokens, tags, known, row)
    _add(found.tokens, Counter(filter(_is_like_tag, tokens)), row)
    return odd


def _count(found: Tags, row: int, tags: Sequence[str], known: dict[str, Tag | None]) -> OddRow | None:
    different = Counter(tags)
    known.update((tag, tag_of(tag)) for tag in different if tag not in known)
    _add(found.counts, different, row)
    read = {tag: each for tag in different if (each := known[tag]) is not None}
    if not read:
        return None
    found.begun += sum(different[tag] for tag, each in read.items() if each.begins)
    if all(each.begins for each in read.values()):
        return None
    odd = [(before, tag) for before, tag in pairwise(["", *tags]) if tag in read and not _follows(read, before, tag)]
    found.broken += len(odd)
    return OddRow(row, len(odd), *odd[0]) if odd else None


def _add(found: dict[str, tuple[int, int]], counts: Counter[str], row: int) -> None:
    for each, many in counts.items():
        before, first = found.get(each, (0, row))
        found[each] = before + many, min(first, row)


def _is_like_tag(token: object) -> bool:
    return isinstance(token, str) and token[1:2] in _JOINTS and (tag := tag_of(token)) is not None and bool(tag.name)


def _follows(read: dict[str, Tag], before: str, tag: str) -> bool:
    """Return whether a tag begins an entity, or goes on with the one that the tag before it is of."""
    each, earlier = read[tag], read.get(before)
    return each.begins or (earlier is not None and earlier.name == each.name and not earlier.ends)


def bound_tags(tags: Tags) -> None:
    """Keep the first tags, and no more of them than are counted."""
    tags.counts = dict(sorted(tags.counts.items())[:_MOST_TAGS])
    tags.tokens = dict(sorted(tags.tokens.items())[:_MOST_TAGS])
    bound_glued(tags.glued)


def joined_tags(here: Tags, there: Tags, rows: int) -> Tags:
    """Return the tags of two partials, of which the first has so many ``rows``."""
    counts, tokens = (
        joined_counts(one, other, rows) for one, other in ((here.counts, there.counts), (here.tokens, there.tokens))
    )
    odd = joined_rows(here.odd, there.odd, rows)
    marks, glued = joined_marks(here.marks, there.marks, rows), joined_glued(here.glued, there.glued, rows)
    found = Tags(counts, here.begun + there.begun, here.broken + there.broken, odd, tokens, marks, glued)
    bound_tags(found)
    return found


def joined_counts(
    here: dict[str, tuple[int, int]], there: dict[str, tuple[int, int]], rows: int
) -> dict[str, tuple[int, int]]:
    """Return the counts of two partials with their first rows."""
    found = dict(here)
    for each, (many, first) in there.items():
        before, earlier = found.get(each, (0, first + rows))
        found[each] = before + many, earlier
    return found
