"""Read files, streams, tables, in-memory objects and Hub datasets, and parse the JSON in them exactly.

Only names that every run needs are exported here; the reader of a format is imported when a file has that format.
"""

from datalint.sources.base import ROW_CONTAINERS, Located, Source, SourceChunk, has_lines, has_numbers
from datalint.sources.find import open_sources
from datalint.sources.merge import merge_facts

__all__ = [
    "ROW_CONTAINERS",
    "Located",
    "Source",
    "SourceChunk",
    "has_lines",
    "has_numbers",
    "merge_facts",
    "open_sources",
]
