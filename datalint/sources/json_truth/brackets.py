"""Repair of rows with wrong closing brackets: missing, one in the place of another, or too many."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Final

from datalint.sources.json_layout import max_depth
from datalint.sources.json_truth.truth import DEEP
from datalint.support.named_tuple import NamedTuple

#: Characters of the longest text that is read.
_MOST: Final = 1 << 20
#: Maximum number of missing or additional brackets.
_FEW: Final = 3
#: The tokens of JSON, except white space. Quantifiers are possessive, so time is linear.
_TOKEN: Final = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[][{}:,]|[^\s"\[\]{},:]++', re.DOTALL)
_SPACE: Final = re.compile(r"[ \t\r\n]*+")
_CLOSERS: Final = {"{": "}", "[": "]"}
_WHITE: Final = " \t\r\n"


class _Fault(NamedTuple):
    """The place and the kind of a wrong bracket.

    The kind is ``comma`` if a bracket is missing before a comma, ``early`` if one ends the object before its end,
    ``other`` if one does not match the open bracket.
    """

    at: int
    what: str


def with_brackets(text: str) -> str | None:
    """Return a text that is no JSON as the object that it must mean, with other closing brackets; None if that is not
    clear.

    All else stays as it is. If the brackets at the end are wrong, they are replaced by those that close all open ones.
    Before that, one mistake is corrected: brackets are added, or one is left out or replaced, and every way to do so
    that gives JSON gives the same object.
    """
    if len(text) > _MOST or text.lstrip(_WHITE)[:1] != "{" or max_depth(text.encode("utf-8", "surrogatepass")) > DEEP:
        return None
    body = text.rstrip(f"{_WHITE}]}}")
    read = _first_fault(body)
    if read is None:
        return None
    opened, fault = read
    ways = [_with_end(text, body, opened)] if fault is None else list(_without(text, opened, fault))
    found: dict[str, str] = {}
    for made in ways:
        if made is not None and (value := _object(made)) is not None:
            found.setdefault(value, made)
    return next(iter(found.values())) if len(found) == 1 else None


def _first_fault(text: str) -> tuple[list[str], _Fault | None] | None:
    """Return the brackets that are open at the first fault of a text, or at its end, and the fault; None if a string is
    not closed."""
    opened: list[str] = []
    # The last two tokens, and where the last comma and closing bracket stand.
    before = last = ""
    comma = closer = at = 0
    while (at := _SPACE.match(text, at).end()) < len(text):  # type: ignore[union-attr]
        token = _TOKEN.match(text, at)
        if token is None:
            return None
        mark = token[0]
        if not opened and last:
            return opened, _Fault(closer, "early")
        inner = opened[-1] if opened else ""
        if (inner == "{" and last == "," and mark in _CLOSERS) or (inner == "[" and before == "," and mark == ":"):
            return opened, _Fault(comma, "comma")
        if mark in _CLOSERS:
            opened.append(mark)
        elif mark in ("]", "}"):
            if _CLOSERS[inner] != mark:
                return opened, _Fault(at, "other")
            opened.pop()
            closer = at
        elif mark == ",":
            comma = at
        before, last, at = last, mark, token.end()
    return opened, None


def _with_end(text: str, body: str, opened: list[str]) -> str | None:
    """Return a text with the brackets at its end that close what is open after ``body``."""
    rest = text[len(body) :]
    given, wanted = re.sub(f"[{_WHITE}]", "", rest), "".join(_CLOSERS[each] for each in reversed(opened))
    if given == wanted or abs(len(given) - len(wanted)) > _FEW:
        return None
    # An empty object or list must be closed, and a number may be incomplete.
    if (body.endswith(("{", "[")) and given[:1] != wanted[:1]) or (not given and body[-1:].isalnum()):
        return None
    return f"{body}{wanted}{rest[len(rest.rstrip(_WHITE)) :]}"


def _without(text: str, opened: list[str], fault: _Fault) -> Iterator[str]:
    """Yield the ways to correct a fault."""
    head, tail = text[: fault.at], text[fault.at :]
    if fault.what == "comma":
        yield head + _CLOSERS[opened[-1]] + tail
        return
    yield head + tail[1:]
    if fault.what == "other":
        yield head + _CLOSERS[opened[-1]] + tail[1:]
        added = ""
        for each in reversed(opened[-_FEW - 1 :]):
            if _CLOSERS[each] == tail[0]:
                yield head + added + tail
                return
            added += _CLOSERS[each]


def _object(text: str) -> str | None:
    """Return a text that is the same for all ways to write an object; None if a text is no object."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return json.dumps(value) if isinstance(value, dict) else None
