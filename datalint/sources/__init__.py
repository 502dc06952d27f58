"""Where bytes come from, and the truth about the JSON in them."""

from datalint.sources.base import ROW_CONTAINERS, Chunk, Located, Source, has_lines
from datalint.sources.find import open_sources
from datalint.sources.inflate import Limits
from datalint.sources.memory import from_object
from datalint.sources.merge import merge_facts
from datalint.sources.plain import json_safe
from datalint.sources.truth import examine

__all__ = [
    "ROW_CONTAINERS",
    "Chunk",
    "Limits",
    "Located",
    "Source",
    "examine",
    "from_object",
    "has_lines",
    "json_safe",
    "merge_facts",
    "open_sources",
]
