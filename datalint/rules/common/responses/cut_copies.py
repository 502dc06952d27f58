"""Responses that are the beginning of another text of their row and stop in the middle of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import compress
from typing import Final

import polars as pl

from datalint.api import Chunk, Dataset, Hit, NamedTuple, Places, excerpt, others, passing
from datalint.rules.common.texts.turns import may_begin_blank, may_end_blank

#: Characters of a response that is compared: shorter ones are names and labels.
_SHORTEST: Final = 20
#: Characters from which on a response ends in the middle of a sentence where a small letter follows: the short form of an
#: answer may be the beginning of the long one.
_SENTENCE: Final = 100
#: What opens or joins something that follows.
_OPEN: Final = frozenset("([{,:=+&|\\（［｛，：、")
#: The first letter of the scripts whose words have no spaces between them.
_SPACELESS: Final = "\u0e00"
#: Responses that stop in the middle at least, and their share of those next to such a text.
_LEAST: Final = 10
_LEAST_SHARE: Final = 0.01
_TEXT: Final = {str}
#: Rows that are kept.
_NAMED: Final = 3
#: Keys that are kept, the first by name.
_MOST_KEYS: Final = 20


class Copies(NamedTuple):
    """A key: the rows with a text under it and a response, those whose response is the beginning of that text, how many of
    these stop in the middle, and the first of them."""

    rows: int
    copies: int
    cut: int
    first: tuple[int, ...]


def find_copies(chunk: Chunk) -> dict[str, Copies]:
    """Return the keys that nothing reads of which some text goes on where the response of its row stops."""
    found: dict[str, Copies] = {}
    for group in chunk.structure.groups:
        keys = [key for key, _ in chunk.side_keys(group.keys, about=True) if str in group.kinds(key)]
        if not keys:
            continue
        said = chunk.examples["response"].gather(list(group.rows))
        long = _are_long(said).to_list()
        # Few keys have texts that are compared with the responses.
        responses = cache(lambda said=said: said.str.strip_chars().to_list())
        for key in keys:
            column = group.column(key)
            texts = column if group.kinds(key) == _TEXT else [text if isinstance(text, str) else "" for text in column]
            mine = _found(group.rows, responses, long, texts)
            if mine.rows:
                found[key] = _joined(found[key], mine) if key in found else mine
    return _bounded(found)


def joined_copies(one: dict[str, Copies], other: dict[str, Copies], rows: int) -> dict[str, Copies]:
    """Return the keys of two partials; the rows of the second follow the ``rows`` of the first."""
    found = dict(one)
    for key, theirs in other.items():
        moved = theirs._replace(first=tuple(row + rows for row in theirs.first))
        found[key] = _joined(found[key], moved) if key in found else moved
    return _bounded(found)


def cut_copies(data: Dataset, found: dict[str, Copies]) -> Iterator[Hit]:
    """Yield a hit for the key whose texts most responses are the beginning of, if enough of these stop in the middle."""
    key = max(found, key=lambda each: found[each].cut, default=None)
    if key is None or data.kind == "evaluation":
        return
    copies = found[key]
    if copies.cut < max(_LEAST, _LEAST_SHARE * copies.rows):
        return
    places, first = Places(data), copies.first
    named = ", ".join(places.of(row, first[0]) for row in first)
    yield Hit(
        f'{copies.copies:,} of {copies.rows:,} responses are only the beginning of "{excerpt(key, 40)}" in their row, and '
        f"{copies.cut:,} of them stop in the middle of it. The first: {named}",
        at=first[0],
        related=others(first[1:]),
        key="copies",
    )


def _are_long(texts: pl.Series) -> pl.Series:
    """Return which texts are compared; white space around them does not count."""
    text = pl.col("text")
    long, blank = text.str.len_chars() >= _SHORTEST, may_begin_blank(text) | may_end_blank(text)
    bare = passing(long & blank, text, lambda some: some.str.strip_chars().str.len_chars() >= _SHORTEST)
    return texts.alias("text").to_frame().select((long & ~blank) | bare).to_series()


def _found(
    rows: Sequence[int], responses: Callable[[], Sequence[str]], long: Sequence[bool], column: Sequence[str]
) -> Copies:
    """Compare the texts of a key with the ``responses()`` of their rows, of which those that are ``long`` count."""
    count, copies, cut = 0, 0, []
    texts = list(compress(column, long))
    sizes = list(map(len, texts))
    # Most keys hold ids and names, which no long response is the beginning of.
    if max(sizes, default=0) <= _SHORTEST:
        return Copies(len(sizes) - sizes.count(0), 0, 0, ())
    for row, response, text in zip(compress(rows, long), compress(responses(), long), texts, strict=True):
        if not text:
            continue
        count += 1
        # The first characters alone decide it for most texts.
        whole = text.lstrip() if text[:1].isspace() else text
        if len(whole) > len(response) and whole.startswith(response) and (rest := whole[len(response) :].rstrip()):
            copies += 1
            if _stops(response, rest):
                cut.append(row)
    return Copies(count, copies, len(cut), tuple(cut[:_NAMED]))


def _stops(response: str, rest: str) -> bool:
    """Whether a response stops in the middle: before what it opens, within a word, or before the rest of a sentence."""
    last, following = response[-1], rest[0]
    if last in _OPEN:
        return True
    if not last.isalnum() or last >= _SPACELESS:
        return False
    return following.isalnum() or (len(response) >= _SENTENCE and rest.lstrip(" ")[:1].islower())


def _joined(one: Copies, other: Copies) -> Copies:
    first = tuple(sorted((*one.first, *other.first))[:_NAMED])
    return Copies(one.rows + other.rows, one.copies + other.copies, one.cut + other.cut, first)


def _bounded(found: dict[str, Copies]) -> dict[str, Copies]:
    return {key: found[key] for key in sorted(found)[:_MOST_KEYS]}
