"""Open a file with one JSON value: locate its rows and report problems of the file."""

from __future__ import annotations

from typing import Final

import numpy as np

from datalint.records.record import Problem
from datalint.sources.json_layout import Elements
from datalint.sources.opening import Opening, first_text, line_of
from datalint.sources.readers.document import Document
from datalint.sources.readers.intents import INTENTS, Intents, intents
from datalint.sources.readers.json_columns import rows_of_columns
from datalint.sources.readers.jsonl import JsonLines
from datalint.sources.readers.nameless import Nameless, nameless_rows
from datalint.sources.readers.nested_lists import rows_in_objects
from datalint.sources.readers.object_lists import rows_in_lists
from datalint.sources.readers.object_pairs import object_pairs
from datalint.sources.readers.object_rows import rows_by_name
from datalint.sources.readers.paragraphs import PARAGRAPHS, paragraphs
from datalint.sources.readers.unclosed import up_to_first_bad

_NO_ROW: Final = b" \t\r\n[,]"


def open_array(opening: Opening, found: Elements, problems: tuple[Problem, ...] = ()) -> Document:
    """Return the rows of a JSON array; ``found`` are its elements, relative to ``opening.start``."""
    content = opening.content
    starts, stops = found.starts + opening.start, found.stops + opening.start
    noted = [*opening.problems, *problems]
    refused = 0
    if found.end < 0:
        starts, stops = up_to_first_bad(content, starts, stops)
        # A file that is not blank has a row.
        refused = int(not any(block.strip(_NO_ROW) for block in content.blocks(opening.start)))
    else:
        if len(starts) == 1 and not int(starts[0]) <= first_text(content, int(starts[0])) < int(stops[0]):
            starts, stops = starts[:0], stops[:0]
            if found.closer == ord("]"):
                noted.append(Problem("empty-file", "the array is empty"))
            else:
                refused = 1
        elif not any(block.strip(_NO_ROW) for block in content.blocks(opening.start)):
            # Only commas: that is reported, and a file that is not blank has a row.
            refused = 1
        end = opening.start + found.end
        if found.closer != ord("]"):
            noted.append(Problem("invalid-json", "not JSON: '}' closes what '[' opened", line_of(content, end)))
        tail = first_text(content, end)
        if tail >= 0:
            message = "not JSON: text after the array's end; nothing from here on is read"
            noted.append(Problem("invalid-json", message, line_of(content, tail)))
            refused = 1
    nameless: Nameless | Intents | None = nameless_rows(content, starts, stops) if found.end >= 0 else None
    if isinstance(nameless, Nameless):
        noted.append(nameless.problem)
    elif found.end >= 0 and (inner := paragraphs(content, starts, stops)) is not None:
        starts, stops = inner
        noted.append(Problem("json-array", PARAGRAPHS))
    elif found.end >= 0 and (parted := intents(content, starts, stops)) is not None:
        starts, stops, nameless = parted
        noted.append(Problem("json-array", INTENTS))
    return Document.of(opening, starts, stops, noted, refused=refused, broken=found.end < 0, nameless=nameless)


def open_object(opening: Opening) -> Document | JsonLines:
    """Return the rows of a JSON object: those by their names, in its lists or columns, or the object itself."""
    pairs = object_pairs(opening)
    if pairs is not None:
        for rows in (rows_of_columns, rows_by_name, rows_in_lists, rows_in_objects):
            found = rows(opening, pairs)
            if found is not None:
                return found
    here, end = np.array([opening.start], np.int64), np.array([opening.content.size], np.int64)
    return Document.of(opening, here, end, list(opening.problems), "json-object")
