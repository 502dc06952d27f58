"""Raw line breaks and other control characters inside the strings of a JSON text, which JSON does not allow."""

from __future__ import annotations

import re
from typing import Final

#: A string; where it stands, an unescaped quote begins or ends it.
_STRING: Final = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)
#: An escape, which stays as it is even if it is none, or a control character.
_CONTROL: Final = re.compile(rb"\\.|[\x00-\x1f]", re.DOTALL)
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
