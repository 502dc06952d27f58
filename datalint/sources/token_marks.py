"""Cheap test of a source's first bytes: whether its rows may be single tokens."""

from __future__ import annotations

from typing import Final

from datalint.sources.base import Source
from datalint.support.lazy_pattern import lazy_pattern
from datalint.support.names.token_keys import TAGS, TOKENS

_HEAD: Final = 1 << 14
#: The tag of a token, or the name of a column of sentences.
_MARKED: Final = lazy_pattern(rb'[\t,;|" :](?:O|B[-_][^\s",;|]{1,60})(?:["\t,;|\r\n}]|$)|(?:^|["\t,;|])[Ss]ent')


def may_have_tokens(source: Source) -> bool:
    """Return whether the first bytes of a source have the tag of a token, or the name of a column of sentences.

    The columns of a table have names: one of tokens and one of tags.
    """
    if texts := {name.lower() for name in getattr(source, "texts", ())}:
        return not texts.isdisjoint(TOKENS) and not texts.isdisjoint(TAGS)
    content, start = getattr(source, "content", None), getattr(source, "start", 0)
    return (
        content is not None
        and hasattr(source, "chunk_bytes")
        and _MARKED.search(content.read(start, start + _HEAD)) is not None
    )
