"""Tags of tokens that all say that a token is part of nothing."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from datalint.api import Chunk, NamedTuple
from datalint.rules.common.spans.tagged_rows import tagged_columns
from datalint.support.names.token_keys import OUTSIDE


class Idle(NamedTuple):
    """Rows with tags under a key, their tags, and the only one that they have; None if there are others."""

    rows: int
    tags: int
    only: str | None


def idle_tags(chunk: Chunk) -> dict[str, Idle]:
    """Return for each key of tags whether all tags of a chunk are one that names nothing."""
    found: dict[str, Idle] = {}
    for each in tagged_columns(chunk):
        lists = [tags for tags in each.tags if isinstance(tags, list) and tags]
        if lists:
            mine = Idle(len(lists), sum(map(len, lists)), _only(chain.from_iterable(lists)))
            found[each.key] = _added(found[each.key], mine) if each.key in found else mine
    return found


def add_idle(one: dict[str, Idle], other: dict[str, Idle]) -> dict[str, Idle]:
    """Add up the tags of two parts of the data."""
    keys = {**one, **other}
    return {key: _added(one[key], other[key]) if key in one and key in other else keys[key] for key in keys}


def _added(one: Idle, other: Idle) -> Idle:
    return Idle(one.rows + other.rows, one.tags + other.tags, one.only if one.only == other.only else None)


def _only(tags: Iterable[object]) -> str | None:
    left = iter(tags)
    first = next(left)
    is_idle = isinstance(first, str | int) and first in OUTSIDE and all(tag == first for tag in left)
    return str(first) if is_idle else None
