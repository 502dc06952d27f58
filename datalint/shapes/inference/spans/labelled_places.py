"""Lists of places in a text, each with a label: objects with a start and an end, or lists of numbers and a name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.records.spans import place_in, span_of, with_places
from datalint.shapes.evidence.labels import VARIED, is_class
from datalint.shapes.evidence.names import PARTS, has_word, is_about, is_asked_or_learned
from datalint.shapes.evidence.sampled import LONG, Holds, SampledColumn
from datalint.shapes.parallel import listed
from datalint.support.names.column_names import Strength, fold_name, strength
from datalint.support.numbers import is_whole

#: Words of the names of tokens and of their tags.
TOKENS: Final = frozenset("tokens words token word chars text sentence".split())
#: Those, and the name that older exports of doccano give a text.
_TEXTS: Final = TOKENS | {"data"}
TAGS: Final = frozenset(
    "tags tag labels label ner pos bio iob entities entity spans slots annotations denotations".split()
)
#: Rows, and items of a list, that are looked at.
ROWS: Final = 50
#: The items of a place that is a list, characters of its label, and the share of places with one.
_SPAN_ITEMS: Final = (3, 5)
_LONGEST_NAME: Final = 60
NEARLY_ALL: Final = 0.9
#: Share of places that may lie beyond the end of their text.
_OUTSIDE: Final = 0.1
#: Words of the keys of the first and of the last place of a span.
_ENDS: Final = (
    frozenset("start begin offset from startoffset startpos".split()),
    frozenset("end stop to endoffset endpos finish".split()),
)
#: What Prodigy says an annotator did with a row, under this key: it is no answer, however it is named.
_DECISION: Final = "answer"
_DECISIONS: Final = frozenset(("accept", "reject", "ignore"))
#: The key of the word that says an event, in an object with its place.
_TRIGGER: Final = "trigger"
#: The keys of the place of a passage in its document, and of the length of what is marked there, in BioC.
_OFFSET: Final = "offset"
_LENGTH: Final = "length"


def spanned(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> dict[str, str] | None:
    """Return the text, and the list of the places in it with a label each, whatever else stands next to them.

    None where rows have a prompt or a response by their names, and where places are not within the text.
    """
    lists = [each for each in columns if each.holds is Holds.OBJECT and not has_word(each.key, PARTS)]
    texts = [each for each in columns if each.holds is Holds.TEXT and (not is_about(each) or each.key in _TEXTS)]
    # A note in which somebody marked places is the text, and no remark on the row.
    notes = [each for each in columns if each.holds is Holds.TEXT and strength(each.key, "remark") is Strength.WHOLE]
    texts = texts or [each for each in notes if each.length > LONG and each.distinct >= VARIED]
    named = [each for each in texts if strength(each.key, "text") is Strength.WHOLE or each.key in TOKENS]
    texts = named if len(named) == 1 else texts
    others = [each for each in columns if each not in texts and not _is_decision(each, rows)]
    classes = [each for each in others if is_class(each)]
    others = [each for each in others if each not in classes or len(classes) > 1]
    readable = (each for each in others if each.holds in (Holds.TEXT, Holds.CHAT, Holds.LABEL))
    if len(texts) != 1 or any(is_asked_or_learned(each) and not is_about(each) for each in readable):
        return None
    text = texts[0].key
    found = [(each, size) for each in lists if (size := _spans(rows, text, each))]
    if not found:
        return None
    # Of several, the events, whose parts the others may be; then one with a usual name, and with the most places.
    best = max(
        found, key=lambda pair: (_are_events(pair[0], rows), not TAGS.isdisjoint(fold_name(pair[0].key)), pair[1])
    )
    return {"prompt": text, "labels": best[0].key}


def _are_events(column: SampledColumn, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a column holds events, each with the place of the word that says it in an object."""
    items = [item for row in rows[:ROWS] for item in items_of(row.get(column.key))]
    named = has_word(column.key, ("event", "events"))
    return named and all(isinstance(item, dict) and isinstance(item.get(_TRIGGER), dict) for item in items)


