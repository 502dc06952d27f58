"""Values of a row as the names of categories."""

from __future__ import annotations

from typing import Any, Final

from datalint.records.canonical import visible_surrogates

#: Labels of a row that are its category.
_MOST_LABELS: Final = 20


def category_value(value: dict[str, Any], key: str) -> str | None:
    """Return the row's category under ``key`` (dots reach into objects), None where there is none.

    The key is one that somebody names, so a list of labels is a category as well.
    """
    item: Any = value
    for part in key.split(".") if key not in value else (key,):
        if not isinstance(item, dict) or part not in item:
            return None
        item = item[part]
    return labelled(item)


def labelled(item: Any) -> str | None:
    """Return a value as the name of a category; a list of several labels has a name of its own."""
    if not isinstance(item, list):
        return category_text(item)
    labels = [each for each in item[:_MOST_LABELS] if isinstance(each, str) and each.strip()]
    return category_text(", ".join(labels)) if len(labels) == len(item) else None


def category_text(item: Any) -> str | None:
    """Return a value as the name of a category, None for what can be none."""
    if isinstance(item, bool):
        return "true" if item else "false"
    if isinstance(item, str):
        return visible_surrogates(item) if item.strip() else None
    if isinstance(item, int | float):
        return str(item)
    return None
