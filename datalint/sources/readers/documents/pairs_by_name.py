"""One JSON object with pairs of texts by name: sentences by how they relate, or responses to prompts by their topic."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import orjson

from datalint.sources.json_layout import filled_elements
from datalint.sources.opening import Opening
from datalint.sources.readers.documents.layout import one_object
from datalint.sources.readers.documents.listed_rows import InLists
from datalint.sources.readers.documents.object_pairs import ObjectPairs, parsed_whole
from datalint.sources.readers.documents.reader import Document
from datalint.sources.readers.documents.texts_by_name import are_columns, is_phrase
from datalint.sources.splits import SPLIT
from datalint.support.sentence_signs import QUESTION_MARKS
from datalint.support.text_lists import are_texts
from datalint.support.word_scripts import has_words

#: Lists and pairs in all of them together at least, and lists at most.
_LEAST_LISTS: Final = 2
_LEAST: Final = 10
_MOST_LISTS: Final = 1_000
#: The share of texts that are more than names.
_MOSTLY: Final = 0.7
#: The keys of a pair, and of the name of its list.
_KEYS: Final = ("sentence1", "sentence2")
_NAME: Final = "label"
#: The same of a prompt with its response, which are a key of an object and its value.
_ASKED: Final = ("prompt", "response")
_TOPIC: Final = "category"
#: The minimum number of words of a prompt, and the share of names that are prompts.
_WORDS: Final = 3
_NEARLY: Final = 0.9
#: Digits of a number that identifies something, at least.
_DIGITS: Final = 5


def pairs_by_name(opening: Opening, pairs: ObjectPairs) -> Document | None:
    """Return each pair as a row with the name of its list or object; None for an object that holds anything else.

    A pair of a list has the name as label. In an object of objects, a pair is a prompt with its response.
    """
    names = pairs.keys
    if not pairs.closed or not _LEAST_LISTS <= len(names) <= _MOST_LISTS or {*pairs.openers} not in ({b"["}, {b"{"}):
        return None
    if len(set(names)) < len(names) or all(map(SPLIT.fullmatch, names)) or are_columns(names, len(names)):
        return None
    asked = pairs.openers[0] == b"{"
    whole = parsed_whole(opening)
    if whole is None or not (_are_answers if asked else _are_pairs)(whole[1]):
        return None
    data, value = whole
    starts, stops = filled_elements(data, 2, opening.start)
    used = [(name, each) for name, each in value.items() if each]
    if len(starts) != sum(len(each) for _, each in used):
        return None
    firsts = np.cumsum([0, *(len(each) for _, each in used[:-1])])
    what, keys, name = ("objects", _ASKED, _TOPIC) if asked else ("lists", _KEYS, _NAME)
    way = InLists(starts[firsts], tuple(orjson.dumps(each) for each, _ in used), name, items=keys, paired=asked)
    message = (
        f"one JSON object with {len(names):,} {what} of pairs; each pair is a row ({', '.join(keys)}), with the name "
        f"of its {what.removesuffix('s')} as {name}"
    )
    return Document.of(
        opening, starts, stops, [*opening.problems, one_object(opening, message)], "json-object", nameless=way
    )


def _are_answers(value: Any) -> bool:
    """Return whether an object has nothing but objects with a text, or a list of texts, under each prompt."""
    asked = [name for each in value.values() for name in each]
    if len(asked) < _LEAST or not all(_is_answer(item) for each in value.values() for item in each.values()):
        return False
    if _are_codes([item for each in value.values() for item in each.values()]):
        return False  # names with their numbers in a register
    if any(isinstance(item, list) for each in value.values() for item in each.values()):
        asked = [name for name in asked if name.rstrip().endswith(QUESTION_MARKS)]  # other names may be headings
    return sum(has_words(name, _WORDS) for name in asked) >= _NEARLY * sum(map(len, value.values()))


def _are_codes(values: list[Any]) -> bool:
    """Return whether values are numbers of one length, as those that identify something."""
    return all(isinstance(each, str) and each.isdecimal() for each in values) and (
        len({len(each) for each in values}) == 1 and len(values[0]) >= _DIGITS
    )


def _is_answer(value: object) -> bool:
    return isinstance(value, str) or are_texts(value)


def _are_pairs(value: Any) -> bool:
    """Return whether an object has nothing but lists of pairs of texts, most of which have several words."""
    found = [pair for each in value.values() for pair in each]
    if len(found) < _LEAST or not all(map(_is_pair, found)):
        return False
    return all(sum(is_phrase(pair[side]) for pair in found) >= _MOSTLY * len(found) for side in (0, 1))


def _is_pair(value: object) -> bool:
    return are_texts(value) and len(value) == len(_KEYS)
