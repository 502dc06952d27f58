"""Row text is hostile: what may reach a terminal, a log or a page goes through here first."""

from __future__ import annotations

import re

from datalint.privacy.redaction import MARGIN, hide

# C0 and C1 controls, DEL, line and paragraph separators, bidirectional controls, zero-width characters and
# lone surrogates: what can move a cursor, forge a log line, reorder what a reader sees, or break UTF-8 output.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff\ufff9-\ufffb]"
)
_NAMED = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def _escape(match: re.Match[str]) -> str:
    char = match.group()
    return _NAMED.get(char) or (f"\\x{ord(char):02x}" if ord(char) < 0x100 else f"\\u{ord(char):04x}")


def printable(text: str) -> str:
    """Return ``text`` on one line, with control, bidirectional and invisible characters as escapes."""
    return text if text.isprintable() else _UNSAFE.sub(_escape, text)


def excerpt(text: str, limit: int = 80, *, end: bool = False) -> str:
    """Return the first ``limit`` characters of ``text`` (the last with ``end``) on one printable line.

    Secrets and personal data in them are redacted first, so that the cut leaves none half-known.
    """
    longer = len(text) > limit
    near = text[-limit - MARGIN :] if end else text[: limit + MARGIN]
    shown = hide(near)
    if not longer:
        return printable(shown)
    return "…" + printable(shown[-limit:]) if end else printable(shown[:limit]) + "…"


def redact(secret: str) -> str:
    """Return ``secret`` with all but a recognisable head hidden, and its length.

    At most four characters and never more than a quarter of the value stay visible, which is enough to tell
    an AWS key from a GitHub token and not enough to use either.
    """
    shown = min(4, len(secret) // 4)
    return f"{printable(secret[:shown])}…[redacted, {len(secret)} characters]"
