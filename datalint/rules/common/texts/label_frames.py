"""Labels around a prompt that is one text, ``Context: … User:``, and at the beginning of its response."""

from __future__ import annotations

from typing import Final

from datalint.rules.common.lazy_pattern import lazy_pattern

#: Characters of such labels together.
FRAME_CHARS: Final = 60
#: A label before a text, and one in the last line, after which the response follows.
_FIRST: Final = lazy_pattern(r"\s{0,8}[^\W\d_]{1,20}[:：]\s{0,8}")
_LAST: Final = lazy_pattern(r"\n\s{0,8}[^\W\d_]{1,20}[:：]\s{0,8}\Z")


def without_frame(prompt: str, response: str) -> tuple[str, str] | None:
    """Return a prompt without its first and last label, and its response without its first; None without these."""
    last = _LAST.search(prompt, max(len(prompt) - FRAME_CHARS, 0))
    if last is None:
        return None
    return _FIRST.sub("", prompt[: last.start()], count=1).strip(), _FIRST.sub("", response, count=1).strip()
