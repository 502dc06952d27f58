"""Rows with several examples: a list of questions, and a list of as many answers, or a list of objects with both."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from datalint.support.names.column_names import Strength, fold_name, strength

#: Items of each list at least, keys of a row that are looked at, and characters of a key.
_LEAST: Final = 2
_MOST: Final = 64
_LONGEST: Final = 80
#: Last words of the names of what is asked once, and not turn by turn as questions are.
_TASKS: Final = frozenset("instruction instructions task tasks problem problems prompts".split())


def paired_lists(row: Mapping[str, Any]) -> tuple[str, str] | None:
    """Return the keys of two lists of a row that hold a prompt and a response at each place; None for other rows.

    Texts under other names than those of tasks are read as the turns of a conversation.
    """
    if len(row) > _MOST:
        return None
    lists = {key: value for key, value in row.items() if isinstance(value, list) and len(key) <= _LONGEST}
    if len(lists) < _LEAST:
        return None
    asked = [key for key, value in lists.items() if strength(key, "prompt") >= Strength.HEAD and _are_texts(value)]
    answers = [key for key in lists if strength(key, "response") >= Strength.HEAD and key not in asked]
    if len(asked) != 1 or len(answers) != 1 or len(lists[asked[0]]) != len(lists[answers[0]]) or row.keys() & _CHATS:
        return None
    in_turn = _are_texts(lists[answers[0]]) and _TASKS.isdisjoint(fold_name(asked[0])[-1:])
    return None if in_turn or len(lists[asked[0]]) < _LEAST else (asked[0], answers[0])


def listed_pairs(row: Mapping[str, Any]) -> tuple[str, str, str] | None:
    """Return the key of the only list of objects with a prompt and a response, and the keys of both; None without one.

    A row with a response of its own is an example itself.
    """
    lists = {
        key: value for key, value in row.items() if isinstance(value, list) and value and isinstance(value[0], dict)
    }
    if len(row) > _MOST or len(lists) != 1 or row.keys() & _CHATS:
        return None
    if any(strength(key, "response") >= Strength.HEAD for key in row if key not in lists):
        return None
    ((key, items),) = lists.items()
    asked, answers = (
        [each for each in items[0] if strength(each, meaning) is Strength.WHOLE and _have_text(items, each)]
        for meaning in ("prompt", "response")
    )
    return (key, asked[0], answers[0]) if len(asked) == len(answers) == 1 and len(items) >= _LEAST else None


def _have_text(items: list[Any], key: str) -> bool:
    return all(isinstance(each, dict) and isinstance(each.get(key), str) for each in items[:_MOST])


#: Keys of conversations.
_CHATS: Final = frozenset(("messages", "conversations"))


def _are_texts(value: list[Any]) -> bool:
    return all(isinstance(each, str) for each in value)
