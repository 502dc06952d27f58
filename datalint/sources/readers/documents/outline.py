"""Open a file with one JSON value: locate its rows and report problems of the file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
import orjson

from datalint.records.record import Problem
from datalint.sources.content import Content
from datalint.sources.json_layout import WHITE, Elements
from datalint.sources.limits import MOST_ROW, over_limit
from datalint.sources.opening import Opening, first_text, line_of
from datalint.sources.readers.documents.exported_chat import messages_of_chat
from datalint.sources.readers.documents.grouped_examples import grouped_examples
from datalint.sources.readers.documents.intents import Intents, intents
from datalint.sources.readers.documents.json_columns import rows_of_columns
from datalint.sources.readers.documents.labels_by_text import labels_by_text
from datalint.sources.readers.documents.layout import one_object
from datalint.sources.readers.documents.listed_rows import InLists
from datalint.sources.readers.documents.nameless_rows import nameless_rows
from datalint.sources.readers.documents.nested_lists import rows_in_objects
from datalint.sources.readers.documents.object_lists import rows_in_lists
from datalint.sources.readers.documents.object_pairs import object_pairs
from datalint.sources.readers.documents.object_rows import rows_by_name, rows_in_groups, rows_in_wrapped
from datalint.sources.readers.documents.pairs_by_name import pairs_by_name
from datalint.sources.readers.documents.paragraphs import paragraphs
from datalint.sources.readers.documents.phrase_pairs import listed_kind
from datalint.sources.readers.documents.queries_by_id import queries_by_id
from datalint.sources.readers.documents.reader import Document
from datalint.sources.readers.documents.rows_by_label import rows_by_label
from datalint.sources.readers.documents.texts_by_name import texts_by_name
from datalint.sources.readers.documents.trailing_commas import comma_at_end, problem_of_comma
from datalint.sources.readers.documents.unclosed_arrays import up_to_first_bad
from datalint.sources.readers.documents.unnamed_elements import Nameless
from datalint.sources.readers.json_lines.ends import line_end
from datalint.sources.readers.json_lines.glued_lines import rows_on
from datalint.sources.readers.json_lines.joined_values import all_arrays, all_objects, apart
from datalint.sources.readers.json_lines.reader import WRONG_NAME, JsonLines
from datalint.support.names.intent_keys import SAID

_NO_ROW: Final = b" \t\r\n[,]"
#: Of lines that end with a comma: how many there are at least, the share of all, and those that are looked at.
_LEAST_LINES: Final = 2
_MOSTLY: Final = 0.9
_PEEKED: Final = 20
#: Bytes at the end of a line that are read at a time.
_TAIL: Final = 64
_NEWLINE: Final = ord("\n")
#: Where the rows of a JSON object may be, in the order in which these are tried.
_WAYS: Final = (
    *(messages_of_chat, queries_by_id, labels_by_text),
    *(rows_in_groups, rows_of_columns, rows_by_name, rows_by_label, rows_in_lists, rows_in_objects, texts_by_name),
    *(pairs_by_name, rows_in_wrapped),
)
#: Keys of which an intent alone in its file has one.
_INTENTS: Final = frozenset(SAID)


def open_array(opening: Opening, found: Elements, problems: tuple[Problem, ...] = ()) -> Document:
    """Return the rows of a JSON array; ``found`` are its elements, relative to ``opening.start``."""
    content = opening.content
    starts, stops = apart(content, found, opening.start)
    noted = [*opening.problems, *problems]
    refused, tail = 0, -1
    if found.end >= 0 and (comma := comma_at_end(content, starts, stops)) >= 0:
        starts, stops = starts[:-1], stops[:-1]
        noted.append(problem_of_comma(opening, comma))
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
        if tail >= 0 and found.closer == ord("]") and (several := all_arrays(opening)) is not None:
            tail = -1
            starts, stops, joint = several
            noted.append(joint)
        if tail >= 0:
            message = "not JSON: text after the array's end; nothing from here on is read"
            noted.append(Problem("invalid-json", message, line_of(content, tail)))
            refused = 1
    nameless: Nameless | Intents | InLists | None = nameless_rows(content, starts, stops) if found.end >= 0 else None
    if isinstance(nameless, Nameless):
        noted.append(nameless.problem)
    elif found.end >= 0 and (inner := paragraphs(content, starts, stops)) is not None:
        starts, stops, said = inner
        noted.append(Problem("json-array", said))
    elif found.end >= 0 and (parted := intents(content, starts, stops)) is not None:
        starts, stops, nameless = parted
        noted.append(one_object(opening, nameless.message))
    elif found.end >= 0 and (grouped := grouped_examples(content, starts, stops)) is not None:
        starts, stops, nameless = grouped.starts, grouped.stops, grouped.rows
        noted.append(one_object(opening, grouped.message))
    document = Document.of(opening, starts, stops, noted, refused=refused, broken=found.end < 0, nameless=nameless)
    document.tail = tail
    return document


def open_without_brackets(opening: Opening) -> Document | None:
    """Return the rows of lines that end with a comma, as the elements of an array do; None for any other text."""
    content = opening.content
    spans = list(_lines_of(content, opening.start))
    closed = sum(comma for _, _, comma in spans)
    # The last one may have none.
    if len(spans) < _LEAST_LINES or closed < _MOSTLY * (len(spans) - 1):
        return None
    first = [content.read(start, min(stop, start + MOST_ROW + 1)) for start, stop, _ in spans[:_PEEKED]]
    if sum(map(_is_row, first)) < _MOSTLY * len(first):
        return None
    starts, stops = (np.array(each, np.int64) for each in zip(*((a, b) for a, b, _ in spans), strict=True))
    message = "each line ends with a comma, as in an array without its brackets; all rows are read"
    problem = Problem("json-array", message, line_of(content, int(starts[0])), severity="error")
    return Document.of(opening, starts, stops, [*opening.problems, problem])


def open_joined(opening: Opening) -> Document | None:
    """Return the rows of objects on several lines, without an array around them; None for any other text."""
    found = all_objects(opening)
    if found is None:
        return None
    content, (starts, stops) = opening.content, found
    spans = zip(starts[:_PEEKED].tolist(), stops[:_PEEKED].tolist(), strict=True)
    first = [content.read(start, min(stop, start + MOST_ROW + 1)) for start, stop in spans]
    if b"\n" not in first[0].strip(WHITE) or not _is_row(first[0]) or sum(map(_is_row, first)) < _MOSTLY * len(first):
        return None
    noted = list(opening.problems)
    comma = next((stop for stop in stops[:-1].tolist() if content.read(stop, stop + 1) == b","), None)
    if comma is not None:
        message = "commas between the rows, as in an array without its brackets; all rows are read"
        noted.append(Problem("json-array", message, line_of(content, comma), severity="error"))
    elif bool((starts[1:] > stops[:-1]).any()):
        lines = first[0].strip(WHITE).count(b"\n") + 1
        message = f"records on several lines, of which the first has {lines:,} (JSON Lines: one line each)"
        noted.append(Problem("pretty-printed-json", message, line_of(content, int(starts[0]))))
    return Document.of(opening, starts, stops, noted)


def _lines_of(content: Content, start: int) -> Iterator[tuple[int, int, bool]]:
    """Yield where each line that is not blank begins and ends, without a comma at its end, and whether there is one."""
    done = start
    for block in content.blocks(start):
        newlines = np.flatnonzero(np.frombuffer(block, np.uint8) == _NEWLINE) + done
        for end in newlines.tolist():
            yield from _line(content, start, end)
            start = end + 1
        done += len(block)
    yield from _line(content, start, done)


def _line(content: Content, start: int, stop: int) -> Iterator[tuple[int, int, bool]]:
    while stop > start:
        tail = content.read(max(start, stop - _TAIL), stop)
        kept = tail.rstrip(WHITE)
        if kept:
            stop -= len(tail) - len(kept)
            comma = kept.endswith(b",")
            yield start, stop - comma, comma
            return
        stop -= len(tail)


def _is_row(line: bytes) -> bool:
    if over_limit(line) is not None:
        return False
    try:
        return isinstance(orjson.loads(line), dict)
    except orjson.JSONDecodeError:
        return False


def open_object(opening: Opening) -> Document | JsonLines:
    """Return the rows of a JSON object: those by their names, in its lists or columns, or the object itself."""
    pairs = object_pairs(opening)
    if pairs is not None:
        for rows in _WAYS:
            found = rows(opening, pairs)
            if found is not None:
                return found
        if kind := listed_kind(pairs):
            said = "write each as a row with what is asked and what is answered, if they are examples"
            message = f"one JSON object with {len(pairs.keys):,} {kind} by their names, which are no rows: {said}"
            problems = [*opening.problems, Problem("invalid-row", message, 1, fixable=False)]
            return Document.of(opening, pairs.starts[:0], pairs.stops[:0], problems, "json-object", refused=1)
        if not pairs.closed and (glued := _rows_on_first_line(opening)) is not None:
            return glued
    here, end = np.array([opening.start], np.int64), np.array([opening.content.size], np.int64)
    if pairs is not None and not _INTENTS.isdisjoint(pairs.keys) and (parted := intents(opening.content, here, end)):
        starts, stops, nameless = parted
        said = next(key for key in pairs.keys if key in _INTENTS)
        problem = one_object(opening, f'one JSON object with the list "{said}" instead of rows; {nameless.message}')
        return Document.of(opening, starts, stops, [*opening.problems, problem], "json-object", nameless=nameless)
    if pairs is not None and (grouped := grouped_examples(opening.content, here, end)) is not None:
        problem = one_object(opening, f"one JSON object instead of rows; {grouped.message}")
        problems = [*opening.problems, problem]
        return Document.of(opening, grouped.starts, grouped.stops, problems, "json-object", nameless=grouped.rows)
    return Document.of(opening, here, end, list(opening.problems), "json-object")


def _rows_on_first_line(opening: Opening) -> JsonLines | None:
    """Return the rows of a text whose first line has several, one after the other; None for any other text."""
    content = opening.content
    position = first_text(content, opening.start)
    end = line_end(content, position + 1)
    if end - position > MOST_ROW or not rows_on(content.read(position, end).rstrip(WHITE)):
        return None
    problems = (*opening.problems, WRONG_NAME)
    return JsonLines(opening.path, content, opening.original, opening.start, "jsonl", problems, opening.chunk_bytes)
