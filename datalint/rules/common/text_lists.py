"""Lists of texts, for rules."""

from __future__ import annotations

from datalint.support.text_lists import are_texts

__all__ = ["are_texts"]
