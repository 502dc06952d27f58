"""Rows whose texts are in objects, with a key for each of them: ``pos_answer.answer``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.guess import NESTED, Guess
from datalint.shapes.side_keys import use_of
from datalint.support.names.column_names import Strength, strength

#: Levels of objects, and keys of one of them, that are looked into.
_DEPTH: Final = 2
_MOST: Final = 20


def opened(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return rows with the values of their objects under dotted keys; none where no row has an object."""
    if not any(isinstance(item, dict) for row in rows for item in row.values()):
        return []
    return [_opened(row, _DEPTH) for row in rows]


def _opened(row: Mapping[str, Any], depth: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, item in row.items():
        if isinstance(item, dict) and 0 < len(item) <= _MOST and depth and NESTED not in key:
            inner = _opened(item, depth - 1)
            found.update((f"{key}{NESTED}{name}", value) for name, value in inner.items())
        else:
            found[key] = item
    return found


def are_apart(guess: Guess, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether what is learned is in another object than the prompt, or all there is is in one."""
    found = dict(guess.columns)
    learned = [found[each] for each in ("response", "chosen") if each in found]
    asked, opened_keys = found.get("prompt", ""), {key for _, key in guess.columns if NESTED in key}
    if not learned or not opened_keys:
        return bool(opened_keys)
    kinds = [
        (isinstance(item, dict), isinstance(item, str) and not strength(key, "about"), key)
        for row in rows
        for key, item in row.items()
    ]
    objects = Counter(key for is_object, _, key in kinds if is_object)
    texts = Counter(key for _, is_text, key in kinds if is_text)
    alone = sum(2 * size >= len(rows) for size in objects.values()) == 1
    others = any(2 * size >= len(rows) for size in texts.values())
    return (alone and not others) or asked.partition(NESTED)[0] != learned[0].partition(NESTED)[0]


def reads_more(inner: Guess, guess: Guess | None) -> bool:
    """Whether a guess about what objects hold has a prompt and a response, and the one about rows only a text."""
    if guess is None or guess.clear or not {"text"} <= dict(guess.columns).keys() <= {"text", "category"}:
        return False
    found = dict(inner.columns)
    return "response" in found and use_of(found.get("prompt", "").partition(NESTED)[0]) in ("unknown", "context")


def is_named(guess: Guess) -> bool:
    """Whether both prompt and response of a guess are so by their names, or it is about a conversation."""
    found = dict(guess.columns)
    if "messages" in found:
        return True
    names = {meaning: (key, key.rpartition(NESTED)[2]) for meaning, key in guess.columns}
    sides = ((names.get(each, ()), each) for each in ("prompt", "response"))
    return all(any(strength(name, each) >= Strength.HEAD for name in found) for found, each in sides)
