"""Tokens and their tags in the cells of a text-only table: lists of equal length in each row.

They are written as JSON, as Python or NumPy writes them, or without quotation marks (``[the,dock]``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import orjson

from datalint.sources.readers.cells.lists import is_json
from datalint.support.named_tuple import NamedTuple
from datalint.support.names.token_keys import TAGS, TOKENS
from datalint.support.written_lists import parse_list

#: Share of the cells that are not empty that must be lists, and of the rows whose lists are as long as one another.
_NEARLY_ALL: Final = 0.9
#: Characters of a cell with a list at most.
_MOST: Final = 1 << 20
#: Items of a list on average, more than.
_ITEMS: Final = 1
_MARKS: Final = ("'", '"')


class CellTags(NamedTuple):
    """A column whose cells are lists of tokens or of tags.

    ``python`` is true if Python writes them so, and ``bare`` if they have no quotation marks.
    """

    column: str
    python: bool
    bare: bool

    def read(self, cell: str) -> Any:
        """Return the list that a cell holds, or its text if there is none."""
        found = _bare_list(cell) if self.bare else _list_in(cell)
        return cell if found is None else found

    def written(self, value: Any) -> str:
        """Return a list as the text of a cell."""
        if self.bare:
            return f"[{','.join(map(str, value))}]" if isinstance(value, list) else str(value)
        return repr(value) if self.python else orjson.dumps(value).decode()


def cell_tags(names: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[CellTags, ...]:
    """Return the columns of the tokens and of the tags of ``rows``, if nearly all rows have a tag for each token."""
    tokens, tags = ([name for name in names if name in keys] for keys in (TOKENS, TAGS))
    columns = {name: _column(name, [*_cells(rows, names.index(name))]) for name in (*tokens, *tags)}
    found = [each for each in columns.values() if each is not None]
    for one in found:
        for other in found:
            if one.column in TOKENS and other.column in TAGS and _are_alike(one, other, names, rows):
                return one, other
    return ()


def _cells(rows: Sequence[Sequence[str]], number: int) -> Sequence[str]:
    return [row[number] if number < len(row) else "" for row in rows]


def _column(name: str, cells: Sequence[str]) -> CellTags | None:
    filled = [cell.strip() for cell in cells if cell.strip()]
    if not filled or not all(cell[0] == "[" for cell in filled[:1]):
        return None
    if sum(_list_in(cell) is not None for cell in filled) >= _NEARLY_ALL * len(filled):
        return CellTags(name, python=not all(map(is_json, filled)), bare=False)
    bare = sum(_bare_list(cell) is not None for cell in filled)
    return CellTags(name, python=False, bare=True) if bare >= _NEARLY_ALL * len(filled) else None


def _are_alike(one: CellTags, other: CellTags, names: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether the lists of nearly all rows are as long as one another, and have several items on average."""
    cells = zip(_cells(rows, names.index(one.column)), _cells(rows, names.index(other.column)), strict=True)
    pairs = [(one.read(first), other.read(second)) for first, second in cells if first.strip() or second.strip()]
    sizes = [len(first) for first, second in pairs if isinstance(first, list) and isinstance(second, list)]
    alike = sum(
        isinstance(first, list) and isinstance(second, list) and len(first) == len(second) for first, second in pairs
    )
    return sum(sizes) > _ITEMS * len(sizes) and alike >= _NEARLY_ALL * len(pairs)


def _list_in(cell: str) -> list[Any] | None:
    """Parse a text as a list of texts and numbers; None for any other text."""
    found = parse_list(cell) if len(cell) <= _MOST else None
    return found if isinstance(found, list) and all(isinstance(item, str | int) for item in found) else None


def _bare_list(cell: str) -> list[Any] | None:
    """Return the items between brackets and commas; None for any other text."""
    text = cell.strip()
    if len(text) > _MOST or text[:1] != "[" or text[-1:] != "]" or text[1:2] in _MARKS:
        return None
    return [item.strip() for item in text[1:-1].split(",")]
