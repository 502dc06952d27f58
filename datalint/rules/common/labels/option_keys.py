"""Keys of options and of right answers in other languages (``opciones``), and of options within their question."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from typing import Final

from datalint.api import Alike
from datalint.records.options import LISTS

#: The words of a name in English that mean another name.
_SAME: Final = {"answer_good": "right_answer", "good_answer": "right_answer", "alternatives": "options"}
#: A key of one option: what it is, and its letter or number.
_MARKED: Final = r"(.{2,40}?)[ _-]?([0-9]|[A-Ha-h])"
_OPTION: Final = frozenset(("option", "options", "choice", "choices", "alternative"))
_FEWEST: Final = 3
#: Keys of a row that are looked at, and characters of a name.
_MOST: Final = 200
_LONGEST: Final = 40
#: A key of a question that may be an object with its options, and keys of options next to it.
_QUESTION: Final = "question"
_OWN: Final = frozenset((*LISTS, "A", "a"))


def english_keys(group: Alike, known: Collection[str]) -> dict[str, str]:
    """Return the keys of a group by their names among ``known``, of which other languages have words.

    A key that is one of these names itself, apart from case, is that. Other names are read only where a row has a list
    or an object of texts, or a series of keys, which may be its options.
    """
    found = {key: key for key in group.keys if key in known}
    for key in group.keys:
        if key not in known and len(key) <= _LONGEST and key.lower() in known:
            found.setdefault(key.lower(), key)
    marked = _marked(group.keys)
    if len(group.keys) > _MOST or not (marked or any(_has_texts(group, key) for key in group.keys)):
        return found
    for key in group.keys:
        if key not in known and len(key) <= _LONGEST:
            found.setdefault(_english(key, marked), key)
    return found


def opened(group: Alike, answers: Collection[str]) -> tuple[Alike, tuple[str, ...]]:
    """Return ``answers`` with the options that are a part of the question, and its key; without these, a group as it is.

    ARC and CommonsenseQA are published so: ``{"question": {"stem": ..., "choices": [...]}, "answerKey": "A"}``.
    """
    if _QUESTION not in group.keys or group.kinds(_QUESTION) != {dict} or not _OWN.isdisjoint(group.keys):
        return group, ()
    questions = group.column(_QUESTION)
    name = next((each for each in LISTS if each in questions[0]), None)
    if name is None:
        return group, ()
    columns = {key: group.column(key) for key in group.keys if key in answers}
    columns[name] = [question.get(name) for question in questions]
    rows = [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]
    return Alike(tuple(columns), group.rows, rows), (_QUESTION,)


def _english(key: str, marked: Collection[str]) -> str:
    """Return what a key means, as the known names are written: with ``_`` between words, an option with its mark."""
    from datalint.support.names.column_names import fold_name

    if key in marked and (parts := re.fullmatch(_MARKED, key)) is not None:
        return f"option_{parts[2]}" if not _OPTION.isdisjoint(fold_name(parts[1])) else ""
    name = "_".join(fold_name(key))
    return _SAME.get(name, name)


def _marked(keys: Collection[str]) -> frozenset[str]:
    """Return the keys of series: names that differ in a letter or number at their end."""
    found = [(key, parts[1]) for key in keys if (parts := re.fullmatch(_MARKED, key)) is not None]
    counts = Counter(name for _, name in found)
    return frozenset(key for key, name in found if counts[name] >= _FEWEST)


def _has_texts(group: Alike, key: str) -> bool:
    """Return whether the first value under a key that is a list or an object has several texts."""
    if not group.kinds(key) & {list, dict} or group.items(key) is not None:
        return False  # lists of objects, as of messages: reading them would parse every row of a large file
    first = next((value for value in group.column(key) if isinstance(value, list | dict) and value), None)
    values = list(first.values()) if isinstance(first, dict) else first or []
    return len(values) > 1 and all(isinstance(each, str) for each in values)
