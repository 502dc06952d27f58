"""Text that is safe to display: redacted, on one line, with unsafe and invisible characters as escapes.

The text of rows, keys and file names is hostile and private. :data:`Shown` is the type of text that may be written to a
terminal, a log or a file. Only functions of this module create it; results, comparisons and renderers require it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NewType, TypeVar

from datalint.privacy.escapes import escape_unsafe
from datalint.privacy.redaction import hide, redacted

#: Text without secrets and personal data, on one line, without control and invisible characters. At run time it is a
#: plain ``str``, so that it can be stored in columns and passed between processes; mypy distinguishes it.
Shown = NewType("Shown", str)
#: A file name without secrets, otherwise unchanged. Machine-readable formats escape it in their own way, so that it
#: still opens the file; for people it is passed to :func:`printable`.
FileName = NewType("FileName", str)
_Name = TypeVar("_Name", bound=str)


def printable(text: str) -> Shown:
    """Return ``text`` on one line, without secrets and personal data, with unsafe and invisible characters as escapes.

    Applying it twice is the same as applying it once.
    """
    return Shown(escape_unsafe(hide(text)))


def printable_lines(text: str) -> Shown:
    """Do the same as :func:`printable`, but keep line breaks."""
    return Shown("\n".join(map(escape_unsafe, hide(text).split("\n"))))


def excerpt(text: str, limit: int = 80, *, start: int = 0, stop: int | None = None, end: bool = False) -> Shown:
    """Return at most ``limit`` characters of ``text[start:stop]``, safe to print: the first, or with ``end`` the last.

    Pass the complete text and the range instead of a slice, so that a secret that begins before the range, or ends
    after it, is recognised.

    Args:
        text: the complete text.
        limit: number of characters, counted before escaping. An ellipsis marks a cut.
        start: start of the range; a negative number means the beginning of the text, one beyond the end its end.
        stop: end of the range; None, or a number beyond the end, means the end of the text.
        end: show the end of the range rather than its beginning.
    """
    start = min(max(start, 0), len(text))
    stop = len(text) if stop is None else max(start, min(stop, len(text)))
    longer = stop - start > limit
    if end:
        part = hide(text, max(stop - limit, start), stop)
        return Shown(("…" if longer else "") + escape_unsafe(part[-limit:] if longer else part))
    part = hide(text, start, min(start + limit, stop))
    return Shown(escape_unsafe(part[:limit] if longer else part) + ("…" if longer else ""))


def shortened(text: Shown, limit: int) -> Shown:
    """Return the first ``limit`` characters of displayable text; an ellipsis marks a cut."""
    return text if len(text) <= limit else Shown(text[:limit] + "…")


def redact(secret: str) -> Shown:
    """Return the first characters of a secret (at most four, and at most a quarter of it) and its length."""
    return Shown(redacted(secret))


def file_name(path: str) -> FileName:
    """Return a file name without secrets; bytes that are not UTF-8 become escapes, as no format can contain them."""
    return FileName(hide(path).encode("utf-8", "backslashreplace").decode())


def short_names(paths: Iterable[_Name]) -> dict[_Name, Shown]:
    """Return the last parts of each path, as many as distinguish it from the others."""
    parts = {path: re.split(r"(?<=[/\\])", path) for path in dict.fromkeys(paths)}
    taken = dict.fromkeys(parts, 1)
    while True:
        names = {path: "".join(parts[path][-taken[path] :]) for path in parts}
        counts: dict[str, int] = {}
        for name in names.values():
            counts[name] = counts.get(name, 0) + 1
        longer = [path for path, name in names.items() if counts[name] > 1 and taken[path] < len(parts[path])]
        if not longer:
            return {path: printable(name) for path, name in names.items()}
        for path in longer:
            taken[path] += 1
