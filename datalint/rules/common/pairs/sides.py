"""The two sides of a preference, turn by turn."""

from __future__ import annotations

from typing import Any, Final

from datalint.api import NamedTuple, Record
from datalint.support.common_prefix import common_prefix

#: What of a message is learned or read in addition to its text; the rest (ids, scores, weights) may differ in equal answers.
_KEPT: Final = frozenset(
    (
        "content", "value", "type", "text", "thinking", "reasoning_content", "tool_calls", "function_call", "function",
        "name", "arguments", "input", "toolUse", "image", "images", "image_url", "url", "audio", "video", "source",
        "data",
    )
)  # fmt: skip
_CALLS: Final = ("tool_calls", "function_call")
#: Levels that are compared; a message and its calls have fewer.
_DEEPEST: Final = 20


class Said(NamedTuple):
    """One turn of a side: whose it is, its text, what else the model reads or learns of it, and the text's path."""

    role: str
    text: str
    rest: Any
    path: str

    @property
    def calls(self) -> bool:
        """Whether the turn calls tools."""
        return isinstance(self.rest, dict) and any(self.rest.get(key) for key in _CALLS)


class PreferenceSides(NamedTuple):
    """The turns of both sides, and the top-level key of each."""

    chosen: list[Said]
    rejected: list[Said]
    chosen_key: str
    rejected_key: str


def sides(record: Record) -> PreferenceSides | None:
    """Return the sides of the row, None where one has no turn."""
    return record.once(_sides)


def shared_beginning(one: Said, other: Said) -> str:
    """Return what the texts of two turns begin with in common."""
    return one.text[: common_prefix(one.text, other.text)]


def _sides(record: Record) -> PreferenceSides | None:
    messages = dict(record.messages())
    found: dict[str, list[Said]] = {"chosen": [], "rejected": []}
    for role, text, path, side in record.turns:
        if side in found:
            found[side].append(Said(role, text, _rest(messages.get(path.rpartition(".")[0])), path))
    chosen, rejected = found["chosen"], found["rejected"]
    if not chosen or not rejected:
        return None
    return PreferenceSides(chosen, rejected, _key(record.value, chosen[0].path), _key(record.value, rejected[0].path))


def _key(value: dict[str, Any], path: str) -> str:
    """Return the top-level key that ``path`` begins with."""
    rest = path.removeprefix("$.")
    if rest in value:
        return rest
    return min((rest[: rest.find(mark)] for mark in ".[" if mark in rest), key=len, default=rest)


def _rest(message: dict[str, Any] | None) -> Any:
    if message is None:
        return {}
    kept = _essence(message)
    return {key: item for key, item in kept.items() if not (key in ("content", "value") and isinstance(item, str))}


def _essence(item: Any, depth: int = 0) -> Any:
    if depth > _DEEPEST:
        return None
    if isinstance(item, dict):
        return {key: _essence(item[key], depth + 1) for key in item if key in _KEPT and item[key] is not None}
    if isinstance(item, list):
        return [_essence(element, depth + 1) for element in item]
    return item
