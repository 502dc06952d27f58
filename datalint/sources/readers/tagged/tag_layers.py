"""Columns of tagged text with layers of one annotation, such as nested or overlapping entities.

Each of them has tags of spans, with ``O`` on most lines. One entity is in the first layer, and those that overlap it
are in the next ones, so the last column may have hardly any. Columns of chunks (``B-NP``) and of classes of words are
no such layers: hardly a line there is outside of all spans. Where the last column is of that kind, and an earlier one
has tags of spans, these are what the file was made for. Labels of single words, with ``O`` on most lines, are layers
next to them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from typing import Final

from datalint.sources.readers.tagged.token_features import are_features
from datalint.support.names.token_keys import TAG

#: Shares of lines with such a tag, and with the one outside of spans.
_SHARE: Final = 0.95
_OUTSIDE: Final = 0.5
#: Columns with layers at most, and how many times as many tags as the last layer one has that is read in its place: a
#: column of predictions has about as many as the one of what they should be.
_MOST: Final = 20
_TIMES: Final = 2
_NO_NAME: Final = "O"
#: Signs for a word that a column says nothing of, and the share of lines without one where it says something of each.
_NOTHING: Final = frozenset(("O", "o", "0", "_", "-", "*", ""))
_OF_EACH: Final = 0.98
#: The sign for no annotation, and the share of lines with it in a column that says nothing of nearly all words.
_BLANK: Final = "_"
_SPARSE: Final = 0.8
#: Lines for each value of a column that is compared, as offsets and lemmas have as many values as there are words.
_LINES: Final = 3
#: Numbers in a name: those of a catalogue differ from entity to entity.
_NUMBER: Final = re.compile(r"\d+")


def layered(rows: Sequence[Sequence[str]], tag: int, first: int, width: int) -> tuple[int, tuple[int, ...]]:
    """Return the column of the tags to read, and those of the other layers, in order.

    ``tag`` is the column that is read where there are no layers, and ``first`` the first one behind the tokens. The
    layer with the most tags is read in its place, if both share a name, ``tag`` names nothing, or says something of
    each word, as its class does.
    """
    if not 2 <= width - first <= _MOST:
        return tag, ()
    columns = {at: [row[at] for row in rows if len(row) == width] for at in range(first, width)}
    named = {at: _names(tags) for at, tags in columns.items()}
    layers = [at for at, tags in columns.items() if _is_layer(tags)]
    last = tag % width
    if not any(named[at] for at in layers) or (last not in layers and not _is_of_each(columns[last])):
        return tag, ()
    many = {at: len(columns[at]) - columns[at].count(_NO_NAME) for at in layers}
    if last in layers:
        same = [at for at in layers if not named[last] or named[at] & named[last]]
        most = max(same, key=lambda at: many[at])
        read = most if many[most] >= _TIMES * max(many[last], 1) else last
    else:
        read = max(layers, key=lambda at: many[at])
    layers = [at for at, tags in columns.items() if at in layers or _is_of_some(tags)]
    return (tag if read == last else read), tuple(at for at in layers if at != read)


def spans_before(rows: Sequence[Sequence[str]], token: int, place: int) -> int:
    """Return the first column of spans between the tokens and one that says nothing of nearly all of them, or that one.

    Words outside of spans have ``O`` there; whole sentences may have no annotation.
    """
    if sum(row[place] == _BLANK for row in rows) < _SPARSE * len(rows):
        return place
    for before in range(token + 1, place):
        tags = {row[before] for row in rows} - {_BLANK}
        if _NO_NAME in tags and len(tags) > 1 and all(map(TAG.fullmatch, tags)):
            return before
    return place


def compared(rows: Sequence[Sequence[str]], read: Set[int], first: int, width: int) -> tuple[int, ...]:
    """Return the columns behind the tokens that are not ``read``, and have a few values, such as classes of words.

    Sentences that differ in one are no exact copies. Features (``Case=Nom``) follow from the words.
    """
    if width - first > _MOST:
        return ()
    columns = {at: [row[at] for row in rows if len(row) == width] for at in range(first, width) if at not in read}
    few = {at: values for at, tags in columns.items() if 1 < len(values := set(tags)) <= len(tags) / _LINES}
    return tuple(at for at, values in few.items() if not are_features(values))


def _is_layer(tags: Sequence[str]) -> bool:
    marked = sum(TAG.fullmatch(tag) is not None for tag in tags)
    return marked >= _SHARE * len(tags) > 0 and tags.count(_NO_NAME) >= _OUTSIDE * len(tags)


def _is_of_each(tags: Sequence[str]) -> bool:
    """Whether a column says something of nearly each word; one of several annotators may say nothing (``O|O``)."""
    said = sum(not _NOTHING.issuperset(tag.split("|")) for tag in tags)
    return said >= _OF_EACH * len(tags) > 0


def _is_of_some(tags: Sequence[str]) -> bool:
    """Whether a column has labels of some words, such as ``Attack``, and ``O`` for the others."""
    return _OUTSIDE * len(tags) <= tags.count(_NO_NAME) < len(tags) and len(set(tags)) * _LINES <= len(tags)


def _names(tags: Sequence[str]) -> frozenset[str]:
    return frozenset(_NUMBER.sub("0", tag[2:]) for tag in set(tags) if TAG.fullmatch(tag) and tag != _NO_NAME)
