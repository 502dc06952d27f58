"""Evaluation files without their labels, next to the same ones with them: ``test.tsv`` and ``test_gold.tsv``."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from datalint.setup.neighbours import first_rows_of, names_in, suffix_of

if TYPE_CHECKING:
    from datalint.config.model import Settings

#: What the name of the file with the labels has after that of the file without them.
_GOLD: Final = r"(?i:[-_. ](?:gold|golden|gold[-_]?standard|gold[-_]?labels?))"
#: Rows that are compared, and those of them that are needed.
_ROWS: Final = 200
_LEAST: Final = 20


def with_labels(held: Path, settings: Settings | None, most: tuple[int, int]) -> Path:
    """Return the file with the labels of an evaluation file that has one value for all of them; else the file itself.

    Shared tasks publish a file with the tag ``O`` for each token, and later the same with the tags of the names.
    """
    gold = [
        held.with_name(name) for name in names_in(held.parent, suffix_of(held)) or () if is_gold_of(name, held.name)
    ]
    if len(gold) != 1:
        return held
    theirs, ours = (first_rows_of(str(each), settings, _ROWS, most=most) for each in (held, gold[0]))
    if len(theirs) < _LEAST or len(ours) < _LEAST or {*theirs[0]} != {*ours[0]}:
        return held
    hidden = any(len(_values(theirs, key)) == 1 < len(_values(ours, key)) for key in theirs[0])
    return gold[0] if hidden else held


def is_gold_of(name: str, other: str) -> bool:
    """Return whether a file is named as the one with the labels of another one in the same folder."""
    suffix = suffix_of(Path(other))
    return re.fullmatch(f"{re.escape(other.removesuffix(suffix))}{_GOLD}{re.escape(suffix)}", name) is not None


def _values(rows: list[dict[str, Any]], key: str) -> set[str]:
    """Return the values of a key, and the items of lists under it, as they are written."""
    values = (row.get(key) for row in rows)
    return {repr(item) for value in values for item in (value if isinstance(value, list) else [value])}
