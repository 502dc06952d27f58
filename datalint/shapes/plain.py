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
from datalint.shapes.base import Field, Part, Shape, TurnList
from datalint.shapes.fields import present_keys
from datalint.shapes.series import text_bytes, text_column, text_series
from datalint.shapes.sink import PROMPT, Role, role_of
from datalint.support.classes import frozen

if TYPE_CHECKING:
    from datalint.shapes.detect import Detector

Rows = npt.NDArray[np.int64]
_Turns = tuple[list[str | Role], Rows, pl.Series]

_TEXT: Final = {str}
_PAIR: Final = {2}
#: The role of an instruction's input, which is a part of the turn before it.
_MORE: Final = Role("user", "\0", PROMPT, calls=False)
_ROLES: Final[dict[Part, str | Role]] = {
    "system": "system",
    "prompt": "user",
    "context": _MORE,
    "response": "assistant",
    "text": "text",
}
#: Parts that are no turn where they are empty.
_OPTIONAL: Final = ("system", "context")


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

    def only(self, chosen: npt.NDArray[np.bool_]) -> Plain:
        """Return the rows that are ``chosen``."""
        if chosen.all():
            return self
        turns = np.flatnonzero(np.repeat(chosen, self.counts))
        rows, counts, groups = (list(compress(each, chosen.tolist())) for each in (self.rows, self.counts, self.groups))
        return Plain(
            self.shape, self.path, rows, counts, groups, self.roles, self.spoken[turns], self.texts.gather(turns)
        )

    def of(self, shape: Shape) -> Plain:
        """Return these rows as ones of another shape."""
        return Plain(shape, self.path, self.rows, self.counts, self.groups, self.roles, self.spoken, self.texts)

    def _lists(self) -> tuple[list[Any], ...]:
        return self.rows, self.counts, self.groups, self.roles


def find_plain(structure: Structure, records: Sequence[dict[str, Any]], detector: Detector) -> list[Plain]:
    """Return the plain rows among ``records``, together where shape and path are the same."""
    found: dict[tuple[str, tuple[str, ...]], list[Plain]] = {}
    number = 0
    for whole in structure.groups:
        for group in _decided_alike(whole, records, detector):
            number += 1
            first = records[group.rows[0]]
            shape = detector.plain_shape(first)
            if shape is None:
                continue
            if shape.turns is not None:
                items = structure.items(group, shape.turns.key) if group is whole else None
                plains = _messages(shape, shape.turns, group, number, items)
            else:
                plains = _fields(shape, present_keys(first), group, number)
            for plain in plains:
                if plain.rows:
                    found.setdefault((plain.shape.name, plain.path), []).append(plain)
    return list(map(Plain.joined, found.values()))


def _decided_alike(group: Alike, records: Sequence[dict[str, Any]], detector: Detector) -> Iterator[Alike]:
    """Yield the rows of a group, apart where not only their keys but values decide which shape they have."""
    nulls = [key for key in group.keys if type(None) in group.kinds(key)]
    tests = detector.tests(group.keys, nulls)
    if not tests:
        yield group
        return
    results = zip(*(map(test, group.column(key)) for key, test in tests), strict=True)
    alike: dict[tuple[bool, ...], list[int]] = {}
    for row, result in zip(group.rows, results, strict=True):
        alike.setdefault(result, []).append(row)
    if len(alike) == 1:
        yield group
        return
    for rows in alike.values():
        yield Alike(group.keys, rows, [records[row] for row in rows])


def _fields(shape: Shape, keys: tuple[str, ...], group: Alike, number: int) -> Iterator[Plain]:
    """Yield the rows whose turns are texts under keys of their own."""
    fields = shape.fields(keys) if shape.fields is not None else ()
    parts = {field.part for field in fields}
    if parts <= set(_OPTIONAL) or ("context" in parts and "prompt" not in parts):
        return
    rows = list(group.rows)
    if all(group.kinds(field.key) == _TEXT for field in fields):
        columns = [text_column(group, field.key) for field in fields]
    else:
        values = [group.column(field.key) for field in fields]
        chosen = [set(map(type, texts)) == _TEXT for texts in zip(*values, strict=True)]
        columns = [text_series(each.key, list(compress(v, chosen))) for v, each in zip(values, fields, strict=True)]
        rows = list(compress(rows, chosen))
    yield from _without_empty(shape, fields, columns, rows, number)


