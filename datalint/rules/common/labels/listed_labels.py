"""Labels that the prompts of a dataset list, as "Answer with one of: late, lost, other", and that no row has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from datalint.api import Category, Dataset
from datalint.support.distinct import evenly_spaced

#: Rows at least, and rows for each label that has some: of fewer, chance leaves one without any.
_LEAST_ROWS: Final = 100
_ROWS_EACH: Final = 20
#: Labels at least in a list, and at most; the share of the labels of rows that it has; rows whose prompts are read.
_LEAST: Final = 3
_MOST: Final = 100
_NEARLY_ALL: Final = 0.8
_SAMPLED: Final = 20
#: Characters of a prompt that are searched, and of a label.
_READ: Final = 10_000
_LABEL: Final = 40
#: An item at the beginning of a line, up to what is said of it, and what is between the items of one line.
_ITEM: Final = r"(?m)^[ \t]{0,9}(?:[-*•]|\d{1,2}[.)])[ \t]{1,4}([^\n]{1,400})"
_SAID: Final = r"\s*(?:[:：–—(]|\s-\s|->|=).*"
_BETWEEN: Final = r"[,，、;/|]|\s(?:or|and|oder|und|ou|o|y|et|или|и)\s"
#: What ends a list.
_NO_LABELS: Final = ("etc", "and so on", "usw", "и т.д", "等", "only", "nothing else")
_AROUND: Final = " \t\r\n\"'`*_“”‘’「」[](){}<>.。:："


def labels_without_rows(data: Dataset, category: Category, least: int) -> list[str]:
    """Return the labels that all prompts list next to those of the rows, and that no row has; empty for none.

    Only lists with nearly all labels of ``least`` rows or more count: another one is of something else, and labels of
    fewer rows may be misspelled.
    """
    values = {_plain(label) for label, rows in category.counts.items() if rows >= least}
    if category.total < max(_LEAST_ROWS, _ROWS_EACH * len(values)) or not _LEAST <= len(values) <= _MOST:
        return []
    rows = evenly_spaced(data.size, _SAMPLED).tolist()
    found: list[dict[str, str]] = []
    for text in data.texts(rows):
        asked = f"{text.system}\n{text.prompt}"[:_READ]
        best = max(_lists(asked), key=lambda items: len(values & items.keys()), default={})
        if len(best) < _LEAST or len(values & best.keys()) < _NEARLY_ALL * len(values):
            return []
        found.append(best)
    found_in_rows = {_plain(label) for label in category.counts}
    common = set.intersection(*(set(items) for items in found)) if found else set()
    listed = found[0] if found else {}
    named = [label for plain, label in listed.items() if plain in values]
    lacking = [label for plain, label in listed.items() if plain in common - found_in_rows and _is_like(label, named)]
    # Where most have no row, the list is of more than labels.
    return lacking if len(lacking) <= len(values) else []


def _is_like(label: str, others: Sequence[str]) -> bool:
    """Whether a label is written as the others are, and is none of them with the words of a sentence around it."""
    words = label.split()
    if len(words) > max(len(each.split()) for each in others) or label.casefold() in _NO_LABELS:
        return False
    if any(re.search(rf"(?<!\w){re.escape(each)}(?!\w)", label, re.IGNORECASE) for each in others):
        return False
    return label.islower() or not all(each.islower() for each in others)


def _lists(text: str) -> Iterator[dict[str, str]]:
    """Yield the items of each list of a text, by what they are in lower case: its lines with bullets, or one line."""
    yield _items(re.sub(_SAID, "", item) for item in re.findall(_ITEM, text))
    for line in text.split("\n"):
        for part in re.split(r"[:：.。?？]\s", line):
            if len(items := _items(re.split(_BETWEEN, part))) >= _LEAST:
                yield items


def _items(parts: Iterable[str]) -> dict[str, str]:
    items = (part.strip(_AROUND) for part in parts)
    return {_plain(item): item for item in items if 0 < len(item) <= _LABEL}


def _plain(label: str) -> str:
    return label.strip(_AROUND).casefold()
