"""Names of keys that number the runs over the same items."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from datalint.support.names.ascii_words import ascii_words

#: Words of such names, and words for the number of one.
_RUNS: Final = frozenset(
    "run trial iteration iter replicate replication repetition repeat attempt seed round phase".split()
)
_NUMBERS: Final = frozenset("id idx index no nr num number name".split())
_LONGEST: Final = 60


@lru_cache(maxsize=4096)
def names_run(key: str) -> bool:
    """Return whether a key names a run: ``iteration``, ``run_id``."""
    words = ascii_words(key) if len(key) <= _LONGEST else []
    if len(words) > 1 and words[-1] in _NUMBERS:
        words.pop()
    return bool(words) and words[-1].removesuffix("s") in _RUNS