def _is_decision(column: SampledColumn, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a column says whether an annotator accepted, rejected or ignored each row."""
    return column.key == _DECISION and all(
        isinstance(value, str) and value in _DECISIONS for row in rows if (value := row.get(_DECISION)) is not None
    )


def _spans(rows: Sequence[Mapping[str, Any]], text: str, column: SampledColumn) -> int:
    """Return how many places in the text of their row a column's lists hold; 0 where they hold anything else."""
    size = outside = 0
    labels: list[set[str]] = []
    for row in [row for row in rows if row.get(column.key)][:ROWS]:
        whole = row.get(text)
        items = items_of(row.get(column.key))
        if not isinstance(whole, str):
            return 0
        for item in items:
            place = place_of(item, row.get(_OFFSET))
            if place is None or not 0 <= place[0] <= place[1]:
                return 0
            size += 1
            outside += place[1] > len(whole) + 1
            labels.append(_names(item, whole[place[0] : place[1] + 1]))
    # A few places are wrong where a text was edited after it was labelled.
    if outside > _OUTSIDE * size:
        return 0
    # The name of a label may be a part of the text by chance, such as "ID" of "IDAHO".
    if not size or sum(map(bool, labels)) < NEARLY_ALL * size:
        return 0
    # Places under a name that says nothing have few names, over and over; fewer do, if the names are called labels.
    distinct = len(set().union(*labels))
    times = 2 if _are_labelled(rows, column.key) else 3
    return size if not TAGS.isdisjoint(fold_name(column.key)) or distinct <= max(2, size // times) else 0


def _are_labelled(rows: Sequence[Mapping[str, Any]], key: str) -> bool:
    """Whether each item of lists has places and a label under keys with names of these."""
    items = [item for row in rows[:ROWS] for item in items_of(row.get(key))]
    return all(isinstance(item, dict) and span_of(item) is not None for item in items)


def place_of(item: object, offset: object = None) -> tuple[int, int] | None:
    """Return the first and the last place of a span; None for anything else.

    BioC has a length instead of the last place, in a document in which the text begins at ``offset``.
    """
    if isinstance(item, dict):
        item = with_places(item)
        first, last = (_number_of(item, ends) for ends in _ENDS)
        if last is None and first is not None and is_whole(size := item.get(_LENGTH)) and is_whole(offset):
            return first - offset, first - offset + size
        if first is not None and last is not None:
            return first, last
        if isinstance(said := item.get(_TRIGGER), dict):
            return place_of(said)
        # Dataturks has the places of a label in a list of their own.
        points = next((each for each in item.values() if isinstance(each, list) and _are_objects(each)), None)
        return (
            None
            if points is None
            else place_of({k: v for k, v in points[0].items() if not isinstance(v, list)}, offset)
        )
    if not isinstance(item, list) or not _SPAN_ITEMS[0] <= len(item) <= _SPAN_ITEMS[1]:
        return None
    numbers = [each for each in item if is_whole(each)]
    return (numbers[0], numbers[1]) if len(numbers) == 2 else None


def _number_of(item: dict[str, Any], words: frozenset[str]) -> int | None:
    """Return the place under the shortest key with one of ``words`` (``end``, not ``token_end``); None for none."""
    places = {key: at for key, value in item.items() if _has_end(key, words) and (at := place_in(value)) is not None}
    return places[min(places, key=lambda key: len(fold_name(key)))] if places else None


def _are_objects(items: list[Any]) -> bool:
    return bool(items) and all(isinstance(each, dict) for each in items[:ROWS])


def _has_end(key: str, words: frozenset[str]) -> bool:
    return not words.isdisjoint(fold_name(key))


def _names(item: object, covered: str) -> set[str]:
    """Return the texts of a span that are not those at its place."""
    values = item.values() if isinstance(item, dict) else item if isinstance(item, list) else ()
    flat = [each for value in values for each in (value if isinstance(value, list) else [value])]
    return {each for each in flat if isinstance(each, str) and 0 < len(each) <= _LONGEST_NAME and each not in covered}


def items_of(value: object) -> list[Any]:
    """Return the first items of a list; none of anything else."""
    return listed(value)[:ROWS]
