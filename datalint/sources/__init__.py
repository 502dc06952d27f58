"""Where bytes come from, and the truth about the JSON in them.

Only what every run needs is named here: a reader of one format is imported when a file turns out to hold it.
"""

from datalint.sources.base import ROW_CONTAINERS, Chunk, Located, Source, has_lines
from datalint.sources.find import open_sources
from datalint.sources.merge import merge_facts

__all__ = ["ROW_CONTAINERS", "Chunk", "Located", "Source", "has_lines", "merge_facts", "open_sources"]
