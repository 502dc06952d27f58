"""Leaks of two texts in the other order, where this has no meaning."""

from __future__ import annotations

from datalint.api import Dataset, Leak

#: What differs in two rows with the same texts.
ORDER = "the order of its two texts"


def exchanges_texts(data: Dataset, leak: Leak) -> bool:
    """Return whether the prompts of both rows of a leak, which count as the same, have their texts in other orders."""
    held = data.evaluation
    if held is None or data.examples["context"][leak.training] != held["context"][leak.evaluation]:
        return False
    return bool(data.examples["prompt_hash"][leak.training] != held["prompt_hash"][leak.evaluation])
