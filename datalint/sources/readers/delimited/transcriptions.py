"""Detect lists of words with their pronunciation, of which the first record is one like the others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from datalint.privacy.display import excerpt

#: Signs of a sound on average, at most, and the sounds of a field that show that these are sounds.
_SIGNS: Final = 2.5
_SOUNDS: Final = 3
#: Records that are looked at, at least, and the share of them that are written in sounds.
_LEAST: Final = 20
_NEARLY_ALL: Final = 0.95
_EXCERPT: Final = 40


def transcribed(head: Sequence[str], below: Sequence[Sequence[str]]) -> str | None:
    """Return a reason if a field of the first record is sounds with blanks between them, as those below it are.

    Such are ``AH0 B AW1 T`` and ``k ɑ ʔ k a``; some words have one sound or two. Two are enough where each is one
    sign, as no column has such a name.
    """
    if len(below) < _LEAST:
        return None
    for name, column in zip(head, zip(*below, strict=True), strict=True):
        fields = [field for field in column if field.strip()]
        sounded = _are_sounds(name) or (_are_sounds(name, 2) and all(len(sign) == 1 for sign in name.split()))
        sounds = sum(_are_sounds(field, 1) for field in fields) if sounded else 0
        if sounds >= max(_LEAST, _NEARLY_ALL * len(fields)) and 2 * sum(map(_are_sounds, fields)) >= len(fields):
            return f'"{excerpt(name.strip(), _EXCERPT)}" is a pronunciation like those below it'
    return None


def _are_sounds(field: str, least: int = _SOUNDS) -> bool:
    """Return whether a field is several parts of a sign or two, with blanks between them, and more than numbers."""
    sounds = field.split()
    short = len(sounds) >= least and sum(map(len, sounds)) <= _SIGNS * len(sounds)
    return short and any(map(str.isalpha, sounds))
