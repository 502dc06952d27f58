"""Documents of BioC, whose passages have annotations with their places in the document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

#: Passages and annotations that are looked at.
_LOOKED_AT = 50


def said_of_bioc(value: Mapping[str, Any]) -> str | None:
    """Return what to do with a document with annotated passages; None for any other row."""
    if not any(_locations(passage) for passage in _items(value.get("passages"))):
        return None
    places = '"start" and "end" in its text and a "label"'
    return f'BioC: write each item of "passages" as a row, and its "annotations" as "entities", each with {places}'


def _locations(passage: Mapping[str, Any]) -> bool:
    """Return whether a passage has a text, its place, and annotations with theirs."""
    noted = _items(passage.get("annotations")) if "text" in passage and "offset" in passage else iter(())
    return any("length" in place for each in noted for place in _items(each.get("locations")))


def _items(value: object) -> Iterator[Mapping[str, Any]]:
    items = value[:_LOOKED_AT] if isinstance(value, list) else []
    return (item for item in items if isinstance(item, dict))
