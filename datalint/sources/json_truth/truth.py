"""Slow, exact parsing of one line or element, against which the fast path is checked."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from datalint.records.record import Problem
from datalint.sources.base import RECORD_RULES
from datalint.sources.encoding import LOST, UTF8_BOM, decode_legacy
from datalint.sources.json_layout import max_depth
from datalint.sources.json_truth.noticed import PARSER, Marks, limited, noticed
from datalint.sources.limits import over_limit

if TYPE_CHECKING:
    from datalint.sources.json_truth.explain import JsonFault

#: The nesting depth that is reported, and the one at which a row is refused (as ``invalid-json``, because there is no
#: record for a rule to check): Python code that walks a row exceeds the recursion limit below 1,000 levels, and orjson
#: stops at 1,024.
DEEP: Final = 100
TOO_DEEP: Final = 256
#: White space of JSON.
_WHITE: Final = " \t\r\n"


@dataclass(slots=True)
class Parsed:
    """The result of parsing some bytes exactly.

    ``value`` is valid only if not ``refused``. ``problems`` about text have a ``line`` relative to the bytes, starting
    at 1; those about the value have a JSON path. ``incomplete`` is true if the bytes could be the beginning of JSON,
    ``raw_breaks`` if they are JSON but for control characters inside strings, and were read as if these were escaped.
    ``standard`` is the JSON that was read instead of a text that is no JSON, or no object, but has only this meaning.
    """

    value: Any = None
    refused: bool = True
    problems: list[Problem] = field(default_factory=list)
    incomplete: bool = False
    raw_breaks: bool = False
    standard: str | None = None


#: The end of the message about a row that is no JSON, but is read.
READ: Final = "; read all the same"
#: Keys that a message has in either spelling.
_TURN: Final = frozenset(("role", "content"))
_THEIR_TURN: Final = frozenset(("from", "value"))


def parse_exactly(data: bytes, before: Callable[[], int | None] = lambda: 0) -> Parsed:
    """Parse ``data`` exactly; ``before`` returns the number of characters before it on its line, None if unknown."""
    found = Parsed()
    if (reason := over_limit(data)) is not None:
        return _refuse(found, "oversized-line", reason)
    text = _decoded(data, found)
    if text is None:
        return found
    depth = max_depth(data if text.isascii() else text.encode("utf-8"))
    if depth > TOO_DEEP:
        message = f"nested {depth:,} levels deep, more than the {TOO_DEEP} that are read"
        return _refuse(found, "excessive-nesting", message)
    try:
        value, marks = PARSER.read(text)
    except json.JSONDecodeError as error:
        from datalint.sources.json_truth.explain import explain_error

        fault = explain_error(text, error)
        line, where = _place(text, fault.at, before)
        message = _worded(fault, where)
        meant = _meant(text, depth)
        if meant is None:
            found.incomplete = fault.incomplete
            return _refuse(found, fault.rule, message, line)
        found.standard, value, marks = meant
        found.problems.append(Problem("invalid-json", f"{message}{READ}", line, rewritable=True))
    except RecursionError:
        return _refuse(found, "excessive-nesting", f"nested {depth:,} levels deep, too deep to read")
    if not isinstance(value, dict):
        if (kind := no_row(value)) is not None:
            return _refuse(found, "not-an-object", kind)
        if found.standard is None:
            found.standard = _object_of(text, value)
        value, message = _row_of(value)
        found.problems.append(Problem("not-an-object", message, 1, severity="warning", rewritable=True))
    if depth > DEEP:
        found.problems.append(Problem("excessive-nesting", f"nested {depth:,} levels deep, more than {DEEP}"))
    found.problems.extend(limited(noticed(value, marks)))
    found.value, found.refused = value, False
    return found


def _meant(text: str, depth: int) -> tuple[str, Any, Marks] | None:
    """Return the only meaning of a text that is no JSON, as JSON and as parsed; None if that is not clear."""
    from datalint.sources.json_truth.lenient import as_standard

    standard = as_standard(text) if depth <= DEEP else None
    if standard is None:
        return None
    try:
        value, marks = PARSER.read(standard)
    except (json.JSONDecodeError, RecursionError):
        return None
    return None if no_row(value) is not None else (standard, value, marks)


def no_row(value: object) -> str | None:
    """Return the type of a ``value`` that is no row, in words; None for an object, or a list that is meant as a row."""
    if isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
        return None if len(value) == 1 or _are_turns(value) else _kind(value)
    return None if isinstance(value, dict) else _kind(value)


def _row_of(value: list[dict[str, Any]]) -> tuple[dict[str, Any], str]:
    """Return the row that a list must be meant as, and the message for it."""
    if _are_turns(value):
        return {"messages": value}, "a row is a list of messages instead of an object; read as messages"
    return value[0], "a row is an object inside a list; read as that object"


def _object_of(text: str, value: list[dict[str, Any]]) -> str:
    """Return the text of the object that a list, written in ``text``, is read as: one around it, or the one in it."""
    items = text.strip(_WHITE)
    return f'{{"messages": {items}}}' if _are_turns(value) else items[1:-1].strip(_WHITE)


def _are_turns(items: list[dict[str, Any]]) -> bool:
    return all(item.keys() >= _TURN or item.keys() >= _THEIR_TURN for item in items)


def split_scopes(problems: list[Problem]) -> tuple[list[Problem], list[Problem]]:
    """Return (problems of the record, problems of the file)."""
    record = [problem for problem in problems if problem.rule in RECORD_RULES]
    return record, [problem for problem in problems if problem.rule not in RECORD_RULES]


def _refuse(found: Parsed, rule: str, message: str, line: int = 1) -> Parsed:
    found.problems.append(Problem(rule, message, line))
    return found


def _worded(fault: JsonFault, where: str) -> str:
    if fault.rule == "concatenated-json":
        return f"{fault.reason.removesuffix(' here')} at {where}"
    return f"not JSON at {where}: {fault.reason}"


def _place(text: str, at: int, before: Callable[[], int | None]) -> tuple[int, str]:
    start = text.rfind("\n", 0, at) + 1
    if start:
        return text.count("\n", 0, at) + 1, f"column {at - start + 1}"
    characters = before()
    if characters is None:
        return 1, f"character {at + 1} of the element"
    return 1, f"column {characters + at + 1}"


def _decoded(data: bytes, found: Parsed) -> str | None:
    if data.startswith(UTF8_BOM):
        data = data[len(UTF8_BOM) :]
        found.problems.append(Problem("byte-order-mark", "a byte-order mark at the start of this line", 1))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        legacy = decode_legacy(data)
        line = data.count(b"\n", 0, error.start) + 1
        if legacy is None:
            found.problems.append(Problem("invalid-utf8", not_utf8(data, error), line))
            return None
        text, name = legacy
        found.problems.append(Problem("wrong-encoding", f"text is {name}, not UTF-8", line))
        return text


def not_utf8(data: bytes, error: UnicodeDecodeError, what: str = "line") -> str:
    """Describe which byte of ``data``, counted from 1 on its line or in the text, is not UTF-8, and why."""
    byte = data[error.start]
    start = data.rfind(b"\n", 0, error.start) + 1 if what == "line" else 0
    why = error.reason
    if byte == 0xED and data[error.start + 1 : error.start + 2] >= b"\xa0":
        why = "half of a surrogate pair"
    elif data[max(error.start - 1, 0) : error.start + 2] == LOST:
        why = "a byte of a lost character, between question marks"
    elif error.end >= len(data) or error.reason == "unexpected end of data":
        why = "a character is cut"
    return f"byte {error.start - start + 1} of the {what} (0x{byte:02X}) is not UTF-8: {why}"


def _kind(value: Any) -> str:
    names = {
        list: "an array",
        str: "a string",
        bool: "a boolean",
        type(None): "null",
        int: "a number",
        float: "a number",
    }
    text = f"{names[type(value)]}, not an object"
    if isinstance(value, str) and value.lstrip()[:1] in ("{", "["):
        return text + " (JSON inside a string: encoded twice, so decode it once)"
    return text
