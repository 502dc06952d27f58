"""The class :class:`Shape`: one value with everything that datalint knows about a layout of rows."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, Final, Literal

from datalint.core.kind import Kind
from datalint.shapes.sink import Sink
from datalint.support.named_tuple import NamedTuple

#: Part of an example under a key: ``context`` is read in addition to the prompt, ``text`` is read and learned.
Part = Literal["system", "history", "prompt", "context", "response", "chosen", "rejected", "text"]
#: Sources of categories: ``label``, the values under the key of that name, and ``responses`` that are a set of labels.
Categories = Literal["label", "responses"]


class Field(NamedTuple):
    """A top-level key that contains one turn, and the part of the example that this turn is."""

    key: str
    part: Part


class TurnList(NamedTuple):
    """A top-level key that contains a list of turns, and the pairs of keys for role and text that turns may have."""

    key: str
    spellings: tuple[tuple[str, str], ...]


#: Keys with parts of a conversation that are not turns: rows with one of them are read one by one.
CHAT_EXTRAS: Final = frozenset(
    (
        "system", "history", "tools", "functions", "parallel_tool_calls", "tool_choice", "images", "image", "videos",
        "video", "audios", "audio",
    )
)  # fmt: skip


class Shape(NamedTuple):
    """One meaning of a row's keys.

    Every shape needs the first seven attributes; the others have defaults.

    Attributes:
        name: in reports and in ``docs/shapes.md``; several variants may have the same name.
        title: the name with the keys, where the keys tell variants apart.
        kind: the kind of data that has this shape: ``sft``, ``preference``, ``rl``, ``text``.
        fits: whether a row with these top-level keys has the shape; see :func:`having`.
        schema: the JSON Schema of a row, with ``x-rule`` naming the rule that reports a violation of a keyword.
        read: adds the turns of a row to a sink. It must not raise for any value.
        keys: the top-level keys of the shape, for suggestions about misspelled keys.
        decided_by: a key, and a function of its value that must also return true.
        dialect: returns the variant of the shape for a row, by its turns; None if it is no row of the shape.
        unanswered: returns the variant for rows of these keys whose last turn is the user's, or a system turn that
            nobody answers, if turns are plain texts, and if the assistant has a turn or not.
        family: a row that fits several shapes of the same family has the first of them.
        sole: whether a row of this shape has no other shape, so that it is not reported as ambiguous.
        turns: the list of turns, for rows that consist of plain texts, many of which are then read at once.
        fields: the same for rows whose turns are under keys of their own: returns the fields of a row with these keys.
        extras: keys of rows that are read one by one instead.
        features: features of rows of plain texts, for record rules; see :class:`~datalint.shapes.sink.Sink`.
        plain: returns the variant for a row of plain texts, None if there is none.
        told_by: keys with functions of their values; rows with the same results have the same variant.
        refused: keys, and a function of the value of the first one that a row has: true if the answer is not learned.
        lists: paths (with dots) of lists of messages.
        reads: other keys that ``read`` makes turns of. Keys in none of ``fields``, ``lists`` and ``reads`` are copied
            when a row is converted.
        marks: keys that make rows with equal texts different examples.
        aims: keys of a few words that are asked about a text, such as a keyword: rows that differ there are no
            near-duplicates.
        always: keys of turns in each row that has them, whatever the other attributes say.
        independent: whether each response is an example of its own, as for several questions about one passage.
        categories: the sources of categories for the balance factor.
        unordered: whether the order of the two texts of a prompt has no meaning, as in a judgement of how alike they
            are.
    """

    name: str
    title: str
    kind: Kind
    fits: Callable[[Collection[str]], bool]
    schema: dict[str, Any]
    read: Callable[[dict[str, Any], Sink], None]
    keys: tuple[str, ...]
    decided_by: tuple[str, Callable[[object], bool]] | None = None
    dialect: Callable[[dict[str, Any]], Shape | None] | None = None
    unanswered: Callable[[Collection[str], bool], Shape] | None = None
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
    aims: tuple[str, ...] = ()
    always: tuple[str, ...] = ("system",)
    independent: bool = False
    categories: tuple[Categories, ...] = ("label", "responses")
    unordered: bool = False

    def turn_keys(self, keys: tuple[str, ...]) -> frozenset[str]:
        """Return the top-level keys of a row with ``keys`` that contain its turns."""
        fields = () if self.fields is None else self.fields(keys)
        lists = (path.partition(".")[0] for path in self.lists)
        return frozenset((*self.reads, *lists, *(field.key for field in fields), *self.always))


def having(
    *every: str, any_of: Collection[str] = (), none_of: Collection[str] = ()
) -> Callable[[Collection[str]], bool]:
    """Return a test of keys: all of ``every``, one of ``any_of`` where given, and none of ``none_of``."""
    needed, chosen, forbidden = frozenset(every), frozenset(any_of), frozenset(none_of)

    def fits(keys: Collection[str]) -> bool:
        return needed.issubset(keys) and (not chosen or not chosen.isdisjoint(keys)) and forbidden.isdisjoint(keys)

    return fits


def never(keys: Collection[str]) -> bool:
    """Return false: keys alone never decide whether a row has this variant of a shape."""
    return False


def strings(*names: str, required: tuple[str, ...]) -> dict[str, Any]:
    """Return an object schema whose ``names`` are strings, ``required`` among them."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "required": list(required),
        "properties": {name: {"type": "string"} for name in names},
    }
