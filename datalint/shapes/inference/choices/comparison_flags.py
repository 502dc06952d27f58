"""Two texts and a flag that says of one, by its name, how it compares with the other: ``text_a_is_closer``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.names import is_about, stem
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, Holds, SampledColumn
from datalint.shapes.guess import JOIN, Guess, can_be_typed

#: What stands between the key of a text and what is said of it.
_IS: Final = ("_is_", " is ", "Is")


def compared_by_flag(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about two texts of which a flag compares one with the other; None for other rows.

    Another text is what both are compared with.
    """
    texts = [each for each in columns if each.holds is Holds.TEXT and each.length > LONG and not is_about(each)]
    flags = [each for each in columns if each.binary and any(_is_of(each.key, text.key) for text in texts)]
    if len(rows) < LEAST_ROWS or len(flags) != 1 or not all(can_be_typed(each.key) for each in (*texts, *flags)):
        return None
    flag = flags[0].key
    named = [stem(each.key) for each in texts if _is_of(flag, each.key)]
    sides = [each for each in texts if stem(each.key) in named]
    rest = [each for each in texts if each not in sides]
    if len(sides) != 2 or len(rest) > 1:
        return None
    keys = [each.key for each in (*rest, *sides)]
    found = {"prompt": keys[0], "context": JOIN.join(keys[1:]), "response": flag, "category": flag}
    return Guess.of(found, clear=True, basis="names")


def _is_of(flag: str, text: str) -> bool:
    """Whether a flag is about the text under a key, by its name."""
    return any(flag.startswith(text + sign) for sign in _IS)
