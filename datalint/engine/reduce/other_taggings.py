"""Sentences that are repeated with other tags."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from datalint.engine.reduce.duplicates.brief_rows import is_fragment, most_are_long
from datalint.records.analyses import Group
from datalint.shapes.formats.token_labels import TOKEN_LABELS
from datalint.support.named_tuple import NamedTuple
from datalint.support.names.token_keys import LAYERS, tagged_tokens

if TYPE_CHECKING:
    from datalint.engine.execute.row_reader import Reader

#: The most rows that are read again.
_MOST: Final = 20_000
#: Share of the rows above which several taggings of a sentence are by design, such as one for each of its verbs, and
#: sentences that there are then at least.
_BY_DESIGN: Final = 0.5
#: What questions and exclamations end with.
_ENDS: Final = frozenset("?!？！؟")
_LEAST: Final = 20
#: Share of the sentences that are brief up to which others are longer: in dialogues, most are replies.
_BRIEF: Final = 0.8


class Tagged(NamedTuple):
    """The tokens of a sentence, and their tags, after which those of each other layer may be."""

    tokens: tuple[str, ...]
    tags: tuple[Any, ...]


def find_other_taggings(examples: pl.DataFrame, reader: Reader) -> list[Group]:
    """Return the first rows of each tagging of the sentences that have several, with a token and its tag as names.

    Sentences are the same if all tokens are, in case too, since a tag may depend on a capital. Fragments of up to two
    words, among longer sentences, are not: what they mean depends on the text that they are from. Questions and
    exclamations are no fragments. Sentences whose tags are of several annotators (``O|B|O``) are left out, as these
    disagree by design.
    """
    is_tagged = examples["shape"] == TOKEN_LABELS
    if not is_tagged.any():
        return []
    index = pl.int_range(pl.len(), dtype=pl.Int64).alias("i")
    rows = examples.select("prompt_hash", "exact", "prompt_chars", index)
    groups = (
        rows.filter(is_tagged & (pl.col("prompt_chars") > 0))
        .unique(["prompt_hash", "exact"], keep="first", maintain_order=True)
        .group_by("prompt_hash", maintain_order=True)
        .agg("i")
        .filter(pl.col("i").list.len() >= 2)["i"]
        .to_list()
    )
    wanted = sorted(row for group in groups for row in group)[:_MOST]
    read = (
        {row: read_tagged(record) for row, record in zip(wanted, reader.records(wanted), strict=True)} if wanted else {}
    )
    read = {row: each for row, each in read.items() if each is not None and not _are_several(each)}
    if most_are_long(examples, _BRIEF):
        read = {row: each for row, each in read.items() if each is not None and not _is_fragment(each.tokens)}
    found = [each for group in groups for each in _of_sentences((row, read.get(row)) for row in group)]
    if len(found) >= _LEAST and sum(len(group.rows) for group in found) > _BY_DESIGN * int(is_tagged.sum()):
        return []
    return found


def read_tagged(record: Mapping[str, Any]) -> Tagged | None:
    """Return the tokens of a row and their tags; None if there are not as many, or no token is a word."""
    found = tagged_tokens(record)
    if found is None or len(found[0]) != len(found[1]):
        return None
    tokens, tags = found
    if not all(isinstance(token, str) for token in tokens) or not all(isinstance(tag, str | int) for tag in tags):
        return None
    if not any(any(map(str.isalpha, token)) for token in tokens):
        return None
    layers = record.get(LAYERS)
    more = [each for each in layers if isinstance(each, list)] if isinstance(layers, list) else []
    if all(len(each) == len(tokens) and all(isinstance(tag, str | int) for tag in each) for each in more):
        tags = [*tags, *chain(*more)]
    return Tagged(tuple(tokens), tuple(tags))


def _is_fragment(tokens: Sequence[str]) -> bool:
    """Return whether tokens are a fragment and no question or exclamation, which is complete with two words."""
    return is_fragment(tokens) and tokens[-1][-1:] not in _ENDS


def _are_several(tagged: Tagged) -> bool:
    return all(isinstance(tag, str) and "|" in tag for tag in tagged.tags[: len(tagged.tokens)])


def _of_sentences(rows: Iterable[tuple[int, Tagged | None]]) -> list[Group]:
    sentences: dict[tuple[str, ...], dict[tuple[Any, ...], int]] = {}
    for row, tagged in rows:
        if tagged is not None:
            sentences.setdefault(tagged.tokens, {}).setdefault(tagged.tags, row)
    return [
        Group(list(taggings.values()), names=names_of(tokens, list(taggings)))
        for tokens, taggings in sentences.items()
        if len(taggings) > 1
    ]


def names_of(tokens: tuple[str, ...], taggings: list[tuple[Any, ...]]) -> list[str]:
    """Return the first token whose tags differ in two taggings, with its tag in each."""
    last = taggings[-1]
    place = next(i for i, tag in enumerate(last) if tag != taggings[0][i])
    return [f"{tokens[place % len(tokens)]} {tags[place]}" for tags in taggings]
