"""Entity linking: a mention with the text to its left and right, and the entity that it means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.names import is_about
from datalint.shapes.evidence.sampled import LEAST_ROWS, READABLE, Holds, SampledColumn
from datalint.shapes.guess import JOIN, Guess
from datalint.support.names.column_names import fold_name

#: Last or only words of keys of mentions, and words of keys of the texts before and after one.
_MENTION: Final = frozenset(("mention", "mentions", "span", "surface", "keyword", "phrase", "term"))
_MARKED: Final = frozenset(("annotation",))
_BEFORE: Final = frozenset(("left", "before", "prefix", "preceding"))
_AFTER: Final = frozenset(("right", "after", "suffix", "following"))
_AROUND: Final = frozenset(("context", "ctx", "text"))
#: Words of keys of the entity, those of its name first; its number or code is learned only if there is no name.
_MEANT: Final = ("title", "name", "entity", "label", "target", "answer", "gold", "concept", "link", "tag")
_CODES: Final = (Holds.REFERENCE, Holds.NUMBER, Holds.OTHER)


def entity_linking(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about mentions in their texts, and the entity of each; None for other rows."""
    named = [(each, frozenset(fold_name(each.key))) for each in columns]
    texts = [(each, words) for each, words in named if each.holds in (*READABLE, Holds.OTHER)]
    sides = [[each for each, words in texts if words & side and words & _AROUND] for side in (_BEFORE, _AFTER)]
    mentions = [each for each, words in texts if words & _MENTION and each.holds in READABLE]
    # What CATMA exports has the words between the two under the name of what was marked.
    mentions = mentions or [each for each, words in texts if words == _MARKED and each.holds is Holds.TEXT]
    if len(rows) < LEAST_ROWS or not len(mentions) == len(sides[0]) == len(sides[1]) == 1:
        return None
    read = (sides[0][0], mentions[0], sides[1][0])
    others = [(each, words) for each, words in named if each not in read and words & {*_MEANT}]
    entities = [each for each, words in others if each.holds in READABLE and "id" not in words]
    codes = [each for each, words in others if each.holds in _CODES or is_about(each)]
    found = sorted(entities or codes, key=lambda each: _rank(each.key))
    if not found:
        return None
    asked = {"prompt": JOIN.join(each.key for each in read)}
    return Guess.of(asked | {"response": found[0].key}, clear=bool(entities), basis="names")


def _rank(key: str) -> int:
    words = fold_name(key)
    return next(place for place, word in enumerate(_MEANT) if word in words)
