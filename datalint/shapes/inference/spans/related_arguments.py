"""Proposals of two arguments of a relation that also learn the other argument and the relation itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.names import stem
from datalint.shapes.evidence.sampled import READABLE
from datalint.shapes.evidence.sampling import columns_of
from datalint.shapes.guess import JOIN, Guess, can_be_typed, keys_of
from datalint.support.names.column_names import last_word

_RELATION: Final = ("relation", "predicate")
#: Words of the names of the arguments, before their numbers.
_ARGUMENTS: Final = (("argument",), ("arg",), ("entity",))


def with_relation(guess: Guess | None, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return a proposal of a text, or of one of two arguments of a relation in it, with all three as its response.

    Any other guess is returned as it is.
    """
    found = {} if guess is None else dict(guess.columns)
    text = found.get("prompt") or found.get("text")
    if guess is None or guess.clear or text is None or found.keys() - {"prompt", "text", "response"}:
        return guess
    columns = columns_of(rows)
    words = [each for each in columns if each.holds in READABLE and each.key != text and can_be_typed(each.key)]
    pair = [each for each in words if stem(each.key) in _ARGUMENTS]
    relations = [each for each in words if last_word(each.key) in _RELATION]
    if len(pair) != 2 or len(relations) != 1:
        return guess
    learned = keys_of("response", found["response"]) if "response" in found else ()
    if not {*learned} <= {each.key for each in pair}:
        return guess
    parts = [each.key for each in columns if each in pair or each in relations]
    return guess._replace(columns=(("prompt", text), ("response", JOIN.join(parts))))
