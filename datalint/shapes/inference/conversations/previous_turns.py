"""Two turns of each speaker in one row: ``prev_user`` and ``prev_bot`` next to ``user`` and ``bot``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.guess import Guess, keys_of
from datalint.support.names.column_names import fold_name

#: First words of the names of what was said before.
_EARLIER: Final = (("prev",), ("previous",), ("prior",))
_SPEAKERS: Final = 2


def reverses_turns(guess: Guess, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether a guess learns an earlier turn, or the one that the prompt replies to by the order of keys."""
    found = dict(guess.columns)
    if "prompt" not in found or "response" not in found:
        return False
    keys = list(dict.fromkeys(key for row in rows for key in row))
    names = {key: fold_name(key) for key in keys}
    earlier = {key for key, words in names.items() if words[:1] in _EARLIER and words[1:] in names.values()}
    if len(earlier) < _SPEAKERS:
        return False
    asked, answered = (keys_of(meaning, found[meaning]) for meaning in ("prompt", "response"))
    later = {names[key][1:] for key in earlier}
    if not any(names.get(key) in later or key in earlier for key in answered):
        return False  # a label of the turns
    before = all(key in keys for key in (*asked, *answered)) and keys.index(answered[0]) < keys.index(asked[0])
    return before or not earlier.isdisjoint((*asked, *answered))
