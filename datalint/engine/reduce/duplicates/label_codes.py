"""Codes and numbers of labels, whose names are under another key: ``rule_id`` and ``rule_name``, ``level_idx``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.engine.reduce.duplicates.short_values import short_value
from datalint.engine.reduce.part_keys import is_part, place_words, text_of
from datalint.support.names.column_names import fold_name, strength

#: Words of a code of a label, next to its name, and of things that have both and are no labels.
_CODES: Final = frozenset("id code number".split())
_NAMES: Final = frozenset("name title label description".split())
_THINGS: Final = frozenset(
    """user author writer customer person speaker account channel group page site post thread video session dialog
    dialogue conversation product item app movie film book course company brand shop store hotel restaurant city country
    region state place country file case question task annotator worker""".split()
)
#: Share of the rows in which words are a part of the text from which on they are no name of a label.
_PARTS: Final = 0.5


def is_code(key: str, pairs: Sequence[tuple[Mapping[str, Any], Mapping[str, Any], int]]) -> bool:
    """Whether a key holds the code of a label whose name is under another key: ``rule_id`` next to ``rule_name``."""
    *thing, kind = fold_name(key) or ("",)
    if not thing or kind not in _CODES or not _THINGS.isdisjoint(thing) or strength(thing[-1], "about"):
        return False
    if strength(thing[-1], "text") or strength(thing[-1], "context") or strength(thing[-1], "prompt"):
        return False
    twin = next((each for each in pairs[0][0] if _names_thing(each, thing)), None)
    return twin is not None and all(_is_same(one, other, key) is _is_same(one, other, twin) for one, other, _ in pairs)


def numbers_label(key: str, sample: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a key that may name a place has the number of a label: ``level_idx`` next to ``level``.

    Each number stands with one name, and each name with one number. A word of the text and its place are no label.
    """
    words = place_words(key)
    if len(words) < 2:
        return False
    name = next((each for each in sample[0] if tuple(fold_name(each)) == words[:-1]), None)
    if name is None:
        return False
    rows = [row for row in sample if isinstance(row.get(name), str) and short_value(row.get(key)) is not None]
    pairs = {(short_value(row[key]), short_value(row[name])) for row in rows}
    if not len({number for number, _ in pairs}) == len({label for _, label in pairs}) == len(pairs) > 1:
        return False
    return sum(is_part(name, row[name], text_of(row, name)) for row in rows) < _PARTS * len(rows)


def _is_same(one: Mapping[str, Any], other: Mapping[str, Any], key: str) -> bool:
    return short_value(one.get(key)) == short_value(other.get(key))


def _names_thing(key: str, thing: Sequence[str]) -> bool:
    words = fold_name(key)
    return list(words[:-1]) == list(thing) and words[-1] in _NAMES
