"""JSON files that number the labels or words of data, such as ``label2id.json`` next to it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import orjson

from datalint.core.errors import DatalintError
from datalint.core.files import open_regular
from datalint.support.lazy_pattern import lazy_pattern

#: Bytes of such a file at most, and of labels at least.
_LARGEST: Final = 1 << 20
_LEAST: Final = 2
#: The beginning of an object of labels by numbers or the reverse, perhaps in a list or under a name; and bytes of it.
_BEGINS: Final = lazy_pattern(
    rb'[\s\[{]*(?:"[^"\\]*"\s*:\s*\{\s*)?(?:"\d{1,9}"\s*:\s*"|"(?:[^"\\]|\\.)+"\s*:\s*"?\d{1,9}"?\s*,)'
)
_HEAD: Final = 512
#: Characters and words of a label at most.
_CHARS: Final = 60
_WORDS: Final = 4


def maps_labels(path: Path) -> bool:
    """Return whether a file has nothing but objects with labels and their numbers, in one or in both directions.

    The numbers are consecutive, from 0 or 1. There may be one such object, or several in a list or under names.
    """
    try:
        if path.stat().st_size > _LARGEST:
            return False
        with open_regular(str(path)) as file:
            head = file.read(_HEAD)
            value = orjson.loads(head + file.read()) if _BEGINS.match(head) else None
    except (OSError, DatalintError, orjson.JSONDecodeError):
        return False
    if isinstance(value, dict) and value and all(isinstance(each, dict) for each in value.values()):
        value = [*value.values()]
    return all(map(_is_map, value)) and bool(value) if isinstance(value, list) else _is_map(value)


def _is_map(value: Any) -> bool:
    """Return whether a value is an object of labels by consecutive numbers, or of such numbers by labels."""
    if not isinstance(value, dict) or len(value) < _LEAST:
        return False
    names, values = [*value], [*value.values()]
    return (_are_numbers(values) and all(map(_is_label, names))) or (_are_labels(values) and _are_numbers(names))


def _are_labels(values: list[Any]) -> bool:
    return all(isinstance(each, str) and _is_label(each) for each in values) and len(set(values)) == len(values)


def _is_label(text: str) -> bool:
    return 0 < len(text) <= _CHARS and len(text.split()) <= _WORDS


def _are_numbers(values: list[Any]) -> bool:
    """Return whether values are the numbers from 0 or 1 on in any order, each once; they may be written as text."""
    if not all((type(each) is int and each >= 0) or (type(each) is str and each.isdecimal()) for each in values):
        return False
    found = sorted(map(int, values)) if all(len(str(each)) <= _CHARS for each in values) else []
    return bool(found) and found[0] in (0, 1) and found == [*range(found[0], found[0] + len(found))]
