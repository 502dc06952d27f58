"""Questions with an answer whose other keys hold the options, or say that the answer is one option, right or wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from datalint.shapes.guess import Guess

#: A key that may be one of a series of options, and options of a question at least.
_OF_SERIES: Final = re.compile(r".{0,80}?[A-Ha-hА-Еа-е0-9][).]?")
_LEAST: Final = 3
#: Values of a flag.
_FLAGS: Final = frozenset(("0", "1", "true", "false"))


def may_choose(row: Mapping[str, Any]) -> bool:
    """Return whether a row may have options, or a flag that says if its answer is right."""
    flags = (value for value in row.values() if isinstance(value, int) or (isinstance(value, str) and len(value) < 6))
    if any(str(value).lower() in _FLAGS for value in flags):
        return True
    return sum(_OF_SERIES.fullmatch(key) is not None for key in row) >= _LEAST


def choosing(rows: Sequence[dict[str, Any]], known: str) -> Guess | None:
    """Return the guess that reads options next to the question, and learns which is right, instead of a known shape."""
    from datalint.shapes.choices import with_choices
    from datalint.shapes.sampled import columns_of

    guess = with_choices(columns_of(rows), rows)
    return guess and guess._replace(keys=frozenset(key for row in rows for key in row), over=frozenset((known,)))
