"""Short values of rows, such as labels, as they are compared."""

from __future__ import annotations

import re
import unicodedata
from typing import Any, Final

from datalint.support.empty_cells import is_empty_cell

#: Characters of a label.
_CHARS: Final = 60


def short_value(value: Any) -> str | None:
    """Return a short value of a row without its case and white space; None for none, an object or a long text."""
    if isinstance(value, list):
        values = [short_value(item) for item in value]
        return None if not values or None in values else "\n".join(sorted(map(str, values)))
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if not isinstance(value, str | int | float):
        return None
    said = " ".join(unicodedata.normalize("NFKC", str(value)[: _CHARS + 1]).lower().split())
    if said[:1] in ("[", "{"):
        said = " ".join(sorted(re.findall(r"\w+", said)))
    return None if not said or is_empty_cell(said) or len(said) > _CHARS else said
