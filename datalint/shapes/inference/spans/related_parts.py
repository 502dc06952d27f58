"""Relation extraction: a sentence, two parts of it, and how these are related (OpenNRE, FewRel, TACRED)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, Holds, SampledColumn
from datalint.shapes.guess import JOIN, Guess, can_be_typed
from datalint.shapes.inference.texts.contexts import marked_parts
from datalint.support.names.column_names import Strength, fold_name, strength
from datalint.support.names.token_keys import TOKENS

#: Names of keys of a relation, and first words of keys of its two parts.
_RELATIONS: Final = (("relation",), ("relation", "type"), ("relation", "name"), ("predicate",), ("rel",))
_FACT: Final = ("subject", "object")
_PARTS: Final = (
    *(("h", "t"), ("head", "tail"), ("subj", "obj"), ("e", "e"), ("entity", "entity"), ("ent", "ent"), _FACT),
)
#: Names of keys of a relation where the two parts are words of the text, and so of the text itself.
_LABELS: Final = (("label",), ("labels",), ("class",))
_TEXTS: Final = (("sent",), ("sents",))
#: Keys of the two parts together at most, such as the first and last word and the type of each.
_MOST: Final = 8


def with_relation(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about a text or its words, two parts of it, and how they are related; None for other rows.

    The parts are texts in objects of their own, which are also in the text, or any values that are named as a pair. Of
    a subject and an object, all three may be learned.
    """
    names = _RELATIONS if any(fold_name(each.key) in _RELATIONS for each in columns) else _LABELS
    relations = [each for each in columns if fold_name(each.key) in names and each.short and not each.sparse]
    texts = [each for each in columns if _is_text(each)]
    if len(relations) != 1 or len(texts) != 1 or len(rows) < LEAST_ROWS:
        return None
    text, relation = texts[0], relations[0]
    keys = marked_parts(columns, rows, text.key) or _pair([each for each in columns if each not in (text, relation)])
    parts = [each for each in columns if each.key in keys]
    if names is _LABELS and not (len(keys) == len(parts) == 2 and all(each.within for each in parts)):
        return None
    found = {"prompt": text.key, "context": JOIN.join(keys), "response": relation.key, "category": relation.key}
    facts = any(fold_name(key)[:1] == _FACT[:1] for key in keys)
    return Guess.of(found, clear=not facts, basis="names") if keys else None


def _is_text(column: SampledColumn) -> bool:
    """Whether a column holds sentences, or lists of their words, by its name."""
    if column.holds is Holds.LIST:
        return column.key.lower() in TOKENS
    named = strength(column.key, "text") is Strength.WHOLE or fold_name(column.key) in _TEXTS
    return column.holds is Holds.TEXT and column.length > LONG and named


def _pair(columns: Sequence[SampledColumn]) -> list[str]:
    """Return the keys of the two parts by their names, as many of one as of the other; empty for none."""
    usable = [each for each in columns if each.holds is not Holds.NOTHING and can_be_typed(each.key)]
    for one, other in _PARTS:
        named = [each.key for each in usable if fold_name(each.key)[:1] in ((one,), (other,))]
        first = [key for key in named if fold_name(key)[0] == one]
        halves = (len(named) / 2, len(named)) if one == other else (len(named) / 2,)
        if named and len(named) % 2 == 0 and len(first) in halves:
            return named[:_MOST]
    return []
