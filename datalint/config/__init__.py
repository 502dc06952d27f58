"""Settings of a run: typed, found, checked, and explained down to the line that set them.

What is asked for is imported then, so that a run without gates of its own doesn't pay for reading profiles.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datalint.config.gates import Gate, load_gates
    from datalint.config.limits import Comparison, Limit
    from datalint.config.load import load_settings
    from datalint.config.model import Balance, GateOverride, NearDuplicates, Selection, Settings
    from datalint.config.paths import default_inputs, evaluation_inputs, excluded
    from datalint.config.select import Selected, file_ignores, resolve, selected_codes

_HOMES = {
    "Balance": "model",
    "Comparison": "limits",
    "Gate": "gates",
    "GateOverride": "model",
    "Limit": "limits",
    "NearDuplicates": "model",
    "Selected": "select",
    "Selection": "model",
    "Settings": "model",
    "default_inputs": "paths",
    "evaluation_inputs": "paths",
    "excluded": "paths",
    "file_ignores": "select",
    "load_gates": "gates",
    "load_settings": "load",
    "resolve": "select",
    "selected_codes": "select",
}

__all__ = [
    "Balance",
    "Comparison",
    "Gate",
    "GateOverride",
    "Limit",
    "NearDuplicates",
    "Selected",
    "Selection",
    "Settings",
    "default_inputs",
    "evaluation_inputs",
    "excluded",
    "file_ignores",
    "load_gates",
    "load_settings",
    "resolve",
    "selected_codes",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
