"""One JSON object with lists of rows: splits, the rows next to values that describe them, groups by number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

import orjson

from datalint.sources.content import Content
from datalint.sources.limits import MOST_ROW
from datalint.sources.opening import Opening
from datalint.sources.readers.documents.collected_lists import collected, kinds_of
from datalint.sources.readers.documents.examples import EXAMPLES, alike, examples_among
from datalint.sources.readers.documents.list_spans import ListSpans, lists_in
from datalint.sources.readers.documents.listed_pairs import list_of_pairs
from datalint.sources.readers.documents.nameless_rows import nameless_rows
from datalint.sources.readers.documents.object_pairs import ObjectPairs, inner_pairs
from datalint.sources.readers.documents.parallel_lists import are_alike
from datalint.sources.readers.documents.reader import Document
from datalint.sources.readers.documents.turn_lists import CHATS, begins_with_turn
from datalint.sources.readers.documents.unnamed_elements import SPANS
from datalint.sources.readers.documents.unread_values import unread_values_of
from datalint.sources.split_choice import held_splits, no_split
from datalint.sources.splits import SPLIT, TRAIN
from datalint.support.remarks import is_canary_key

#: Lists of an export of LUIS: the names of intents, and what users say.
_LUIS: Final = frozenset(("intents", "utterances"))
#: Bytes of a list within which its first element says whether it is one of turns.
_FIRST: Final = 1 << 16
#: The maximum number of keys of an object of lists.
_MOST_KEYS: Final = 1_000
#: Names of a list of rows, in lower case, and keys next to which such a list is a part of one row.
_WRAPPERS: Final = frozenset(
    (
        *("data", "dataset", "rows", "examples", "samples", "instances", "items", "records", "entries", "questions"),
        *("articles", "documents", "conversations", "dialogues", "dialogs", "pairs", "tasks", "prompts", "faqs"),
        *("faq", "qa", "qas", "qa_pairs", "results", "intents", "cases", "test_cases", "training_data"),
        *("nlu", "seed_examples"),
    )
)
_OF_A_ROW: Final = frozenset(
    {"messages", "conversation", "instruction", "prompt", "question", "query", "input", "text", "chosen"}
)
#: Names of lists that describe rows, however many objects they have, or that say of which no result was had.
_DESCRIBING: Final = frozenset(
    """metadata meta categories sources licenses contributors authors features fields columns skipped failed failures
    errors warnings excluded invalid""".split()
)
#: Names of lists of the actions and knowledge of a chatbot, next to its intents.
_OF_A_BOT: Final = frozenset(
    "entities flows triggers actions slots stories dialog_nodes synonyms lookup_tables regex_features variables".split()
)
#: Names of lists whose elements are conversations of texts, as ChatterBot's are.
_TALKS: Final = frozenset({"conversations", "dialogues", "dialogs"})
#: The minimum number of objects in a list under any name that are rows, and of one that is all that the file holds.
_LEAST_ROWS: Final = 10
_LEAST_ALONE: Final = 3
#: Names of lists that are one row, though it has nothing else.
_ONE_ROW: Final = frozenset({"segments", "contents", "history", "turns", "entities", "annotations", "spans"})

#: The minimum number of lists by the names of tasks.
_LEAST_TASKS: Final = 2


def rows_in_lists(opening: Opening, pairs: ObjectPairs) -> Document | None:
    """Return the rows of an object whose lists contain them; None for any other object, which is one row.

    Elements are located, and only the first one of a list is parsed: none that is too large for a row is loaded.
    """
    document = _rows_in_lists(opening, pairs)
    marked = next(filter(is_canary_key, pairs.keys), "")
    return replace(document, held_lists=marked) if document is not None and marked else document


def _rows_in_lists(opening: Opening, pairs: ObjectPairs) -> Document | None:
    if pairs.closed and (inner := _splits_within(opening, pairs)) is not None:
        return inner
    if not pairs.closed or not _may_be_collection(opening.content, pairs) or len(set(pairs.keys)) < len(pairs.keys):
        return None
    lists = lists_in(opening, pairs)
    if lists is None:
        return None
    if lists.keys() >= _LUIS and lists["utterances"].objects:
        return _collection(opening, {"utterances": lists["utterances"]}, ())
    splits = {key: rows for key, rows in lists.items() if SPLIT.fullmatch(key)}
    if 1 < len(splits) < len(pairs.keys) and _are_splits(splits):
        return _collection(opening, splits, unread_values_of(opening.content, pairs, splits))
    if _is_collection(opening.content, lists, pairs.keys):
        return _collection(opening, lists, unread_values_of(opening.content, pairs, lists))
    only = _only_rows(opening.content, lists, pairs.keys)
    if only is None and (_OF_A_ROW | _ONE_ROW | {*CHATS}).isdisjoint(map(str.lower, pairs.keys)):
        only = list_of_pairs(opening.content, lists, pairs.keys)
    if only is None:
        return None
    return _collection(opening, {only: lists[only]}, unread_values_of(opening.content, pairs, {only}))


def _splits_within(opening: Opening, pairs: ObjectPairs) -> Document | None:
    """Return the rows of the splits in the only object of one that has no lists: ``{"data": {"train": […], …}}``."""
    if b"[" in pairs.openers or pairs.openers.count(b"{") != 1:
        return None
    place = pairs.openers.index(b"{")
    inner = inner_pairs(opening, pairs, place)
    if inner is None or not inner.closed or not all(map(SPLIT.fullmatch, inner.keys)):
        return None
    lists = lists_in(opening._replace(start=int(pairs.starts[place])), inner)
    if lists is None or not _are_splits(lists):
        return None
    return collected(opening, lists, _chosen(opening, lists), (), within=pairs.keys[place])


def _may_be_collection(content: Content, pairs: ObjectPairs) -> bool:
    """Return whether an object's keys are those of a collection, which is known without reading what may be one row."""
    lists = [key for key, opener in zip(pairs.keys, pairs.openers, strict=True) if opener == b"["]
    return len(pairs.keys) <= _MOST_KEYS and (
        any(key.lower() in _WRAPPERS for key in lists)
        or (bool(lists) and all(SPLIT.fullmatch(key) for key in pairs.keys))
        or (len(lists) == len(pairs.keys) and _are_numbers(lists))
        or (bool(lists) and not _has_chat(content, pairs))
    )


