"""Texts of a turn that are the items of a list, such as tokens, which a fix repairs one by one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from datalint.api import Options
from datalint.support.blank import BLANK

#: What a message says of a list that no fix repairs.
EMPTIES: Final = "; an item of the list has nothing else, so delete it"


def empties_items(row: Any, repair: Callable[[Any, Options], str | None], options: Options) -> bool:
    """Return whether a turn is a list of texts in which a repair only changes items to nothing, which no fix does."""
    value = row["record"].get(row["path"].removeprefix("$."))
    if not isinstance(value, list):
        return False
    items = [item for item in value if isinstance(item, str) and item.strip(BLANK)]
    repaired = [(item, repair(row.having(item), options)) for item in items]
    changed = [after for item, after in repaired if after is not None and after != item]
    return bool(changed) and not any(after.strip(BLANK) for after in changed)
