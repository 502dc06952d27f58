"""Keys of the tokens of a text, and of the tags of the tokens."""

from __future__ import annotations

from typing import Final

TOKENS: Final = ("tokens", "words", "token", "word", "chars", "form", "tokenized_text")
TAGS: Final = (
    "ner_tags", "tags", "labels", "ner", "pos_tags", "pos", "upos", "chunk_tags", "bio_tags", "slots", "tag", "label",
)  # fmt: skip