def _has_chat(content: Content, pairs: ObjectPairs) -> bool:
    spans = zip(pairs.keys, pairs.openers, pairs.starts.tolist(), strict=True)
    chats = ((opener, start) for key, opener, start in spans if key.lower() in CHATS)
    return any(opener != b"[" or begins_with_turn(content.read(start, start + _FIRST)) for opener, start in chats)


def _are_splits(splits: Mapping[str, ListSpans]) -> bool:
    """Return whether lists of objects are the splits of a dataset; ``public_test`` may be one of a task's own tests."""
    named = any(map(TRAIN.fullmatch, splits)) or len(held_splits(splits)) == len(splits)
    lists = splits.values()
    return named and any(map(len, lists)) and all(rows.objects == len(rows) and not rows.turns for rows in lists)


def _is_collection(content: Content, lists: Mapping[str, ListSpans], keys: list[str]) -> bool:
    if not any(map(len, lists.values())):
        return False
    if len(lists) == len(keys) and all(SPLIT.fullmatch(key) for key in lists):
        return True
    if _OF_A_ROW.isdisjoint(keys) and _list_of_rows(lists, alone=len(keys) == 1) is not None:
        return True
    if _OF_A_ROW.isdisjoint(map(str.lower, keys)) and _are_tasks(content, lists):
        return True
    return len(lists) == len(keys) and (_are_groups(lists) or _are_by_name(content, lists))


def _are_groups(lists: Mapping[str, ListSpans]) -> bool:
    """Return whether an object has lists of rows by the number of a class or topic."""
    return _are_numbers(list(lists)) and all(rows.objects == len(rows) and not rows.turns for rows in lists.values())


def _are_tasks(content: Content, lists: Mapping[str, ListSpans]) -> bool:
    """Return whether an object has lists of examples by the name of a task: each with a prompt and its response.

    Some may have a key that others lack.
    """
    if len(lists) < _LEAST_TASKS or not all(rows.objects == len(rows) > 0 for rows in lists.values()):
        return False
    found: set[frozenset[str]] = set()
    for rows in lists.values():
        start, stop = int(rows.starts[0]), int(rows.stops[0])
        if rows.turns or stop - start > MOST_ROW:
            return False
        try:
            found.add(frozenset(orjson.loads(content.read(start, stop))))
        except orjson.JSONDecodeError:
            return False
    common, every = frozenset.intersection(*found), frozenset.union(*found)
    return 2 * len(common) > len(every) and any(pair <= common for pair in EXAMPLES)


def _are_by_name(content: Content, lists: Mapping[str, ListSpans]) -> bool:
    """Return whether an object has lists of texts by site, month or topic, and none that is a part of one row."""
    names = {key.lower() for key in lists}
    parts = names & (_OF_A_ROW | _ONE_ROW | {*CHATS}) or len(names & _WRAPPERS) > 1
    return not parts and are_alike(content, list(lists.values()))


