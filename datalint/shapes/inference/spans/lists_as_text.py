"""Lists of tokens, tags and spans that are written as text, as tables of text have them: as the lists that they are."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.sampled import Holds, SampledColumn
from datalint.shapes.evidence.sampling import columns_of
from datalint.support.names.column_names import fold_name
from datalint.support.text_lists import are_texts
from datalint.support.written_lists import parse_list

#: Words of the names of such lists.
_NAMES: Final = frozenset(
    """token tokens word words char chars tag tags label labels ner pos bio iob entity entities span spans slot slots
    annotation annotations""".split()
)
#: Characters of one such text at most, and the share of them that must be lists.
_LONGEST: Final = 100_000
_NEARLY_ALL: Final = 0.9
#: How pairs of a word and its tag begin that are written as text, and the items of one.
_OF_PAIRS: Final = ("((", "[(", "[[")
_PAIR: Final = 2
#: What stands between tags that are written without brackets.
_PARTED: Final = re.compile(r"[\s,;|]+")


def parse_written_lists(
    columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]
) -> tuple[list[SampledColumn], list[dict[str, Any]], frozenset[str]]:
    """Return columns and rows with lists instead of the texts that write them, and the keys of these.

    Tags without brackets count as a list where there are as many as words of another text.
    """
    found: dict[str, list[Any]] = {}
    for each in columns:
        if _NAMES.isdisjoint(fold_name(each.key)):
            continue
        values: list[Any] = [_tags_in(row.get(each.key)) for row in rows]
        if not any(values):
            if not (each.listed or each.holds is Holds.OTHER):
                continue
            values = [_list_in(row.get(each.key)) if each.listed else _parts(row.get(each.key)) for row in rows]
        filled = [value for value in values if value is not None]
        if filled and len(filled) >= _NEARLY_ALL * sum(row.get(each.key) not in (None, "") for row in rows):
            found[each.key] = values
    if not found:
        return list(columns), [], frozenset()
    # Lists of tokens are as long as those of their tags, whatever they are named.
    sizes = [{len(value) for values in found.values() if (value := values[place])} for place in range(len(rows))]
    listed = {each.key: [_list_in(row.get(each.key)) for row in rows] for each in columns if each.listed}
    listed = {
        key: values for key, values in listed.items() if key not in found and all(are_texts(each, 0) for each in values)
    }
    if any(_fit(values, sizes) for values in listed.values()):
        found |= listed
    parsed = [{**row, **{key: values[place] for key, values in found.items()}} for place, row in enumerate(rows)]
    lists = {each.key: each for each in columns_of([{key: row[key] for key in found} for row in parsed])}
    return [lists.get(each.key, each) for each in columns], parsed, frozenset(found)


def are_one_each(rows: Sequence[Mapping[str, Any]], text: str, key: str, *, least: float | None = None) -> bool:
    """Whether lists have as many items as their text has words, in nearly all rows, or in at least a share of them."""
    pairs = [(row.get(text), row.get(key)) for row in rows]
    sizes = [len(str(one).split()) == len(each) for one, each in pairs if isinstance(each, list) and each]
    return bool(sizes) and sum(sizes) >= (_NEARLY_ALL if least is None else least) * len(sizes)


def _fit(values: Sequence[Any], sizes: Sequence[set[int]]) -> bool:
    """Whether lists are as long as one of those in their row, in nearly all rows."""
    fitting = [len(value) in size for value, size in zip(values, sizes, strict=True) if size]
    return bool(fitting) and sum(fitting) >= _NEARLY_ALL * len(fitting)


def _list_in(value: object) -> list[Any] | dict[str, Any] | None:
    return parse_list(value) if isinstance(value, str) and len(value) <= _LONGEST else None


def _tags_in(value: object) -> list[str] | None:
    """Return the tags of a text that is a tuple or list of pairs of a word and its tag; None for any other value."""
    if not isinstance(value, str) or not value.lstrip().startswith(_OF_PAIRS):
        return None
    pairs = _list_in(value)
    if not isinstance(pairs, list) or not all(isinstance(each, list) and len(each) == _PAIR for each in pairs):
        return None
    return [pair[1] for pair in pairs] if all(isinstance(one, str) for pair in pairs for one in pair) else None


def _parts(value: object) -> list[str] | None:
    return _PARTED.split(value.strip()) if isinstance(value, str) and value.strip() else None
