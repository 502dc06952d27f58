"""Columns of tags next to the tokens that they are of: lists, or texts with a tag for each word of another text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from datalint.api import Chunk, NamedTuple
from datalint.rules.common.spans.token_keys import TAG, TAGS, TOKENS

#: Keys of a row that are looked at, values of each, tags of one, and characters of one.
_MOST_KEYS: Final = 64
_SAMPLED: Final = 20
_LOOKED_AT: Final = 2_000
#: Tags of a written text, on average, at least, and the share of its tags that are those of parts of names.
_LEAST: Final = 3
_NEARLY_ALL: Final = 0.9
#: Share of the texts that must have as many words as tags.
_MOSTLY: Final = 0.5


class TaggedColumn(NamedTuple):
    """The key of tags, and for each of some rows its number in the chunk, its tokens and its tags, of any type."""

    key: str
    rows: Sequence[int]
    tokens: Sequence[Any]
    tags: Sequence[Any]


def tagged_columns(chunk: Chunk) -> list[TaggedColumn]:
    """Return the columns of tags of a chunk, with the tokens of the same rows."""
    return chunk.once(_tagged_columns)


def _tagged_columns(chunk: Chunk) -> list[TaggedColumn]:
    found: list[TaggedColumn] = []
    for group in chunk.structure.groups:
        tokens = next((key for key in TOKENS if key in group.keys and list in group.kinds(key)), None)
        keys = [key for key in TAGS if key in group.keys and list in group.kinds(key)]
        if tokens is not None and keys:
            found += [TaggedColumn(key, group.rows, group.column(tokens), group.column(key)) for key in keys]
        else:
            found += _written(group)
    return found


def _written(group: Any) -> Iterator[TaggedColumn]:
    """Yield the columns of tags that are written as text, next to the text that mostly has as many words."""
    texts = [key for key in group.keys[:_MOST_KEYS] if str in group.kinds(key)]
    for key in [each for each in texts if _spells_tags(group.column(each))]:
        tags = [_words(value) for value in group.column(key)]
        for other in texts:
            tokens = [_words(value) for value in group.column(other)] if other != key else []
            pairs = [(mine, theirs) for mine, theirs in zip(tokens, tags, strict=False) if mine and theirs]
            if pairs and sum(len(mine) == len(theirs) for mine, theirs in pairs) >= _MOSTLY * len(pairs):
                yield TaggedColumn(key, group.rows, tokens, tags)
                break


def _spells_tags(column: Sequence[Any]) -> bool:
    """Whether values are texts of several tags each, by the beginnings of the first ones that are not empty."""
    starts = [value[:_LOOKED_AT].split()[:_SAMPLED] for value in column[: 5 * _SAMPLED] if isinstance(value, str)]
    some = [words for words in starts if words][:_SAMPLED]
    tags = [tag for words in some for tag in words]
    many = len(tags) >= _LEAST * len(some) > 0
    return many and sum(TAG.fullmatch(tag) is not None for tag in tags) >= _NEARLY_ALL * len(tags)


def _words(value: object) -> list[str] | None:
    return value.split() if isinstance(value, str) else None
