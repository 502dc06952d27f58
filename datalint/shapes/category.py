"""Values of a row as the names of categories."""

from __future__ import annotations

import ast
import warnings
from functools import lru_cache
from typing import Any, Final

from datalint.records.canonical import visible_surrogates
from datalint.records.category import BETWEEN_LABELS

#: Labels of a row that are its category, and places of a vector that has a zero or a one for each label.
MOST_LABELS: Final = 20
_MOST_PLACES: Final = 100
#: Characters of the longest label of a list, and of a text that holds one as Python writes it; digits of a number that
#: NumPy writes.
_LONGEST: Final = 200
_MOST_WRITTEN: Final = 2_000
_MOST_DIGITS: Final = 6
#: Texts of lists that are remembered, as most rows have one of a few.
_REMEMBERED: Final = 4_096


def category_value(value: dict[str, Any], key: str) -> str | None:
    """Return the row's category under ``key`` (dots reach into objects), None where there is none.

    The key is one that somebody names, so a list of labels is a category as well.
    """
    return labelled(value_at(value, key))


def value_at(value: dict[str, Any], key: str) -> Any:
    """Return the value of a row under ``key`` (dots reach into objects); None if there is none."""
    item: Any = value
    for part in key.split(".") if key not in value else (key,):
        if not isinstance(item, dict) or part not in item:
            return None
        item = item[part]
    return item


def labelled(item: Any) -> str | None:
    """Return a value as the name of a category; a list of several labels has a name of its own."""
    if not isinstance(item, list):
        return category_text(item)
    labels = [each for each in item[:MOST_LABELS] if isinstance(each, str) and each.strip()]
    return category_text(", ".join(labels)) if len(labels) == len(item) else None


def category_text(item: Any) -> str | None:
    """Return a value as the name of a category; None for values that can't be one."""
    if isinstance(item, bool):
        return "true" if item else "false"
    if isinstance(item, str):
        return visible_surrogates(item) if item.strip() else None
    if isinstance(item, int | float):
        return str(item)
    return None


def joined_labels(item: Any) -> str | None:
    """Return the labels of a list, also of one that a text holds, with ``BETWEEN_LABELS`` between them.

    An empty list is an empty text. None for what is no list of up to 20 short texts or numbers, or of up to 100 zeros
    and ones.
    """
    if isinstance(item, str):
        return _written_labels(item) if item[:1] == "[" and item[-1:] == "]" and len(item) <= _MOST_WRITTEN else None
    if not isinstance(item, list) or len(item) > _MOST_PLACES:
        return None
    if len(item) > MOST_LABELS and any(each not in (0, 1) for each in item):
        return None
    labels = [None if isinstance(each, bool) else category_text(each) for each in item]
    kept = [each.replace(BETWEEN_LABELS, " ") for each in labels if each is not None and len(each) <= _LONGEST]
    return BETWEEN_LABELS.join(kept) if len(kept) == len(item) else None


@lru_cache(_REMEMBERED)
def _written_labels(text: str) -> str | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = ast.literal_eval(text)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        # NumPy writes numbers without commas.
        parts = [part.removesuffix(".") for part in text[1:-1].split()]
        numbers = all(part.isascii() and part.isdigit() and len(part) <= _MOST_DIGITS for part in parts)
        return joined_labels([int(part) for part in parts]) if numbers else None
    return joined_labels(found) if isinstance(found, list) else None
