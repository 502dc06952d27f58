"""``messages`` or ``conversations`` whose turns have other keys, no speaker, or a list for each key."""

from __future__ import annotations

from typing import Any, Final

from datalint.shapes.base import Shape, never
from datalint.shapes.dialogue_reading import read_dialogue
from datalint.shapes.dialogues import is_dialogue
from datalint.shapes.sink import Sink
from datalint.shapes.turn_keys import crossed_keys
from datalint.support.names.speakers import role_by_truth

#: Keys of who speaks and of what is said that trainers know: turns with one of both have an error where they are no
#: pair, unless all have the same two keys. Turns with only one kind of them have other keys for the other.
_ROLES: Final = frozenset(("role", "from"))
_CONTENTS: Final = frozenset(("content", "value"))
#: Keys of what is said, in turns that do not say by whom, and of who says it.
_SAID: Final = ("message", "text", "utterance")
_SPEAKERS: Final = ("role", "from", "speaker", "sender")
#: Turns that are looked at.
_LOOKED_AT: Final = 8


def variant(value: dict[str, Any], key: str) -> Shape | None:
    """Return the shape of a row whose turns, under ``key``, have keys that no trainer knows; None for any other."""
    turns = value.get(key)
    if isinstance(turns, dict):
        return _BY_KEY[key] if is_dialogue(turns, key) else None
    if not isinstance(turns, list) or not turns:
        return None
    last = turns[-1]
    if isinstance(last, dict):
        # ``Role`` is a misspelled ``role``, and no other key.
        objects = [set(map(str.casefold, turn)) for turn in (*turns[:_LOOKED_AT], last) if isinstance(turn, dict)]
        known = not all(map(_ROLES.isdisjoint, objects)) and not all(map(_CONTENTS.isdisjoint, objects))
        known = known and crossed_keys(turns[:_LOOKED_AT]) is None
        spoken = not known and (_lacks_speaker(last) or is_dialogue(turns, key))
    else:
        spoken = isinstance(last, str) and is_dialogue(turns, key)
    return _BY_KEY[key] if spoken else None


def _lacks_speaker(turn: Any) -> bool:
    """Whether a turn holds what is said, and nothing of who says it."""
    if not isinstance(turn, dict) or role_by_truth(turn) or not turn.keys().isdisjoint((*_CONTENTS, *_SPEAKERS)):
        return False
    return _said(turn) is not None


def _said(turn: dict[str, Any]) -> str | None:
    return next((key for key in _SAID if isinstance(turn.get(key), str)), None)


def _make(key: str) -> Shape:
    def read(value: dict[str, Any], sink: Sink) -> None:
        """Read the turns; without speakers, those of two who take turns."""
        system, turns = value.get("system"), value[key]
        if isinstance(system, str) and system:
            sink.add("system", system, "$.system")
        if isinstance(turns, dict) or not _lacks_speaker(turns[-1]):
            read_dialogue(turns, f"$.{key}", sink)
            return
        for index, turn in enumerate(turns):
            if isinstance(turn, dict) and (said := _said(turn)) is not None:
                (sink.response if index % 2 else sink.prompt)(turn[said], f"$.{key}[{index}].{said}")

    return Shape(
        name="message-list",
        title=f"{key} whose turns have other keys",
        kind="sft",
        fits=never,
        schema={
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object",
            "required": [key],
            "properties": {key: {"type": ["array", "object"], "minItems": 1, "items": {"type": ["object", "string"]}}},
        },
        read=read,
        keys=(key, "system", "id"),
        reads=(key,),
        family="messages",
    )


_BY_KEY: Final = {key: _make(key) for key in ("messages", "conversations")}
SHAPES: Final = tuple(_BY_KEY.values())
