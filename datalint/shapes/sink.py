"""Where shapes put what they read: turns as parallel lists, ready to become columns."""

from __future__ import annotations

from typing import Any, Final

from datalint.core.columns import CALL_LETTER, ROLE_LETTERS, UNKNOWN_LETTER

PROMPT: Final = 1
RESPONSE: Final = 2
CALLS: Final = 4
MEDIA: Final = 8

#: Spellings of roles over trainers and providers, and what they mean.
ROLE_ALIASES: Final = {
    "human": "user",
    "gpt": "assistant",
    "chatgpt": "assistant",
    "bot": "assistant",
    "model": "assistant",
    "ai": "assistant",
    "chatbot": "assistant",
    "function_call": "assistant",
    "tool_call": "assistant",
    "observation": "tool",
    "function": "tool",
    "ipython": "tool",
    "tool_response": "tool",
    "function_response": "tool",
}
_CALL_ROLES: Final = frozenset(("function_call", "tool_call"))
_FLAGS: Final = {"user": PROMPT, "assistant": RESPONSE, "text": RESPONSE}


def canonical_role(role: object) -> str:
    """Return the role's standard name, or the role as written where no shape knows it."""
    if not isinstance(role, str):
        return "unknown"
    if role in ROLE_LETTERS:
        return role
    lowered = role.strip().lower()
    if lowered in ROLE_LETTERS and lowered != "text":
        return lowered
    return ROLE_ALIASES.get(lowered, role)


class Sink:
    """Collects the turns of a chunk's rows.

    Features name what a row has, so that record rules run only where there is something to look at:
    ``tools``, ``tool_calls``, ``preference``, ``kto``, ``parts``, ``weights``, ``names``, ``media``.
    """

    def __init__(self) -> None:
        self.example: list[int] = []
        self.turn_index: list[int] = []
        self.role: list[str] = []
        self.text: list[str] = []
        self.path: list[str] = []
        self.flags: list[int] = []
        self.side: list[str] = []
        self.letters: list[str] = []
        self.calls: dict[int, str] = {}
        self.current = -1
        self.start = 0
        self.features: set[str] = set()

    def begin(self, example: int) -> None:
        """Start a row."""
        self.current = example
        self.start = len(self.text)
        self.features = set()
        self.letters = []

    def add(
        self,
        role: str,
        text: str,
        path: str,
        side: str = "",
        *,
        calls: str | None = None,
        media: bool = False,
        flags: int | None = None,
    ) -> None:
        """Add a turn. ``role`` may be an alias; ``calls`` is the text of its tool calls, if it makes any."""
        letter = ROLE_LETTERS.get(role)
        if letter is None:
            if role.strip().lower() in _CALL_ROLES:
                calls = calls if calls is not None else text
            role = canonical_role(role)
            letter = ROLE_LETTERS.get(role, UNKNOWN_LETTER)
        if flags is None:
            flags = _FLAGS.get(role, 0)
        if calls is not None:
            flags |= CALLS
            letter = CALL_LETTER if letter == "a" else letter
            self.features.add("tool_calls")
            self.calls[len(self.text)] = calls
        if media:
            flags |= MEDIA
            self.features.add("media")
        self.example.append(self.current)
        self.turn_index.append(len(self.text) - self.start)
        self.role.append(role)
        self.text.append(text)
        self.path.append(path)
        self.flags.append(flags)
        self.side.append(side)
        self.letters.append(letter)

    def prompt(self, text: Any, path: str) -> None:
        """Add a prompt given as a plain string; anything else is left to the schema."""
        if isinstance(text, str):
            self.add("user", text, path)

    def response(self, text: Any, path: str, side: str = "") -> None:
        """Add a response given as a plain string or number; anything else is left to the schema."""
        if isinstance(text, str):
            self.add("assistant", text, path, side)
        elif isinstance(text, int | float):
            self.add("assistant", str(text), path, side)
