"""Rows without a span: those at the end of a file, which nobody has labelled yet, and nearly all rows of a dataset."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from datalint.api import Chunk, NamedTuple, counted, percent
from datalint.rules.common.spans.span_labels import span_lists
from datalint.rules.common.spans.span_places import TEXTS

#: Rows with spans at least, and their share of the rows up to the last one of them: in another order, many rows without
#: spans would be among them.
_LEAST: Final = 10
_NEARLY_ALL: Final = 0.9


class Filled(NamedTuple):
    """How many rows have a list under a key, how many of them have spans in it, and how many follow the last of these."""

    rows: int
    filled: int
    after: int


def count_filled(chunk: Chunk) -> dict[str, Filled]:
    """Return how many rows of a chunk have spans, by the key of their lists."""
    lists: dict[str, list[tuple[int, bool]]] = {}
    spans = {key for _, _, key in span_lists(chunk)}
    for group in chunk.structure.groups:
        for key in group.keys if any(text in group.keys for text in TEXTS) else ():
            if list not in group.kinds(key):
                continue
            column = group.column(key)
            # A chunk may have nothing but empty lists, of which the others say what they are for.
            if key in spans or not any(column):
                rows = zip(group.rows, column, strict=True)
                lists.setdefault(key, []).extend((row, bool(each)) for row, each in rows if isinstance(each, list))
    return {key: _counted([filled for _, filled in sorted(rows)]) for key, rows in lists.items()}


def _counted(filled: list[bool]) -> Filled:
    after = filled[::-1].index(True) if True in filled else len(filled)
    return Filled(len(filled), sum(filled), after)


def add_filled(one: Mapping[str, Filled], other: Mapping[str, Filled]) -> dict[str, Filled]:
    """Put two parts of the data one after the other."""
    found = {**one, **other}
    for key in one.keys() & other.keys():
        mine, more = one[key], other[key]
        after = more.after if more.filled else mine.after + more.rows
        found[key] = Filled(mine.rows + more.rows, mine.filled + more.filled, after)
    return found


def unlabelled_end(found: Mapping[str, Filled], least: int) -> dict[str, str]:
    """Return what is said of keys whose last rows, ``least`` or more, have no span, unlike those before them."""
    said = {}
    for key, each in sorted(found.items()):
        before = each.rows - each.after
        if each.after >= least and each.filled >= max(_LEAST, _NEARLY_ALL * before):
            which = f"all {before:,}" if each.filled == before else f"{each.filled:,} of {before:,}"
            said[key] = (
                f"the last {counted(each.after, 'row')} have no span under '{key}', and {which} before them do: if "
                "nobody has labelled them yet, leave them out"
            )
    return said


def mostly_empty(found: Mapping[str, Filled], least: int) -> dict[str, str]:
    """Return what is said of keys under which nearly all of ``least`` rows or more have no span, and some have one."""
    return {
        key: f"{empty:,} of {each.rows:,} rows ({percent(empty / each.rows)}) have no span under '{key}'"
        for key, each in sorted(found.items())
        if each.rows >= least and each.filled and (empty := each.rows - each.filled) > _NEARLY_ALL * each.rows
    }
