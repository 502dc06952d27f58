"""Whether a turn is the label of a text."""

from __future__ import annotations


def is_label_path(path: str) -> bool:
    """Return whether the key of a JSON path is that of a label by its name, such as ``$.label`` or ``$.sentiment``."""
    # Few rows are asked, and then the names need not be loaded.
    from datalint.support.column_names import Strength, strength

    key = path.removeprefix("$.")
    return key.isidentifier() and strength(key, "category") is Strength.WHOLE
