"""Open a file with one JSON value: locate its rows and report problems of the file."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, Final

import numpy as np
import orjson

from datalint.privacy.display import excerpt
from datalint.records.record import Problem
from datalint.sources.base import Places
from datalint.sources.content import Content
from datalint.sources.json_layout import Elements, elements
from datalint.sources.limits import MOST_ROW
from datalint.sources.opening import Opening, first_text
from datalint.sources.readers.document import Document
from datalint.sources.readers.paragraphs import PARAGRAPHS, paragraphs
from datalint.sources.readers.unclosed import up_to_first_bad
from datalint.sources.splits import held_split, no_split

_SPLIT: Final = re.compile(
    r"(?:.*[_-])?(?:train(?:ing)?|val(?:id(?:ation)?)?|dev(?:elopment)?|test(?:ing)?|eval(?:uation)?)(?:[_-].*)?",
    re.IGNORECASE,
)
_TRAIN: Final = re.compile(r"train(?:ing)?", re.IGNORECASE)
#: The maximum number of keys of an object of splits or rows, and of bytes for a key and the beginning of its value.
_MOST_KEYS: Final = 1_000
_HEAD: Final = 1 << 10
#: The minimum number of rows in an object of numbered rows and of named rows, the maximum, and the rows examined.
_LEAST_NUMBERED: Final = 2
_LEAST_NAMED: Final = 10
_MOST_NAMED: Final = 1_000_000
_SAMPLED: Final = 20
_KEY: Final = re.compile(rb'\s*"((?:[^"\\]|\\.)*)"\s*:\s*(.)', re.DOTALL)
_WHITE: Final = b" \t\r\n"
_NO_ROW: Final = _WHITE + b"[,]"
#: Names of a list of rows, in lower case, and keys next to which such a list is a part of one row.
_WRAPPERS: Final = frozenset(
    (
        *("data", "dataset", "rows", "examples", "samples", "instances", "items", "records", "entries", "questions"),
        *("articles", "documents", "conversations", "dialogues", "dialogs", "pairs", "tasks", "prompts", "faqs"),
        *("faq", "qa", "qas", "qa_pairs", "results"),
    )
)
_OF_A_ROW: Final = frozenset(
    {"messages", "conversation", "instruction", "prompt", "question", "query", "input", "text", "chosen"}
)
#: Characters of a text by its name, on average, from which on it is one to read rather than a setting.
_LEAST_TEXT: Final = 30


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
        if len(starts) == 1 and not content.read(int(starts[0]), int(stops[0])).strip(_WHITE):
            starts, stops = starts[:0], stops[:0]
            noted.append(Problem("empty-file", "the array is empty"))
        elif not any(block.strip(_NO_ROW) for block in content.blocks(opening.start)):
            # Only commas: that is reported, and a file that is not blank has a row.
            refused = 1
        end = opening.start + found.end
        if found.closer != ord("]"):
            noted.append(Problem("invalid-json", "not JSON: '}' closes what '[' opened", _line(content, end)))
        tail = first_text(content, end)
        if tail >= 0:
            message = "not JSON: text after the array's end; nothing from here on is read"
            noted.append(Problem("invalid-json", message, _line(content, tail)))
            refused = 1
    if found.end >= 0 and (inner := paragraphs(content, starts, stops)) is not None:
        starts, stops = inner
        noted.append(Problem("json-array", PARAGRAPHS))
    return _document(opening, starts, stops, noted, refused=refused, broken=found.end < 0)


def open_object(opening: Opening) -> Document:
    """Return the rows of a JSON object: the object itself, or the rows in its lists if its keys are split names."""
    content = opening.content
    here = np.array([opening.start], np.int64)
    row = _document(opening, here, np.array([content.size], np.int64), list(opening.problems), "json-object")
    if (rows := _rows_by_name(opening)) is not None:
        return rows
    if not _may_be_collection(content, opening.start):
        return row
    try:
        value = orjson.loads(content.read(opening.start, content.size))
    except orjson.JSONDecodeError:
        return row
    if not isinstance(value, dict) or not _is_collection(value):
        return row
    found = elements(content.blocks(opening.start), 2)
    lists = {key: rows for key, rows in value.items() if isinstance(rows, list)}
    containers = {key: max(1, len(item)) for key, item in value.items() if isinstance(item, list | dict)}
    bounds = np.cumsum([0, *containers.values()])
    if bounds[-1] != len(found.starts):  # a key is repeated
        return row
    places = {key: slice(*bounds[at : at + 2].tolist()) for at, key in enumerate(containers)}
    return _collection(opening, lists, places, found.starts + opening.start, found.stops + opening.start)


def _rows_by_name(opening: Opening) -> Document | None:
    """Return the rows of an object that contains each row under its number or name; None for any other object.

    A row may be a text alone: a prompt, as names are no prompts.
    """
    content = opening.content
    pairs = elements(content.blocks(opening.start), 1)
    if not _LEAST_NUMBERED <= len(pairs.starts) <= _MOST_NAMED:
        return None
    starts = pairs.starts + opening.start
    names: list[str] = []
    opener = b""
    for index, start in enumerate(starts.tolist()):
        head = _KEY.match(content.read(start, min(start + _HEAD, content.size)))
        opener = opener or (head[2] if head is not None else b"")
        if head is None or head[2] != opener or opener not in (b"{", b'"'):
            return None
        names.append(_json_text(head[1]))
        starts[index] = start + head.start(2)
    stops = pairs.stops + opening.start
    stems = {name.rstrip("0123456789") for name in names}
    numbered = len(stems) == 1 and all(name[-1:].isdecimal() for name in names)
    texts = opener == b'"'
    if len(names) < _LEAST_NAMED and (texts or not numbered):
        return None
    if (stops - starts)[:_SAMPLED].max() > MOST_ROW:
        return None  # which would have to be loaded
    if not (_are_prompts(names, content, starts, stops) if texts else numbered or _alike(content, starts, stops)):
        return None
    kind = "number" if numbered else "name"
    what = "texts" if texts else "rows"
    as_prompts = ", read as prompts" if texts else ""
    message = f"one JSON object with {len(names):,} {what} by their {kind} instead of an array{as_prompts}"
    found = _document(opening, starts, stops, [*opening.problems, Problem("json-array", message)], "json-object")
    return replace(found, texts=texts)


def _are_prompts(names: list[str], content: Content, starts: Places, stops: Places) -> bool:
    """Return whether the first of the texts by name are some words long, and no name is."""
    if any(not name or any(map(str.isspace, name)) for name in names):
        return False
    spans = list(zip(starts[:_SAMPLED].tolist(), stops[:_SAMPLED].tolist(), strict=True))
    found = [_json_text(content.read(start, stop).strip(_WHITE)[1:-1]) for start, stop in spans]
    return all(" " in text for text in found) and sum(map(len, found)) >= _LEAST_TEXT * len(found)


def _alike(content: Content, starts: Places, stops: Places) -> bool:
    """Return whether the first objects have the same keys, at least two, like rows."""
    found: set[frozenset[str]] = set()
    for start, stop in zip(starts[:_SAMPLED].tolist(), stops[:_SAMPLED].tolist(), strict=True):
        try:
            value = orjson.loads(content.read(start, stop))
        except orjson.JSONDecodeError:
            return False
        found.add(frozenset(value) if isinstance(value, dict) else frozenset())
    return len(found) == 1 and len(next(iter(found))) > 1


def _may_be_collection(content: Content, start: int) -> bool:
    """Return whether an object's keys are those of a collection, without parsing what may be a single large row."""
    pairs = elements(content.blocks(start), 1)
    if not 0 < len(pairs.starts) <= _MOST_KEYS:
        return False
    heads = (content.read(start + place, start + place + _HEAD) for place in pairs.starts.tolist())
    found = [(_json_text(match[1]), match[2]) for match in map(_KEY.match, heads) if match]
    if len(found) < len(pairs.starts):
        return False
    lists = [key for key, value in found if value == b"["]
    return (
        any(key.lower() in _WRAPPERS for key in lists)
        or (bool(lists) and all(_SPLIT.fullmatch(key) for key, _ in found))
        or (len(lists) == len(found) and _are_numbers(lists))
    )


