"""A text with lists of what it names and says: entities and relations, or the arguments of an event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED
from datalint.shapes.evidence.names import is_about
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, Holds, SampledColumn
from datalint.shapes.guess import JOIN, Guess, can_be_typed
from datalint.support.names.column_names import Strength, fold_name, last_word, strength

#: Last words of the names of the things, and of the facts.
_THINGS: Final = frozenset("entities entity mentions".split())
_FACTS: Final = frozenset("relations relation rels rel triples triplets events".split())
#: Names of the list of what takes part in an event, of the event, and of the word that says it.
_ARGUMENTS: Final = (("arguments",), ("args",), ("event", "arguments"), ("participants",))
_EVENTS: Final = (("event",), ("event", "type"), ("type",))
_TRIGGERS: Final = (("trigger",), ("event", "trigger"), ("trigger", "word"), ("trigger", "text"))
#: Share of the rows that have a list under each name, and of the things that are in their text.
_NEARLY_ALL: Final = 0.9
_WITHIN: Final = 0.8
#: Rows and items that are looked at.
_ROWS: Final = 50
_ITEMS: Final = 20


def listed_facts(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about texts with lists of what they name and say; None for other rows.

    The shorter one of two texts is what the lists are about, and a paragraph is read next to it.
    """
    lists = [each for each in columns if last_word(each.key) in _THINGS | _FACTS and _are_lists(rows, each.key)]
    things = [each for each in lists if last_word(each.key) in _THINGS]
    texts = [each for each in columns if each.holds is Holds.TEXT and each.length > LONG and not is_about(each)]
    texts = [each for each in texts if each.distinct >= VARIED]
    if len(rows) < LEAST_ROWS or len(things) != 1 or len(lists) != 2 or not all(can_be_typed(e.key) for e in lists):
        return None
    near = [each for each in texts if len(texts) == 2 and strength(each.key, "context") is Strength.WHOLE]
    texts = [each for each in texts if each not in near]
    if len(texts) != 1 or not _are_named(rows, things[0].key, texts[0].key):
        return None
    context = {"context": near[0].key} if near else {}
    response = JOIN.join(each.key for each in lists)
    return Guess.of({"prompt": texts[0].key, "response": response} | context, clear=True, basis="names")


def listed_arguments(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about texts that say an event, its type or trigger and its arguments; None for other rows."""
    texts = [each for each in columns if each.holds is Holds.TEXT and each.length > LONG and not is_about(each)]
    lists = [each for each in columns if fold_name(each.key) in _ARGUMENTS and _are_lists(rows, each.key)]
    said = [each for each in columns if fold_name(each.key) in (*_EVENTS, *_TRIGGERS) and each.short]
    if len(rows) < LEAST_ROWS or len(texts) != 1 or len(lists) != 1 or not said:
        return None
    if not _are_named(rows, lists[0].key, texts[0].key) or not all(can_be_typed(each.key) for each in (*lists, *said)):
        return None
    learned = [each.key for each in columns if each in said or each in lists]
    return Guess.of({"prompt": texts[0].key, "response": JOIN.join(learned)}, clear=True, basis="names")


def _are_lists(rows: Sequence[Mapping[str, Any]], key: str) -> bool:
    """Whether nearly all rows have a list of objects under a key, which may be empty, and some have objects."""
    lists = [row[key] for row in rows if isinstance(row.get(key), list)]
    objects = sum(all(isinstance(each, dict) for each in found) for found in lists)
    return any(lists) and min(len(lists), objects) >= _NEARLY_ALL * len(rows)


def _are_named(rows: Sequence[Mapping[str, Any]], key: str, text: str) -> bool:
    """Whether nearly all objects in the lists under a key have a value that is in the text of their row."""
    pairs = [(each, str(row.get(text)).casefold()) for row in rows[:_ROWS] for each in row[key][:_ITEMS]]
    found = sum(
        any(isinstance(value, str) and len(value) > 1 and value.casefold() in whole for value in each.values())
        for each, whole in pairs
    )
    return bool(pairs) and found >= _WITHIN * len(pairs)
