"""Lists in the cells of a text-only table: of messages or of texts, as JSON, or as Python or NumPy writes a list.

Lists of texts are turns of people, if their column is named so. NumPy writes no commas between elements.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from typing import Any, Final

import orjson

from datalint.sources.json_layout import max_depth
from datalint.sources.json_truth.truth import DEEP
from datalint.sources.limits import over_limit
from datalint.support.named_tuple import NamedTuple
from datalint.support.text_lists import are_texts
from datalint.support.written_lists import parse_list

#: Characters of a cell with a list of Python, whose parser takes much more memory than that of JSON.
_MOST_PYTHON: Final = 1 << 20
#: Cells of a column of which one must look like a list, and the share of all that must be one.
_FIRST: Final = 10
_NEARLY_ALL: Final = 0.9
#: Keys of the speaker of a message.
_SPEAKERS: Final = ("role", "from")
#: Names of columns of turns, and the share of the lists that must have two texts or more.
_DIALOGUES: Final = frozenset(("dialog", "dialogue", "dialogs", "conversation", "turns"))
_MOSTLY: Final = 0.5
#: Quotation marks around a key in both notations.
_MARKS: Final = ('"', "'")


class CellLists(NamedTuple):
    """A column whose cells are lists: of messages, or of ``texts``; ``python`` is true if Python writes them so."""

    column: str
    python: bool
    texts: bool = False

    def read(self, cell: str) -> Any:
        """Return the list that a cell holds, or its text if there is none."""
        found = (_texts_in if self.texts else _list_in)(cell)
        return cell if found is None else found

    def written(self, value: Any) -> str:
        """Return a list as the text of a cell."""
        return repr(value) if self.python else orjson.dumps(value).decode()


def cell_lists(names: Sequence[str], rows: Iterable[Sequence[str]]) -> tuple[CellLists, ...]:
    """Return the columns of which nearly all cells of ``rows`` that are not empty are lists of messages or of turns."""
    columns = zip_longest(*rows, fillvalue="") if names else ()
    return tuple(found for name, cells in zip(names, columns, strict=False) if (found := _column(name, cells)))


def _column(name: str, cells: Sequence[str]) -> CellLists | None:
    filled = [cell for cell in cells if cell.strip()]
    if name.strip().lower() in _DIALOGUES and _are_turns(filled):
        return CellLists(name, python=not all(map(is_json, filled)), texts=True)
    if not filled or not any(map(_may_hold, filled[:_FIRST])):
        return None
    lists = [cell for cell in filled if _may_hold(cell) and _are_messages(_list_in(cell))]
    if not lists or len(lists) < _NEARLY_ALL * len(filled):
        return None
    return CellLists(name, python=not all(map(is_json, lists)))


def _are_turns(cells: Sequence[str]) -> bool:
    """Whether nearly all cells are lists of texts, most of them of several."""
    if not any(cell.lstrip()[:1] == "[" for cell in cells[:_FIRST]):
        return False
    lists = [found for cell in cells if (found := _texts_in(cell))]
    several = sum(len(found) > 1 for found in lists)
    return len(lists) >= _NEARLY_ALL * len(cells) and several >= _MOSTLY * len(lists)


def _texts_in(cell: str) -> list[str] | None:
    """Parse a text as a list of texts in JSON, or as Python or NumPy writes it; None for any other text."""
    if len(cell) > _MOST_PYTHON:
        return None
    found = parse_list(cell)
    return found if are_texts(found, 0) else None


def _may_hold(cell: str) -> bool:
    return cell.lstrip()[:1] == "[" and any(f"{mark}{name}{mark}" in cell for name in _SPEAKERS for mark in _MARKS)


def _are_messages(items: Sequence[Any] | None) -> bool:
    return (
        items is not None
        and len(items) > 0
        and all(isinstance(item, Mapping) and any(key in item for key in _SPEAKERS) for item in items)
    )


def _list_in(cell: str) -> list[Any] | None:
    """Return a list of objects that a text holds as JSON, Python or NumPy writes it, None for any other text."""
    if cell.lstrip()[:1] != "[":
        return None
    data = cell.encode("utf-8", "surrogatepass")
    if over_limit(data) is not None:
        return None
    try:
        value = orjson.loads(data)
    except orjson.JSONDecodeError:
        value = _of_python(cell)
        data = b"" if value is None else orjson.dumps(value)
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value) or max_depth(data) > DEEP:
        return None
    return value


def _of_python(cell: str) -> Any:
    """Parse a text that Python or NumPy wrote to a JSON value; None if it has none."""
    if len(cell) > _MOST_PYTHON:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return orjson.loads(orjson.dumps(ast.literal_eval(cell.strip())))
    except SyntaxError:
        return parse_list(cell)  # pandas writes a column of arrays as NumPy prints them: without commas
    except (ValueError, TypeError, MemoryError, RecursionError):
        return None


def is_json(cell: str) -> bool:
    """Return whether a cell is a value of JSON."""
    try:
        orjson.loads(cell)
    except ValueError:
        return False
    return True
