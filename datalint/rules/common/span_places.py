"""Spans: labelled places in a text, as annotation tools export them, and how they fail to fit their text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import IntEnum
from typing import Any, Final, NamedTuple

from datalint.api import excerpt

_STARTS: Final = frozenset(
    "start begin from start_offset begin_offset start_char char_start start_pos start_position start_idx start_index"
    " startoffset startpos startindex startchar".split()
)
_ENDS: Final = frozenset(
    "end stop to end_offset stop_offset end_char char_end end_pos end_position end_idx end_index endoffset endpos"
    " endindex endchar".split()
)
_LABELS: Final = frozenset(
    "label labels type tag entity entity_type entity_label category class entity_group ner".split()
)
#: What an item says that stands at its place.
_SAID: Final = ("text", "mention", "surface", "surface_form", "phrase", "span_text", "entity_text", "covered_text")
#: Items of a span that is a list: two places and a label, perhaps with an id.
_ITEMS: Final = (3, 5)
_LONGEST_LABEL: Final = 60
#: Scripts without spaces between words, and those whose words begin or end with other words: Hebrew, Arabic, Syriac,
#: Thai, Lao, Tibetan, Burmese, Khmer, Chinese, Japanese and Korean.
_UNSURE: Final = re.compile(
    "[\u0590-\u08ff\u0e00-\u0fff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3000-\u30ff\u3130-\u318f\u3400-\u9fff"
    "\uac00-\ud7af\uf900-\ufaff\ufb1d-\ufdff\ufe70-\ufeff\U00020000-\U000323ff]"
)
#: Characters of a span that a message shows.
_SHOWN: Final = 40


class Span(NamedTuple):
    """A labelled place: code points from ``start`` up to ``end``, and what the row says stands there, if anything."""

    start: int
    end: int
    said: str | None


class Misfit(NamedTuple):
    """How a span does not fit its text: ``blank`` if it only has white space at an end."""

    words: str
    blank: bool


class Counting(IntEnum):
    """How the places of a file count characters."""

    PYTHON = 0
    LAST_INCLUDED = 1
    FROM_ONE = 2


def span_of(item: object) -> Span | None:
    """Return the span that an item of a list is; None for anything else.

    An object has a first and a last place and a label, perhaps under ``value``, as Label Studio has it; a list has two
    numbers and a name.
    """
    if isinstance(item, dict):
        inner = item.get("value")
        return _of_object(inner if isinstance(inner, dict) else item)
    if not isinstance(item, list) or not _ITEMS[0] <= len(item) <= _ITEMS[1]:
        return None
    numbers = [each for each in item if _is_number(each)]
    names = [each for each in item if isinstance(each, str) and 0 < len(each) <= _LONGEST_LABEL]
    return Span(numbers[0], numbers[1], None) if len(numbers) == 2 and names else None


def may_have_span(keys: Iterable[str]) -> bool:
    """Return whether objects with these keys may be spans."""
    names = {key.lower() for key in keys}
    return "value" in names or not (names.isdisjoint(_STARTS) or names.isdisjoint(_ENDS))


def _of_object(item: dict[str, Any]) -> Span | None:
    first = last = None
    labelled = False
    for key, value in item.items():
        name = key.lower()
        if _is_number(value):
            first = value if name in _STARTS and first is None else first
            last = value if name in _ENDS and last is None else last
        elif name in _LABELS and value:
            labelled = True
    if first is None or last is None or not labelled:
        return None
    said = next((item[key] for key in _SAID if isinstance(item.get(key), str) and item[key]), None)
    return Span(first, last, said)


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def misfits(text: str, spans: list[Span]) -> Iterator[tuple[Counting, int, Misfit]]:
    """Yield each way of counting, the number of a span that does not fit the text by it, and how it does not."""
    ends = {each.end for each in spans}
    for counting in Counting:
        for number, span in enumerate(spans):
            # A word may be divided into several spans.
            joined = span.start in ends
            found = _misfit(text, _counted(span, counting), joined=joined)
            if found and len(text.encode("utf-16-le")) != 2 * len(text):
                # Labels of JavaScript count the halves of what is beyond the Basic Multilingual Plane.
                found = _misfit(text, _counted(_from_utf16(text, span), counting), joined=joined)
            if found:
                yield counting, number, found


def _counted(span: Span, counting: Counting) -> Span:
    return span._replace(
        start=span.start - (counting is Counting.FROM_ONE), end=span.end + (counting is Counting.LAST_INCLUDED)
    )


def _from_utf16(text: str, span: Span) -> Span:
    units = text.encode("utf-16-le")
    start, end = (len(units[: 2 * max(at, 0)].decode("utf-16-le", "ignore")) for at in (span.start, span.end))
    return span._replace(start=start, end=end)


def _misfit(text: str, span: Span, *, joined: bool) -> Misfit | None:
    """Return how a span does not fit its text; None where it may."""
    start, end, said = span
    place = f"span {start:,} to {end:,}"
    if start >= end:
        return Misfit(f"{place} is empty", blank=False)
    if start < 0 or end > len(text):
        return Misfit(f"{place} is outside of the text, which has {len(text):,} characters", blank=False)
    covered = text[start:end]
    shown = f'"{excerpt(text, _SHOWN, start=start, stop=end)}"'
    if said is not None and said.strip() != covered.strip() and said in text:
        return Misfit(f'{place} covers {shown}, not "{excerpt(said, _SHOWN)}"', blank=False)
    if not joined and start and _is_letter(text[start - 1]) and _is_letter(text[start]):
        return Misfit(f"{place}, {shown}, begins within a word", blank=False)
    if covered != covered.strip():
        at = "begins" if covered[:1].isspace() else "ends"
        return Misfit(f"{place}, {shown}, {at} with white space", blank=True)
    return None


def _is_letter(char: str) -> bool:
    return char.isalpha() and _UNSURE.match(char) is None
