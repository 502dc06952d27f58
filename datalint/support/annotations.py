"""Annotations of a task in Label Studio."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def counted_results(task: Mapping[str, Any]) -> tuple[str, list[Any]] | None:
    """Return the path and the results of the first annotation that was not cancelled; None if there is none.

    Of a task without the key of annotations, what a model predicts counts.
    """
    key = "annotations" if "annotations" in task else "predictions"
    annotations = task.get(key)
    for place, each in enumerate(annotations if isinstance(annotations, list) else ()):
        if isinstance(each, dict) and not each.get("was_cancelled"):
            results = each.get("result")
            return f"$.{key}[{place}].result", results if isinstance(results, list) else []
    return None
