"""Exports of programs in which people write to each other: no row is a conversation as trainers read them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

#: Programs, and keys that each row of their exports has.
_KEYS: Final = (
    ("ChatGPT", frozenset(("mapping", "current_node"))),
    ("Discord", frozenset(("guild", "channel", "messages"))),
    ("Slack", frozenset(("client_msg_id", "type", "text", "ts"))),
    ("Slack", frozenset(("type", "user", "text", "ts", "team"))),
    ("Telegram", frozenset(("about", "chats"))),
    ("Telegram", frozenset(("type", "date", "from_id", "text"))),
    ("Telegram", frozenset(("type", "date", "actor_id", "action"))),
    ("Zendesk", frozenset(("requester_id", "submitter_id", "assignee_id", "comments"))),
    ("Intercom", frozenset(("conversation_parts", "source", "state"))),
)
#: Keys of a row that are names; more are data themselves, such as a vocabulary.
_MOST: Final = 256


def chat_program(keys: Collection[str]) -> str | None:
    """Return the name of the program whose exports have rows with these keys."""
    return next((name for name, needed in _KEYS if needed.issubset(keys)), None) if len(keys) <= _MOST else None
