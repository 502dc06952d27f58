"""Open files near the data as the data is: in its table format, or with its first language first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from datalint.core.errors import DatalintError
from datalint.core.table_format import TableFormat
from datalint.sources.data_files import DELIMITED, TEXT

if TYPE_CHECKING:
    from datalint.config.model import Settings
    from datalint.sources import Source

_PLAIN: Final = "text"


def in_format_of(data: Source | None, found: Sequence[Source], settings: Settings, **opening: Any) -> list[Source]:
    """Return opened sources, those of plain lines that are rows of the data's table as tables.

    A separator is only believed in a file named as a text if more lines than a small test set has have it. Parallel
    texts in the languages of the data have the same one first. ``opening`` are the arguments that the sources were
    opened with.
    """
    if languages := getattr(data, "languages", ()):
        return [_in_order(each, languages, settings, opening) for each in found]
    table = None if data is None else _format_of(data, settings)
    if table is None:
        return list(found)
    return [_as_table(each, data, table, settings, opening) for each in found]


def _in_order(found: Any, languages: Sequence[str], settings: Settings, opening: dict[str, Any]) -> Source:
    """Return parallel texts with the first one of two languages first."""
    from datalint.sources import open_sources

    if getattr(found, "languages", ()) != tuple(reversed(languages)):
        return found  # type: ignore[no-any-return]
    return open_sources([*found.read_nearby, found.path], confine=settings.files.confine, **opening)[0]


def _format_of(data: Any, settings: Settings) -> TableFormat | None:
    """Return the format of a table that was detected in a text, None for any other data."""
    is_table = data.container in set(DELIMITED.values()) and data.path.lower().endswith(TEXT)
    if not is_table or settings.table.delimiter is not None:
        return None
    return settings.table._replace(delimiter=data.dialect.delimiter, header=data.headed)


def _as_table(found: Source, data: Any, table: TableFormat, settings: Settings, opening: dict[str, Any]) -> Source:
    from datalint.sources import open_sources

    if found.container != _PLAIN or not found.path.lower().endswith(TEXT):
        return found
    try:
        [again] = open_sources([found.path], table=table, confine=settings.files.confine, **opening)
    except DatalintError:
        return found
    return again if getattr(again, "header", None) == data.header else found
