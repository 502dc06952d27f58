"""Findings on the spans of a key: they include their last character, end with a sign, overlap, or are not said."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from datalint.api import Hit, Severity, counted
from datalint.rules.common.spans.said_words import are_mentions
from datalint.rules.common.spans.span_counts import Places, odd_rows

#: Spans that overlap another one at least, and their share at most: where more do, they are meant so.
_LEAST_SHARED: Final = 5
_MOST_SHARED: Final = 0.5
#: Share of the spans that end before the last letter of a word, from which on the file includes the last character, and
#: how many there are at least.
_INCLUDED: Final = 0.9
_LEAST_INCLUDED: Final = 20
#: Where fewer do, they may leave endings of words out. These are of several letters too, or one is the usual one: share
#: of more letters, and of the usual letter, at most.
_ENDINGS: Final = 0.1
_USUAL: Final = 0.5
#: Spans that end with a comma or the like at least, and their share of those with one at their end or behind it.
_LEAST_SIGNS: Final = 10
_TAKEN: Final = 0.5


def not_said(places: Places) -> Iterator[Hit]:
    """Yield a warning for each row with a mention that is not in its text, where most mentions are."""
    for each in odd_rows(places, 0) if are_mentions(places, places.name) else ():
        others = "" if each.many == 1 else f"; {each.many} of {counted(each.spans, 'mention')} are not"
        yield Hit(f"{each.words}{others}", at=each.row, path=each.path, severity=Severity.WARNING)


def including(found: dict[str, Places]) -> Iterator[Hit]:
    """Yield a note for each key whose spans include their last character, a warning for lists, or if only some do."""
    for path, places in found.items():
        if not places.beyond or places.early_at is None or places.early < _LEAST_INCLUDED:
            continue
        every = places.early >= _INCLUDED * places.ends
        if not every and not _leaves_no_endings(places):
            continue
        row, shown = places.early_at
        how = "the last character is included, and text[start:end] leaves it out"
        some = f'in these, {how}: here "{shown}"'
        yield Hit(
            f"{places.early:,} of {counted(places.ends, 'span')} end before the last letter of a word: "
            + (how if every else some),
            at=row,
            path=path,
            severity=Severity.WARNING if places.listed or not every else Severity.INFO,
            key="last included",
        )


def _leaves_no_endings(places: Places) -> bool:
    """Return whether spans leave one letter of a word, but hardly ever more, and any letter."""
    few = places.earlier <= _ENDINGS * places.early
    return few and max(places.left.values(), default=0) <= _USUAL * places.early


def with_signs(found: dict[str, Places]) -> Iterator[Hit]:
    """Yield a warning for each key whose spans have the comma or the like behind them."""
    for path, places in found.items():
        if not places.beyond or places.taken_at is None or places.taken < max(_LEAST_SIGNS, _TAKEN * places.signs):
            continue
        row, shown = places.taken_at
        yield Hit(
            f"{counted(places.taken, 'span')} of up to three words end with a comma, closing mark or the like, and "
            f'{places.signs - places.taken:,} before one: "{shown}"',
            at=row,
            path=path,
            severity=Severity.WARNING,
            key="signs",
        )


def sharing(found: dict[str, Places]) -> Iterator[Hit]:
    """Yield a note for each key of which some spans have characters of another one, or are copies of one."""
    for path, places in found.items():
        if places.regions or not places.beyond:
            continue
        every = counted(places.spans, "span")
        if places.twice_at is not None and _LEAST_SHARED <= places.twice <= _MOST_SHARED * places.spans:
            row, words, label = places.twice_at
            said = f'{places.twice:,} of {every} are copies, with the places and label of another one: here "{words}"'
            yield Hit(f"{said}, {label}; keep one", at=row, path=path, severity=Severity.INFO, key="copies")
        if places.shared_at is None or not _LEAST_SHARED <= places.shared <= _MOST_SHARED * places.spans:
            continue
        row, inner, outer = places.shared_at
        yield Hit(
            f"{places.shared:,} of {every} overlap another one, which tags of tokens (BIO) and the entities of spaCy "
            f'cannot have: here "{inner}" and "{outer}"',
            at=row,
            path=path,
            severity=Severity.INFO,
            key="overlap",
        )
