"""Notes about learned answers of several systems, next to a right answer that is not learned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any, Final

from datalint.shapes.base import Shape
from datalint.shapes.fields import fields_of, keys_of
from datalint.shapes.side_keys import is_reference, names_system
from datalint.support.columns_option import columns_option

#: Rows that are looked at, how many there are at least, and the share of them that must have what is looked for.
_ROWS: Final = 200
_LEAST: Final = 10
_GIVEN: Final = 0.9
#: Names of systems at most, and characters of one.
_SYSTEMS: Final = 20
_LONGEST: Final = 80
#: Keys of a row that are looked at.
_MOST: Final = 64


def several_systems(first: Mapping[str, Any], shape: Shape, rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the note on a key that says which system wrote an answer, where a reference is given; empty for none."""
    if shape.fields is None or len(first) > _MOST:
        return ""
    fields = fields_of(shape, first)
    read = {key for key, _ in fields}
    references = [key for key in first if key not in read and is_reference(key)]
    systems = [key for key in first if key not in read and names_system(key)]
    prompts, responses = (keys_of(fields, wanted) for wanted in ("prompt", "response"))
    if len(references) != 1 or not systems or len(prompts) != 1 or len(responses) != 1:
        return ""
    some = list(islice(rows, _ROWS))
    given = sum(_is_answer(row.get(references[0]), row.get(responses[0])) for row in some)
    names = {name for row in some if isinstance(name := row.get(systems[0]), str)}
    if len(some) < _LEAST or given < _GIVEN * len(some) or not 0 < len(names) <= min(_SYSTEMS, len(some) // 2):
        return ""
    if any(len(name) > _LONGEST for name in names) or all(
        row.get(references[0]) == row.get(responses[0]) for row in some
    ):
        return ""
    option = columns_option(f"prompt={prompts[0]},response={references[0]}")
    return (
        f'"{systems[0]}" says which system wrote "{responses[0]}", which is learned; to learn the reference: {option}'
    )


def _is_answer(reference: object, response: object) -> bool:
    """Whether a reference is a text about as long as a response."""
    if not isinstance(reference, str) or not isinstance(response, str):
        return False
    return len(response) <= 4 * len(reference) + _LONGEST and len(reference) <= 4 * len(response) + _LONGEST
