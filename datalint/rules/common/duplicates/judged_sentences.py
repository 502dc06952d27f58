"""Sentences whose acceptability is judged: what differs in two of them is what the judgement depends on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from datalint.api import Dataset

#: Names of the judgement of a sentence, its characters, and keys and their characters that are looked at.
_JUDGEMENT: Final = r"(?i)acceptab|grammatical"
_LABEL: Final = 20
_MOST: Final = 100


def judged_sentences(data: Dataset) -> frozenset[int]:
    """Return the near-duplicates of a dataset whose rows have a label for the acceptability of a sentence."""
    members = frozenset(member for group in data.near for member in group.rows[1:])
    return members if members and _is_judged(data.records([data.near[0].rows[0]])[0]) else frozenset()


def _is_judged(record: Mapping[str, Any]) -> bool:
    return any(
        re.search(_JUDGEMENT, key[:_MOST]) is not None
        and isinstance(value, int | str)
        and 0 < len(str(value)) <= _LABEL
        for key, value in [*record.items()][:_MOST]
    )
