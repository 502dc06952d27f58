"""Rows whose question is an image or a recording, next to short values such as the letter of its answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from datalint.rules.common.keys.texts_elsewhere import is_beyond_label
from datalint.rules.common.lazy_pattern import lazy_pattern

#: The name of the file of an image or a recording, or its address.
_FILE: Final = lazy_pattern(
    r"(?i)\S.{0,500}\.(?:jpe?g|png|gif|webp|bmp|tiff?|svg|mp4|webm|mov|avi|wav|mp3|flac|ogg|m4a)(?:\?\S{0,200})?"
)
#: Words in the name of a key of what is asked.
_ASKED: Final = lazy_pattern(r"(?i)question|problem|prompt|query|task|exercise|image|img|audio|figure|picture|photo")
_MOST_KEYS: Final = 64
#: Keys of what is asked in words, or said of an image.
_SAID: Final = frozenset(("prompt", "question", "instruction", "input", "query", "text", "caption"))


def image_alone(row: Mapping[str, Any]) -> str | None:
    """Return the key of the only image or recording of a row without any text; None for other rows.

    Two are often what is compared, and one under a name of its own stands for what is asked.
    """
    if len(row) > _MOST_KEYS or any(row.get(key) for key in _SAID):
        return None
    media = [key for key, value in row.items() if isinstance(value, str) and _FILE.fullmatch(value)]
    others = [value for key, value in row.items() if key not in media]
    asks = len(media) == 1 and _ASKED.search(media[0]) is not None
    return media[0] if asks and not any(map(_may_be_text, others)) else None


def _may_be_text(value: object) -> bool:
    """Whether a value, or one in a list or an object, is more than a few words."""
    if isinstance(value, str):
        return is_beyond_label(value)
    if isinstance(value, list | dict):
        return any(map(_may_be_text, value.values() if isinstance(value, dict) else value))
    return False
