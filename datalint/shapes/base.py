"""The description of a shape: everything that datalint knows about one layout of rows is one value."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, Final, Literal, NamedTuple

from datalint.core.kind import Kind
from datalint.shapes.sink import Sink

#: What a key holds: ``context`` is what the model reads next to the prompt, ``text`` is read and learned.
Part = Literal["system", "history", "prompt", "context", "response", "chosen", "rejected", "text"]
#: What responses or a key ``label`` may be counted as: ``label`` is a category, ``responses`` may be a set of labels.
Categories = Literal["label", "responses"]


class Field(NamedTuple):
    """A top-level key that holds one turn, and what that turn is."""

    key: str
    part: Part


class TurnList(NamedTuple):
    """A top-level key that holds a list of turns, and the keys of role and text that turns may have."""

    key: str
    spellings: tuple[tuple[str, str], ...]


#: Keys that tell more of a conversation than its turns do: rows that have one are read one by one.
CHAT_EXTRAS: Final = frozenset(
    (
        "system", "history", "tools", "functions", "parallel_tool_calls", "tool_choice", "images", "image", "videos",
        "video", "audios", "audio",
    )
)  # fmt: skip


class Shape(NamedTuple):
    """One meaning of a row's keys.

    ``fits`` recognises the shape by a row's top-level keys, and ``decided_by``, where there is one, by the value under
    a key as well. ``dialect`` returns the variant of the shape that a row's turns tell; of rows whose turns are texts
    only those that end with the user's can be a variant, which ``unanswered`` returns for their keys. Of shapes with
    the same ``family`` a row has only the first; a row of a ``sole`` shape has no other.

    ``schema`` is the shape's JSON Schema, with ``x-rule`` naming the rule that reports a keyword's violation.
    ``read`` puts a row's turns into a sink and must survive any value. ``turns`` or ``fields`` describe rows of texts
    alone, so that many are read at once; rows with a key of ``extras`` are not among them. ``features`` are what such
    rows have for record rules. ``plain`` returns the variant of the shape that describes a row of texts, None where
    there is none; ``told_by`` are keys with functions of their values, and rows for which these return the same have
    the same variant. ``refused`` are keys of which the first in a row says, by the function, that its last answer is
    not learned.

    ``keys`` are the top-level keys that the shape knows, for spelling suggestions; ``lists`` the paths (dotted) of
    its lists of messages, and ``reads`` the keys next to them and ``fields`` that ``read`` turns into messages.
    ``marks`` are keys that distinguish examples like the text that the model reads. ``conversational`` shapes have
    turns whose order matters. ``categories`` says what the balance factor may count. In a row of ``independent``
    responses, such as those to questions about one passage, each response is an example for the volume factor.
    """

    name: str
    title: str
    kind: Kind
    fits: Callable[[Collection[str]], bool]
    schema: dict[str, Any]
    read: Callable[[dict[str, Any], Sink], None]
    keys: tuple[str, ...]
    decided_by: tuple[str, Callable[[object], bool]] | None = None
    dialect: Callable[[dict[str, Any]], Shape] | None = None
    unanswered: Callable[[Collection[str]], Shape] | None = None
    family: str = ""
    sole: bool = False
    turns: TurnList | None = None
    fields: Callable[[tuple[str, ...]], tuple[Field, ...]] | None = None
    extras: frozenset[str] = CHAT_EXTRAS
    features: frozenset[str] = frozenset()
    plain: Callable[[dict[str, Any]], Shape | None] | None = None
    told_by: tuple[tuple[str, Callable[[object], bool]], ...] = ()
    refused: tuple[tuple[str, ...], Callable[[object], bool]] | None = None
    lists: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    conversational: bool = False
    independent: bool = False
    categories: tuple[Categories, ...] = ("label", "responses")

    def turn_keys(self, keys: tuple[str, ...]) -> frozenset[str]:
        """Return which top-level keys of a row with ``keys`` hold its turns."""
        fields = () if self.fields is None else self.fields(keys)
        lists = (path.partition(".")[0] for path in self.lists)
        return frozenset((*self.reads, *lists, *(field.key for field in fields), "system"))


def having(
    *every: str, any_of: Collection[str] = (), none_of: Collection[str] = ()
) -> Callable[[Collection[str]], bool]:
    """Return a test of keys: all of ``every``, one of ``any_of`` where given, and none of ``none_of``."""
    needed, chosen, forbidden = frozenset(every), frozenset(any_of), frozenset(none_of)

    def fits(keys: Collection[str]) -> bool:
        return needed.issubset(keys) and (not chosen or not chosen.isdisjoint(keys)) and forbidden.isdisjoint(keys)

    return fits


def never(keys: Collection[str]) -> bool:
    """Return false: keys alone never tell a variant of a shape."""
    return False


def strings(*names: str, required: tuple[str, ...]) -> dict[str, Any]:
    """Return an object schema whose ``names`` are strings, ``required`` among them."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "required": list(required),
        "properties": {name: {"type": "string"} for name in names},
    }
