"""Rows that all say that they are of the split of an evaluation set."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from datalint.support.names.metadata_keys import HELD_OUT, TRAINING

#: Keys of the split of a row. Others, such as ``set``, may hold the name of a set whose word has another meaning.
_SPLITS: Final = ("split", "datasplit", "datasetsplit", "partition")
#: Further splits that nobody trains on. Any other word may be the name of a part to train on, such as "all" or "hard".
_OTHER: Final = frozenset(("heldout", "holdout", "challenge", "challengeset", "benchmark"))


def held_out_key(rows: Iterable[Mapping[str, object]]) -> tuple[str, str]:
    """Return the key under which each row says an evaluation split, and which; empty for none.

    A test set may stand in one file with the rows to choose settings by. Rows after the first one are read only where
    that one says so.
    """
    others = iter(rows)
    first = next(others, {})
    key = next((each for each in map(str, first) if _names_split(each) and _is_held_out(_said(first, each))), "")
    if not key:
        return "", ""
    said = dict.fromkeys((_said(first, key), *(_said(row, key) for row in others)))
    return (key, "' or '".join(said)) if all(map(_is_held_out, said)) else ("", "")


def _names_split(key: str) -> bool:
    return key.strip().lower().replace("_", "").replace("-", "") in _SPLITS


def _is_held_out(said: str) -> bool:
    """Return whether a split is one for evaluation, or a part of one, such as ``test_clean``."""
    words = re.split(r"[\W_]+", said)
    begins = words[0] in HELD_OUT and TRAINING.isdisjoint(words)
    return said in HELD_OUT or begins or "".join(words) in _OTHER


def _said(row: Mapping[str, object], key: str) -> str:
    value = row.get(key)
    return value.strip().lower() if isinstance(value, str) else ""
