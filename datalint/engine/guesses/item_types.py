"""Types of the items of a benchmark, which say what an item tests and are no answers to it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datalint.shapes.guess import Guess

#: The name of a benchmark, and keys of what an item tests, by their last words.
_BENCHMARK: Final = r"(?i)bench(?:mark)?s?(?![a-z])[^/\\]{0,200}$"
_TYPES: Final = r"(?i)(?:.{0,40}[_ -])?(?:sub)?(?:type|scale|dimension)"
#: Characters of a path that are looked at.
_CHARS: Final = 400


def without_types(guess: Guess, path: str) -> Guess:
    """Return a guess about the rows of an evaluation set; in a benchmark, the types of its texts are no answers."""
    found = dict(guess.columns)
    learned = found.get("response", "")
    if found.keys() != {"prompt", "response", "category"} or learned != found["category"] or guess.basis != "values":
        return guess
    if re.fullmatch(_TYPES, learned) is None or re.search(_BENCHMARK, path[-_CHARS:]) is None:
        return guess
    return guess._replace(columns=tuple(pair for pair in guess.columns if pair[0] != "response"))
