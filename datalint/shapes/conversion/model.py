"""The common form of all shapes: a conversation, with two ends if it is a preference."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


class UnfitError(ValueError):
    """A row that a shape cannot hold, whatever is dropped; the message is the reason."""


@dataclass(slots=True)
class ToolCall:
    """A call of a tool; ``arguments`` are JSON text or a value, as the row has them."""

    name: str
    arguments: Any
    id: str | None = None


@dataclass(slots=True)
class Turn:
    """A turn: ``role`` is system, user, assistant or tool; ``extra`` are its other keys, such as a loss weight.

    ``tool`` is the name of the tool that a result is of, where it is known.
    """

    role: str
    text: str
    calls: list[ToolCall] = field(default_factory=list)
    extra: dict[str, Any] = field(default_factory=dict)
    tool: str | None = None


@dataclass(slots=True)
class ConvertedRow:
    """A row: its turns, and its other keys.

    ``chosen`` and ``rejected`` are the ends of a preference, after ``turns``. ``rest`` are the keys of the row that are
    no turns, and ``losses`` what was not read, such as images.
    """

    turns: list[Turn]
    chosen: list[Turn] | None = None
    rejected: list[Turn] | None = None
    tools: Any = None
    rest: dict[str, Any] = field(default_factory=dict)
    losses: set[str] = field(default_factory=set)
