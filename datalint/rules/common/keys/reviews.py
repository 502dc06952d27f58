"""Reviews of a row, in an object under a private key: ``{"_check": {"is_clear": true, "notes": "…"}}``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import Any, Final

#: Keys of a verdict in such an object, and objects that are looked at.
_VERDICT: Final = r"is_\w{1,60}|(?:\w{1,60}_)?score"
_LOOKED_AT: Final = 50


def are_reviews(key: str, values: Sequence[Any]) -> bool:
    """Return whether the values of a key that begins with ``_`` are objects with a verdict each."""
    if not key.startswith("_"):
        return False
    found = list(islice((value for value in values if value is not None), _LOOKED_AT))
    return bool(found) and all(isinstance(value, dict) and any(map(_is_verdict, value)) for value in found)


def _is_verdict(key: str) -> bool:
    return re.fullmatch(_VERDICT, key) is not None
