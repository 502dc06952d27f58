"""Notes about translations into several languages, only one of which is learned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any, Final

from datalint.privacy.display import excerpt
from datalint.records.places import listed
from datalint.shapes.base import Shape
from datalint.shapes.formats.translation import languages_of
from datalint.shapes.guess import NESTED, Guess, can_be_typed

#: The shape of such rows, and the key of their texts by language.
_SHAPE: Final = "translation"
_TEXTS: Final = "translation"
#: Rows that are looked at, and languages that are named.
_ROWS: Final = 100
_NAMED: Final = 4


def translation_languages(first: Mapping[str, Any], shape: Shape, rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the note on the languages of translations that are not read; empty if there are two languages."""
    if shape.name != _SHAPE or not isinstance(first.get(_TEXTS), dict):
        return ""
    languages = languages_of(first[_TEXTS])
    read, bare = languages[:2], len(languages) == len(first[_TEXTS])
    objects = [row[_TEXTS] for row in islice(rows, _ROWS) if isinstance(row.get(_TEXTS), dict)]
    # Rows may be pairs of other languages each.
    objects = [each for each in objects if len(each) > len(read)]
    # Next to the texts of languages, other keys are scores, and translations of models.
    texts = [each if bare else {name: each.get(name) for name in languages} for each in objects]
    found = [*dict.fromkeys(name for each in texts for name, text in each.items() if isinstance(text, str) and text)]
    others = [name for name in found if name not in read]
    if not others or len(read) < 2:
        return ""
    asked, learned = (excerpt(name, 12) for name in read)
    named = listed((excerpt(name, 12) for name in others), len(others), _NAMED)
    note = f'each text is in up to {len(found)} languages: "{learned}" is learned from "{asked}", and not {named}'
    pair = {"prompt": f"{_TEXTS}{NESTED}{read[0]}", "response": f"{_TEXTS}{NESTED}{others[0]}"}
    return f"{note}; to learn another one: {Guess.of(pair).option}" if all(map(can_be_typed, pair.values())) else note
