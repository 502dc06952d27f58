"""One JSON object with a list for each column, as ``Dataset.to_dict`` and pandas write tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any, Final

import orjson

from datalint.privacy.display import excerpt
from datalint.records.record import Problem
from datalint.sources.content import spooled
from datalint.sources.opening import Opening
from datalint.sources.readers.documents.object_pairs import ObjectPairs, parsed_whole
from datalint.sources.readers.json_lines.reader import JsonLines
from datalint.support.names.column_names import Strength, strength
from datalint.support.names.token_keys import TOKENS

#: The container of such rows: they have no lines of their own.
COLUMNS: Final = "json-columns"
#: The minimum number of rows, and the maximum number of columns.
_LEAST: Final = 10
_MOST: Final = 64
#: Characters of a text, on average, from which on a column of texts is more than tokens, tags or names.
_TEXT: Final = 20
#: Number of columns of texts from which on a column name among them is a topic, and the meanings of such names.
_LEAST_TOPICS: Final = 4
_MEANINGS: Final = ("prompt", "text", "heading", "system", "response", "written", "context", "category", "about")
#: The meanings of columns of which each row is under a name.
_BOTH: Final = ("prompt", "response")
#: The keys of pandas' ``orient="split"``.
_SPLIT: Final = ({"columns", "data"}, {"columns", "index", "data"})
_BLOCK: Final = 4096
#: Keys that a message names.
_NAMED: Final = 3
#: Places, and characters of each text, at which lists of texts are compared; and lists of which each two are.
_COMPARED: Final = 500
_PAIRED: Final = 4
#: Share of the places at which texts of aligned lists have most words in common, and how often more than the next ones.
_ALIGNED: Final = 0.2
_TIMES: Final = 4


def rows_of_columns(opening: Opening, pairs: ObjectPairs) -> JsonLines | None:
    """Return the rows of an object that holds a list, or an object by the number or name of the row, for each column.

    None for any other object: columns are as long as each other, one holds texts, or the words of texts next to their
    tags, and one is named like a prompt.
    """
    if not pairs.closed or not 1 < len(pairs.keys) <= _MOST or len(set(pairs.keys)) < len(pairs.keys):
        return None
    openers = set(pairs.openers)
    if pairs.openers.count(b"{") > 1:
        openers -= {b'"'}  # what a text says of the columns, such as a description
    if openers not in ({b"["}, {b"{"}) or not (_SPLIT[0] <= set(pairs.keys) or any(map(_is_asked, pairs.keys))):
        return None
    whole = parsed_whole(opening)
    columns = None if whole is None else _columns(whole[1])
    if columns is None or _are_topics(columns):
        return None
    rest = () if _SPLIT[0] <= set(pairs.keys) else tuple(key for key in pairs.keys if key not in columns)
    return read_columns(opening, columns, rest)


def read_columns(opening: Opening, columns: Mapping[str, Sequence[Any]], rest: Sequence[str] = ()) -> JsonLines:
    """Return the rows of columns that are as long as each other, without the ``rest`` of the keys of their object."""
    message = f"one JSON object with {len(columns)} columns of {_size(columns):,} values instead of rows; read as rows"
    if rest:
        more = f" and {len(rest) - _NAMED} more" if len(rest) > _NAMED else ""
        message += f", without {', '.join(excerpt(key, 40) for key in rest[:_NAMED])}{more}"
    problems = (*opening.problems, Problem("json-array", message))
    lines = spooled(_lines(columns))
    return JsonLines(opening.path, lines, opening.original, 0, COLUMNS, problems, opening.chunk_bytes)


def are_aligned(columns: Sequence[Sequence[str]]) -> bool:
    """Whether lists of texts are as long as each other, and texts at one place of two of them have words in common.

    The texts of two classes have not, wherever they are: the places of one list are compared with the next ones of the
    other too.
    """
    size = len(columns[0])
    if not 1 < len(columns) <= _MOST or size < _LEAST or any(len(each) != size for each in columns):
        return False
    step = max(1, size // _COMPARED)
    for one, other in combinations(columns[:_PAIRED], 2):
        places = range(0, size, step)
        here = sum(_share_words(one[at], other[at]) for at in places)
        next_ones = sum(_share_words(one[at], other[(at + 1) % size]) for at in places)
        if here >= _ALIGNED * len(places) and here > _TIMES * next_ones:
            return True
    return False


def _share_words(one: str, other: str) -> bool:
    """Whether half of the words of the texts are in both."""
    words, others = (frozenset(each[:_COMPARED].lower().split()) for each in (one, other))
    return 2 * len(words & others) >= len(words | others) > 0


def _is_asked(key: str) -> bool:
    """Whether a name is that of a column of prompts, or of texts or their words."""
    return key.lower() in TOKENS or any(
        strength(key, meaning) >= Strength.HEAD for meaning in ("prompt", "text", "heading")
    )


def _columns(value: Mapping[str, Any]) -> dict[str, Sequence[Any]] | None:
    """Return the columns of an object; None if it has any other structure."""
    if set(value) in _SPLIT:
        names, rows = value["columns"], value["data"]
        if (
            not isinstance(names, list)
            or not all(isinstance(each, str) for each in names)
            or not isinstance(rows, list)
        ):
            return None
        if not all(isinstance(row, list) and len(row) == len(names) for row in rows) or len(set(names)) < len(names):
            return None
        columns: dict[str, Sequence[Any]] = dict(zip(names, zip(*rows, strict=True), strict=False))
    elif sum(isinstance(each, dict) for each in value.values()) > 1:
        found = {name: each for name, each in value.items() if isinstance(each, dict)}
        asked = next((name for name in found if strength(name, "prompt") >= Strength.HEAD), next(iter(found)))
        keys = found[asked].keys()
        found = {name: each for name, each in found.items() if each.keys() == keys}
        is_numbered = all(key.isdecimal() for key in keys)
        if (is_numbered and len(found) < len(value)) or not (is_numbered or _are_answered(found)):
            return None
        columns = {name: [each[key] for key in keys] for name, each in found.items()}
    else:
        columns = dict(value)
    alike = len({len(each) for each in columns.values()}) == 1
    if not alike or _size(columns) < _LEAST:
        return None
    return columns if any(map(_are_texts, columns.values())) or _are_tokens(columns) else None


def _are_answered(names: Iterable[str]) -> bool:
    """Whether columns are named as prompts and responses: objects by other names may be anything."""
    found = [meaning for name in names for meaning in _BOTH if strength(name, meaning) >= Strength.HEAD]
    return set(found) == {*_BOTH}


def _are_topics(columns: Mapping[str, Sequence[Any]]) -> bool:
    """Whether columns are lists of texts of one kind, of which one has the name of a column by chance."""
    named = [each for each in columns if any(strength(each, meaning) >= Strength.HEAD for meaning in _MEANINGS)]
    return len(named) == 1 and len(columns) >= _LEAST_TOPICS and all(map(_are_texts, columns.values()))


def _size(columns: Mapping[str, Sequence[Any]]) -> int:
    return len(next(iter(columns.values()), ()))


def _are_texts(values: Sequence[Any]) -> bool:
    """Whether values are texts, and longer than words."""
    texts = [each for each in values if isinstance(each, str)]
    return len(texts) == len(values) and sum(map(len, texts)) >= _TEXT * len(texts)


def _are_tokens(columns: Mapping[str, Sequence[Any]]) -> bool:
    """Whether a column has lists of words, and another one as many texts or numbers for each list: their tags."""
    lists = [values for values in columns.values() if all(isinstance(each, list) and each for each in values)]
    words = [values for values in lists if all(isinstance(item, str) for each in values for item in each)]
    for one in words:
        sizes = [*map(len, one)]
        for other in lists:
            scalars = other is not one and [*map(len, other)] == sizes and len(set(sizes)) > 1
            if scalars and all(isinstance(item, str | int | float) for each in other for item in each):
                return True
    return False


def _lines(columns: Mapping[str, Sequence[Any]]) -> Iterator[bytes]:
    """Yield the rows as JSON Lines, some thousands at a time."""
    lines: list[bytes] = []
    for values in zip(*columns.values(), strict=True):
        lines.append(orjson.dumps(dict(zip(columns, values, strict=True))))
        if len(lines) == _BLOCK:
            yield b"\n".join(lines) + b"\n"
            lines.clear()
    if lines:
        yield b"\n".join(lines) + b"\n"
