"""Lists of a row with one text in several languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from datalint.api import excerpt
from datalint.rules.common.keys.nested_texts import ITEMS, KEYS, items_at
from datalint.rules.common.lazy_pattern import lazy_pattern
from datalint.support.names.column_names import fold_name
from datalint.support.names.language_codes import ISO_639_1, LANGUAGES, WHOLE
from datalint.support.names.language_names import LANGUAGE_NAMES

#: Languages of one text at least.
_TWO = 2
#: Keys of the language of an item, and what parts a code from that of a region.
_LANGUAGE_KEYS = frozenset("lang language langcode languagecode locale".split())
_REGION = lazy_pattern(r"[-_]")


def are_parallel(value: Mapping[str, Any], path: str) -> bool:
    """Return whether each item of a list, at its path, has one text in several languages, by the names of its keys.

    ``en_line`` and ``ja_line`` are two; items of a conversation are no messages then.
    """
    items = items_at(value, path)
    return bool(items) and all(map(_is_parallel, items[:ITEMS]))


def said_of_languages(value: Mapping[str, Any], path: str) -> str | None:
    """Return what to do with a list, at its path, of one text in several languages; None for any other list.

    A key of each item names its language: ``[{"lang": "en", "text": "…"}, {"lang": "de", "text": "…"}]``.
    """
    items = items_at(value, path)[:ITEMS]
    if len(items) < _TWO:
        return None
    named = (key for key in items[0] if _names_language(key))
    if not any(_are_languages([item.get(key) for item in items]) for key in named):
        return None
    return f'"{excerpt(path, 40)}" has one text in several languages: write two of them as "source" and "target"'


def _names_language(key: str) -> bool:
    return "".join(fold_name(key)) in _LANGUAGE_KEYS


def _are_languages(values: list[Any]) -> bool:
    """Return whether values are languages by their codes or names, each another one."""
    names = [each.lower() if isinstance(each, str) else "" for each in values]
    known = (each in LANGUAGE_NAMES or _REGION.split(each)[0] in ISO_639_1 | WHOLE for each in names)
    return len({*names}) == len(names) and all(known)


def _is_parallel(item: dict[str, Any]) -> bool:
    names = [fold_name(key) for key, text in [*item.items()][:KEYS] if isinstance(text, str) and text]
    named = [(words[0] in LANGUAGES, words[1:]) for words in names if len(words) > 1]
    kinds = [rest for is_language, rest in named if is_language]
    return len(kinds) > len({*kinds})
