"""Questions that yes and no do not answer, such as those that begin with "what"."""

from __future__ import annotations

from typing import Final

from datalint.support.lazy_pattern import lazy_pattern

#: A line that begins with such a word and ends with a question mark.
_OPEN: Final = lazy_pattern(
    r"(?im)^[^\w\n]{0,5}(?:(?:what|who|whom|whose|when|where|which|why)(?:'s)?|how) [^\n?]{1,400}\?[ \t]*$"
)
#: Characters at each end of a prompt that are searched.
_ASKING: Final = 1000


def is_open_question(prompt: str) -> bool:
    """Return whether a line at the beginning or the end of a prompt asks what, who, when, where, which, why or how."""
    if len(prompt) <= 2 * _ASKING:
        return _OPEN.search(prompt) is not None
    return any(_OPEN.search(part) is not None for part in (prompt[:_ASKING], prompt[-_ASKING:]))
