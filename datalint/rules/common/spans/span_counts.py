"""How many spans of one key fit the texts that they are of, by chunk."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

from datalint.api import NamedTuple, excerpt, mutable
from datalint.rules.common.kept_rows import KeptRows, joined_rows, kept_rows, listed_rows
from datalint.rules.common.spans.span_places import (
    Counting,
    Misfit,
    Span,
    described,
    label_of,
    left_of_word,
    misfits,
    span_of,
    takes_sign,
)

#: A word or a sign, by which places may count.
_TOKEN: Final = r"\w+|[^\w\s]"
#: The number of an item, and what follows it, in a path.
_PLACE: Final = r"\[\d+\].*$"
#: Characters of a span that a message shows.
_SHOWN: Final = 40


class Odd(NamedTuple):
    """A row with spans that do not fit: how many of how many, how many surely, and the most telling of them.

    ``mild`` is true where none has other words, or places that cannot be, and ``blank`` where all have white space at an
    end. ``outside`` are those outside of the text, and those of several words that are cut at both ends.
    """

    row: int
    path: str
    many: int
    sure: int
    spans: int
    words: str
    mild: bool
    outside: int = 0
    blank: bool = False


@mutable
class Places:
    """Counts of the spans under one key, or of the words under ``name`` in objects without places.

    ``wrong``, ``sure``, ``first``, ``outside`` and ``blank`` have one item for each way of :class:`Counting`.
    """

    spans: int
    #: Whether a span ends after more characters than its text has words, so that places do not count words.
    beyond: bool
    #: Spans that do not fit, and those of them that are more than the rest of a word.
    wrong: list[int]
    sure: list[int]
    #: The first rows with one that does not fit, and the others, without what is theirs alone.
    first: list[list[Odd]]
    more: list[KeptRows]
    #: Spans outside of the text or cut at both ends, and spans with white space at an end.
    outside: list[int]
    blank: list[int]
    #: The letters that spans leave of a word of which they leave one.
    left: dict[str, int]
    #: Whether all say their words.
    certain: bool = False
    #: Spans at whose end a letter stands, those that leave one letter of a word, those that leave more, and the row of the
    #: first that leaves one with its words.
    ends: int = 0
    early: int = 0
    earlier: int = 0
    early_at: tuple[int, str] | None = None
    #: Whether spans are lists of two places and a label, whose end spaCy and doccano leave out.
    listed: bool = False
    #: Short spans with a comma or the like at their end or behind it, those that have it, and the row of the first of these
    #: with its words.
    signs: int = 0
    taken: int = 0
    taken_at: tuple[int, str] | None = None
    name: str = ""
    #: Spans with characters of another one, and the row of the first of these with the words of both.
    shared: int = 0
    shared_at: tuple[int, str, str] | None = None
    #: Copies of another span with its label, and the row of the first of these with its words and label.
    twice: int = 0
    twice_at: tuple[int, str, str] | None = None
    #: Whether they are regions of Label Studio, which may overlap.
    regions: bool = False


def compare(
    places: Places, row: int, path: str, text: str, value: Any, least: int = 0, paths: Sequence[str] = ()
) -> None:
    """Compare the spans in a list, or a single one, with the text, of which ``least`` tokens are known.

    ``paths`` are those of the items of a list, if they have others than their numbers under ``path``.
    """
    items = value if isinstance(value, list) else [value]
    spans = {index: span for index, item in enumerate(items) if (span := span_of(item)) is not None}
    if not spans:
        return
    places.spans += len(spans)
    places.listed = places.listed or any(isinstance(items[index], list) for index in spans)
    if not places.beyond:
        most = max(sum(1 for _ in re.finditer(_TOKEN, text)), least)
        places.beyond = any(span.end > most + 1 for span in spans.values())
    _count_ends(places, row, text, spans.values())
    _count_signs(places, row, text, spans.values())
    _count_shared(places, row, text, [(span, label_of(items[index])) for index, span in spans.items()])
    numbers, listed = list(spans), list(spans.values())
    odd: dict[Counting, list[tuple[Misfit, int]]] = {}
    for counting, number, how in misfits(text, listed):
        odd.setdefault(counting, []).append((how, number))
    for counting, wrong in odd.items():
        how, number = min(wrong)
        words = described(text, listed[number], how, counting)
        kinds = [how for how, _ in wrong]
        mild = set(kinds) <= {Misfit.BLANK, Misfit.GAP}
        sure = len(kinds) - kinds.count(Misfit.PART)
        outside = kinds.count(Misfit.OUTSIDE) + kinds.count(Misfit.CUT)
        places.wrong[counting] += len(wrong)
        places.outside[counting] += outside
        places.sure[counting] += sure
        places.blank[counting] += kinds.count(Misfit.BLANK)
        place = numbers[number]
        at = paths[place] if paths else f"{path}[{place}]" if isinstance(value, list) else path
        blank = set(kinds) == {Misfit.BLANK}
        odd_row = Odd(row, at, len(wrong), sure, len(spans), words, mild=mild, outside=outside, blank=blank)
        places.first[counting].append(odd_row)


def _count_ends(places: Places, row: int, text: str, spans: Iterable[Span]) -> None:
    for span in spans:
        left = left_of_word(text, span)
        if left is None:
            continue
        places.ends += 1
        places.earlier += len(left) > 1
        if len(left) != 1:
            continue
        places.early += 1
        places.left[left] = places.left.get(left, 0) + 1
        if places.early_at is None or row < places.early_at[0]:
            places.early_at = row, excerpt(text, _SHOWN, start=span.start, stop=span.end)


def _count_signs(places: Places, row: int, text: str, spans: Iterable[Span]) -> None:
    for span in spans:
        taken = takes_sign(text, span)
        if taken is not None:
            places.signs += 1
            places.taken += taken
        if taken and (places.taken_at is None or row < places.taken_at[0]):
            places.taken_at = row, excerpt(text, _SHOWN, start=span.start, stop=span.end)


def _count_shared(places: Places, row: int, text: str, spans: Iterable[tuple[Span, str]]) -> None:
    """Count the spans that begin before one ends that begins no later, and the copies of spans with their label."""
    before: Span | None = None
    last: tuple[int, int, str] | None = None
    for span, label in sorted(spans, key=lambda each: (each[0].start, -each[0].end, each[1])):
        copied, last = last, (span.start, span.end, label)
        if copied == last:
            places.twice += 1
            if places.twice_at is None or row < places.twice_at[0]:
                places.twice_at = row, excerpt(text, _SHOWN, start=span.start, stop=span.end), excerpt(label, _SHOWN)
        elif before is not None and span.start < min(before.end, span.end):
            places.shared += 1
            if places.shared_at is None or row < places.shared_at[0]:
                words = (excerpt(text, _SHOWN, start=each.start, stop=each.end) for each in (span, before))
                places.shared_at = row, next(words), next(words)
        if before is None or span.end > before.end:
            before = span


def no_places() -> Places:
    """Return the counts of no spans."""
    none = [0] * len(Counting)
    return Places(0, False, [*none], [*none], [[] for _ in Counting], [{} for _ in Counting], [*none], [*none], {})


def bound(places: Places, most: int) -> None:
    """Keep the words of the first ``most`` rows alone: by some way of counting, nearly all rows do not fit."""
    for number, rows in enumerate(places.first):
        rows.sort()
        later = [each._replace(path=re.sub(_PLACE, "", each.path), words=_brief(places, each)) for each in rows[most:]]
        places.more[number] = joined_rows(places.more[number], kept_rows(later), 0)
        del rows[most:]


def odd_rows(places: Places, counting: int) -> list[Odd]:
    """Return all rows with a span that does not fit, in order."""
    return [*places.first[counting], *(Odd(*each) for each in listed_rows(places.more[counting]))]


def _brief(places: Places, odd: Odd) -> str:
    """Return what can be said of many rows in one way."""
    if places.name:
        return "a mention is not in the text"
    return "a span has white space at an end" if odd.blank else "a span does not fit the text"


def join(mine: Places, later: Places, rows: int, most: int) -> None:
    """Add the counts of a chunk that comes after ``rows`` others, and keep the words of the first ``most`` rows."""
    moved = [[each._replace(row=each.row + rows) for each in first] for first in later.first]
    mine.spans, mine.beyond = mine.spans + later.spans, mine.beyond or later.beyond
    mine.certain, mine.name = mine.certain or later.certain, mine.name or later.name
    mine.ends, mine.early = mine.ends + later.ends, mine.early + later.early
    mine.listed = mine.listed or later.listed
    mine.signs, mine.taken = mine.signs + later.signs, mine.taken + later.taken
    if mine.taken_at is None and later.taken_at is not None:
        mine.taken_at = later.taken_at[0] + rows, later.taken_at[1]
    mine.earlier += later.earlier
    for letter, count in later.left.items():
        mine.left[letter] = mine.left.get(letter, 0) + count
    if mine.early_at is None and later.early_at is not None:
        mine.early_at = later.early_at[0] + rows, later.early_at[1]
    mine.twice += later.twice
    if mine.twice_at is None and later.twice_at is not None:
        mine.twice_at = later.twice_at[0] + rows, *later.twice_at[1:]
    mine.shared, mine.regions = mine.shared + later.shared, mine.regions or later.regions
    if mine.shared_at is None and later.shared_at is not None:
        mine.shared_at = later.shared_at[0] + rows, *later.shared_at[1:]
    mine.sure = [a + b for a, b in zip(mine.sure, later.sure, strict=True)]
    mine.outside = [a + b for a, b in zip(mine.outside, later.outside, strict=True)]
    mine.blank = [a + b for a, b in zip(mine.blank, later.blank, strict=True)]
    mine.wrong = [a + b for a, b in zip(mine.wrong, later.wrong, strict=True)]
    mine.first = [a + b for a, b in zip(mine.first, moved, strict=True)]
    mine.more = [joined_rows(a, b, rows) for a, b in zip(mine.more, later.more, strict=True)]
    bound(mine, most)
