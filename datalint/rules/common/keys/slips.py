"""Misspelled keys because of which a row cannot be read, or lacks a key that it needs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from datalint.api import Record, json_path
from datalint.rules.common.keys.spelling import misspelled

#: Keys of what is asked and of what answers it, and those that need no other.
_ASKED = frozenset(("prompt", "instruction", "question", "query", "input"))
_ANSWERS = frozenset(("completion", "response", "output", "answer", "target", "label", "category"))
_WHOLE = frozenset(("messages", "conversations", "text"))
#: Keys of lists of messages.
_CHATS = frozenset(("messages", "conversations", "prompt", "completion", "chosen", "rejected"))
_PREFERENCES = (frozenset(("chosen", "rejected")), frozenset(("preferred_output", "non_preferred_output")))


def slip(record: Record) -> tuple[str, str] | None:
    """Return the first misspelled key and what it should be, if the row can be read once all are corrected."""
    slips = dict(misspelled(record.value, "row"))
    if not slips:
        return None
    keys = {slips.get(key, key) for key in record.value}
    pair = not keys.isdisjoint(_ASKED) and not keys.isdisjoint(_ANSWERS)
    if not pair and keys.isdisjoint(_WHOLE) and not any(map(keys.issuperset, _PREFERENCES)):
        return None
    return next(iter(slips.items()), None)


def only_misspelled(record: Record) -> bool:
    """Return whether a row of unknown shape is one because of misspelled keys, which ``misspelled-key`` reports.

    Capitals (``Question``) may be meant, and are not reported there.
    """
    if record.slips:
        return True
    found = record.once(slip)
    return found is not None and found[0].lower() != found[1]


def missing_by_spelling(record: Record) -> frozenset[str]:
    """Return the paths of keys that a row of a known shape lacks, as the objects have them misspelled."""
    lacking = {problem.path for problem in record.violations if problem.rule == "missing-key"}
    if not lacking:
        return frozenset()
    found = (
        json_path((meant,), path)
        for path, value, context in objects_of(record)
        for _, meant in misspelled(value, context)
    )
    return frozenset(found) & lacking


def objects_of(record: Record) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield the row, its messages and their calls: the path, the object, and the context that its keys are of."""
    yield "$", record.value, "row"
    lists = {key: record.value[key] for key, meant in misspelled(record.value, "row") if meant in _CHATS}
    more = (
        (json_path((key, index)), turn)
        for key, turns in lists.items()
        if isinstance(turns, list)
        for index, turn in enumerate(turns)
        if isinstance(turn, dict)
    )
    for path, message in (*record.messages(), *more):
        yield path, message, "message"
        calls = message.get("tool_calls")
        for index, call in enumerate(calls if isinstance(calls, list) else ()):
            function = call.get("function") if isinstance(call, dict) else None
            if isinstance(function, dict):
                yield f"{path}.tool_calls[{index}].function", function, "function"
