"""KTO: one completion and a boolean that says whether it is wanted."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from datalint.shapes.base import CHAT_EXTRAS, Shape, TurnList
from datalint.shapes.fields import TEXT_OR_MESSAGES, choose, present_keys, read_fields, read_side
from datalint.shapes.formats import classification
from datalint.shapes.message_schema import CONVERSATIONS, messages_schema
from datalint.shapes.messages import read_turns
from datalint.shapes.single_turn import SYSTEM
from datalint.shapes.sink import Sink, canonical_role

#: What surrounds the answer in rows with Alpaca's keys.
_ALPACA: Final = choose(
    ("system", SYSTEM), ("history", ("history",)), ("prompt", ("instruction",)), ("context", ("input",))
)


def _fits(keys: Collection[str]) -> bool:
    if "kto_tag" not in keys and "label" not in keys:
        return False
    if "kto_tag" in keys and "instruction" in keys and "output" in keys:
        return True
    return "messages" in keys or "conversations" in keys or ("prompt" in keys and "completion" in keys)


def _read(value: dict[str, Any], sink: Sink) -> None:
    """Read messages, conversations, a prompt with its completion, or Alpaca's keys, as LLaMA-Factory has them.

    An answer with a false label is not learned.
    """
    sink.features.add("kto")
    if value.get("tools") and value.get("tools") != "[]":
        sink.features.add("tools")
    label = value.get("kto_tag", value.get("label"))
    side = "rejected" if _is_refused(label) else ""
    if value.get("messages") is not None:
        read_turns(value["messages"], "$.messages", sink, answer=side)
    elif value.get("conversations") is not None:
        read_turns(value["conversations"], "$.conversations", sink, answer=side)
    elif value.get("instruction") is not None:
        read_fields(value, _ALPACA(present_keys(value)), sink)
        read_side(value.get("output"), "$.output", sink, response=True, side=side)
    else:
        read_side(value.get("prompt"), "$.prompt", sink, response=False)
        read_side(value.get("completion"), "$.completion", sink, response=True, side=side)


def _is_refused(label: object) -> bool:
    return label in (0, False) or str(label).strip().lower() == "false"


def _is_boolean(label: object) -> bool:
    return isinstance(label, bool)


def _plain(value: dict[str, Any]) -> Shape | None:
    """Return how a row of texts is read, which with messages and a number as label depends on their roles."""
    if value.get("messages") is None:
        return _TEXTS
    return _MESSAGES if isinstance(value.get("label"), bool) or "kto_tag" in value else None


def _dialect(value: dict[str, Any]) -> Shape:
    """Return the shape of a row, which is of another kind where a number labels a conversation without an answer."""
    messages = value.get("messages")
    if not isinstance(messages, list) or isinstance(value.get("label"), bool) or "kto_tag" in value:
        return SHAPE
    roles = [canonical_role(each.get("role")) for each in messages if isinstance(each, dict)]
    return classification.SHAPE if roles and "assistant" not in roles else SHAPE


def _is_preference_label(label: object) -> bool:
    """Tell a KTO label, true or false, from a category that is called label."""
    return isinstance(label, bool) or label in (0, 1, None) or str(label).strip().lower() in ("true", "false")


_SCHEMA: Final[dict[str, Any]] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "KTO",
    "type": "object",
    "properties": {
        "messages": messages_schema(),
        "conversations": CONVERSATIONS,
        "prompt": TEXT_OR_MESSAGES,
        "completion": TEXT_OR_MESSAGES,
        "instruction": {"type": "string"},
        "input": {"type": ["string", "null"]},
        "output": {"type": ["string", "null"]},
    },
}

SHAPE: Final = Shape(
    name="kto",
    title="KTO (completion + label)",
    kind="preference",
    fits=_fits,
    schema=_SCHEMA,
    read=_read,
    keys=("prompt", "completion", "messages", "instruction", "input", "output", "label", "kto_tag"),
    decided_by=("label", _is_preference_label),
    dialect=_dialect,
    sole=True,
    features=frozenset(("kto",)),
    plain=_plain,
    told_by=(("label", _is_boolean),),
    refused=(("kto_tag", "label"), _is_refused),
    lists=("messages", "conversations", "prompt", "completion"),
    marks=("label", "kto_tag"),
    categories=(),
)

_OTHERS: Final = CHAT_EXTRAS | {"conversations", "instruction"}
_TEXTS: Final = SHAPE._replace(
    fields=choose(("prompt", ("prompt",)), ("response", ("completion",))), extras=_OTHERS | {"messages"}
)
_MESSAGES: Final = SHAPE._replace(turns=TurnList("messages", (("role", "content"), ("from", "value"))), extras=_OTHERS)
