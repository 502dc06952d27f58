"""Read files, streams, tables, in-memory objects and Hub datasets, and parse the JSON in them exactly.

Only names that every run needs are exported here; the reader of a format is imported when a file has that format.
"""

from datalint.sources.base import (
    ROW_CONTAINERS,
    TOKEN_LINES,
    TOKEN_ROWS,
    Located,
    Source,
    SourceChunk,
    has_lines,
    has_numbers,
    is_padded,
)
from datalint.sources.find import open_sources
from datalint.sources.merge import merge_facts

__all__ = [
    "ROW_CONTAINERS",
    "TOKEN_LINES",
    "TOKEN_ROWS",
    "Located",
    "Source",
    "SourceChunk",
    "has_lines",
    "has_numbers",
    "is_padded",
    "merge_facts",
    "open_sources",
]
