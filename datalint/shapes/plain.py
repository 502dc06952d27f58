"""The rows that nearly all data is made of, read as columns: texts under keys, or messages of a role and a text.

What they come to is the same as through their shape's ``read``, at a fraction of the time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, compress
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from datalint.core.classes import frozen
from datalint.core.structure import Alike, Structure
from datalint.shapes import alpaca, openai_chat, sharegpt, text
from datalint.shapes.base import Shape
from datalint.shapes.kto import is_preference_label
from datalint.shapes.series import repeated, text_series
from datalint.shapes.sink import PROMPT, RESPONSE, Role, role_of

if TYPE_CHECKING:
    from datalint.shapes.detect import Detector

_TEXT: Final = {str}
_PAIR: Final = {2}
#: Where each conversational shape keeps its turns, and the spellings that a turn may have.
_TURNS: Final = {
    openai_chat.SHAPE.name: ("messages", (("role", "content"),)),
    sharegpt.SHAPE.name: ("conversations", (("from", "value"), ("role", "content"))),
}
#: The role of an instruction's input, which is a part of the turn before it.
_MORE: Final = Role("user", "\0", PROMPT, calls=False)
_Places = npt.NDArray[np.int64]


@frozen
class Plain:
    """Rows of one shape whose turns are a role and a text each.

    ``rows`` are indices of records, ascending within a group; ``counts`` how many turns each has, ``groups`` numbers
    that are equal for rows with the same keys and types; ``roles`` and ``texts`` are those of all turns. ``path`` is
    that of each turn's text, or a single one with ``{}`` in the place of the turn's number.
    """

    shape: Shape
    path: tuple[str, ...]
    rows: list[int]
    counts: list[int]
    groups: list[int]
    roles: list[str | Role]
    texts: list[str]

    def extend(self, other: Plain) -> None:
        """Take over the rows of ``other``, which has the same shape and path."""
        for mine, theirs in zip(self._lists(), other._lists(), strict=True):
            mine += theirs

    def _lists(self) -> tuple[list[Any], ...]:
        return self.rows, self.counts, self.groups, self.roles, self.texts


class Kind(NamedTuple):
    """Plain rows of which all but the texts is the same, so that what holds for one holds for all."""

    shape: Shape
    rows: list[int]


def find_plain(structure: Structure, records: Sequence[dict[str, Any]], detector: Detector) -> list[Plain]:
    """Return the plain rows among ``records``, together where shape and path are the same."""
    found: dict[tuple[str, tuple[str, ...]], Plain] = {}
    for number, each in enumerate(structure.groups):
        group = _without_preferences(each, records, detector)
        shape = detector.plain_shape(records[group.rows[0]])
        if shape is None:
            continue
        if shape.name in _TURNS:
            items = structure.items(_TURNS[shape.name][0]) if group is each else None
            plains = _messages(shape, group, number, items)
        else:
            plains = _fields(shape, group, number)
        for plain in plains:
            if not plain.rows:
                continue
            known = found.setdefault((shape.name, plain.path), plain)
            if known is not plain:
                known.extend(plain)
    return list(found.values())


def _without_preferences(group: Alike, records: Sequence[dict[str, Any]], detector: Detector) -> Alike:
    """Leave out rows whose label says that they are preferences: there the value decides, not the keys."""
    if "label" not in group.keys or not detector.label_decides(records[group.rows[0]]):
        return group
    labels = group.column("label")
    known = {label: is_preference_label({"label": label}) for label in set(filter(_is_text, labels))}
    preferred = [known[label] if _is_text(label) else is_preference_label({"label": label}) for label in labels]
    rows = [row for row, is_preference in zip(group.rows, preferred, strict=True) if not is_preference]
    return Alike(group.keys, rows, [records[row] for row in rows]) if 0 < len(rows) < len(group.rows) else group


def _is_text(label: object) -> bool:
    return type(label) is str


def _fields(shape: Shape, group: Alike, number: int) -> Iterator[Plain]:
    """Yield the rows whose turns are texts under keys of their own."""
    fields = _roles_of_keys(shape, group.keys)
    if not fields:
        return
    columns = [group.column(key) for key, _ in fields]
    rows = list(group.rows)
    if any(group.kinds[group.keys.index(key)] != _TEXT for key, _ in fields):
        chosen = [set(map(type, texts)) == _TEXT for texts in zip(*columns, strict=True)]
        columns, rows = [list(compress(column, chosen)) for column in columns], list(compress(rows, chosen))
    more = [place for place, (_, role) in enumerate(fields) if role is _MORE]
    if not more:
        yield _of_fields(shape, fields, columns, rows, number)
        return
    # An empty input is none.
    given = list(map(bool, columns[more[0]]))
    yield _of_fields(shape, fields, [list(compress(c, given)) for c in columns], list(compress(rows, given)), number)
    given = [not each for each in given]
    del fields[more[0]], columns[more[0]]
    yield _of_fields(shape, fields, [list(compress(c, given)) for c in columns], list(compress(rows, given)), number)


def _of_fields(
    shape: Shape, fields: Sequence[tuple[str, str | Role]], columns: Sequence[list[str]], rows: list[int], number: int
) -> Plain:
    size = len(rows)
    texts = list(chain.from_iterable(zip(*columns, strict=True)))
    path = tuple(f"$.{key}" for key, _ in fields)
    return Plain(shape, path, rows, [len(fields)] * size, [number] * size, [role for _, role in fields] * size, texts)


def _roles_of_keys(shape: Shape, keys: Sequence[str]) -> list[tuple[str, str | Role]]:
    """Return which keys hold the turns of rows with these keys, and their roles; empty where the values decide."""
    if shape is text.SHAPE:
        return [("text", "text")]
    if shape is text.LABELLED:
        return [("text", "user"), (next(key for key in text.LABELS if key in keys), "assistant")]
    if shape is not alpaca.SHAPE:
        prompt, response = shape.schema["required"]
        return [(prompt, "user"), (response, "assistant")]
    answers = [key for key in ("output", "response") if key in keys]
    if len(answers) != 1:
        return []
    more: list[tuple[str, str | Role]] = [("input", _MORE)] if "input" in keys else []
    return [("instruction", "user"), *more, (answers[0], "assistant")]


def _messages(shape: Shape, group: Alike, number: int, items: Alike | None) -> Iterator[Plain]:
    """Yield the rows whose turns are in a list; ``items`` are those turns, where they are all alike."""
    key, spellings = _TURNS[shape.name]
    lists, rows = group.column(key), list(group.rows)
    for role, content in spellings:
        found = _columns(lists, role, content) if items is None else _of_alike(items, role, content)
        if found is None:
            chosen = [_is_plain(turns, role, content) for turns in lists]
            if not any(chosen):
                continue
            lists, rows = list(compress(lists, chosen)), list(compress(rows, chosen))
            found = _columns(lists, role, content)
        if found is not None:
            path = (f"$.{key}[{{}}].{content}",)
            yield Plain(shape, path, rows, [*map(len, lists)], [number] * len(rows), *found)
            return


def _columns(lists: Sequence[Any], role: str, content: str) -> tuple[list[str | Role], list[str]] | None:
    """Return the roles and texts of all turns, None where a turn has anything else."""
    if set(map(type, lists)) != {list}:
        return None
    turns: list[Any] = list(chain.from_iterable(lists))
    if not set(map(type, turns)) <= {dict} or not set(map(len, turns)) <= _PAIR:
        return None
    try:
        roles, texts = [turn[role] for turn in turns], [turn[content] for turn in turns]
    except KeyError:
        return None
    if not set(map(type, roles)) <= _TEXT or not set(map(type, texts)) <= _TEXT:
        return None
    return (roles, texts) if not any(role_of(each).calls for each in set(roles)) else None


def _of_alike(turns: Alike, role: str, content: str) -> tuple[list[str | Role], list[str]] | None:
    """Do what :func:`_columns` does for turns that have the same keys."""
    if turns.keys not in ((role, content), (content, role)) or set().union(*turns.kinds) != _TEXT:
        return None
    if any(role_of(each).calls for each in set(turns.column(role))):
        return None
    return list(turns.column(role)), list(turns.column(content))


def _is_plain(turns: Any, role: str, content: str) -> bool:
    if type(turns) is not list:
        return False
    for turn in turns:
        if type(turn) is not dict or len(turn) != 2:
            return False
        speaker = turn.get(role)
        if type(speaker) is not str or type(turn.get(content)) is not str or role_of(speaker).calls:
            return False
    return True


def plain_columns(plain: Plain) -> tuple[pl.DataFrame, pl.DataFrame, list[Kind]]:
    """Return the example columns (with ``at``, the record), the turn columns, and the kinds of rows."""
    rows, counts = np.array(plain.rows, np.int64), np.array(plain.counts, np.int64)
    starts = np.cumsum(counts) - counts
    number = {role: place for place, role in enumerate(dict.fromkeys(plain.roles))}
    spoken = np.array([number[role] for role in plain.roles], np.int64)
    meanings = [role_of(role) if isinstance(role, str) else role for role in number]
    letters = np.array([ord(meaning.letter) for meaning in meanings], np.uint8)[spoken]
    orders = _orders(spoken, starts, counts)
    flags = np.array([meaning.flags for meaning in meanings], np.uint8)[spoken]
    size = len(spoken)
    turn = np.arange(size, dtype=np.int64) - np.repeat(starts, counts)
    is_response = (flags & RESPONSE) != 0
    texts = text_series("text", plain.texts)
    turns = pl.DataFrame(
        {
            "example": pl.Series(np.repeat(rows, counts).astype(np.uint32)),
            "turn": pl.Series(turn.astype(np.uint32)),
            "role": text_series("role", [meaning.name for meaning in meanings]).gather(spoken),
            "text": texts,
            "path": _paths(plain, turn),
            "is_prompt": pl.Series((flags & PROMPT) != 0),
            "is_response": pl.Series(is_response),
            "is_last": pl.Series(turn == np.repeat(counts, counts) - 1),
            "has_tool_calls": repeated(False, size, pl.Boolean),
            "has_media": repeated(False, size, pl.Boolean),
            "side": repeated("", size, pl.String),
            "chars": texts.str.len_chars(),
        }
    )
    owners = np.repeat(np.arange(len(rows)), counts)
    is_system = ~is_response & (letters == ord("s"))
    examples = pl.DataFrame(
        {
            "at": pl.Series(rows.astype(np.uint32)),
            "shape": repeated(plain.shape.name, len(rows), pl.String),
            "roles": _letters(orders, letters, starts, counts),
            "system": _joined(texts, np.flatnonzero(is_system), owners, len(rows)),
            "prompt": _joined(texts, np.flatnonzero(~is_system & ~is_response), owners, len(rows)),
            **_responses(texts, np.flatnonzero(is_response), owners, len(rows)),
        }
    )
    return examples, turns, _kinds(plain, orders)


def _orders(spoken: _Places, starts: _Places, counts: _Places) -> list[bytes]:
    """Return for each row which roles its turns have, as bytes that are equal where they are the same."""
    said = spoken.astype(np.uint32)
    most = int(counts.max(initial=0))
    table = said.reshape(len(counts), most) if (counts == most).all() else None
    if table is not None and (table == table[0]).all():
        return [table[0].tobytes()] * len(table)
    data = said.tobytes()
    bounds = zip((starts * said.itemsize).tolist(), ((starts + counts) * said.itemsize).tolist(), strict=True)
    return [data[start:end] for start, end in bounds]


def _letters(orders: list[bytes], letters: npt.NDArray[np.uint8], starts: _Places, counts: _Places) -> pl.Series:
    """Return the roles of each row's turns as a word; most chunks hold few different ones."""
    known = {order: row for row, order in enumerate(orders)}
    words = {
        order: letters[starts[row] : starts[row] + counts[row]].tobytes().replace(b"\0", b"").decode("ascii")
        for order, row in known.items()
    }
    return pl.Series([words[order] for order in orders], dtype=pl.String)


