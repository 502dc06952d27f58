"""One JSON object that contains each row under its number or name instead of an array."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

import numpy as np
import orjson

from datalint.sources.base import Places
from datalint.sources.content import Content
from datalint.sources.json_layout import elements
from datalint.sources.limits import MOST_ROW
from datalint.sources.opening import Opening, first_text
from datalint.sources.readers.documents.examples import alike, are_examples
from datalint.sources.readers.documents.layout import one_object
from datalint.sources.readers.documents.named_texts import are_written, kind_of_texts, responses_by
from datalint.sources.readers.documents.object_pairs import ObjectPairs, inner_pairs
from datalint.sources.readers.documents.phrase_pairs import are_phrases
from datalint.sources.readers.documents.reader import Document
from datalint.sources.readers.documents.turn_lists import CHATS
from datalint.sources.readers.documents.unnamed_elements import (
    DIALOGUES,
    PAIRS,
    PROMPTS,
    SPANS_BY_TEXT,
    Nameless,
    is_span,
    is_turn,
)
from datalint.sources.readers.documents.unread_values import describes, unread_values_of
from datalint.sources.split_choice import names_of_held
from datalint.support.names.turn_pairs import SPOKEN
from datalint.support.word_scripts import has_words

#: The minimum number of numbered rows and of named rows, and the number of rows examined.
_LEAST_NUMBERED: Final = 2
_LEAST_NAMED: Final = 10
_SAMPLED: Final = 20
#: The maximum number of objects of rows in an object.
_MOST_GROUPS: Final = 1_000
#: Names of an object of rows, in an object that says something of them.
_WRAPPERS: Final = frozenset(
    (
        *("data", "dataset", "rows", "examples", "samples", "items", "entries", "records"),
        *("conversations", "dialogues", "dialogs", "chats", "questions", "tasks", "problems", "instances"),
    )
)
#: The minimum number of words of a name that is a prompt, and the share of such names.
_WORDS: Final = 3
_MOSTLY: Final = 0.9
#: An id, such as a UUID.
_ID: Final = r"(?=[^0-9]*[0-9])[\w-]{6,64}"


def rows_by_name(opening: Opening, pairs: ObjectPairs) -> Document | None:
    """Return the rows of an object that contains each row under its number or name; None for any other object.

    A row may be a text alone: a response if the names are prompts or the file is named so, what a program or the file
    by this name says, or else a prompt.
    """
    content, names, starts, stops = opening.content, pairs.keys, pairs.starts, pairs.stops
    if pairs.openers[0] == b"[":
        return _conversations(opening, pairs)
    if len(names) < _LEAST_NUMBERED or pairs.openers[0] not in (b"{", b'"') or len(set(pairs.openers)) > 1:
        return None
    stems = {name.rstrip("0123456789") for name in names}
    numbered = len(stems) == 1 and all(name[-1:].isdecimal() for name in names)
    texts = pairs.openers[0] == b'"'
    if (stops - starts)[:_SAMPLED].max() > MOST_ROW:
        return None  # which would have to be loaded
    chats = not texts and not numbered and _have_chats(content, starts, stops)
    if len(names) < _LEAST_NAMED and (texts or not (numbered or chats)):
        return None
    if texts and (_are_asked(names) or are_phrases(opening.content, pairs)):
        return _answers(opening, pairs, "prompts", PAIRS)
    if not (
        are_written(names, content, starts, stops)
        if texts
        else numbered
        or chats
        or alike(content, starts, stops)
        or (_are_ids(names) and alike(content, starts, stops, mostly=True) and _say_something(content, starts, stops))
    ):
        return None
    if texts and (responses := responses_by(names, opening.path)) is not None:
        return _answers(opening, pairs, "names", responses)
    kind = "number" if numbered else "name"
    what = "texts" if texts else "rows"
    nameless = kind_of_texts(names, content, starts, stops) if texts else None
    read_as = "" if nameless is None else ", read as prompts" if nameless is PROMPTS else ", read as texts"
    message = f"one JSON object with {len(names):,} {what} by their {kind} instead of an array{read_as}"
    problems = [*opening.problems, one_object(opening, message)]
    return Document.of(opening, starts, stops, problems, "json-object", nameless=nameless)


def rows_in_groups(opening: Opening, pairs: ObjectPairs) -> Document | None:
    """Return the rows of an object of groups, each an object with rows by their number; None for any other object.

    The rows of all groups have the same keys. Their names differ only in a number (``example_1``), or else the rows are
    examples by their keys.
    """
    if not 1 < len(pairs.keys) <= _MOST_GROUPS or set(pairs.openers) != {b"{"} or not pairs.closed:
        return None
    groups = []
    for place in range(len(pairs.keys)):
        group = inner_pairs(opening, pairs, place)
        if group is None or not group.closed or set(group.openers) != {b"{"}:
            return None
        groups.append(group)
    names = [name for group in groups for name in group.keys]
    if len(names) < _LEAST_NAMED:
        return None
    starts, stops = (np.concatenate(each) for each in zip(*((g.starts, g.stops) for g in groups), strict=True))
    numbered = len({name.rstrip("0123456789") for name in names}) == 1 and all(name[-1:].isdecimal() for name in names)
    if numbered:
        rows_alike = alike(opening.content, starts, stops)
    else:
        rows_alike = all(are_examples(opening.content, each.starts, each.stops) for each in groups)
    if not rows_alike:
        return None
    kind = "number" if numbered else "name"
    message = f"one JSON object with {len(names):,} rows by their {kind} in {len(groups):,} groups instead of an array"
    problems = [*opening.problems, one_object(opening, message)]
    document = Document.of(opening, starts, stops, problems, "json-object")
    return replace(document, held_lists=names_of_held(pairs.keys))


def rows_in_wrapped(opening: Opening, pairs: ObjectPairs) -> Document | None:
    """Return the rows by name of the one object in an object, such as ``{"conversations": {…}}``, next to no list.

    Another object may describe the dataset, such as ``metadata``. Alone, the object may have any name, if its rows are
    examples by their keys.
    """
    objects = [place for place, opener in enumerate(pairs.openers) if opener == b"{"]
    places = [place for place in objects if not describes(pairs.keys[place])]
    if len(places) != 1 or not pairs.closed:
        return None
    named = pairs.keys[places[0]].lower() in _WRAPPERS
    if not named and len(pairs.keys) > 1:
        return None
    others = zip(pairs.openers, pairs.starts.tolist(), pairs.stops.tolist(), strict=True)
    filled = (opener == b"[" and b"".join(opening.content.read(a, b).split()) != b"[]" for opener, a, b in others)
    inner = None if any(filled) else inner_pairs(opening, pairs, places[0])
    if inner is None or not (named or are_examples(opening.content, inner.starts, inner.stops)):
        return None
    found = rows_by_name(opening, inner)
    if found is None:
        return None
    return replace(found, unread_values=unread_values_of(opening.content, pairs, {pairs.keys[places[0]]}))


def _are_asked(names: list[str]) -> bool:
    """Return whether nearly all names are prompts: some words."""
    asked = sum(has_words(name, _WORDS) for name in names)
    return asked >= _MOSTLY * len(names)


def _are_ids(names: list[str]) -> bool:
    """Return whether all names are ids without a meaning: one word of letters and digits, which has some."""
    return all(re.fullmatch(_ID, name) is not None for name in names)


def _say_something(content: Content, starts: Places, stops: Places) -> bool:
    """Return whether each of the first objects has a text of some words: objects of settings and measures have none."""
    spans = zip(starts[:_SAMPLED].tolist(), stops[:_SAMPLED].tolist(), strict=True)
    values = [orjson.loads(content.read(start, stop)).values() for start, stop in spans]
    return all(any(isinstance(each, str) and has_words(each, _WORDS) for each in row) for row in values)


def _answers(opening: Opening, pairs: ObjectPairs, names: str, nameless: Nameless) -> Document | None:
    """Return the rows of an object that contains each response under its prompt, or under what names it."""
    if not pairs.closed or int((pairs.stops - pairs.starts).max()) > MOST_ROW:
        return None
    return document_of_pairs(opening, pairs, f"{len(pairs.keys):,} responses by their {names}", nameless)


def document_of_pairs(opening: Opening, pairs: ObjectPairs, what: str, nameless: Nameless) -> Document:
    """Return the keys of an object with their values as rows."""
    begins = [first_text(opening.content, opening.start) + 1, *(pairs.stops[:-1] + 1).tolist()]
    problems = [*opening.problems, one_object(opening, f"one JSON object with {what} instead of an array")]
    starts = np.array(begins, np.int64)
    return Document.of(opening, starts, pairs.stops, problems, "json-object", nameless=nameless)


def _conversations(opening: Opening, pairs: ObjectPairs) -> Document | None:
    """Return the conversations of an object that has each by its name, perhaps in a list of its own, or its texts."""
    names, starts, stops = pairs.keys, pairs.starts, pairs.stops
    if len(names) < _LEAST_NAMED or len(set(pairs.openers)) > 1 or not pairs.closed:
        return None
    if int((stops - starts).max()) > MOST_ROW:
        return None
    if _are_asked(names) and _are_spans(opening.content, starts, stops):
        return document_of_pairs(
            opening, pairs, f"{len(names):,} texts with the places of what is found in each", SPANS_BY_TEXT
        )
    if not (
        _are_conversations(opening.content, starts, stops) or _are_exchanges(names, opening.content, starts, stops)
    ):
        return None
    inner = [_alone(opening.content, start, stop) for start, stop in zip(starts.tolist(), stops.tolist(), strict=True)]
    spans = [each for each in inner if each is not None]
    if len(spans) == len(inner):
        starts, stops = (np.array(each, np.int64) for each in zip(*spans, strict=True))
    elif spans:
        return None
    message = f"one JSON object with {len(names):,} conversations by their name instead of an array"
    problems = [*opening.problems, one_object(opening, message)]
    return Document.of(opening, starts, stops, problems, "json-object", nameless=DIALOGUES)


def _are_conversations(content: Content, starts: Places, stops: Places) -> bool:
    """Return whether the first values are lists of turns: objects with a speaker and a text."""
    for start, stop in zip(starts[:_SAMPLED].tolist(), stops[:_SAMPLED].tolist(), strict=True):
        try:
            value = orjson.loads(content.read(start, stop))
        except orjson.JSONDecodeError:
            return False
        turns = value[0] if isinstance(value, list) and len(value) == 1 and isinstance(value[0], list) else value
        if not isinstance(turns, list) or not turns or not all(map(is_turn, turns)):
            return False
    return True


def _are_exchanges(names: list[str], content: Content, starts: Places, stops: Places) -> bool:
    """Return whether the first values are lists of what a user and a program said, under the numbers of sessions.

    Under other names, which may be topics, each item is an example of its own.
    """
    if sum(any(map(str.isdigit, name)) for name in names) < _MOSTLY * len(names):
        return False
    for start, stop in zip(starts[:_SAMPLED].tolist(), stops[:_SAMPLED].tolist(), strict=True):
        try:
            value = orjson.loads(content.read(start, stop))
        except orjson.JSONDecodeError:
            return False
        if not isinstance(value, list) or not value or not all(map(_is_exchange, value)):
            return False
    return True


def _is_exchange(item: object) -> bool:
    """Return whether a value is an object with a text of the user and one of the program."""
    return isinstance(item, dict) and any(
        isinstance(item.get(asked), str) and isinstance(item.get(answered), str) for asked, answered in SPOKEN
    )


def _are_spans(content: Content, starts: Places, stops: Places) -> bool:
    """Return whether the first values are lists of places in a text, some of which may be empty."""
    found = False
    for start, stop in zip(starts[:_SAMPLED].tolist(), stops[:_SAMPLED].tolist(), strict=True):
        try:
            value = orjson.loads(content.read(start, stop))
        except orjson.JSONDecodeError:
            return False
        if not isinstance(value, list) or not all(map(is_span, value)):
            return False
        found = found or bool(value)
    return found


def _have_chats(content: Content, starts: Places, stops: Places) -> bool:
    """Return whether each of the first values is an object with a list of turns: a conversation with its facts."""
    for start, stop in zip(starts[:_SAMPLED].tolist(), stops[:_SAMPLED].tolist(), strict=True):
        try:
            value = orjson.loads(content.read(start, stop))
        except orjson.JSONDecodeError:
            return False
        lists = [value.get(key) for key in (*CHATS, "turns")] if isinstance(value, dict) else []
        if not any(isinstance(turns, list) and turns and all(map(is_turn, turns)) for turns in lists):
            return False
    return True


def _alone(content: Content, start: int, stop: int) -> tuple[int, int] | None:
    """Return the place of the only element of a list, if that is a list; None if it is not."""
    found = elements([content.read(start, stop)], 1)
    if len(found.starts) != 1:
        return None
    begin, end = start + int(found.starts[0]), start + int(found.stops[0])
    first = first_text(content, begin)
    return (begin, end) if content.read(first, first + 1) == b"[" else None
