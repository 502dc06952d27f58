"""Tagged text whose sentences no blank line separates: nothing says where one ends."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from datalint.sources.readers.lines import SPACE
from datalint.sources.readers.tagged.reader import columns_of
from datalint.support.lazy_pattern import lazy_pattern

#: Lines that are looked at, and how many of them are taken for a sentence to see whether they are tokens and tags.
_MOST: Final = 2_000
_SENTENCE: Final = 10
#: Words of a line with a token and its tag.
_PAIR: Final = 2
#: A token and the tag of a span, the lines that are needed, and the share of them that are so.
_SPAN: Final = lazy_pattern(rb"[^\s]{1,200}[ \t]+(?:O|[BIESLU]-[^\s]{1,40})[ \t\r]*")
_LEAST: Final = 20
#: Lines that are enough if all are so, and some spans begin in them and some tokens are outside.
_LEAST_OF_BOTH: Final = 5
_SHARE: Final = 0.95
#: A token that ends a sentence, in Latin and Chinese marks, and tokens of a sentence on average, at most.
_ENDS: Final = tuple([mark.encode()] for mark in ".?!。？！")
_LONGEST: Final = 60


def are_unseparated(head: bytes, *, named: bool = False) -> bool:
    """Return whether all lines of the beginning of a file are a token and its tag, and none of them is blank.

    ``named`` says that the file is named so: then any words may be tags, if each line has two.
    """
    lines = head.strip(SPACE + b"\n").split(b"\n")[:_MOST]
    if not all(line.strip(SPACE) for line in lines):
        return False
    named = named and all(len(line.split()) == _PAIR for line in lines)
    starts = range(0, len(lines), _SENTENCE)
    sentences = (b"\n".join(lines[start : start + _SENTENCE]) for start in starts)
    return columns_of(b"\n\n".join(sentences) + b"\n", named=named) is not None


def are_unseparated_spans(head: bytes) -> bool:
    """Return whether nearly all lines are a token and the tag of a span, as no text is, and none of them is blank."""
    lines = head.strip(SPACE + b"\n").split(b"\n", _MOST)[:_MOST]
    if _SPAN.fullmatch(lines[0]) is None or not all(line.strip(SPACE) for line in lines):
        return False
    if len(lines) < _LEAST:
        tags = [line.split()[-1] for line in lines if _SPAN.fullmatch(line) is not None]
        begin = any(tag.startswith(b"B-") for tag in tags)
        return len(tags) == len(lines) >= _LEAST_OF_BOTH and begin and b"O" in tags
    return sum(_SPAN.fullmatch(line) is not None for line in lines) >= _SHARE * len(lines)


def ends_of_sentences(lines: Iterable[bytes]) -> int:
    """Return how many tokens of a file are marks that end a sentence; 0 if they are too few for all sentences."""
    size = found = 0
    for line in lines:
        size += 1
        found += line.split(None, 1)[:1] in _ENDS
    return found if found * _LONGEST >= size else 0