def _kinds(plain: Plain, orders: list[bytes]) -> list[Kind]:
    """Return the rows of each set of keys and sequence of roles, as they are written."""
    if not any(map(orders[0].__ne__, orders)) and not any(map(plain.groups[0].__ne__, plain.groups)):
        return [Kind(plain.shape, plain.rows)]
    kinds: dict[tuple[int, bytes], list[int]] = {}
    for row, group, order in zip(plain.rows, plain.groups, orders, strict=True):
        kinds.setdefault((group, order), []).append(row)
    return [Kind(plain.shape, rows) for rows in kinds.values()]


def _paths(plain: Plain, turn: _Places) -> pl.Series:
    table = plain.path
    if "{}" in table[0]:
        table = tuple(table[0].format(number) for number in range(int(turn.max(initial=-1)) + 1))
    return pl.Series("path", table, dtype=pl.String).gather(turn)


def _responses(texts: pl.Series, places: _Places, owners: _Places, size: int) -> dict[str, pl.Series]:
    """Return ``response``, ``earlier`` (all but the last one) and ``answer`` (the last one) of each row."""
    of = owners[places]
    response = _joined(texts, places, owners, size)
    last = np.ones(len(places), np.bool_)
    last[:-1] = of[1:] != of[:-1]
    if last.all():
        return {"response": response, "earlier": repeated("", size, pl.String), "answer": response}
    return {
        "response": response,
        "earlier": _joined(texts, places[~last], owners, size),
        "answer": _joined(texts, places[last], owners, size),
    }


def _joined(texts: pl.Series, places: _Places, owners: _Places, size: int) -> pl.Series:
    """Return for each of ``size`` rows its texts at ``places``, joined by newlines; empty for none."""
    of = owners[places]
    counts = np.bincount(of, minlength=size)
    if len(places) == size and (size == 0 or counts.max() == 1):
        return texts.gather(places)
    chosen = np.full(size, -1, np.int64)
    chosen[of] = places
    first = pl.Series(chosen).to_frame("p").select(pl.when(pl.col("p") >= 0).then(pl.col("p"))).to_series()
    joined = texts.gather(first).fill_null("")
    several = counts[of] > 1
    if not several.any():
        return joined
    many = pl.DataFrame({"row": of[several], "text": texts.gather(places[several])})
    longer = many.group_by("row", maintain_order=True).agg(pl.col("text").str.join("\n"))
    return joined.scatter(longer["row"], longer["text"])
