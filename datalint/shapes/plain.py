"""The rows that nearly all data is made of, read as columns: texts under keys, or messages of a role and a text.

What they come to is the same as through their shape's ``read``, at a fraction of the time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, chain, compress
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt
import polars as pl

from datalint.records.structure import Alike, Structure
from datalint.shapes import alpaca, openai_chat, sharegpt, text
from datalint.shapes.base import Shape
from datalint.shapes.kto import is_preference_label
from datalint.shapes.series import text_bytes, text_column, text_series
from datalint.shapes.sink import PROMPT, Role, role_of
from datalint.support.classes import frozen

if TYPE_CHECKING:
    from datalint.shapes.detect import Detector

Rows = npt.NDArray[np.int64]
_Turns = tuple[list[str | Role], Rows, pl.Series]

_TEXT: Final = {str}
_PAIR: Final = {2}
#: Where each conversational shape keeps its turns, and the spellings that a turn may have.
_TURNS: Final = {
    openai_chat.SHAPE.name: ("messages", (("role", "content"),)),
    sharegpt.SHAPE.name: ("conversations", (("from", "value"), ("role", "content"))),
}
#: The role of an instruction's input, which is a part of the turn before it.
_MORE: Final = Role("user", "\0", PROMPT, calls=False)


@frozen
class Plain:
    """Rows of one shape whose turns are a role and a text each.

    ``rows`` are indices of records, ascending within a group; ``counts`` how many turns each has, ``groups`` numbers
    that are equal for rows with the same keys and types; ``texts`` are those of all turns, and ``spoken`` says by whom:
    numbers of ``roles``. ``path`` is that of each turn's text, or a single one with ``{}`` in the place of the turn's
    number.
    """

    shape: Shape
    path: tuple[str, ...]
    rows: list[int]
    counts: list[int]
    groups: list[int]
    roles: list[str | Role]
    spoken: Rows
    texts: pl.Series

    @classmethod
    def joined(cls, plains: Sequence[Plain]) -> Plain:
        """Return rows of the same shape and path as one; ValueError for none."""
        first = plains[0]
        if len(plains) == 1:
            return first
        lists = zip(*(each._lists() for each in plains), strict=True)
        rows, counts, groups, roles = (list(chain.from_iterable(each)) for each in lists)
        starts = accumulate((len(each.roles) for each in plains), initial=0)
        spoken = np.concatenate([each.spoken + start for each, start in zip(plains, starts, strict=False)])
        return cls(first.shape, first.path, rows, counts, groups, roles, spoken, pl.concat([p.texts for p in plains]))

    def _lists(self) -> tuple[list[Any], ...]:
        return self.rows, self.counts, self.groups, self.roles


def find_plain(structure: Structure, records: Sequence[dict[str, Any]], detector: Detector) -> list[Plain]:
    """Return the plain rows among ``records``, together where shape and path are the same."""
    found: dict[tuple[str, tuple[str, ...]], list[Plain]] = {}
    for number, each in enumerate(structure.groups):
        group = _without_preferences(each, records, detector)
        shape = detector.plain_shape(records[group.rows[0]])
        if shape is None:
            continue
        if shape.name in _TURNS:
            items = structure.items(group, _TURNS[shape.name][0]) if group is each else None
            plains = _messages(shape, group, number, items)
        else:
            plains = _fields(shape, group, number)
        for plain in plains:
            if plain.rows:
                found.setdefault((shape.name, plain.path), []).append(plain)
    return list(map(Plain.joined, found.values()))


def _without_preferences(group: Alike, records: Sequence[dict[str, Any]], detector: Detector) -> Alike:
    """Leave out rows whose label says that they are preferences: there the value decides, not the keys."""
    if not detector.label_decides(records[group.rows[0]]):
        return group
    labels = zip(group.rows, group.column("label"), strict=True)
    rows = [row for row, label in labels if not is_preference_label(label)]
    return Alike(group.keys, rows, [records[row] for row in rows]) if 0 < len(rows) < len(group.rows) else group


def _fields(shape: Shape, group: Alike, number: int) -> Iterator[Plain]:
    """Yield the rows whose turns are texts under keys of their own."""
    fields = _roles_of_keys(shape, group.keys)
    if not fields:
        return
    rows = list(group.rows)
    if all(group.kinds(key) == _TEXT for key, _ in fields):
        columns = [text_column(group, key) for key, _ in fields]
    else:
        values = [group.column(key) for key, _ in fields]
        chosen = [set(map(type, texts)) == _TEXT for texts in zip(*values, strict=True)]
        columns = [text_series(key, list(compress(v, chosen))) for v, (key, _) in zip(values, fields, strict=True)]
        rows = list(compress(rows, chosen))
    more = [place for place, (_, role) in enumerate(fields) if role is _MORE]
    if not more:
        yield _of_fields(shape, fields, columns, rows, number)
        return
    # An empty input is none.
    given = columns[more[0]].str.len_bytes() > 0
    for some in (given, ~given):
        mine = [column.filter(some) for column in columns]
        yield _of_fields(shape, fields, mine, list(compress(rows, some.to_list())), number)
        if some is given:
            del fields[more[0]], columns[more[0]]


def _of_fields(
    shape: Shape,
    fields: Sequence[tuple[str, str | Role]],
    columns: Sequence[pl.Series],
    rows: list[int],
    number: int,
) -> Plain:
    size = len(rows)
    texts = pl.concat([column.rename("text") for column in columns])
    texts = texts.gather(np.arange(len(texts)).reshape(len(fields), size).T.reshape(-1))
    path = tuple(f"$.{key}" for key, _ in fields)
    spoken = np.tile(np.arange(len(fields)), size)
    counts = [len(fields)] * size
    return Plain(shape, path, rows, counts, [number] * size, [role for _, role in fields], spoken, texts)


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
    for role, content in spellings:
        found = None if items is None else _of_alike(items, role, content)
        if found is not None:
            yield _of_turns(shape, f"{key}[{{}}].{content}", list(group.rows), group.lengths(key), number, found)
            return
    lists, rows = group.column(key), list(group.rows)
    for role, content in spellings:
        found = _columns(lists, role, content) if items is None else None
        if found is None:
            chosen = [_is_plain(turns, role, content) for turns in lists]
            if not any(chosen):
                continue
            lists, rows = list(compress(lists, chosen)), list(compress(rows, chosen))
            found = _columns(lists, role, content)
        if found is not None:
            yield _of_turns(shape, f"{key}[{{}}].{content}", rows, list(map(len, lists)), number, found)
            return


def _of_turns(shape: Shape, path: str, rows: list[int], counts: list[int], number: int, turns: _Turns) -> Plain:
    return Plain(shape, (f"$.{path}",), rows, counts, [number] * len(rows), *turns)


def _columns(lists: Sequence[Any], role: str, content: str) -> _Turns | None:
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
    return _turns(roles, lambda: text_series("text", texts))


def _of_alike(turns: Alike, role: str, content: str) -> _Turns | None:
    """Do what :func:`_columns` does for turns that have the same keys."""
    if turns.keys not in ((role, content), (content, role)) or turns.kinds(role) | turns.kinds(content) != _TEXT:
        return None
    roles = text_bytes(turns, role)
    return _turns(turns.column(role) if roles is None else roles, lambda: text_column(turns, content))


def _turns(spoken: list[str] | pl.Series, texts: Callable[[], pl.Series]) -> _Turns | None:
    """Return the distinct roles, who speaks each turn, and the texts; None where a role calls tools."""
    if isinstance(spoken, pl.Series):
        distinct = spoken.unique(maintain_order=True)
        roles: list[str | Role] = distinct.to_list()
        numbers = spoken.cast(pl.Enum(distinct)).to_physical().to_numpy().astype(np.int64)
    else:
        number = {role: place for place, role in enumerate(dict.fromkeys(spoken))}
        roles = list(number)
        numbers = np.array([number[role] for role in spoken], np.int64)
    if any(role_of(role).calls for role in roles if isinstance(role, str)):
        return None
    return roles, numbers, texts()


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
