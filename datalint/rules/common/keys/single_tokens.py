"""Rows that are single tokens with a tag, which no column and no blank row divides into sentences."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from datalint.rules.common.spans.token_keys import TAG
from datalint.support.lazy_pattern import lazy_pattern

#: Names of columns of tokens and of tags.
_TOKENS: Final = lazy_pattern(r"(?:tokens?|words?|kata|form)(?:_?\d{1,3})?", re.IGNORECASE)
_TAGS: Final = lazy_pattern(r"(?:(?:bio|ner|iob|pos)_?)?(?:tags?|labels?|ner|[ux]?pos)(?:_?\d{1,3})?", re.IGNORECASE)
#: A tag of an entity, or the class of a word.
_TAG: Final = lazy_pattern(rf"{TAG.pattern}|[A-Z]{{1,6}}[$]?")
#: Columns of such a table at most, unless it has one of what a parser says of a word.
_MOST: Final = 4
#: Names of such columns.
_PARSED: Final = lazy_pattern(r"deprels?|[ux]pos(?:tag)?|feats", re.IGNORECASE)
#: The name of the column of dictionary forms, next to tags.
_LEMMAS: Final = lazy_pattern(r"lemmas?", re.IGNORECASE)
#: What to do with such rows.
_WITHOUT_ENDS: Final = (
    "each row is a token with its tag, and nothing says where a sentence ends: add a column with the number of the "
    "sentence, or a blank line after each"
)


def single_token(row: Mapping[str, Any]) -> str | None:
    """Return what to do with rows that are tokens with a tag each; None for other rows."""
    tokens = [value for key, value in row.items() if _TOKENS.fullmatch(key) and isinstance(value, str)]
    parsed = any(map(_PARSED.fullmatch, row)) or (any(map(_LEMMAS.fullmatch, row)) and any(map(_TAGS.fullmatch, row)))
    parsed = parsed and bool(tokens) and len(tokens[-1].split()) == 1
    if parsed and all(not isinstance(value, list | dict) and len(str(value).split()) <= 1 for value in row.values()):
        return _WITHOUT_ENDS
    if not 2 <= len(row) <= _MOST:
        return None
    token = next((value for key, value in row.items() if _TOKENS.fullmatch(key)), None)
    tag = next((value for key, value in row.items() if _TAGS.fullmatch(key)), None)
    if not isinstance(token, str) or not isinstance(tag, str) or len(token.split()) > 1 or not _TAG.fullmatch(tag):
        return None
    return _WITHOUT_ENDS
