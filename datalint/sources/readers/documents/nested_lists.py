"""One JSON object whose rows are in lists of the objects in it: sorted by them, or the examples of Rasa's format."""

from __future__ import annotations

import re
from typing import Any, Final

from datalint.sources.json_layout import elements, filled_elements
from datalint.sources.opening import Opening
from datalint.sources.readers.documents.examples import EXAMPLES
from datalint.sources.readers.documents.layout import one_object
from datalint.sources.readers.documents.object_pairs import ObjectPairs, parsed_whole
from datalint.sources.readers.documents.parallel_lists import are_alike_rows
from datalint.sources.readers.documents.reader import Document
from datalint.sources.readers.documents.trailing_commas import comma_at_end, problem_of_comma
from datalint.sources.readers.documents.unnamed_elements import SPEAKERS
from datalint.support.numbers import counted

#: Levels of objects above the lists, keys of one of these objects, and rows in all lists together.
_DEPTHS: Final = (2, 3)
_MOST_KEYS: Final = 1_000
_LEAST: Final = 10
#: The key of Rasa's JSON format, and of the examples in it.
_RASA: Final = "rasa_nlu_data"
_COMMON: Final = "common_examples"
_RASA_LIST: Final = re.compile(rb'\s{0,99}"common_examples"\s{0,99}:\s{0,99}\[')
#: Keys of which an example has both, next to those of examples in one list.
_LABELLED: Final = ({"text", "label"}, {"question", "answers"})


def rows_in_objects(opening: Opening, pairs: ObjectPairs) -> Document | None:
    """Return the rows in the lists that are two or three objects deep; None for an object with any other list.

    Each list has examples: a prompt and its response, or a text and its label, under the same two keys in all of them.
    Several lists may have texts under any keys, if all have the same ones.
    """
    if not pairs.closed or b"[" in pairs.openers or b"{" not in pairs.openers or len(pairs.keys) > _MOST_KEYS:
        return None
    if pairs.keys == [_RASA]:
        return _rasa_examples(opening)
    whole = parsed_whole(opening)
    if whole is None:
        return None
    data, value = whole
    lists: list[list[Any]] = []
    depths = _depths(value, 1, lists)
    if len(depths) != 1 or not depths <= set(_DEPTHS) or not (_are_examples(lists) or are_alike_rows(lists)):
        return None
    depth = next(iter(depths))
    starts, stops = filled_elements(data, depth + 1, opening.start)
    if len(starts) != sum(map(len, lists)):
        return None
    message = f"one JSON object with {counted(len(lists), 'list')}, {depth} objects deep, instead of rows; all are read"
    return Document.of(opening, starts, stops, [*opening.problems, one_object(opening, message)], "json-object")


def _rasa_examples(opening: Opening) -> Document | None:
    """Return the training examples of Rasa's JSON format, next to its synonyms and lookup tables.

    They are read too where people left commas or comments among them, which the rows themselves report.
    """
    whole = parsed_whole(opening, meant=True)
    data, value = whole if whole is not None else (b"", {})
    rasa = value.get(_RASA) if isinstance(value, dict) else None
    examples = rasa.get(_COMMON) if isinstance(rasa, dict) else None
    if not isinstance(examples, list) or not examples or not all(isinstance(each, dict) for each in examples):
        return None
    outer, inner = elements([data], 2), elements([data], 3)
    spans = zip(outer.starts.tolist(), outer.stops.tolist(), strict=True)
    found = [(start, stop) for start, stop in spans if _RASA_LIST.match(data, start)]
    if len(found) != 1:
        return None
    start, stop = found[0]
    kept = (inner.starts > start) & (inner.stops < stop)
    starts, stops = inner.starts[kept] + opening.start, inner.stops[kept] + opening.start
    message = f'one JSON object in Rasa\'s format; the elements of "{_COMMON}" are read as rows'
    problems = [*opening.problems, one_object(opening, message)]
    if (comma := comma_at_end(opening.content, starts, stops)) >= 0:
        starts, stops = starts[:-1], stops[:-1]
        problems.append(problem_of_comma(opening, comma))
    return Document.of(opening, starts, stops, problems, "json-object") if len(starts) == len(examples) else None


def _depths(value: Any, depth: int, lists: list[list[Any]]) -> set[int]:
    """Return how many objects are above each list, and collect the lists; 0 stands for too many objects or keys.

    Texts and numbers next to them, such as the number of rows, say something of the rows.
    """
    if not isinstance(value, dict) or depth > max(_DEPTHS) or not 0 < len(value) <= _MOST_KEYS:
        return {0}
    found: set[int] = set()
    for item in value.values():
        if isinstance(item, list):
            lists.append(item)
            found.add(depth)
        elif isinstance(item, dict):
            found |= _depths(item, depth + 1, lists)
        if 0 in found:
            return {0}
    return found


def _are_examples(lists: list[list[Any]]) -> bool:
    rows = [row for each in lists for row in each]
    if len(rows) < _LEAST or not all(isinstance(row, dict) for row in rows):
        return False
    common = set(rows[0]).intersection(*rows[1:])
    return SPEAKERS.isdisjoint(common) and any(pair <= common for pair in (*EXAMPLES, *_LABELLED))
