"""Missing values that a program printed with their unit or sign: ``NoneGHz``, ``nan%``, ``$nan``."""

from __future__ import annotations

import re
from typing import Final

_VALUES: Final = ("None", "NaN")
_UNITS: Final = (
    *("GHz", "MHz", "Hz", "TB", "GB", "MB", "KB", "mAh", "kWh", "kg", "km", "cm", "mm", "mph", "px", "%", "°C", "°F"),
)
_OTHERS: Final = ("nan%", "$nan")
#: One of these is in all of them. More words, or others, take a search several times as long.
MISSING: Final = (*_VALUES, *_OTHERS)
#: All of them.
PRINTED: Final = (
    *(f"{value}{unit}" for value in _VALUES for unit in _UNITS),
    *(f"{sign}{value}" for sign in "$€£" for value in _VALUES),
    *_OTHERS,
)
_FOUND: Final = rf"(?<![\w$€£.\\{{<=-])(?:{'|'.join(map(re.escape, PRINTED))})(?![\w(=\[{{}}>-]|\.\w)"


def printed_missing(text: str, prompt: str) -> re.Match[str] | None:
    """Return the first such value of a text that the prompt has not; None without one."""
    found = re.search(_FOUND, text)
    return found if found is not None and found.group() not in prompt else None
