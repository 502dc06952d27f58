"""Raw line breaks and other control characters inside the strings of a JSON text, which JSON does not allow."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from datalint.sources.json_truth.truth import Parsed, parse_exactly
from datalint.sources.limits import over_limit
from datalint.support.lazy_pattern import lazy_pattern

#: A string between unescaped quotes.
_STRING: Final = lazy_pattern(rb'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)
#: An escape, which stays as it is even if it is none, or a control character.
_CONTROL: Final = lazy_pattern(rb"\\.|[\x00-\x1f]", re.DOTALL)
_NAMED: Final = {b"\n": rb"\n", b"\r": rb"\r", b"\t": rb"\t"}


def escape_controls(data: bytes) -> bytes:
    """Return a JSON text in UTF-8 with the control characters inside its strings escaped."""
    return _STRING.sub(escape_string, data)


def escape_string(match: re.Match[bytes]) -> bytes:
    """Return a string of a JSON text with its control characters escaped."""
    return _CONTROL.sub(_escaped, match.group())


def _escaped(match: re.Match[bytes]) -> bytes:
    found = match.group()
    return found if len(found) > 1 else _NAMED.get(found) or b"\\u%04x" % found[0]


def parse_leniently(data: bytes, before: Callable[[], int | None] = lambda: 0) -> Parsed:
    """Parse ``data`` exactly, or, where it has line breaks and is refused, as if those inside strings were escaped.

    Bytes in another encoding than UTF-8 are only parsed exactly: a part of a character may look like a quote there.
    """
    found = parse_exactly(data, before)
    if not found.refused or b"\n" not in data or over_limit(data) is not None or not _is_utf8(data):
        return found
    escaped = escape_controls(data)
    if escaped != data and not (other := parse_exactly(escaped)).refused:
        other.raw_breaks = True
        return other
    return found


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
