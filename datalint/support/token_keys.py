"""Keys of the tokens of a text, and of the tags of the tokens."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

TOKENS: Final = ("tokens", "words", "token", "word", "chars", "form", "tokenized_text")
TAGS: Final = (
    "ner_tags", "tags", "labels", "ner", "pos_tags", "pos", "upos", "chunk_tags", "bio_tags", "slots", "tag", "label",
)  # fmt: skip

#: Lists of more tags for the same tokens, as of entities that overlap.
LAYERS: Final = "layers"
#: Tags of tokens that are part of nothing that is named.
OUTSIDE: Final = frozenset(("O", "o", "_", "-", "0", 0))
#: Tokens, and characters, of a formula at most.
_FORMULA: Final = 10
FORMULA_CHARS: Final = 100


def tagged_tokens(record: Mapping[str, Any]) -> tuple[list[Any], list[Any]] | None:
    """Return the tokens of a row and their tags; None if one of the lists is missing."""
    tokens, tags = (
        next((value for key in keys if isinstance(value := record.get(key), list)), None) for keys in (TOKENS, TAGS)
    )
    return None if tokens is None or tags is None else (tokens, tags)


def is_formula(record: Mapping[str, Any]) -> bool:
    """Return whether a tagged sentence has up to ten tokens, none of which has a tag that names something.

    Where such a sentence occurs again, it is what letters and judgments end with, or speakers say to one another.
    """
    found = tagged_tokens(record)
    if found is None or not 0 < len(found[0]) <= _FORMULA or not found[1]:
        return False
    layers = record.get(LAYERS)
    more = [each for each in layers if isinstance(each, list)] if isinstance(layers, list) else []
    return all(isinstance(tag, str | int) and tag in OUTSIDE for tags in (found[1], *more) for tag in tags)
