"""Texts and names without what people write differently."""

from __future__ import annotations


def letters_of(text: str) -> str:
    """Return the letters and digits of a text or a name, without case: ``userid`` for ``User-ID``."""
    return "".join(filter(str.isalnum, text.casefold()))
