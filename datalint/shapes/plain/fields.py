"""Plain rows whose turns are under top-level keys of their own: texts, and lists of messages next to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, chain, compress
from typing import Final

import numpy as np
import polars as pl

from datalint.records.structure import Alike, Structure
from datalint.shapes.base import Field, Part, Shape
from datalint.shapes.contexts import LONG_CONTEXT
from datalint.shapes.paired_keys import are_paired
from datalint.shapes.plain.rows import Plain, Rows
from datalint.shapes.plain.turns import turns_of, turns_of_alike
from datalint.shapes.series import text_column, text_series
from datalint.shapes.sink import PROMPT, RESPONSE, Role, role_of
from datalint.shapes.text_objects import WRITTEN, holds_solutions
from datalint.support.distinct import distinct
from datalint.support.named_tuple import NamedTuple

_TEXT: Final = {str}
_LIST: Final = {list}
#: The role of an instruction's input, which is a part of the turn before it.
_MORE: Final = Role("user", "\0", PROMPT, calls=False)
_ROLES: Final[dict[Part, str | Role]] = {
    "system": "system",
    "prompt": "user",
    "context": _MORE,
    "response": "assistant",
    "text": "text",
    "chosen": Role("assistant", "a", RESPONSE, calls=False, side="chosen"),
    "rejected": Role("assistant", "a", RESPONSE, calls=False, side="rejected"),
}
#: Parts that may be lists of messages.
_SIDES: Final = frozenset(("prompt", "response", "chosen", "rejected"))
_SPELLINGS: Final = (("role", "content"), ("from", "value"))
#: Parts that are no turn where they are empty.
_OPTIONAL: Final = ("system", "context")


def rows_of_texts(shape: Shape, fields: Sequence[Field], group: Alike, number: int) -> Iterator[Plain]:
    """Yield the rows whose turns are texts under keys of their own."""
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
    # What a context repeats of its prompt is not read twice, and of several solutions only one is read: such rows are
    # read one by one.
    for find in (_repeated, _written_solutions):
        if (apart := find(fields, columns)) is not None:
            columns = [column.filter(~apart) for column in columns]
            rows = list(compress(rows, (~apart).to_list()))
    yield from _without_empty(shape, fields, columns, rows, number)


def _written_solutions(fields: Sequence[Field], columns: Sequence[pl.Series]) -> pl.Series | None:
    """Return the rows whose response may be several solutions that are written as JSON; None for none."""
    for field, column in zip(fields, columns, strict=True):
        if field.part == "response" and holds_solutions(field.key):
            return column.str.starts_with(WRITTEN)
    return None


def _repeated(fields: Sequence[Field], columns: Sequence[pl.Series]) -> pl.Series | None:
    """Return the rows in which a long context is a part of what stands before it; None for none."""
    found: pl.Series | None = None
    asked = next((field.key for field in fields if field.part == "prompt"), "")
    for place, field in enumerate(fields):
        if field.part != "context" or are_paired(asked, field.key):
            continue
        sizes = columns[place].str.len_bytes()
        for earlier, said in zip(fields[:place], columns[:place], strict=True):
            if earlier.part not in ("prompt", "context"):
                continue
            may = (sizes >= LONG_CONTEXT) & (said.str.len_bytes() >= sizes)
            if not may.any():
                continue
            pairs = zip(columns[place].to_list(), said.to_list(), may.to_list(), strict=True)
            inside = pl.Series([one in other if long else False for one, other, long in pairs], dtype=pl.Boolean)
            found = inside if found is None else found | inside
    return found if found is not None and found.any() else None


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
    for mark in distinct(marks).tolist():
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
    if len(fields) > 1:
        texts = texts[np.arange(len(texts)).reshape(len(fields), size).T.reshape(-1)]
    path = tuple(f"$.{field.key}" for field in fields)
    spoken = np.tile(np.arange(len(fields)), size)
    counts = [len(fields)] * size
    return Plain(shape, path, rows, counts, [number] * size, [_ROLES[field.part] for field in fields], spoken, texts)


def rows_of_sides(
    shape: Shape, fields: Sequence[Field], group: Alike, number: int, structure: Structure | None
) -> Iterator[Plain]:
    """Yield the rows whose turns are texts, or in lists, under keys of their own; nothing where any is another."""
    if shape.refused is not None or not _SIDES.issuperset(field.part for field in fields):
        return
    # A list under a key in which the shape knows no messages is read, or refused, as the row is.
    listed = [field.key for field in fields if group.kinds(field.key) == _LIST]
    if not set(listed) <= {*shape.lists}:
        return
    given = shape.kind == "rl"
    found = [_side(field, group, structure, given=given and field.part == "prompt") for field in fields]
    sides = [side for side in found if side is not None]
    if len(sides) < len(found):
        return
    size = len(group.rows)
    starts = accumulate((len(side.roles) for side in sides), initial=0)
    order = np.argsort(np.concatenate([np.repeat(np.arange(size), side.counts) for side in sides]), kind="stable")
    spoken = np.concatenate([side.spoken + start for side, start in zip(sides, starts, strict=False)])
    yield Plain(
        shape,
        tuple(side.path for side in sides),
        list(group.rows),
        np.sum([side.counts for side in sides], axis=0).tolist(),
        [number] * size,
        list(chain.from_iterable(side.roles for side in sides)),
        spoken[order],
        pl.concat([side.texts.rename("text") for side in sides]).gather(order),
        pl.concat([side.paths() for side in sides]).gather(order),
    )


class _Side(NamedTuple):
    """The turns under one key of all rows of a group: how many each row has, and the rest as of :class:`Plain`."""

    path: str
    counts: Rows
    roles: list[str | Role]
    spoken: Rows
    texts: pl.Series

    def paths(self) -> pl.Series:
        """Return the path of each turn's text."""
        turns = np.arange(len(self.spoken)) - np.repeat(np.cumsum(self.counts) - self.counts, self.counts)
        table = [self.path.format(number) for number in range(int(turns.max(initial=-1)) + 1)]
        return pl.Series("path", table, dtype=pl.String).gather(turns)


def _side(field: Field, group: Alike, structure: Structure | None, *, given: bool) -> _Side | None:
    """Return the turns under a key with texts alone, or with lists of messages of a role and a text; else None.

    None of them is learned if they are ``given``.
    """
    key, kinds = field.key, group.kinds(field.key)
    if kinds == _TEXT:
        ones = np.ones(len(group.rows), np.int64)
        return _Side(f"$.{key}", ones, [_ROLES[field.part]], ones - 1, text_column(group, key))
    items = None if structure is None else structure.items(group, key)
    side = field.part if field.part in ("chosen", "rejected") else ""
    if kinds == _LIST and field.part == "response" and 0 in group.lengths(key):
        return None  # no messages, or an answer that nothing is found, as the shape says
    for role, content in _SPELLINGS if kinds == _LIST else ():
        found = turns_of(group.column(key), role, content) if items is None else turns_of_alike(items, role, content)
        if found is not None:
            roles = [role_of(each)._replace(side=side) for each in found[0] if isinstance(each, str)]
            roles = [each._replace(flags=each.flags & ~RESPONSE) for each in roles] if given else roles
            return _Side(f"$.{key}[{{}}].{content}", np.array(group.lengths(key), np.int64), [*roles], *found[1:])
    return None
