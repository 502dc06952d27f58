"""Formatting of a measure's value."""

from __future__ import annotations

from datalint.config.gates import Gate
from datalint.support.numbers import percent


def value_text(gate: Gate, value: float | int | None) -> str:
    """Return the value as it is printed: a share in percent, a count with separators."""
    if value is None:
        return "not assessed"
    if gate.unit == "share":
        return percent(value)
    if gate.unit == "evenness":
        return f"{value:.2f}"
    return f"{value:,}"
