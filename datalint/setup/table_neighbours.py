"""Open files near the data as the data is: in its table format, or with its first language first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from datalint.core.errors import DatalintError
from datalint.core.table_format import TableFormat
from datalint.sources.data_files import DELIMITED, TEXT
from datalint.support.word_scripts import has_words

if TYPE_CHECKING:
    from datalint.config.model import Settings
    from datalint.sources import Source

_PLAIN: Final = "text"
_TABLES: Final = frozenset(DELIMITED.values())
#: Words of a text rather than a name.
_WORDS: Final = 3


def in_format_of(data: Source | None, found: Sequence[Source], settings: Settings, **opening: Any) -> list[Source]:
    """Return opened sources, those of plain lines that are rows of the data's table as tables.

    A separator is only believed in a file named as a text if more lines than a small test set has have it. If the data
    has no header, a table has none either whose first line has a text and no name: rows without labels show less of
    that, as no value of them repeats. Parallel texts in the languages of the data have the same one first. ``opening``
    are the arguments that the sources were opened with.
    """
    if languages := getattr(data, "languages", ()):
        return [_in_order(each, languages, settings, opening) for each in found]
    if data is None:
        return list(found)
    if not getattr(data, "headed", True) and settings.table.header is None:
        found = [_without_header(each, data, settings, opening) for each in found]
    table = _format_of(data, settings)
    if table is None:
        return list(found)
    return [_as_table(each, data, table, settings, opening) for each in found]


def _in_order(found: Any, languages: Sequence[str], settings: Settings, opening: dict[str, Any]) -> Source:
    """Return parallel texts with the first one of two languages first."""
    from datalint.sources import open_sources

    if getattr(found, "languages", ()) != tuple(reversed(languages)):
        return found  # type: ignore[no-any-return]
    return open_sources([*found.read_nearby, found.path], confine=settings.files.confine, **opening)[0]


def _without_header(found: Any, data: Any, settings: Settings, opening: dict[str, Any]) -> Source:
    """Return a table with as many columns as one without a header, or fewer, without one too if it names nothing."""
    from datalint.sources import open_sources

    if found.container not in _TABLES or data.container not in _TABLES or not found.headed:
        return found  # type: ignore[no-any-return]
    from datalint.support.names.column_names import is_name

    named = len(found.header) > len(data.header) or any(map(is_name, found.header))
    if named or not any(has_words(field, _WORDS) for field in found.header):
        return found  # type: ignore[no-any-return]
    table = settings.table._replace(delimiter=found.dialect.delimiter, header=False)
    [again] = open_sources([found.path], table=table, confine=settings.files.confine, **opening)
    return again


def _format_of(data: Any, settings: Settings) -> TableFormat | None:
    """Return the format of a table that was detected in a text, None for any other data."""
    is_table = data.container in _TABLES and data.path.lower().endswith(TEXT)
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
