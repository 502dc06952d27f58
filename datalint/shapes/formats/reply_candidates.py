"""Who a speaker is, what was said, and candidates for the reply, of which the last one was said (Persona-Chat)."""

from __future__ import annotations

from typing import Any, Final

from datalint.shapes.base import Shape, having
from datalint.shapes.sink import Sink
from datalint.support.text_lists import are_texts

#: Keys of who the speaker is, of the texts of two who take turns, and of the candidates for what follows.
_WHO: Final = "personality"
_HISTORY: Final = "history"
_CANDIDATES: Final = "candidates"
#: The key of the places of a conversation at which the speaker replies.
_PLACES: Final = "utterances"


def _are_several(value: object) -> bool:
    return are_texts(value, 2)


def _are_places(value: object) -> bool:
    """Return whether a value is a list of places, the last of which has what was said and candidates."""
    last = value[-1] if isinstance(value, list) and value else None
    return isinstance(last, dict) and isinstance(last.get(_HISTORY), list) and _are_several(last.get(_CANDIDATES))


def _read_reply(value: dict[str, Any], sink: Sink) -> None:
    _read_who(value, sink)
    _read_turns(value, "$", sink)


def _read_conversation(value: dict[str, Any], sink: Sink) -> None:
    """Read the last place, before which the whole conversation was said."""
    _read_who(value, sink)
    _read_turns(value[_PLACES][-1], f"$.{_PLACES}[{len(value[_PLACES]) - 1}]", sink)


def _read_who(value: dict[str, Any], sink: Sink) -> None:
    who = value.get(_WHO)
    texts = [who] if isinstance(who, str) else who if isinstance(who, list) else []
    text = "\n".join(each for each in texts if isinstance(each, str))
    if text:
        sink.add("system", text, f"$.{_WHO}")


def _read_turns(place: dict[str, Any], path: str, sink: Sink) -> None:
    """Read texts of two who take turns, of which the last one is replied to, and the reply."""
    history = place.get(_HISTORY)
    said = history if isinstance(history, list) else []
    for index, text in enumerate(said):
        (sink.prompt if (len(said) - index) % 2 else sink.response)(text, f"{path}.{_HISTORY}[{index}]")
    candidates = place.get(_CANDIDATES)
    if isinstance(candidates, list) and candidates:
        sink.response(candidates[-1], f"{path}.{_CANDIDATES}[{len(candidates) - 1}]")


def _schema(key: str) -> dict[str, Any]:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "required": [_WHO, key],
        "properties": {_WHO: {"type": ["array", "string"]}, key: {"type": "array"}},
    }


#: A row for each reply.
_REPLY: Final = Shape(
    name="reply-candidates",
    title=f"candidates for a reply ({_HISTORY}, {_CANDIDATES})",
    kind="sft",
    fits=having(_WHO, _HISTORY, _CANDIDATES, none_of=("messages", "conversations", "prompt")),
    schema=_schema(_CANDIDATES),
    read=_read_reply,
    keys=(_WHO, _HISTORY, _CANDIDATES),
    decided_by=(_CANDIDATES, _are_several),
    sole=True,
    reads=(_WHO, _HISTORY, _CANDIDATES),
)

SHAPES: Final = (
    _REPLY,
    _REPLY._replace(
        title=f"candidates for each reply of a conversation ({_PLACES})",
        fits=having(_WHO, _PLACES, none_of=("messages", "conversations", "prompt")),
        schema=_schema(_PLACES),
        read=_read_conversation,
        keys=(_WHO, _PLACES),
        decided_by=(_PLACES, _are_places),
        reads=(_WHO, _PLACES),
    ),
)