def _json_text(inside: bytes) -> str:
    """Return the text of a JSON string from its content between the quotes; empty if it is invalid."""
    try:
        return str(orjson.loads(b'"%b"' % inside))
    except orjson.JSONDecodeError:
        return ""


def _is_collection(value: dict[str, Any]) -> bool:
    lists = [key for key, rows in value.items() if isinstance(rows, list)]
    if not any(value[key] for key in lists):
        return False
    if len(lists) == len(value) and all(_SPLIT.fullmatch(key) for key in lists):
        return True
    return _list_of_rows(value) is not None or _are_groups(value)


def _are_groups(value: dict[str, Any]) -> bool:
    """Return whether an object has lists of rows by the number of a class or topic."""
    return _are_numbers(list(value)) and all(
        isinstance(rows, list) and all(isinstance(row, dict) for row in rows) and not _are_turns(rows)
        for rows in value.values()
    )


def _are_numbers(keys: list[str]) -> bool:
    return len(keys) > 1 and all(key.isdecimal() for key in keys)


def _list_of_rows(value: dict[str, Any]) -> str | None:
    """Return the key of the only list of rows, next to values that say something of it; None for any other object.

    Tasks of Super-NaturalInstructions have lists of examples next to their instances.
    """
    if not _OF_A_ROW.isdisjoint(value) or any(map(_are_turns, value.values())):
        return None
    if len(value) == 1 and isinstance(value[name := next(iter(value))], list) and name.lower() in _WRAPPERS:
        return name
    lists = [
        key for key, rows in value.items() if isinstance(rows, list) and any(isinstance(row, dict) for row in rows)
    ]
    rows = [key for key in lists if key.lower() in _WRAPPERS]
    others = (key for key in lists if key not in rows)
    return rows[0] if len(rows) == 1 and all(key.endswith(" Examples") for key in others) else None


