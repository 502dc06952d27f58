"""The columns that turn and example rules can use, as Polars expressions.

A chunk of records becomes two frames. Rules never see the frames, only these accessors, so the engine can
evaluate every rule's expression in one pass.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import polars as pl

#: One letter for each turn in :attr:`Examples.roles`, so that patterns can match the order of roles.
ROLE_LETTERS: Final = {
    "system": "s",
    "developer": "s",
    "user": "u",
    "assistant": "a",
    "tool": "t",
    "text": "p",
}
#: Roles, as written, of turns whose text is tool calls in JSON.
CALL_ROLES: Final = frozenset(("function_call", "tool_call"))
#: The letter of an assistant turn that calls tools, and of a role that no shape knows.
CALL_LETTER: Final = "c"
UNKNOWN_LETTER: Final = "x"

_TURN_COLUMNS: Final = {
    "example": "index of the example in the chunk",
    "turn": "0-based index of the turn in its example",
    "role": "system, developer, user, assistant, tool or text; the side that a role such as customer names; any other "
    "role is kept as written",
    "text": "the turn's text; the text parts of a content list are joined by newlines, and null is an empty text",
    "path": "JSON path of the text, such as $.messages[2].content",
    "is_prompt": "text that the model reads: user turns, instructions, inputs (not system, not tool results)",
    "is_response": "text that the model learns to write: assistant turns, outputs, completions, plain text",
    "is_last": "the example's last turn",
    "has_tool_calls": "the turn calls tools",
    "has_media": "the turn has an image, audio or video part",
    "continues": "the turn continues the turn before it in another channel (analysis, commentary, final), or is a "
    "call under the role tool_call after the assistant's text",
    "side": "'chosen' or 'rejected' for the two sides of a preference, 'rejected' for an undesired response (KTO), "
    "otherwise empty",
    "spoken": "for a text that is a conversation, by the markers of who speaks that nearly all texts of the data have, "
    "a letter for each turn: u user, a assistant, a capital if nothing is said, - for no turn; otherwise empty",
    "chars": "length of the text in characters",
}

_EXAMPLE_COLUMNS: Final = {
    "shape": "name of the row's shape",
    "roles": "one letter for each turn: s system, u user, a assistant, c assistant that calls tools, t tool, p text, "
    "x unknown; in preference rows, the turns of the prompt, of the chosen and then of the rejected side",
    "spoken": "that of the row's text, as in the turns; otherwise empty",
    "system": "all system texts, joined by newlines",
    "prompt": "all prompt and tool texts, joined by newlines",
    "response": "all response texts, joined by newlines (both sides of a preference)",
    "chosen": "the text of the chosen side; empty if the row has none",
    "rejected": "the text of the rejected side; empty if the row has none",
    "category": "the value of the category key; null if the row has none",
    "has_tools": "the row declares tools",
    "has_tool_calls": "a turn calls tools",
    "has_media": "the row contains images, audio or video",
    "is_preference": "the row has a chosen and a rejected side",
    "surroundings": "hash of everything else that the model reads (other keys, media, tools); 0 if there is nothing",
}


class _Columns:
    """Attribute access to a frame's columns as expressions; an unknown name raises AttributeError."""

    _names: dict[str, str]

    def __getattr__(self, name: str) -> pl.Expr:
        if name.startswith("__") or name not in self._names:
            known = ", ".join(self._names)
            raise AttributeError(f"{type(self).__name__} has no column {name!r}; it has {known}")
        import polars as pl

        return pl.col(name)


class Turns(_Columns):
    """Every turn of a chunk. Columns (each a :class:`polars.Expr`): see :func:`describe_columns`."""

    _names = _TURN_COLUMNS


class Examples(_Columns):
    """Every example of a chunk. Columns (each a :class:`polars.Expr`): see :func:`describe_columns`."""

    _names = _EXAMPLE_COLUMNS


def describe_columns() -> dict[str, dict[str, str]]:
    """Return what each column of :class:`Turns` and :class:`Examples` holds."""
    return {"Turns": dict(_TURN_COLUMNS), "Examples": dict(_EXAMPLE_COLUMNS)}
