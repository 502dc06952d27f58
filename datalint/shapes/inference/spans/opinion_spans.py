"""Opinions about a text: objects whose parts are words of it with their places, as in SemEval-2022 task 10."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final

from datalint.shapes.evidence.names import is_about
from datalint.shapes.evidence.sampled import Holds, SampledColumn
from datalint.shapes.guess import Guess
from datalint.shapes.parallel import listed

#: A place in a text, and the lists of a part: its words and their places.
_PLACE: Final = r"([0-9]{1,7}):([0-9]{1,7})"
_LISTS: Final = 2
#: Rows and items that are looked at, how many rows are needed, and the share of places where the words must be.
_ROWS: Final = 50
_LEAST: Final = 2
_FITTING: Final = 0.8


def opinion_spans(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about a text and a list of objects such as ``{"Target": [["dock"], ["4:8"]], …}``.

    It is clear if the words stand at their places. A row may have none.
    """
    texts = [each for each in columns if each.holds is Holds.TEXT and not is_about(each)]
    lists = [each for each in columns if each.holds is Holds.OBJECT]
    if len(texts) != 1 or len(lists) != 1 or len(rows) < _LEAST:
        return None
    places = fitting = 0
    for row in rows[:_ROWS]:
        text, items = row.get(texts[0].key), row.get(lists[0].key)
        if not isinstance(text, str) or not isinstance(items, list):
            return None
        for words, start, end in islice(_parts(items), _ROWS):
            places += 1
            fitting += text[start:end] == words
    if not places or fitting < _FITTING * places:
        return None
    return Guess.of({"prompt": texts[0].key, "labels": lists[0].key}, clear=True, basis="values")


def _parts(items: Sequence[object]) -> Iterator[tuple[str, int, int]]:
    """Yield the words of each part of the objects in a list, and where they begin and end."""
    values = (value for item in items[:_ROWS] if isinstance(item, dict) for value in item.values())
    for value in values:
        lists = [listed(each) for each in value] if isinstance(value, list) and len(value) == _LISTS else []
        if not lists or len(lists[0]) != len(lists[1]):
            continue
        for words, place in zip(*lists, strict=True):
            match = re.fullmatch(_PLACE, place) if isinstance(words, str) and isinstance(place, str) else None
            if match is not None:
                yield words, int(match[1]), int(match[2])
