"""What models answered, by model, for rules."""

from __future__ import annotations

from datalint.api import is_model
from datalint.support.model_samples import are_model_samples as are_model_samples


def is_by_models(value: object) -> bool:
    """Return whether half of the keys of an object, or of an object in it, are names of models."""
    if not isinstance(value, dict):
        return False
    inner = (each for each in value.values() if isinstance(each, dict))
    return any(each and 2 * sum(map(is_model, each)) >= len(each) for each in (value, *inner))
