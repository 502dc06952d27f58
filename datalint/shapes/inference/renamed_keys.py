"""Rows of a known shape with another spelling of its keys: ``Question``, ``userPrompt`` or ``ground-truth``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Final

from datalint.shapes.base import Shape
from datalint.shapes.evidence.checking import is_right
from datalint.shapes.evidence.definitions import INPUTS, defines, may_define
from datalint.shapes.formats import SHAPES
from datalint.shapes.guess import JOIN, Guess, can_be_typed, of_parts
from datalint.shapes.side_keys import CONTEXT
from datalint.support.names.column_names import Strength, strength

#: Shapes that are no evidence in rows with other keys.
WEAK: Final = frozenset(("text", "text-label", "prompt-only"))
#: Shapes of rows in which all other keys are metadata.
_ALONE: Final = frozenset(("chat-text",))
#: The shape whose ``source`` is a text, and not where rows are from.
_TRANSLATED: Final = "translation"
#: Short forms of keys.
_ALIASES: Final = {"instruct": "instruction", "instr": "instruction"}
#: Keys of Alpaca next to which the only answer may have any name.
_ASKED: Final = frozenset(("instruction", "input"))
_SIGNS: Final = re.compile(r"[\W_]+")
_LONGEST: Final = 40


def of_known_shape(rows: Sequence[Mapping[str, Any]], *, as_is: bool = False) -> Guess | None:
    """Return the guess about rows whose keys are, except for capitals and separators, those of a known shape.

    Keys are those of half of the rows, and what decides a shape by its value must do so in most rows.

    Rows that have the very keys of a shape need no guess, unless ``as_is``: then shapes that say little count too.
    """
    known: dict[str, str] = {}
    for key in _common_keys(rows):
        name = _names().get(_ALIASES.get(_plain(key), _plain(key))) if len(key) <= _LONGEST else None
        if name is not None and known.setdefault(name, key) != key:
            return None
    output = _only_answer(rows) if known.keys() >= _ASKED else None
    if output is not None:
        known = {name: key for name, key in known.items() if key != output} | {"output": output}
    if not as_is and all(name == key for name, key in known.items()):
        return None
    keys, others = tuple(known), [key for key in _common_keys(rows) if key not in known.values()]
    for shape in SHAPES:
        if not shape.fits(keys) or (shape.name in _ALONE and not shape.fits((*keys, *others))):
            continue
        test = shape.decided_by
        if test is not None and test[0] in known and not _holds(rows, known[test[0]], test[1]):
            continue
        guess = None if shape.name in WEAK and not as_is else _guess(shape, known)
        source = "" if guess is None or shape.name != _TRANSLATED else dict(guess.columns).get("prompt", "")
        if source and not _is_varied(rows, source):
            continue  # the source of rows, not a text
        if guess is not None and _holds(rows, dict(guess.columns).get("prompt", ""), _is_number):
            continue  # the number of a prompt
        return _with_definition(guess, rows)
    return None


def _only_answer(rows: Sequence[Mapping[str, Any]]) -> str | None:
    """Return the only key of texts that is a response by its name; None if there are none or several."""
    named = [key for key in _common_keys(rows) if strength(key, "response") is Strength.WHOLE or is_right(key)]
    return named[0] if len(named) == 1 and _holds(rows, named[0], _is_text) else None


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) or (isinstance(value, str) and value.strip().isdecimal())


def _common_keys(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the keys that half of the rows have, or more."""
    sizes = Counter(key for row in rows for key in row)
    return [key for key, size in sizes.items() if 2 * size >= len(rows)]


def _holds(rows: Sequence[Mapping[str, Any]], key: str, test: Callable[[object], bool]) -> bool:
    return 2 * sum(test(row.get(key)) for row in rows) > len(rows)


def _is_varied(rows: Sequence[Mapping[str, Any]], key: str) -> bool:
    """Whether half of the values under a key are different ones."""
    values = [row[key] for row in rows if isinstance(row.get(key), str)]
    return 2 * len(set(values)) >= len(values)


def _guess(shape: Shape, known: Mapping[str, str]) -> Guess | None:
    if shape.fields is None:
        return None
    fields = shape.fields(tuple(known))
    if any(part in ("history", "chosen", "rejected") for _, part in fields):
        return None
    return Guess.of(of_parts((known[name], part) for name, part in fields), clear=True, basis="names")


def _with_definition(guess: Guess | None, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return a guess about inputs with the definition of their task before each, if there is one."""
    found = {} if guess is None else dict(guess.columns)
    if guess is None or found.keys() != {"prompt", "response"} or _plain(found["prompt"]) not in INPUTS:
        return guess
    keys = [key for key in _common_keys(rows) if key not in found.values() and may_define(key, rows[0].get(key))]
    if len(keys) != 1 or not can_be_typed(keys[0]) or not defines(keys[0], rows):
        return guess
    prompt = JOIN.join((keys[0], found["prompt"]))
    return Guess.of(found | {"prompt": prompt}, clear=guess.clear, basis=guess.basis)


@cache
def _names() -> dict[str, str]:
    """Return the keys of known shapes by their letters alone; of two that are the same, the one in lower case."""
    keys = sorted(set(_keys()), key=lambda key: (key != key.lower(), "_" not in key, key))
    found: dict[str, str] = {}
    for key in keys:
        found.setdefault(_plain(key), key)
    return found


def _keys() -> Iterator[str]:
    yield from CONTEXT
    for shape in SHAPES:
        yield from shape.keys
        if shape.fields is not None:
            yield from (field.key for field in shape.fields(shape.keys))


def _plain(key: str) -> str:
    return _SIGNS.sub("", key).casefold()
