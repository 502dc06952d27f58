"""Notes about a second prompt and response in a row, such as those in another language, which are not read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, Final

from datalint.privacy.display import excerpt
from datalint.shapes.base import Shape
from datalint.shapes.fields import present_keys
from datalint.shapes.guess import Guess, can_be_typed

#: Rows that are looked at, keys of a row, and the share of the rows that have both texts at least.
_ROWS: Final = 100
_MOST: Final = 64
_MANY: Final = 0.5
#: Characters of a text that is more than a name.
_LEAST: Final = 10
#: What stands between the words of a key.
_BETWEEN: Final = "_-. "


def second_pairs(first: Mapping[str, Any], shape: Shape, rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the note on pairs of a row named like the one that is read, with another word: empty for none.

    ``prompt_en`` and ``response_en`` are such a pair next to ``prompt`` and ``response``.
    """
    if len(first) > _MOST or shape.kind != "sft" or shape.fields is None:
        return ""
    parts = shape.fields(present_keys(dict(first)))
    asked = [key for key, part in parts if part == "prompt"]
    answers = [key for key, part in parts if part == "response"]
    if len(asked) != 1 or len(answers) != 1:
        return ""
    read = {key for key, _ in parts}
    found = [pair for pair in named_pairs(first, asked[0], answers[0]) if read.isdisjoint(pair)]
    some = list(islice(rows, _ROWS)) if found else []
    found = [pair for pair in found if sum(has_texts(row, pair) for row in some) >= _MANY * len(some)]
    if not found:
        return ""
    prompt, response = found[0]
    option = Guess.of({"prompt": prompt, "response": response}).option
    named = f'"{excerpt(prompt, 40)}" and "{excerpt(response, 40)}"'
    words = "are another pair of prompt and response, which is not read"
    if len(found) > 1:
        words = f"are one of {len(found)} other pairs of prompt and response, which are not read"
    return f"{named} {words}; to read it instead: {option}"


def named_pairs(row: Mapping[str, Any], prompt: str, response: str) -> Iterator[tuple[str, str]]:
    """Yield the pairs of keys of a row that are a ``prompt`` and a ``response`` with the same word before or after."""
    for key in filter(can_be_typed, row):
        rest = key.removeprefix(prompt)
        if rest != key and rest and rest[0] in _BETWEEN:
            other = response + rest
        else:
            rest = key.removesuffix(prompt)
            other = rest + response if rest != key and rest and rest[-1] in _BETWEEN else ""
        if other in row and can_be_typed(other):
            yield key, other


def has_texts(row: Mapping[str, Any], pair: tuple[str, str]) -> bool:
    """Return whether a row has a text under both keys of a pair."""
    return all(isinstance(text := row.get(key), str) and len(text.strip()) >= _LEAST for key in pair)
