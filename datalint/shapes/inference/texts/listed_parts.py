"""Lists of texts that are the prompt or the response: concepts and their sentence, a title and its lines, or a pair."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED
from datalint.shapes.evidence.names import is_about
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn
from datalint.shapes.guess import Guess
from datalint.support.names.column_names import Strength, fold_name, last_word, strength
from datalint.support.sentence_signs import QUESTION_MARKS
from datalint.support.text_lists import are_texts

#: Names of words that a sentence is to have, and of its sentence; last words of the names of what a thing has.
_CONCEPTS: Final = (("concept",), ("concepts",), ("concept", "set"))
_FEATURES: Final = frozenset("feature features bullet bullets highlights attributes specifications specs".split())
#: Names of the lines of a poem or a song.
_LINES: Final = frozenset("paragraphs lines verses stanzas strains".split())
#: Words of keys of writers.
_WRITERS: Final = frozenset("author poet artist singer writer composer dynasty".split())
#: Mean characters of a title at most, and of a description of a thing at least.
_TITLE: Final = 60
_DESCRIPTION: Final = 100
#: Names of two texts that sentence-transformers is trained on, the mark of a question, and the share of the first texts
#: that have it at least, and of the second ones at most, if these are answers.
_PAIRS: Final = (("texts",), ("pair",), ("pairs",), ("text", "pair"), ("sentence", "pair"), ("qa",), ("qa", "pair"))
_ASKED: Final = 0.5
_ASKED_BACK: Final = 0.1


def of_listed_parts(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about rows of which one value is a list of texts, None for rows of no such layout."""
    used = [each for each in columns if each.holds is not Holds.NOTHING and not is_about(each)]
    lists = [each for each in used if each.holds is Holds.LIST]
    others = [each for each in used if each not in lists and each.holds is not Holds.NUMBER]
    if len(rows) < LEAST_ROWS or len(lists) != 1 or not _are_texts(lists[0].key, rows):
        return None
    return _of_concepts(lists[0], others) or _of_features(lists[0], others, columns) or _of_lines(lists[0], columns)


def of_listed_pair(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about two texts in each row, as sentence-transformers reads them: sure if the first ones ask."""
    used = [each for each in columns if each.holds is not Holds.NOTHING and not is_about(each)]
    if len(rows) < LEAST_ROWS or len(used) != 1 or fold_name(used[0].key) not in _PAIRS:
        return None
    key = used[0].key
    if not _are_texts(key, rows) or any(len(row.get(key) or ()) != 2 for row in rows):
        return None
    first, second = zip(*(row[key] for row in rows), strict=True)
    if min(len(set(first)), len(set(second))) < 2:
        return None
    asks, asks_back = (sum(any(mark in text for mark in QUESTION_MARKS) for text in texts) for texts in (first, second))
    clear = asks >= _ASKED * len(rows) and asks_back <= _ASKED_BACK * len(rows)
    return Guess.of({"messages": key}, clear=clear, basis="values")


def _of_concepts(listed: SampledColumn, others: Sequence[SampledColumn]) -> Guess | None:
    """Return the guess about words and the sentence that has them, as in CommonGen."""
    if fold_name(listed.key) not in _CONCEPTS or len(others) != 1 or others[0].holds is not Holds.TEXT:
        return None
    named = any(strength(others[0].key, each) is Strength.WHOLE for each in ("response", "text"))
    if not named or others[0].distinct < VARIED:
        return None
    return Guess.of({"prompt": listed.key, "response": others[0].key}, clear=True, basis="names")


def _of_features(
    listed: SampledColumn, others: Sequence[SampledColumn], columns: Sequence[SampledColumn]
) -> Guess | None:
    """Return the proposal for what a thing has and the description that follows; the list may be made of it too."""
    described = [each for each in others if each.holds is Holds.TEXT and last_word(each.key) == "description"]
    names = [each for each in others if each.holds is Holds.TEXT and each not in described]
    if last_word(listed.key) not in _FEATURES or len(described) != 1 or len(names) > 1:
        return None
    text = described[0]
    if text.length < _DESCRIPTION or text.distinct < VARIED or columns.index(text) < columns.index(listed):
        return None
    if any(each.length > _TITLE for each in names):
        return None
    return Guess.of({"prompt": listed.key, "response": text.key})


def _of_lines(listed: SampledColumn, columns: Sequence[SampledColumn]) -> Guess | None:
    """Return the proposal for a title and the lines of a poem, which follow."""
    if not {*fold_name(listed.key)} <= _LINES:
        return None
    texts = [each for each in columns if each.holds is Holds.TEXT and _WRITERS.isdisjoint(fold_name(each.key))]
    if len(texts) != 1 or fold_name(texts[0].key) != ("title",) or texts[0].length > _TITLE:
        return None
    return Guess.of({"prompt": texts[0].key, "response": listed.key}) if texts[0].distinct >= VARIED else None


def _are_texts(key: str, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether all lists under a key hold nothing but texts, and most of them have some."""
    lists = [row[key] for row in rows if row.get(key)]
    return 2 * len(lists) > len(rows) and all(are_texts(each, 0) for each in lists)
