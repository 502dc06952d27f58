"""The certificate of a split: what a later run needs so that rows keep their side."""

from __future__ import annotations

import base64
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import polars as pl

from datalint.privacy.display import file_name
from datalint.support.distinct import distinct

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from datalint.engine.reduce.merge import Merged
    from datalint.fixes.sides import Sides

SCHEMA: Final = "datalint-split/3"


def earlier_sides(merged: Merged, names: Sequence[str], earlier: Mapping[str, Any]) -> NDArray[np.int64]:
    """Return the side of each row in an earlier run; -1 for a row that it did not have.

    The certificate has the hashes of the rows of all sides but ``train``. What else was read then is in ``train``: rows
    are appended, so these are the first ones of each input.
    """
    exact, files = merged.examples["exact"], merged.examples["file"].to_numpy()
    rows = {each["path"]: int(each["rows"]) for each in earlier.get("inputs", ())}
    read = np.array([rows.get(file_name(file.path), 0) for file in merged.files], np.int64)
    found = np.where(merged.examples["row"].to_numpy() <= read[files], 0, -1)
    for number, name in enumerate(names[1:], 1):
        members = pl.Series(_unpacked(earlier["members"][name]))
        found[exact.is_in(members.implode()).to_numpy()] = number
    return found


def members_of(merged: Merged, sides: Sides) -> dict[str, str]:
    """Return the hashes of the rows of each side but the first, for the certificate."""
    exact = merged.examples["exact"].to_numpy()
    return {
        name: base64.b64encode(distinct(exact[sides.sides == number]).astype("<u8").tobytes()).decode()
        for number, name in enumerate(sides.names[1:], 1)
    }


def _unpacked(members: str) -> NDArray[np.uint64]:
    return np.frombuffer(base64.b64decode(members, validate=True), "<u8").astype(np.uint64)


def is_certificate(value: Mapping[str, Any], names: Collection[str]) -> bool:
    """Return whether a value is the certificate of a split with these sides but ``train``."""
    try:
        numbers = [
            *value["bounds"],
            value["largest"],
            *(each for limits in value["limits"].values() for each in limits),
        ]
        rows = [(each["path"], each["rows"]) for each in value["inputs"]]
        members = [_unpacked(value["members"][name]) for name in names]
    except (KeyError, TypeError, ValueError, AttributeError):
        return False
    sound = all(type(number) in (int, float) and np.isfinite(number) for number in numbers)
    return sound and len(members) == len(names) and all(type(path) is str and type(n) is int for path, n in rows)
