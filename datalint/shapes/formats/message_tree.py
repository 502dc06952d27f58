"""Trees of messages: a prompt with its replies, each with replies of its own, as OpenAssistant publishes them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from datalint.shapes.base import Shape, having
from datalint.shapes.sink import Sink, canonical_role

#: The roles of the messages, as they are written.
_ROLES: Final = {"prompter": "user"}
#: Messages of a path at most; deeper ones are those of a hostile row.
_DEEPEST: Final = 500


def _read(value: dict[str, Any], sink: Sink) -> None:
    """Read the path from the root on which each message is the best reply, up to the last answer."""
    path = list(_best(*(("$.prompt", value["prompt"]) if "prompt" in value else ("$", value))))
    answers = [place for place, (role, _, _) in enumerate(path) if role == "assistant"]
    for role, text, at in path[: answers[-1] + 1] if answers else path:
        sink.add(role, text, at)


def _best(at: str, message: Any) -> Iterator[tuple[str, Any, str]]:
    """Yield the role, the text and the place of a message, of its best reply, and so on."""
    for _ in range(_DEEPEST if _is_message(message) else 0):
        role = message.get("role")
        yield _ROLES.get(role, canonical_role(role)) if isinstance(role, str) else "user", message["text"], f"{at}.text"
        replies = message.get("replies")
        found = [
            (_rank(reply), index)
            for index, reply in enumerate(replies if isinstance(replies, list) else ())
            if _is_message(reply) and reply.get("deleted") is not True
        ]
        if not found:
            return
        _, place = min(found)
        at, message = f"{at}.replies[{place}]", replies[place]


def _rank(reply: dict[str, Any]) -> float:
    """Return the rank of a reply: the best one has the lowest, and one without a rank the highest."""
    rank = reply.get("rank")
    return rank if isinstance(rank, int | float) and not isinstance(rank, bool) else float("inf")


def _is_message(value: object) -> bool:
    return isinstance(value, dict) and isinstance(value.get("text"), str)


def _is_root(value: object) -> bool:
    return isinstance(value, dict) and _is_message(value) and _are_replies(value.get("replies"))


def _are_replies(value: object) -> bool:
    return isinstance(value, list) and all(_is_message(each) and "role" in each for each in value[:1])


_MESSAGE: Final = {
    "type": "object",
    "required": ["text", "replies"],
    "properties": {"text": {"type": "string"}, "replies": {"type": "array"}},
}


def _shape(title: str, schema: dict[str, Any]) -> Shape:
    return Shape(
        name="message-tree",
        title=title,
        kind="sft",
        fits=having("prompt", any_of=("message_tree_id", "tree_state")),
        schema={"$schema": "https://json-schema.org/draft/2020-12/schema"} | schema,
        read=_read,
        keys=("prompt", "message_tree_id", "tree_state"),
        decided_by=("prompt", _is_root),
        sole=True,
        reads=("prompt",),
    )


_UNDER_PROMPT: Final = _shape(
    "tree of messages (prompt with replies)",
    {"type": "object", "required": ["prompt"], "properties": {"prompt": _MESSAGE}},
)
SHAPES: Final = (
    _UNDER_PROMPT,
    _shape("tree of messages (text with replies)", _MESSAGE)._replace(
        fits=having("text", "role", "replies", none_of=("prompt", "messages", "conversations")),
        keys=("text", "role", "replies", "message_id"),
        decided_by=("replies", _are_replies),
        reads=("text", "replies"),
    ),
)
