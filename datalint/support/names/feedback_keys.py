"""Names of keys with feedback on an answer."""

from __future__ import annotations

import re
from typing import Final

#: Last words of the names, and words of those who are no judges: they say how they liked an answer.
_FEEDBACK: Final = frozenset("feedback feedbacks critique critiques criticism criticisms critic".split())
_USERS: Final = frozenset("user users customer customers client clients".split())
_LONGEST: Final = 60


def is_feedback(key: str) -> bool:
    """Return whether a key names what is said of an answer, such as ``feedback`` or ``gpt4_critique``."""
    if len(key) > _LONGEST:
        return False
    words = re.findall(r"[a-z]+", re.sub(r"([a-z])([A-Z])", r"\1 \2", key).lower())
    return bool(words) and words[-1] in _FEEDBACK and _USERS.isdisjoint(words)
