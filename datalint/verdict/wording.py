"""Formatting of a measure's value."""

from __future__ import annotations

from typing import Final

from datalint.config.gates import Gate
from datalint.support.numbers import percent

#: Decimals of a share in percent; the last are the most.
_DECIMALS: Final = (0, 1, 2)


def value_text(gate: Gate, value: float | int | None) -> str:
    """Return the value as it is printed: a share in percent, a count with separators."""
    if value is None:
        return "not assessed"
    if gate.unit == "share":
        return _share(gate, value)
    if gate.unit == "evenness":
        return f"{value:.2f}"
    return f"{value:,}"


def _share(gate: Gate, value: float) -> str:
    """Return a share in percent, with as many decimals as distinguish it from a limit that it does not equal."""
    limits = [limit.value for limit in (gate.warn, gate.fail) if limit is not None and not limit.relative]
    equal = {_rounded(limit, decimals) for limit in limits if limit != value for decimals in _DECIMALS}
    shown = [percent(value), *(_rounded(value, decimals) for decimals in _DECIMALS[1:])]
    return next((text for text in shown if text not in equal), shown[-1])


def _rounded(share: float, decimals: int) -> str:
    return f"{100 * share:.{decimals}f} %"
