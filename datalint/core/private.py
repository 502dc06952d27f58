"""What may be shown of a text: secrets and personal data go.

A finder names only what it is sure of. Every pattern starts at a token boundary or a literal and repeats within bounds,
so the time is linear in the text.
"""

from __future__ import annotations

from typing import Final

from datalint.core.personal import personal
from datalint.core.secret import secrets
from datalint.core.spans import apart

#: Characters beyond an excerpt that :func:`hide` must see to know a secret that the excerpt's edge cuts.
MARGIN: Final = 256


def hide(text: str) -> str:
    """Return ``text`` with every secret and personal datum replaced by its redacted form.

    A text that holds none costs a few microseconds. What an excerpt's edge has cut may be too short to know:
    give this function :data:`MARGIN` characters beyond the edge, and cut afterwards.
    """
    found = apart([*secrets(text, doubtful=True), *personal(text)])
    if not found:
        return text
    from datalint.core.sanitize import redact

    pieces: list[str] = []
    done = 0
    for item in found:
        pieces += (text[done : item.start], redact(text[item.start : item.end]))
        done = item.end
    pieces.append(text[done:])
    return "".join(pieces)
