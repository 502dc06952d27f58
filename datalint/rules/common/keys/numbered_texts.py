"""Parts of one text under keys that differ in a number: ``section_1_content``, ``section_2_content``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from datalint.api import excerpt

#: Keys that differ in a number at least, and characters of a text.
_LEAST = 5
_TEXT = 40
#: The name of columns in a table without a header, which says nothing of them.
_UNNAMED = "column-#"
#: Characters of a key up to which its numbers are found.
_KEY = 60


def said_of_numbered(value: Mapping[str, Any]) -> str | None:
    """Return what to do with a row whose texts are under such keys alone; None for any other row.

    Keys without a value are further parts, as rows of a table have where another row has more of them.
    """
    series: dict[str, list[str]] = {}
    alone = False
    for key, item in value.items():
        is_text = isinstance(item, str) and len(item) >= _TEXT
        if len(key) <= _KEY and len(numbers := re.findall(r"[0-9]+", key)) == 1:
            if item is None or is_text:
                series.setdefault(key.replace(numbers[0], "#"), []).append(key)
        else:
            alone = alone or (is_text and any(map(str.isspace, item)))
    filled = [
        keys for name, keys in series.items() if name != _UNNAMED and sum(value[key] is not None for key in keys) > 1
    ]
    if alone or len(filled) != 1 or len(filled[0]) < _LEAST:
        return None
    first, second = (f'"{excerpt(key, 40)}"' for key in filled[0][:2])
    return f'{first}, {second} and so on are the parts of a text: write them as one under "text"'
