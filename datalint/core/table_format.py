"""What the user says about how tables of text are written."""

from __future__ import annotations

from typing import Final

from datalint.support.named_tuple import NamedTuple

#: The value of ``quote`` for files in which quotation marks are plain text.
NO_QUOTE: Final = "none"


class TableFormat(NamedTuple):
    """Separator, quote and header of CSV and TSV files; what is None is detected.

    ``quote`` is one character or :data:`NO_QUOTE`.
    """

    delimiter: str | None = None
    quote: str | None = None
    header: bool | None = None


DETECTED: Final = TableFormat()
