"""Settings of a run: typed, found, checked, and explained down to the line that set them."""

from datalint.config.gates import Comparison, Gate, Limit, load_gates
from datalint.config.load import load_settings
from datalint.config.model import Balance, GateOverride, NearDuplicates, Selection, Settings
from datalint.config.paths import default_inputs, evaluation_inputs, excluded
from datalint.config.select import Selected, file_ignores, resolve, selected_codes

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
