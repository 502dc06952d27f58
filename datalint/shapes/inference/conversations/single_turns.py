"""Rows that are single turns of conversations, by their names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from datalint.shapes.evidence.labels import is_class
from datalint.shapes.evidence.sampled import Holds, SampledColumn
from datalint.shapes.sink import canonical_role
from datalint.support.names.speakers import conversation_key


def are_turns(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether rows are single messages: a role and a content are no prompt and response."""
    keys = {each.key for each in columns}
    if {"role", "text"} <= keys and all(canonical_role(row.get("role")) in ("user", "assistant") for row in rows):
        return True
    if {"role", "content"} <= keys or {"from", "value"} <= keys or {"role", "text", "parent_id"} <= keys:
        return True
    if any(each.holds is Holds.CHAT for each in columns):
        return False
    return conversation_key(keys) is not None and not any(is_class(each) for each in columns)
