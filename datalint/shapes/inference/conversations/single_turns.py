"""Rows that are single turns of conversations, by their names and speakers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

from datalint.shapes.evidence.labels import is_class
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn
from datalint.shapes.inference.conversations.scripts import are_lines
from datalint.shapes.named_turns import is_name, meaning
from datalint.shapes.sink import canonical_role
from datalint.support.names.speakers import TurnKeys, conversation_key, turn_keys

#: Speakers at most whose names are roles.
_FEW: Final = 8


def are_turns(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether rows are single messages: a role and a content are no prompt and response."""
    keys = {each.key for each in columns}
    if {"role", "text"} <= keys and all(canonical_role(row.get("role")) in ("user", "assistant") for row in rows):
        return True
    if {"role", "content"} <= keys or {"from", "value"} <= keys or {"role", "text", "parent_id"} <= keys:
        return True
    if any(each.holds is Holds.CHAT for each in columns):
        return False
    if conversation_key(keys) is not None and not any(is_class(each) for each in columns):
        return True
    if are_lines(columns, rows):
        return True
    found = turn_keys(rows[0].keys()) if len(rows) >= LEAST_ROWS else None
    if found is None or any(is_class(each) and each.key not in found.speakers for each in columns):
        return False
    return _follow_each_other(found, rows)


def _follow_each_other(found: TurnKeys, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether most rows stand next to one of the same conversation, and both sides speak in them."""
    same = sum(one.get(found.conversation) == other.get(found.conversation) for one, other in pairwise(rows))
    if 3 * same < len(rows):
        return False
    return any(_are_sides([row.get(key) for row in rows]) for key in found.speakers)


def _are_sides(values: Sequence[object]) -> bool:
    """Return whether values are roles of both sides, one of two is, or they say whether one side speaks."""
    said = {str(value).strip() for value in values}
    if len(said) == 2 and {each.lower() for each in said} in ({"true", "false"}, {"0", "1"}, {"inbound", "outbound"}):
        return True
    if len(said) > _FEW or not all(map(is_name, said)):
        return False
    roles = {meaning(each) or meaning(each.split()[-1]) for each in said}
    return len(said) == len(roles) == 2 or ({"user", "assistant"} <= roles and "" not in roles)