def _are_numbers(keys: list[str]) -> bool:
    return len(keys) > 1 and all(key.isdecimal() for key in keys)


def _list_of_rows(lists: Mapping[str, ListSpans], *, alone: bool) -> str | None:
    """Return the key of the only list of rows, next to values that say something of it; None for any other object.

    ``alone`` is true if the object has one key. Tasks of Super-NaturalInstructions have lists of examples next to
    their instances, and a list of few objects next to many rows, such as the metrics of their annotations, describes
    them.
    """
    if any(rows.turns for rows in lists.values()):
        return None
    if alone and lists and (name := next(iter(lists))).lower() in _WRAPPERS:
        return name
    names = [key for key, rows in lists.items() if rows.objects]
    found = [key for key in names if key.lower() in _WRAPPERS]
    others = (key for key in names if key not in found)
    known = _DESCRIBING | _OF_A_BOT if [key.lower() for key in found] == ["intents"] else _DESCRIBING
    rows = len(lists[found[0]]) if len(found) == 1 else 0
    quiet = all(
        key.endswith(" Examples") or key.lower() in known or _LEAST_ROWS * len(lists[key]) <= rows for key in others
    )
    return found[0] if len(found) == 1 and quiet else None


def _only_rows(content: Content, lists: Mapping[str, ListSpans], keys: Sequence[str]) -> str | None:
    """Return the key of the only list of objects, if these are as many and as alike as rows; None if they are not.

    ``keys`` are all that the object has. A list of examples is the only one next to shorter lists of other objects.
    """
    found = [key for key, rows in lists.items() if rows.objects]
    found = [key for key in found if key.lower() not in _DESCRIBING] or found
    spoken = [
        key
        for key, rows in lists.items()
        if key.lower() in _TALKS
        and set(rows.openers) == {ord("[")}
        and len(rows) >= _LEAST_ROWS
        and nameless_rows(content, rows.starts, rows.stops) is not None
    ]
    if len(spoken) == 1 and not found:
        return spoken[0]
    spanned = [
        key
        for key, rows in lists.items()
        if kinds_of(rows) == {ord("[")} and nameless_rows(content, rows.starts, rows.stops) == SPANS
    ]
    if len(spanned) == 1 and not found:
        return spanned[0]
    if len(found) > 1 and (examples := examples_among(content, {key: lists[key] for key in found}, keys)):
        found = [examples]
    if len(found) != 1:
        return None
    rows = lists[found[0]]
    least = _LEAST_ALONE if len(keys) == 1 and found[0].lower() not in _ONE_ROW else _LEAST_ROWS
    if len(rows) < least and _has_questions(content, rows):
        least = 1
    if rows.turns or not least <= rows.objects == len(rows):
        return None
    return found[0] if alike(content, rows.starts, rows.stops, mostly=True) else None


def _has_questions(content: Content, rows: ListSpans) -> bool:
    """Return whether the first element of a list has a list of questions with their answers, as topics have."""
    start, stop = int(rows.starts[0]), int(rows.stops[0])
    try:
        first = orjson.loads(content.read(start, stop)) if stop - start <= MOST_ROW else None
    except orjson.JSONDecodeError:
        return False
    lists = first.values() if isinstance(first, dict) else ()
    items = [each[0] for each in lists if isinstance(each, list) and each and isinstance(each[0], dict)]
    return any(pair <= each.keys() for each in items for pair in EXAMPLES)


def _collection(opening: Opening, lists: Mapping[str, ListSpans], unread_values: tuple[str, ...]) -> Document:
    return collected(opening, lists, _chosen(opening, lists), unread_values)


def _chosen(opening: Opening, lists: Mapping[str, ListSpans]) -> list[str]:
    """Return the keys of the lists that are read: those of the split that is asked for, or of the training split."""
    if opening.split is not None and any(SPLIT.fullmatch(key) for key in lists):
        if opening.split not in lists:
            raise no_split(opening.path, opening.split, list(lists))
        return [opening.split]
    if opening.held and (others := held_splits(lists)):
        return others
    if not all(SPLIT.fullmatch(key) for key in lists):
        alone = len(lists) == 1
        if _OF_A_ROW.isdisjoint(lists) and (rows := _list_of_rows(lists, alone=alone)) is not None:
            return [rows]
    return [key for key in lists if TRAIN.fullmatch(key)][:1] or list(lists)
