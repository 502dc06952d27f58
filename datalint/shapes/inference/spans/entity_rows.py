"""Tables with a row for each entity of a text: its words, its type, and the text, which several rows have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.copies import share_within
from datalint.shapes.evidence.labels import is_class
from datalint.shapes.evidence.names import has_word
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn
from datalint.shapes.guess import JOIN, Guess
from datalint.support.names.column_names import Strength, last_word, strength

#: Words of keys of entities in a text, and last words of keys of their types.
_FOUND: Final = ("entity", "entities", "mention", "span")
_KINDS: Final = ("type", "label", "tag", "class", "category")
_READABLE: Final = (Holds.TEXT, Holds.LABEL, Holds.OTHER)
#: The share of rows whose text has the entity in it, and how many times as long it is.
_NEARLY_ALL: Final = 0.9
_LONGER: Final = 3


def entity_rows(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the proposal that the entity and its type are written for the text; None for rows of no such table."""
    kinds = [each for each in columns if last_word(each.key) in _KINDS and has_word(each.key, _FOUND)]
    words = [each for each in columns if each not in kinds and has_word(each.key, _FOUND) and each.holds in _READABLE]
    texts = [each for each in columns if each not in (*kinds, *words) and each.holds in _READABLE]
    texts = [each for each in texts if strength(each.key, "text") >= Strength.HEAD]
    if len(rows) < LEAST_ROWS or not len(kinds) == len(words) == len(texts) == 1 or kinds[0].holds is not Holds.LABEL:
        return None
    if any(is_class(each) or each.holds is Holds.LABEL for each in columns if each not in (*kinds, *words, *texts)):
        return None  # what is said of the entity
    found, text = words[0], texts[0]
    if text.length < _LONGER * found.length or share_within(rows, found.key, text.key) < _NEARLY_ALL:
        return None
    return Guess.of({"prompt": text.key, "response": JOIN.join((found.key, kinds[0].key))})
