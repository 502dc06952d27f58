"""Keys that the answers to a prompt depend on, and that the model does not see, such as a persona."""

from __future__ import annotations

import re
from typing import Any, Final

from datalint.api import Dataset, NamedTuple, Text

#: Prompts with several answers at least, their rows as a share of all, and those that are read.
_LEAST: Final = 20
_MOST_ROWS: Final = 0.5
_READ: Final = 200
#: Answers to a prompt, values of a key, characters of a value, and prompts that have each value on average.
_ANSWERS: Final = 8
_VALUES: Final = 20
_CHARS: Final = 40
_REPEATED: Final = 5
#: Share of the answers that say the value, and of the prompts that may.
_SAID: Final = 0.8
_ASKED: Final = 0.1
#: Last words of keys that say how to answer.
_HOW: Final = frozenset(("persona", "character", "tone", "style", "locale", "language", "lang", "dialect", "audience"))


class UnseenKey(NamedTuple):
    """A key with its values, the first rows of the ``prompts`` with several answers, and the number of their rows."""

    key: str
    values: list[str]
    prompts: list[int]
    rows: int


def unseen_key(data: Dataset) -> UnseenKey | None:
    """Return the key that the answers of most rows depend on; None if there is none."""
    groups = data.repeated_prompts
    size = sum(len(group.rows) for group in groups)
    if len(groups) < _LEAST or size <= _MOST_ROWS * data.size:
        return None
    read = [group.rows for group in groups[:_READ]]
    if any(len(rows) > _ANSWERS for rows in read):
        return None
    rows = [row for each in read for row in each]
    records, texts = data.records(rows), data.texts(rows)
    for key in records[0]:
        values = [_value(record.get(key)) for record in records]
        if "" in values or len(set(values)) > min(_VALUES, len(read) // _REPEATED):
            continue
        if _are_different(values, [len(each) for each in read]) and _decides(key, values, texts):
            shown = list(dict.fromkeys(str(record[key]).strip() for record in records))
            return UnseenKey(key, shown, [group.rows[0] for group in groups], size)
    return None


def _value(value: Any) -> str:
    """Return the words of a short text, empty for anything else."""
    return _words(value) if isinstance(value, str) and len(value) <= _CHARS else ""


def _are_different(values: list[str], sizes: list[int]) -> bool:
    """Whether the answers to each prompt have different values."""
    start = 0
    for size in sizes:
        if len(set(values[start : start + size])) < size:
            return False
        start += size
    return True


def _decides(key: str, values: list[str], texts: list[Text]) -> bool:
    """Whether the answers say the values, or the key is named by how to answer; prompts with them are seen."""
    asked = sum(_says(f"{text.system}\n{text.prompt}", value) for value, text in zip(values, texts, strict=True))
    if asked > _ASKED * len(texts):
        return False
    words = re.findall(r"[a-z]+", key.lower())
    said = sum(_says(text.response, value) for value, text in zip(values, texts, strict=True))
    return said >= _SAID * len(texts) or (bool(words) and words[-1] in _HOW)


def _says(text: str, value: str) -> bool:
    return f" {value} " in f" {_words(text)} "


def _words(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))
