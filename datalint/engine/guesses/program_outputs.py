"""Programs with their input and output: the program is read next to its input."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from datalint.support.lazy_pattern import lazy_pattern

if TYPE_CHECKING:
    from datalint.shapes.base import Shape
    from datalint.shapes.guess import Guess

#: The keys of the program, of its input, and of its output.
_CODE: Final = "code"
_IN: Final = "input"
_OUT: Final = "output"
#: Share of the rows that must have a program.
_NEARLY_ALL: Final = 0.9
#: Words in a row, which the values of programs hardly have outside quotes, and quoted strings.
_PROSE: Final = lazy_pattern(r"[^\W\d_]{2,40}(?: [^\W\d_]{2,40}){2}")
_QUOTED: Final = lazy_pattern(r"'[^'\n]{0,2000}'|\"[^\"\n]{0,2000}\"")
#: Characters of a value that are looked at.
_LOOKED_AT: Final = 2_000


def may_run(row: Mapping[str, Any]) -> bool:
    """Return whether a row may have a program before its input and its output."""
    keys = [key for key in row if key in (_CODE, _IN, _OUT)]
    return len(keys) == 3 and keys[0] == _CODE and isinstance(row[_CODE], str)


def run_code(known: Shape, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess that a program is read next to its input; None where that asks for the program in words."""
    run = sum(_is_run(row.get(_CODE), row.get(_IN), row.get(_OUT)) for row in rows)
    if not rows or run < _NEARLY_ALL * len(rows):
        return None
    from datalint.shapes.guess import JOIN, Guess

    guess = Guess.of({"prompt": JOIN.join((_CODE, _IN)), "response": _OUT}, clear=True, basis="values")
    return guess.about(rows, known.name)


def _is_run(code: object, given: object, result: object) -> bool:
    """Whether a program is not part of its own output, and its input is values and no sentence."""
    if not isinstance(code, str) or not isinstance(given, str) or not isinstance(result, str):
        return False
    values = _QUOTED.sub("", given[:_LOOKED_AT])
    return bool(code.strip()) and code.strip() not in result and _PROSE.search(values) is None
