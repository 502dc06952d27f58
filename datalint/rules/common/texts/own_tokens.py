"""Tokens such as ``<|end|>`` that belong to a grammar of the dataset's own, next to others such as ``<|move|>``."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from datalint.rules.common.lazy_pattern import lazy_pattern
from datalint.rules.common.texts.template_tokens import SPECIAL

#: Tokens of templates whose names others use too.
_COMMON: Final = frozenset(f"<|{name}|>" for name in ("start", "end", "message", "channel", "return", "call"))
_TOKEN: Final = lazy_pattern(r"<\|([\w-]{1,40})\|>")
#: Other tokens of models: markers of reasoning, of media, of tools and of code, and those that are reserved or filled in.
_KNOWN: Final = lazy_pattern(
    rf"{SPECIAL}|<\|(?i:\w*(?:thought|think|solution|tool|function|image|img|audio|video|vision|object_ref|box|fim|pad"
    r"|reserved|special|extra|placeholder|model|human|bot|context|knowledge)\w*)\|>"
)
#: Tokens of no template that are needed.
_LEAST: Final = 3


def are_own(words: Collection[str], *texts: str) -> bool:
    """Return whether the tokens ``words`` are names that others use too, next to several tokens of no template."""
    if not _COMMON.issuperset(words):
        return False
    found = {match.group() for text in texts for match in _TOKEN.finditer(text)}
    return sum(_KNOWN.fullmatch(token) is None for token in found) >= _LEAST
