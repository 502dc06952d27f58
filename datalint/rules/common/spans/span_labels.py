"""Lists of spans next to the texts of their rows, and labels of spans that differ in case alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from datalint.api import Alike, Chunk
from datalint.rules.common.spans.span_places import TEXTS, Span, is_unnamed, label_of, may_have_span, span_of

#: Spans of a row that are looked at, lists under a key that are tried, characters of a key, and letters of a label.
MOST: Final = 10_000
_TRIED: Final = 20
_LONGEST: Final = 100
_LETTERS: Final = 2
#: Different labels of a key that are counted, the first by name.
_MOST_LABELS: Final = 1_000

#: How many spans have a label, and the first row with one.
Counts = dict[str, tuple[int, int]]


def span_lists(chunk: Chunk) -> Iterator[tuple[Alike, str, str]]:
    """Yield each group of rows of a chunk with the key of a text, and that of lists of spans of it."""
    for group in chunk.structure.groups:
        texts = [key for key in TEXTS if key in group.keys and str in group.kinds(key)]
        for key in group.keys if texts else ():
            if list not in group.kinds(key) or len(key) > _LONGEST:
                continue
            # Lists of messages are not parsed for that.
            if (items := group.items(key)) is not None and not may_have_span(items.keys):
                continue
            filled = [each for each in group.column(key) if isinstance(each, list) and each][:_TRIED]
            if any(span_of(each[0]) is not None or is_unnamed(each[0], "") for each in filled):
                yield group, texts[0], key


def count_labels(chunk: Chunk) -> dict[str, Counts]:
    """Return the labels of the spans of a chunk, by the key of their lists."""
    found: dict[str, Counts] = {}
    for group, text, key in span_lists(chunk):
        counts = found.setdefault(key, {})
        for row, whole, items in zip(group.rows, group.column(text), group.column(key), strict=True):
            words: list[str] | None = None
            for item in items[:MOST] if isinstance(items, list) else ():
                if (span := span_of(item)) is not None:
                    label = label_of(item)
                    if isinstance(item, list) and isinstance(whole, str):
                        words = whole.split() if words is None else words
                        if _stands_at(label, span, whole, words):
                            continue  # the words at the place, of which the key is the label
                    many, first = counts.get(label, (0, row))
                    counts[label] = many + 1, min(first, row)
    return {key: bounded(counts) for key, counts in sorted(found.items())}


def _stands_at(said: str, span: Span, text: str, words: list[str]) -> bool:
    """Whether something stands at a place of a text, which is counted in characters or in words."""
    place = slice(span.start, min(span.end, span.start + len(said) + 1))
    return said == text[place] or said.split() == words[place]


def bounded(counts: Counts) -> Counts:
    """Return the first labels by name."""
    return dict(sorted(counts.items())[:_MOST_LABELS])


def other_capitals(counts: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """Yield names of several letters, each with the most common one that differs from it in case alone, in order."""
    alike: dict[str, list[str]] = {}
    for name in sorted(counts):
        alike.setdefault(name.casefold(), []).append(name)
    for names in alike.values():
        if len(names) > 1 and _has_letters(names):
            usual = max(names, key=lambda name: (counts[name], name))
            yield from ((name, usual) for name in names if name != usual)


def _has_letters(names: Iterable[str]) -> bool:
    """Whether names are words: single letters in both cases are codes."""
    return all(sum(map(str.isalpha, name)) >= _LETTERS for name in names)
