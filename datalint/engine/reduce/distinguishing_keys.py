"""Unread keys that distinguish rows with the same prompt, because they contain a part of the question."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from datalint.shapes.side_keys import use_of
from datalint.support.names.run_keys import names_run

if TYPE_CHECKING:
    from datalint.engine.execute.row_reader import Reader
    from datalint.records.analyses import Group

#: Groups of rows that are read, the fewest, the share of them that is most of them, and rows of each.
_GROUPS: Final = 50
_LEAST: Final = 2
_MOST: Final = 0.5
#: Share of the rows whose texts may name the value.
_SAID: Final = 0.2
_ROWS: Final = 8
#: Characters of a value that names what is asked.
_CHARS: Final = 80
#: Share of the rows of which a key that is read is the answer.
_ANSWERS: Final = 0.5
#: Last words of names of keys that sort rows by what is asked.
_SORTING: Final = frozenset("type task aspect criterion category topic".split())
#: Words of the names of keys that say who gave an answer.
_PEOPLE: Final = frozenset("coder rater labeler labeller evaluator expert participant respondent by who".split())


def tells_apart(groups: Sequence[Group], reader: Reader) -> bool:
    """Return whether an unread key has different texts in all rows of each group, some of them in several groups.

    So is a key of which each row has another part of the prompt, such as the word that a label is of, or its place.
    So may the number of a run have, as several runs over one text may disagree. If a key has different texts in most
    groups only, it is stored in these groups. Names, dates and other facts about the row, and who wrote an answer,
    don't distinguish prompts, nor do other numbers.
    """
    if len(groups) < _LEAST:
        return False
    some = [group.rows[:_ROWS] for group in groups[:_GROUPS]]
    rows = sorted({row for each in some for row in each})
    records = dict(zip(rows, reader.records(rows), strict=True))
    if any(_are_runs([[records[row].get(key) for row in each] for each in some]) for key in _runs(records[rows[0]])):
        return True
    read = dict(zip(rows, reader.texts(rows), strict=True))
    for key in records[rows[0]]:
        if sum(_text(records[row].get(key)) == read[row].response.strip() for row in rows) > _ANSWERS * len(rows):
            continue
        found = [_are_parts(key, [(records[row].get(key), read[row].prompt) for row in each]) for each in some]
        if all(found):
            return True
        if sum(found) >= _MOST * len(some):
            _name(groups, [place for place, is_apart in enumerate(found) if is_apart], key)
    apart = {
        key: places
        for key in records[rows[0]]
        if _may_tell(key) and (places := _differing([[records[row].get(key) for row in each] for each in some]))
    }
    if not apart:
        return False
    for key, places in apart.items():
        said = sum(_has(f"{read[row].prompt}\n{read[row].response}", records[row], key) for row in rows)
        if not said and len(places) == len(some) and not _sorts(key):
            return True
        if said <= _SAID * len(rows):
            _name(groups, places, key)
    return False


def _runs(record: Mapping[str, Any]) -> list[str]:
    return [key for key in record if names_run(key)]


def _are_runs(groups: Sequence[Sequence[Any]]) -> bool:
    """Return whether the rows of each group have the numbers or names of different runs, which several groups have."""
    values = [[str(value).strip() for value in each if isinstance(value, str | int | float)] for each in groups]
    if any(not all(mine) or len(set(mine)) < len(each) for mine, each in zip(values, groups, strict=True)):
        return False
    return len({value for mine in values for value in mine}) < sum(map(len, values))


def _name(groups: Sequence[Group], places: Sequence[int], key: str) -> None:
    """Store a key in the groups at some places that have none."""
    for place in places:
        groups[place].key = groups[place].key or key


def _text(value: Any) -> str:
    return str(value).strip() if isinstance(value, str | int | float) else ""


def _are_parts(key: str, rows: Sequence[tuple[Any, str]]) -> bool:
    """Return whether rows have different parts of their prompt under a key."""
    # Few datasets have several conflicts.
    from datalint.engine.reduce.part_keys import is_part

    if len({_text(value) for value, _ in rows}) < len(rows):
        return False
    return all(is_part(key, value, prompt) for value, prompt in rows)


def _may_tell(key: str) -> bool:
    return (use_of(key) == "unknown" or _sorts(key)) and _PEOPLE.isdisjoint(re.findall(r"[a-z]+", key.lower()))


def _sorts(key: str) -> bool:
    """Return whether a key sorts rows by what is asked, which is stored in the groups but does not excuse them."""
    from datalint.support.names.column_names import last_word

    return last_word(key) in _SORTING


def _differing(groups: Sequence[Sequence[Any]]) -> list[int]:
    """Return the groups whose values are different words, of which some are in several groups, if these are most."""
    if any(not isinstance(value, str) or len(value) > _CHARS for values in groups for value in values):
        return []
    found = [[re.sub(r"[\W\d_]+", " ", value).strip().casefold() for value in values] for values in groups]
    apart = [place for place, values in enumerate(found) if all(values) and len(set(values)) == len(values)]
    if len(apart) < _MOST * len(found) or not apart:
        return []
    return apart if max(Counter(value for place in apart for value in found[place]).values()) > 1 else []


def _has(text: str, record: Mapping[str, Any], key: str) -> bool:
    """Return whether what is read of a row has its value under a key."""
    return record[key].strip() in text
