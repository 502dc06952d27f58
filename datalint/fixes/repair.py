"""Runs the functions of fixes that edit rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

import orjson

from datalint.core.fix import Edit, Rename, Replace, Safety, Steps
from datalint.core.rule import Scope
from datalint.engine.map.expressions import FrameRow
from datalint.fixes.edits import applied
from datalint.fixes.repairs import Repaired
from datalint.records.canonical import as_text
from datalint.records.paths import values_by_path
from datalint.records.stated_places import is_quoted, moves_places
from datalint.shapes.flatten import Flat, flatten
from datalint.sources.base import Located
from datalint.sources.content import Content
from datalint.sources.encoding import UTF8_BOM, decode_legacy
from datalint.sources.json_truth.truth import parse_exactly
from datalint.sources.readers.json_lines.reader import JsonLines
from datalint.sources.readers.json_lines.right_brackets import right_brackets
from datalint.support.blank import BLANK

if TYPE_CHECKING:
    from datalint.engine.map.mapper import Mapper
    from datalint.engine.plan import Active

#: Keys of the objects in a list of parts that hold a text of the turn.
_TEXT_KEYS: Final = frozenset(("text", "value", "content"))
#: Levels of lists and objects in a turn's value in which texts are looked for.
_DEEPEST: Final = 4
_SPACES: Final = bytes.maketrans(b"\r\n", b"  ")


def as_utf8(line: bytes) -> bytes:
    """Return the bytes of a row as its reader understood them: without a byte-order mark, and in UTF-8."""
    line = line.removeprefix(UTF8_BOM)
    try:
        line.decode()
    except UnicodeDecodeError:
        legacy = decode_legacy(line)
        return line if legacy is None else legacy[0].encode()
    return line


def as_json(line: bytes) -> bytes:
    """Return the JSON object that a row is read as, whose text, in UTF-8, may be none, or a list."""
    try:
        if isinstance(orjson.loads(line), dict):
            return line
    except orjson.JSONDecodeError:
        pass
    found = parse_exactly(line)
    if found.refused:
        return right_brackets(line) or line
    return line if found.standard is None else found.standard.encode("utf-8", "surrogatepass")


def located(lines: Sequence[bytes]) -> Located:
    """Return rows, each the JSON text of one, as a chunk of a file.

    Raises:
        ValueError: if a line is no row.
    """
    # Between the values of a row, a line break is as good as a space.
    content = Content(b"".join(line.translate(_SPACES) + b"\n" for line in lines))
    chunk = JsonLines("", content, None, chunk_bytes=max(content.size, 1) * 2)
    found = [each.load() for each in chunk.chunks(0)]
    if len(found) != 1 or len(found[0].records) != len(lines):
        raise ValueError("a line that is no row")
    return found[0]


def repair(lines: Sequence[bytes], wanted: Sequence[Sequence[int]], mapper: Mapper) -> Iterator[tuple[int, Repaired]]:
    """Yield the rows that fixes change, by their index in ``lines``.

    ``lines`` are the JSON texts of rows; ``wanted`` has for each the rules with a finding
    in it. Fixes are applied one after the other, each to what the one before made of the row.
    """
    left = [list(rules) for rules in wanted]
    current = list(lines)
    done: list[list[int]] = [[] for _ in lines]
    while any(left):
        turn = [at for at, rules in enumerate(left) if rules]
        try:
            raw = located([current[at] for at in turn])
        except ValueError:
            break
        flat = flatten(raw.records, mapper.detector, mapper.plan.category_key)
        for index, at in enumerate(turn):
            number = left[at].pop(0)
            edits = _edits(mapper.plan.rules[number], index, raw, flat, mapper)
            line = applied(current[at], raw.records[index], edits) if edits else None
            if line is not None and line != current[at]:
                current[at] = line
                done[at].append(number)
    for at, rules in enumerate(done):
        if rules:
            yield at, Repaired(current[at], tuple(rules))


def _edits(active: Active, index: int, raw: Located, flat: Flat, mapper: Mapper) -> list[Edit]:
    """Return the edits of one row by one rule; none where its function raises, as its finding then stays."""
    function = active.rule.repair_function
    if function is None:
        return []
    try:
        if active.rule.scope is Scope.TURN:
            return list(_of_turns(function, active, raw.records[index], _turns(index, raw, flat)))
        return list(function(mapper.record(index, raw, flat), active.options))
    except Exception:
        return []


def _turns(index: int, raw: Located, flat: Flat) -> Iterator[FrameRow]:
    first, last = flat.bounds[index], flat.bounds[index + 1]
    for position, values in enumerate(flat.turns[first:last].iter_rows(named=True), first):
        yield FrameRow(values, flat.turns, position, raw.records)


def _of_turns(function: Any, active: Active, value: dict[str, Any], turns: Iterable[FrameRow]) -> Iterator[Edit]:
    """Yield the edits of the texts of turns, each once: a text may be that of two turns.

    What the row states the places of stays where it is: no edit changes the text before them, or up to their end. No
    edit empties an item of a list, and no safe one changes what a key that is not read quotes.
    """
    places = values_by_path(value)
    safe = active.rule.fix is not None and active.rule.fix.safety is Safety.SAFE
    seen, named = set[Steps](), set[Steps]()
    for turn in turns:
        place = places.get(turn["path"])
        if place is None:
            continue
        is_written = isinstance(place[1], list | dict) and turn["text"] == _as_read(place[1])
        for path, text in _every_text(*place) if is_written else _texts(*place):
            if path in seen:
                continue
            seen.add(path)
            row = turn.having(text)
            fixed = function(row, active.options)
            kept = moves_places(row, fixed) or (safe and is_quoted(row, fixed))
            if fixed is not None and fixed != text and not _empties(path, fixed) and not kept:
                yield Replace(path, fixed)
        for path, others in _every_key(*place) if is_written else ():
            fixed = function(turn.having(str(path[-1])), active.options)
            # Two keys do not become one.
            if fixed is not None and fixed not in others and path not in named:
                others.add(fixed)
                named.add(path)
                yield Rename(path, fixed)


def _empties(path: Steps, fixed: str) -> bool:
    """Whether an edit leaves nothing of an item of a list, such as a token: other lists may count it."""
    return isinstance(path[-1], int) and not fixed.strip(BLANK)


def _as_read(value: Any) -> str:
    """Return the text of a context that is an object, or a list of values."""
    return "\n".join(map(as_text, value)) if isinstance(value, list) else as_text(value)


def _every_text(steps: Steps, node: Any) -> Iterator[tuple[Steps, str]]:
    """Yield the texts in a value that is read as JSON."""
    return ((path, value) for path, value in _inner(steps, node) if isinstance(value, str))


def _every_key(steps: Steps, node: Any) -> Iterator[tuple[Steps, set[str]]]:
    """Yield the keys of the objects in a value that is read as JSON, each with those of its object."""
    for path, value in _inner(steps, node):
        if isinstance(value, dict):
            keys = set(value)
            yield from (((*path, key), keys) for key in value)


def _inner(steps: Steps, node: Any) -> Iterator[tuple[Steps, Any]]:
    waiting = [(steps, node)]
    while waiting:
        path, value = waiting.pop()
        yield path, value
        if isinstance(value, list):
            waiting += [((*path, index), item) for index, item in enumerate(value)]
        elif isinstance(value, dict):
            waiting += [((*path, key), item) for key, item in value.items()]


def _texts(steps: Steps, node: Any, depth: int = 0) -> Iterator[tuple[Steps, str]]:
    """Yield the texts of a turn's value: a string, or those of its parts."""
    if isinstance(node, str):
        yield steps, node
    elif isinstance(node, list) and depth < _DEEPEST:
        for index, item in enumerate(node):
            yield from _texts((*steps, index), item, depth + 1)
    elif isinstance(node, dict) and depth < _DEEPEST:
        for key in _TEXT_KEYS & node.keys():
            yield from _texts((*steps, key), node[key], depth + 1)