def _are_turns(value: object) -> bool:
    """Return whether a value is a list of messages."""
    first = value[0] if isinstance(value, list) and value else None
    return isinstance(first, dict) and ("role" in first or "from" in first)


def _collection(
    opening: Opening, lists: dict[str, list[Any]], places: dict[str, slice], starts: Places, stops: Places
) -> Document:
    chosen = _chosen(opening, lists)
    noted = list(opening.problems)
    keep = np.zeros(len(starts), bool)
    refused = 0
    for key, rows in lists.items():
        if key not in chosen or not rows:
            continue
        if any(isinstance(row, dict) for row in rows):
            keep[places[key]] = True
        else:
            kinds = "lists" if isinstance(rows[0], list) else "values"
            message = f'"{excerpt(key, 40)}" contains {len(rows):,} {kinds} that are not objects: no row is read'
            noted.append(Problem("not-an-object", message, _line(opening.content, int(starts[places[key].start]))))
            refused += len(rows)
    names = ", ".join(f'"{excerpt(key, 40)}"' for key in lists)
    message = f"one JSON object with the lists {names} instead of rows"
    if keep.any():
        message += "; all are read" if len(chosen) == len(lists) else f'; "{excerpt(chosen[0], 40)}" is read'
    noted.append(Problem("json-array", message))
    if not keep.any() and not refused:
        noted.append(Problem("empty-file", "no record in the file"))
    starts, stops = starts[keep], stops[keep]
    if (inner := paragraphs(opening.content, starts, stops)) is not None:
        starts, stops = inner
        noted.append(Problem("json-array", PARAGRAPHS))
    document = _document(opening, starts, stops, noted, "json-object", refused=refused)
    return replace(document, split=opening.split if opening.split in chosen else None)


def _chosen(opening: Opening, lists: dict[str, list[Any]]) -> list[str]:
    if opening.split is not None and any(_SPLIT.fullmatch(key) for key in lists):
        if opening.split not in lists:
            raise no_split(opening.path, opening.split, list(lists))
        return [opening.split]
    if opening.held and (other := held_split(lists)) is not None:
        return [other]
    if not all(_SPLIT.fullmatch(key) for key in lists) and (rows := _list_of_rows(lists)) is not None:
        return [rows]
    return [key for key in lists if _TRAIN.fullmatch(key)][:1] or list(lists)


def _document(
    opening: Opening,
    starts: Places,
    stops: Places,
    problems: list[Problem],
    container: str = "json-array",
    *,
    refused: int = 0,
    broken: bool = False,
) -> Document:
    return Document(
        opening.path,
        opening.content,
        opening.original,
        starts,
        stops,
        container=container,
        problems=tuple(problems),
        refused=refused,
        broken=broken,
        chunk_bytes=opening.chunk_bytes,
    )


def _line(content: Content, position: int) -> int:
    """Return the line of a byte; this reads the file up to it."""
    count, base = 1, 0
    for block in content.blocks():
        count += block[: position - base].count(b"\n")
        base += len(block)
        if base >= position:
            break
    return count
