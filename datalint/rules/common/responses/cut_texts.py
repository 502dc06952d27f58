"""Rows whose texts a limit cut, and what is said of them."""

from __future__ import annotations

from datalint.api import NamedTuple


class CutTexts(NamedTuple):
    """A message, and the rows whose texts are cut, the first of which are named after it.

    ``length`` is that of the texts, if all have one.
    """

    said: str
    rows: list[int]
    length: int | None = None
