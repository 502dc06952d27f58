"""Rows with several answers, such as ``answer_teacher`` and ``answer_friend``, or names of tools next to an intent."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from datalint.support.lazy_pattern import lazy_pattern

#: Most keys that are names, and characters of one.
_MOST_KEYS: Final = 256
_LONGEST: Final = 80
#: The answer that an option names, of a key that needs no quotes.
_ANSWER: Final = lazy_pattern(r"[ ,]response=([\w.-]+)(?:,|$)")
#: Last words of keys that say something of an answer.
_ABOUT: Final = frozenset(
    "id ids key index number no nr score rating rank length tokens type lang language source".split()
)
#: Words of the keys of what a test expects of a system: calls of tools, and next to them actions, and what is meant.
_TOOL: Final = "tool"
_EXPECTED: Final = "expected"
_INTENT: Final = "intent"


@lru_cache(maxsize=64)
def answer_siblings(keys: tuple[str, ...], option: str) -> list[str]:
    """Return the ``keys`` that may each be the response which ``option`` names, this one among them; none for one."""
    # Loaded for rows of unknown shape only.
    from datalint.support.names.column_names import Strength, fold_name, strength

    named = _ANSWER.search(option)
    if named is None or len(keys) > _MOST_KEYS or named[1] not in keys:
        return []
    meant = fold_name(named[1])
    fitting = [key for key in keys if len(key) <= _LONGEST and strength(key, "response") > Strength.NONE]
    if _TOOL in named[1].lower() and any(_EXPECTED in fold_name(key) for key in keys):
        # What a system is to call, to do and to understand: each of them is what a test expects.
        return [key for key in keys if key == named[1] or not {_EXPECTED, _INTENT}.isdisjoint(fold_name(key))]
    answers = [key for key in fitting if fold_name(key)[-1] not in _ABOUT]
    found = [key for key in answers if key == named[1] or _differ_in_one(fold_name(key), meant)]
    return found if len(found) > 1 and len(meant) > 1 else []


def _differ_in_one(one: Sequence[str], other: Sequence[str]) -> bool:
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1
