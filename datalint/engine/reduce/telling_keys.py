"""Keys that are not read, and tell rows with one prompt apart: what is asked about it stands there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from datalint.shapes.side_keys import use_of

if TYPE_CHECKING:
    from datalint.engine.execute.row_reader import Reader
    from datalint.records.analyses import Group

#: Groups of rows that are read, the fewest, and rows of each.
_GROUPS: Final = 50
_LEAST: Final = 2
_ROWS: Final = 8
#: Characters of a value that names what is asked.
_CHARS: Final = 80
#: Words of the names of keys that say who gave an answer.
_PEOPLE: Final = frozenset("coder rater labeler labeller evaluator expert participant respondent by who".split())


def tells_apart(groups: Sequence[Group], reader: Reader) -> bool:
    """Return whether one key that is not read has another text in all rows of each group, and some in several groups.

    Names, dates and other facts about the row, and who wrote an answer, don't tell prompts apart, nor do numbers.
    """
    if len(groups) < _LEAST:
        return False
    some = [group.rows[:_ROWS] for group in groups[:_GROUPS]]
    rows = sorted({row for each in some for row in each})
    records = dict(zip(rows, reader.records(rows), strict=True))
    keys = [key for key in records[rows[0]] if _may_tell(key)]
    keys = [key for key in keys if _differs([[records[row].get(key) for row in each] for each in some])]
    if not keys:
        return False
    read = {row: f"{text.prompt}\n{text.response}" for row, text in zip(rows, reader.texts(rows), strict=True)}
    return any(not any(_has(read[row], records[row], key) for row in rows) for key in keys)


def _may_tell(key: str) -> bool:
    return use_of(key) == "unknown" and _PEOPLE.isdisjoint(re.findall(r"[a-z]+", key.lower()))


def _differs(groups: Sequence[Sequence[Any]]) -> bool:
    """Return whether the values of each group are different words, of which some are in several groups."""
    if any(not isinstance(value, str) or len(value) > _CHARS for values in groups for value in values):
        return False
    found = [[re.sub(r"[\W\d_]+", " ", value).strip().casefold() for value in values] for values in groups]
    if any(not all(values) or len(set(values)) < len(values) for values in found):
        return False
    return max(Counter(value for values in found for value in values).values()) > 1


def _has(text: str, record: Mapping[str, Any], key: str) -> bool:
    """Return whether what is read of a row has its value under a key."""
    return record[key].strip() in text
