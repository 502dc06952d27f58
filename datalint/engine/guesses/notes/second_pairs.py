"""Notes about a second prompt and response in a row, such as those in another language, which are not read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final

from datalint.privacy.display import excerpt
from datalint.shapes.base import Field, Shape
from datalint.shapes.fields import fields_of, keys_of
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
    parts = fields_of(shape, first)
    asked = keys_of(parts, "prompt")
    answers = keys_of(parts, "response")
    if len(asked) != 1 or len(answers) != 1:
        return ""
    read = {key for key, _ in parts}
    found = [pair for pair in named_pairs(first, asked[0], answers[0]) if read.isdisjoint(pair)]
    some = list(islice(rows, _ROWS)) if found else []
    found = [pair for pair in found if sum(has_texts(row, pair) for row in some) >= _MANY * len(some)]
    if not found:
        return _in_another_language(first, parts, rows)
    prompt, response = found[0]
    option = Guess.of({"prompt": prompt, "response": response}).option
    named = f'"{excerpt(prompt, 40)}" and "{excerpt(response, 40)}"'
    words = "are another pair of prompt and response, which is not read"
    if len(found) > 1:
        words = f"are one of {len(found)} other pairs of prompt and response, which are not read"
    return f"{named} {words}; to read it instead: {option}"


def _in_another_language(first: Mapping[str, Any], parts: Sequence[Field], rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the note on a prompt in a second language, perhaps with its response, which is not read."""
    read = {str(part): key for key, part in parts}
    others = [key for key in first if key not in read.values() and can_be_typed(key)]
    if not others:
        return ""
    from datalint.shapes.evidence.named_languages import are_translations

    found = [key for key in others if are_translations(key, read["prompt"])]
    some = list(islice(rows, _ROWS)) if found else []
    found = [key for key in found if sum(has_texts(row, (key,)) for row in some) >= _MANY * len(some)]
    if not found or not all(can_be_typed(key) for key in read.values()):
        return ""
    prompt, *more = found
    translated = {part: _translation(key, prompt, [*first]) or key for part, key in read.items()}
    option = Guess.of(translated | {"prompt": prompt}).option
    if translated["response"] != read["response"]:
        named = f'"{excerpt(prompt, 40)}" and "{excerpt(translated["response"], 40)}" are the prompt and the response'
    else:
        named = f'"{excerpt(prompt, 40)}" is the prompt'
    languages = "one of the other languages" if more else "another language"
    return f"{named} in {languages} and not read; to read that language instead: {option}"


def _translation(key: str, prompt: str, keys: Sequence[str]) -> str:
    """Return the translation of a key in the language that the name of a ``prompt`` says; empty for none."""
    from datalint.shapes.evidence.named_languages import are_translations, languages_in

    found = {each: language for each, (language, _) in languages_in(keys).items()}
    same = (each for each in keys if found.get(each) == found.get(prompt) and are_translations(each, key))
    return next(same, "")


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


def has_texts(row: Mapping[str, Any], pair: Sequence[str]) -> bool:
    """Return whether a row has a text under both keys of a pair."""
    return all(isinstance(text := row.get(key), str) and len(text.strip()) >= _LEAST for key in pair)
