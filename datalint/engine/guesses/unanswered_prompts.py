"""Evaluation sets without answers: their rows have the prompt under the same keys as the training rows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from datalint.privacy.display import excerpt
from datalint.records.places import joined
from datalint.shapes.detect import UNKNOWN, Detector
from datalint.shapes.fields import fields_of

if TYPE_CHECKING:
    from datalint.engine.guesses.first_rows import FirstRows
    from datalint.shapes.base import Shape
    from datalint.shapes.guess import Guess

#: Rows that are looked at, and rows at least, so that the missing answer is no slip.
_ROWS: Final = 200
_LEAST: Final = 5
#: Keys that a note names.
_NAMED: Final = 2
#: The name of the shape of plain texts.
_TEXT: Final = "text"


def asked_alone(
    first_row: dict[str, Any], rows: FirstRows, trained: Sequence[tuple[dict[str, Any], Shape]], detector: Detector
) -> tuple[Guess, tuple[str, ...]] | None:
    """Return the guess that rows of an evaluation set are prompts, and the keys of answers that all of them lack.

    An answer is a response, or labels of a text or its words.

    ``rows`` are its first ones, and ``trained`` the first rows of training with their shapes. None unless all rows have
    the keys of such a row that its prompt is read from, and no other ones than it has, or if the first one has a known
    shape. Texts are prompts if the training rows are not such texts.
    """
    known = detector.shape(first_row)
    if known is not UNKNOWN and (known.name != _TEXT or any(shape.name == _TEXT for _, shape in trained)):
        return None
    found = list(islice(rows, _ROWS))
    if len(found) < _LEAST:
        return None
    keys = {key for row in found for key in row}
    for first, shape in trained:
        fields = fields_of(shape, first)
        learned = (*(field.key for field in fields if field.part == "response"), *shape.marks)
        parts: dict[str, list[str]] = {}
        for field in fields:
            parts.setdefault(field.part, []).append(field.key)
        read = [key for part in ("system", "prompt", "context") for key in parts.get(part, ())]
        if not learned or len(parts.get("prompt", ())) != 1 or not keys <= first.keys() - {*learned}:
            continue
        if all(_is_alike(row.get(key), first.get(key)) for row in found for key in read):
            over = frozenset(() if known is UNKNOWN else (known.name,))
            return _guess(parts, keys)._replace(over=over, unordered=shape.unordered), learned
    return None


def _is_alike(value: object, trained: object) -> bool:
    """Return whether a value is a text, or a list or object where that of training is one too, such as passages."""
    return isinstance(value, str) or (isinstance(value, list | dict) and type(value) is type(trained))


def _guess(parts: dict[str, list[str]], keys: set[str]) -> Guess:
    from datalint.shapes.guess import JOIN, Guess

    found: dict[str, str] = {each: JOIN.join(parts[each]) for each in ("system", "prompt", "context") if each in parts}
    return Guess.of(found, clear=True, basis="names")._replace(keys=frozenset(keys), held=True)


def no_answers(keys: Sequence[str]) -> str:
    """Return a note on rows that lack the keys of the answer."""
    named = joined([f'"{excerpt(key, 40)}"' for key in keys], _NAMED)
    return f"no row has {named}, so there is no answer to evaluate with: the prompts alone are compared"
