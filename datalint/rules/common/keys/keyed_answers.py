"""Answers without their prompts: an object that has each under its prompt, and rows that name a prompt by its id."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from datalint.api import excerpt
from datalint.rules.common.lazy_pattern import lazy_pattern

#: Pairs of an object at least, and the share of its keys that have several words.
_LEAST: Final = 3
_SEVERAL: Final = 0.5
_SHOWN: Final = 30
#: A key that says which prompt a text belongs to, by what its prompt is called, and keys of answers.
_ID: Final = lazy_pattern(
    r"(?i)(question|query|prompt|instruction)[_\s-]?id|(?:question|query|prompt|instruction)Id|(q)id"
)
_CALLED: Final = {"q": "question"}
_ANSWERS: Final = ("answer", "response", "completion", "output")


def said_of_keyed_answers(row: Mapping[str, Any]) -> str | None:
    """Return what to do with an object whose keys may be prompts, and its values their responses; None for any other.

    Names of columns in several words begin with a capital letter, and those of settings are one word.
    """
    keys = [key.strip() for key in row]
    if len(keys) < _LEAST or not all(isinstance(value, str) and value.strip() for value in row.values()):
        return None
    if not any(key == key.lower() or key.endswith("?") for key in keys) or any(map(_is_title, keys)):
        return None
    several = [key for key in keys if " " in key]
    answers = sum(" " in value.strip() for value in row.values())
    if len(several) < _SEVERAL * len(keys) or answers < _SEVERAL * len(keys):
        return None
    shown = excerpt(several[0], _SHOWN)
    return f'if keys such as "{shown}" are prompts, write each pair as a row: {{"prompt": KEY, "completion": VALUE}}'


def said_of_prompts_elsewhere(row: Mapping[str, Any]) -> str | None:
    """Return what to do with a row that names its prompt by an id and does not have it; None for any other row."""
    found = next((match for key in row if (match := _ID.fullmatch(key)) is not None), None)
    if found is None:
        return None
    name = (found[1] or found[2] or found.group()[:-2]).lower()
    called = _CALLED.get(name, name)
    if any(called in key.lower() for key in row if key != found.group()):
        return None
    answer = next((key for key in _ANSWERS if isinstance(row.get(key), str)), None)
    alone = "" if answer is None else f"; for the texts alone, try --columns text={answer}"
    return f'the {called} of each row is not in this file: add it by "{found.group()}" from the file that has it{alone}'


def _is_title(key: str) -> bool:
    """Return whether each word of a key of several begins with a capital letter, as in the header of a table."""
    words = re.findall(r"[^\W\d_]+", key)
    return len(words) > 1 and all(word[0].isupper() for word in words) and not key.endswith("?")
