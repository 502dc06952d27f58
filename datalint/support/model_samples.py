"""Lists of what models answered, each item with the name of its model."""

from __future__ import annotations

from typing import Final

#: Keys of who wrote an answer.
_WRITERS: Final = ("model", "model_name", "model_id", "llm")


def are_model_samples(value: object) -> bool:
    """Return whether a value is a list of objects that all say which model wrote them."""
    if not isinstance(value, list) or not value:
        return False
    return all(isinstance(each, dict) and any(isinstance(each.get(key), str) for key in _WRITERS) for each in value)
