"""Intents in comments above the tokens of sentences: ``# intent: alarm/set_alarm``, as xSID has them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from datalint.sources.readers.tagged.not_tokens import is_left_out

#: A comment with the intent of the sentence below it, and the share of sentences that have one.
_INTENT: Final = re.compile(r"#{1,2}[ \t]{0,9}intent[ \t]{0,9}[:=][ \t]{0,9}([^\s#][^\n]{0,80})")
_INTENDED: Final = 0.9


def are_intended(head: bytes, sentences: int) -> bool:
    """Return whether nearly all sentences have a comment with their intent, of which there are several, but few."""
    comments = (line.decode("utf-8", "replace") for line in head.split(b"\n") if line.startswith(b"#"))
    found = [match[1].strip() for line in comments if (match := _INTENT.match(line))]
    return len(found) >= _INTENDED * sentences > 0 and 1 < len(set(found)) <= max(2, len(found) // 2)


def with_intent(texts: Sequence[str], beginnings: tuple[bytes, ...]) -> tuple[list[str], str]:
    """Return the lines of a sentence without comments, and the intent that one of them gives; empty for none."""
    intents = [match[1].strip() for text in texts if (match := _INTENT.match(text))]
    return [text for text in texts if not is_left_out(text.encode(), beginnings)], intents[0] if intents else ""