def _without_empty(
    shape: Shape, fields: Sequence[Field], columns: Sequence[pl.Series], rows: list[int], number: int
) -> Iterator[Plain]:
    """Yield rows apart where a field is empty in some of them that is no turn then."""
    given = {place: columns[place].str.len_bytes() > 0 for place, each in enumerate(fields) if each.part in _OPTIONAL}
    if not given:
        yield _of_fields(shape, fields, columns, rows, number)
        return
    marks = np.zeros(len(rows), np.int64)
    for place, is_given in given.items():
        marks |= is_given.to_numpy().astype(np.int64) << place
    for mark in np.unique(marks).tolist():
        some = pl.Series(marks == mark)
        places = [place for place in range(len(fields)) if place not in given or mark >> place & 1]
        mine = [columns[place].filter(some) for place in places]
        yield _of_fields(shape, [fields[place] for place in places], mine, list(compress(rows, some.to_list())), number)


def _of_fields(
    shape: Shape,
    fields: Sequence[Field],
    columns: Sequence[pl.Series],
    rows: list[int],
    number: int,
) -> Plain:
    size = len(rows)
    texts = pl.concat([column.rename("text") for column in columns])
    texts = texts.gather(np.arange(len(texts)).reshape(len(fields), size).T.reshape(-1))
    path = tuple(f"$.{field.key}" for field in fields)
    spoken = np.tile(np.arange(len(fields)), size)
    counts = [len(fields)] * size
    return Plain(shape, path, rows, counts, [number] * size, [_ROLES[field.part] for field in fields], spoken, texts)


def _messages(shape: Shape, turns: TurnList, group: Alike, number: int, items: Alike | None) -> Iterator[Plain]:
    """Yield the rows whose turns are in a list; ``items`` are those turns, where they are all alike."""
    key = turns.key
    for role, content in turns.spellings:
        found = None if items is None else _of_alike(items, role, content)
        if found is not None:
            counts = group.lengths(key)
            yield from _of_turns(shape, f"{key}[{{}}].{content}", list(group.rows), counts, number, found, group.keys)
            return
    lists, rows = group.column(key), list(group.rows)
    for role, content in turns.spellings:
        found = _columns(lists, role, content) if items is None else None
        if found is None:
            chosen = [_is_plain(each, role, content) for each in lists]
            if not any(chosen):
                continue
            lists, rows = list(compress(lists, chosen)), list(compress(rows, chosen))
            found = _columns(lists, role, content)
        if found is not None:
            counts = list(map(len, lists))
            yield from _of_turns(shape, f"{key}[{{}}].{content}", rows, counts, number, found, group.keys)
            return


def _of_turns(
    shape: Shape, path: str, rows: list[int], counts: list[int], number: int, turns: _Turns, keys: tuple[str, ...]
) -> Iterator[Plain]:
    """Yield the rows, and apart from them those that end with the user's turn where that makes another shape."""
    roles, spoken, texts = turns
    whole = Plain(shape, (f"$.{path}",), rows, counts, [number] * len(rows), roles, spoken, texts)
    other = shape if shape.unanswered is None else shape.unanswered(keys)
    is_user = np.array([role_of(role).name == "user" for role in roles if isinstance(role, str)], np.bool_)
    if other is shape or not is_user.any():
        yield whole
        return
    sizes = np.array(counts, np.int64)
    last = np.cumsum(sizes) - 1
    ends = np.zeros(len(rows), np.bool_)
    ends[sizes > 0] = is_user[spoken[last[sizes > 0]]]
    yield whole.only(~ends)
    if other.turns is not None:
        yield whole.only(ends).of(other)


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
