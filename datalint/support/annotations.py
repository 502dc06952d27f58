"""Annotations of a task in Label Studio."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def counted_results(task: Mapping[str, Any]) -> tuple[int, list[Any]] | None:
    """Return the number and the results of the first annotation that was not cancelled; None if there is none."""
    annotations = task.get("annotations")
    for place, each in enumerate(annotations if isinstance(annotations, list) else ()):
        if isinstance(each, dict) and not each.get("was_cancelled"):
            results = each.get("result")
            return place, results if isinstance(results, list) else []
    return None
