"""The keys of turns in the two layouts that trainers read, and of turns that mix both."""

from __future__ import annotations

from typing import Final

#: The keys of the speaker and the text of a turn: ShareGPT's and OpenAI's.
STANDARD_KEYS: Final = (("from", "value"), ("role", "content"))
#: One key of each layout, as in axolotl's pygmalion.
CROSSED_KEYS: Final = (("from", "content"), ("role", "value"))


def crossed_keys(turns: object) -> tuple[str, str] | None:
    """Return the keys of turns (anything) that all have one key of each layout, and the same; None for others.

    One such turn among others has an error.
    """
    if not isinstance(turns, list) or not turns or not all(isinstance(turn, dict) for turn in turns):
        return None
    for keys, others in zip(CROSSED_KEYS, reversed(CROSSED_KEYS), strict=True):
        if all(keys[0] in turn and keys[1] in turn and turn.keys().isdisjoint(others) for turn in turns):
            return keys
    return None
