"""Keys of the tokens of a text, and of the tags of the tokens."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

TOKENS: Final = ("tokens", "words", "token", "word", "chars", "form", "tokenized_text")
TAGS: Final = (
    "ner_tags", "tags", "labels", "ner", "pos_tags", "pos", "upos", "chunk_tags", "bio_tags", "slots", "tag", "label",
)  # fmt: skip


def tagged_tokens(record: Mapping[str, Any]) -> tuple[list[Any], list[Any]] | None:
    """Return the tokens of a row and their tags; None if one of the lists is missing."""
    tokens, tags = (
        next((value for key in keys if isinstance(value := record.get(key), list)), None) for keys in (TOKENS, TAGS)
    )
    return None if tokens is None or tags is None else (tokens, tags)
