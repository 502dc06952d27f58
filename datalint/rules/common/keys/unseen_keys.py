"""Why most prompts have several answers: a key that the model does not see, such as a persona, or several labels."""

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
#: Characters of a label.
_LABEL: Final = 40
#: Last words of keys that say how to answer.
_HOW: Final = frozenset(("persona", "character", "tone", "style", "locale", "language", "lang", "dialect", "audience"))
#: Last words of keys that number rows.
_IDS: Final = frozenset(("id", "ids", "idx", "index", "uuid", "guid"))


class UnseenKey(NamedTuple):
    """A key with its values, the first rows of the ``prompts`` with several answers, and the number of their rows."""

    key: str
    values: list[str]
    prompts: list[int]
    rows: int


def unseen_key(data: Dataset) -> UnseenKey | None:
    """Return the key that the answers of most rows depend on, without a name if it is which of several labels a row
    has; None if there is none."""
    groups = data.repeated_prompts
    size = sum(len(group.rows) for group in groups)
    if len(groups) < _LEAST or size <= _MOST_ROWS * data.size:
        return None
    read = [group.rows for group in groups[:_READ]]
    if any(len(rows) > _ANSWERS for rows in read):
        return None
    rows = [row for each in read for row in each]
    records, texts = data.records(rows), data.texts(rows)
    sizes, most = [len(each) for each in read], min(_VALUES, len(read) // _REPEATED)
    answers = [_words(text.response) for text in texts]
    differing = [key for key in records[0] if _are_different([str(record.get(key)) for record in records], sizes)]
    # The answers under the keys that they are read from decide nothing.
    others = [
        key
        for key in differing
        if [_value(record.get(key)) for record in records] != answers and not _is_joined(key, texts)
    ]
    for key in others:
        values = [_value(record.get(key)) for record in records]
        if "" not in values and len(set(values)) <= most and _decides(key, values, texts):
            shown = list(dict.fromkeys(str(record[key]).strip() for record in records))
            return UnseenKey(key, shown, [group.rows[0] for group in groups], size)
    decided = any(_last_word(key) not in _IDS for key in others)
    if decided or len(set(answers)) > most or not all(map(_is_label, texts)):
        return None
    return UnseenKey("", sorted(set(answers)), [group.rows[0] for group in groups], size)


def _is_label(text: Text) -> bool:
    return len(text.response) <= _LABEL and any(map(str.isalpha, text.response))


def _is_joined(key: str, texts: list[Text]) -> bool:
    """Whether all answers are joined from several keys, of which this is one: each has a line for it."""
    return all(f"\n{key}: " in f"\n{text.response}" for text in texts)


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
    said = sum(_says(text.response, value) for value, text in zip(values, texts, strict=True))
    return said >= _SAID * len(texts) or _last_word(key) in _HOW


def _last_word(key: str) -> str:
    return "".join(re.findall("[a-z]+", key.lower()[-_CHARS:])[-1:])


def _says(text: str, value: str) -> bool:
    return f" {value} " in f" {_words(text)} "


def _words(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))
