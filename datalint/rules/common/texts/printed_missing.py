"""Missing values that a program printed with their unit or sign: ``NoneGHz``, ``nan%``, ``$nan``."""

from __future__ import annotations

import re
from typing import Final

MISSING: Final = ("None", "nan", "NaN", "null", "undefined")
_UNITS: Final = (
    "GHz",
    "MHz",
    "Hz",
    "TB",
    "GB",
    "MB",
    "KB",
    "mAh",
    "kWh",
    "kg",
    "km",
    "cm",
    "mm",
    "mph",
    "px",
    "%",
    "°C",
    "°F",
)
#: Before null and undefined, a dollar sign is that of a variable.
_SIGNS: Final = tuple(f"{sign}{value}" for sign in "$€£" for value in ("None", "nan", "NaN"))
#: All of them, one of which a text must have.
PRINTED: Final = (*(f"{value}{unit}" for value in MISSING for unit in _UNITS), *_SIGNS)
_FOUND: Final = rf"(?<![\w$€£.\\{{<=-])(?:{'|'.join(map(re.escape, PRINTED))})(?![\w(=\[{{}}>-]|\.\w)"


def printed_missing(text: str, prompt: str) -> re.Match[str] | None:
    """Return the first such value of a text that the prompt has not; None without one."""
    found = re.search(_FOUND, text)
    return found if found is not None and found.group() not in prompt else None
