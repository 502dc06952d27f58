"""Fast reading of plain rows as columns: texts under keys, or messages of a role and a text, as in nearly all data.

The result is the same as that of their shape's ``read``, in a fraction of the time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import compress
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from datalint.records.structure import Alike, Structure
from datalint.shapes.base import Shape, TurnList
from datalint.shapes.fields import fields_of
from datalint.shapes.plain.fields import rows_of_sides, rows_of_texts
from datalint.shapes.plain.rows import Plain
from datalint.shapes.plain.turns import Turns, has_plain_turns, turns_of, turns_of_alike
from datalint.shapes.sink import role_of

if TYPE_CHECKING:
    from datalint.shapes.detect import Detector


_LIST: Final = {list}


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
                fields = fields_of(shape, first)
                if any(group.kinds(field.key) == _LIST for field in fields):
                    plains = rows_of_sides(shape, fields, group, number, structure if group is whole else None)
                else:
                    plains = rows_of_texts(shape, fields, group, number)
            for plain in plains:
                if plain.rows:
                    read = plain if shape.refused is None else plain.refused(_refused(shape.refused, group, plain.rows))
                    found.setdefault((plain.shape.name, plain.path), []).append(read)
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


def _refused(
    by: tuple[tuple[str, ...], Callable[[object], bool]], group: Alike, rows: list[int]
) -> npt.NDArray[np.bool_]:
    """Return which of the ``rows`` of a group say that their answer is not learned."""
    keys, test = by
    key = next((key for key in keys if key in group.keys), None)
    if key is None:
        return np.zeros(len(rows), np.bool_)
    marks = np.fromiter(map(test, group.column(key)), np.bool_, len(group.rows))
    return marks[np.searchsorted(np.asarray(group.rows), rows)]


def _messages(shape: Shape, turns: TurnList, group: Alike, number: int, items: Alike | None) -> Iterator[Plain]:
    """Yield the rows whose turns are in a list; ``items`` are those turns, where they are all alike."""
    key = turns.key
    for role, content in turns.spellings:
        found = None if items is None else turns_of_alike(items, role, content)
        if found is not None:
            counts = group.lengths(key)
            yield from _of_turns(shape, f"{key}[{{}}].{content}", list(group.rows), counts, number, found, group.keys)
            return
    lists, rows = group.column(key), list(group.rows)
    for role, content in turns.spellings:
        found = turns_of(lists, role, content) if items is None else None
        if found is None:
            chosen = [has_plain_turns(each, role, content) for each in lists]
            if not any(chosen):
                continue
            lists, rows = list(compress(lists, chosen)), list(compress(rows, chosen))
            found = turns_of(lists, role, content)
        if found is not None:
            counts = list(map(len, lists))
            yield from _of_turns(shape, f"{key}[{{}}].{content}", rows, counts, number, found, group.keys)
            return


def _of_turns(
    shape: Shape, path: str, rows: list[int], counts: list[int], number: int, turns: Turns, keys: tuple[str, ...]
) -> Iterator[Plain]:
    """Yield the rows, and apart from them those that end with what is asked where that makes another shape."""
    roles, spoken, texts = turns
    whole = Plain(shape, (f"$.{path}",), rows, counts, [number] * len(rows), roles, spoken, texts)
    variants = [shape if shape.unanswered is None else shape.unanswered(keys, answered) for answered in (False, True)]
    letters = [role_of(role).letter if isinstance(role, str) else "" for role in roles]
    if all(other is shape for other in variants) or not {"u", "s"}.intersection(letters):
        yield whole
        return
    ends, has_answer = _ends_and_answers(letters, spoken, np.array(counts, np.int64))
    chosen = [
        ends & (has_answer == answered) if other is not shape else np.zeros(len(rows), np.bool_)
        for answered, other in enumerate(variants)
    ]
    yield whole.only(~(chosen[0] | chosen[1]))
    for other, some in zip(variants, chosen, strict=True):
        if other.turns is not None and some.any():
            yield whole.only(some).of(other)


def _ends_and_answers(
    letters: list[str], spoken: npt.NDArray[Any], sizes: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Return which rows end with a user's turn, or with a system turn that nobody answers; and which have an answer."""
    is_user, is_system, is_answer = (
        np.array([letter == each for letter in letters], np.bool_)[spoken] for each in "usa"
    )
    ends, has_answer = np.zeros(len(sizes), np.bool_), np.zeros(len(sizes), np.bool_)
    first, some = np.cumsum(sizes) - sizes, sizes > 0
    if some.any():
        last = (first + sizes - 1)[some]
        has_answer[some] = np.logical_or.reduceat(is_answer, first[some])
        ends[some] = is_user[last] | (is_system[last] & ~has_answer[some])
    return ends, has_answer
