"""Text that may be shown: redacted, on one line, with unsafe and invisible characters as escapes.

Text of rows, keys and file names is hostile and private. :data:`Shown` is the type of what may reach a terminal, a log
or a file. Only the functions of this module make it, and results, comparisons and renderers ask for it.
"""

from __future__ import annotations

from typing import NewType

from datalint.privacy.escapes import escape
from datalint.privacy.redaction import hide, redacted

#: Text without secrets and personal data, on one line, without characters that act or are not visible. At run time it
#: is a plain ``str``, so that it passes through columns and processes as it is; mypy distinguishes it.
Shown = NewType("Shown", str)
#: A file's name without secrets, else as it is. Formats for programs write it in their own escapes, so that it still
#: opens the file; for people it goes through :func:`printable`.
FileName = NewType("FileName", str)


def printable(text: str) -> Shown:
    """Return ``text`` on one line, secrets and personal data redacted, with unsafe and invisible characters as escapes.

    It changes nothing in what it has returned before.
    """
    return Shown(escape(hide(text)))


def printable_lines(text: str) -> Shown:
    """Return ``text`` as :func:`printable` does, but with its line breaks."""
    return Shown("\n".join(map(escape, hide(text).split("\n"))))


def excerpt(text: str, limit: int = 80, *, start: int = 0, stop: int | None = None, end: bool = False) -> Shown:
    """Return at most ``limit`` characters of ``text[start:stop]`` fit to print: the first, or the last with ``end``.

    Give the complete text and say which part of it is meant, instead of a slice: a secret that begins before the part
    or goes on after it is recognised by the rest of it.

    Args:
        text: the complete text.
        limit: characters of the part, before unsafe ones are escaped. A cut is marked with an ellipsis.
        start: where the part begins; less than 0 is the beginning of the text.
        stop: where the part ends; None, and more than there are, is the end of the text.
        end: show the end of the part rather than its beginning.
    """
    start = max(start, 0)
    stop = len(text) if stop is None else min(stop, len(text))
    longer = stop - start > limit
    if end:
        part = hide(text, max(stop - limit, start), stop)
        return Shown(("…" if longer else "") + escape(part[-limit:] if longer else part))
    part = hide(text, start, min(start + limit, stop))
    return Shown(escape(part[:limit] if longer else part) + ("…" if longer else ""))


def shortened(text: Shown, limit: int, *, end: bool = False) -> Shown:
    """Return the first ``limit`` characters of what may be shown (the last with ``end``); an ellipsis marks a cut."""
    if len(text) <= limit:
        return text
    return Shown("…" + text[-limit:] if end else text[:limit] + "…")


def redact(secret: str) -> Shown:
    """Return a secret's first characters, four at most and no more than a quarter of it, and its length."""
    return Shown(redacted(secret))


def file_name(path: str) -> FileName:
    """Return a file's name without secrets; bytes of it that are not UTF-8 become escapes, as no format holds them."""
    return FileName(hide(path).encode("utf-8", "backslashreplace").decode())
