"""Relation extraction: a sentence, two parts of it, and how these are related (OpenNRE, FewRel, TACRED)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED, is_class
from datalint.shapes.evidence.names import EXPLAINS, has_word, is_about, stem
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, READABLE, Holds, SampledColumn, is_unnamed
from datalint.shapes.guess import JOIN, Guess, can_be_typed
from datalint.shapes.inference.texts.marked_parts import marked_parts
from datalint.support.names.column_names import Strength, fold_name, strength
from datalint.support.names.token_keys import TOKENS

#: Names of keys of a relation, and first words of keys of its two parts.
_RELATIONS: Final = (("relation",), ("relation", "type"), ("relation", "name"), ("predicate",), ("rel",))
_FACT: Final = ("subject", "object")
_ARGUMENT: Final = ("argument",)
_PARTS: Final = (
    *(("h", "t"), ("head", "tail"), ("subj", "obj"), ("e", "e"), ("entity", "entity"), ("ent", "ent"), ("arg", "arg")),
    *(("argument", "argument"), _FACT),
)
#: Names of keys of a relation where the two parts are words of the text, and so of the text itself.
_LABELS: Final = (("label",), ("labels",), ("class",))
_TEXTS: Final = (("sent",), ("sents",))
#: Share of the rows whose text has the value of another column, and different values of it at least.
_MENTIONED: Final = 0.9
_VALUES: Final = 3
#: The marks of the two parts in a text.
_MARKS: Final = ("<e1>", "</e1>", "<e2>", "</e2>")
#: Keys of the two parts together at most, such as the first and last word and the type of each.
_MOST: Final = 8


def with_relation(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about a text or its words, two parts of it, and how they are related; None for other rows.

    The parts are texts in objects of their own, which are also in the text, or any values that are named as a pair. Of
    a subject and an object, all three may be learned. Without a relation, words and two parts are a proposal.
    """
    names = _RELATIONS if any(fold_name(each.key) in _RELATIONS for each in columns) else _LABELS
    relations = [each for each in columns if fold_name(each.key) in names and each.short and not each.sparse]
    texts = [each for each in columns if _is_text(each)]
    if len(relations) > 1 or len(texts) != 1 or len(rows) < LEAST_ROWS:
        return None
    if not relations:
        return _unrelated(columns, texts[0])
    text, relation = texts[0], relations[0]
    if names is _RELATIONS and _are_marked(rows, text.key) and relation.holds in (Holds.LABEL, Holds.NUMBER):
        found = {"prompt": text.key, "response": relation.key, "category": relation.key}
        return Guess.of(found, clear=True, basis="values")
    keys = marked_parts(columns, rows, text.key) or _pair([each for each in columns if each not in (text, relation)])
    parts = [each for each in columns if each.key in keys]
    if names is _LABELS and not (len(keys) == len(parts) == 2 and all(each.within for each in parts)):
        return None
    if any(stem(key) == _ARGUMENT for key in keys) and not is_class(relation):
        return None  # words of the text, which are taken from it with its arguments
    found = _found(text.key, keys, relation.key)
    facts = any(fold_name(key)[:1] == _FACT[:1] for key in keys)
    return Guess.of(found, clear=not facts, basis="names") if keys else None


def _unrelated(columns: Sequence[SampledColumn], text: SampledColumn) -> Guess | None:
    """Return the proposal for words and two parts of them without a relation, as those that are still to be related."""
    keys = _pair([each for each in columns if each is not text])
    alone = text.holds is Holds.LIST and len(keys) == len(columns) - 1 > 1
    return Guess.of({"prompt": text.key, "context": JOIN.join(keys)}) if alone else None


def _are_marked(rows: Sequence[Mapping[str, Any]], key: str) -> bool:
    """Return whether both parts are marked in nearly all texts, as in SemEval-2010 Task 8: ``<e1>…</e1>``."""
    texts = [row[key] for row in rows if isinstance(row.get(key), str)]
    return sum(all(mark in text for mark in _MARKS) for text in texts) >= _MENTIONED * len(rows)


def with_mentions(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about a text, two things that it mentions, and how they are related; None for other rows.

    Whatever their names are, such as ``gene`` and ``disease`` or ``drug1`` and ``drug2``, a label of two mentions is
    not one of the text alone.
    """
    names = (*_RELATIONS, *_LABELS)
    relations = [each for each in columns if fold_name(each.key) in names and each.short and not each.sparse]
    texts = [each for each in columns if each.holds is Holds.TEXT and each.length > LONG and not is_about(each)]
    # Where each text is there once, its only label is found otherwise.
    if len(texts) == 1 and len(rows) >= LEAST_ROWS and all(map(is_unnamed, columns)) and texts[0].distinct < VARIED:
        return _without_names(texts[0], columns, rows)
    if not len(relations) == len(texts) == 1 or len(rows) < LEAST_ROWS:
        return None
    others = [each for each in columns if each not in (relations[0], texts[0])]
    keys = [each.key for each in others if _may_be_mentioned(each) and _is_mentioned(rows, each.key, texts[0].key)]
    if len(keys) != 2:
        return None
    return Guess.of(_found(texts[0].key, keys, relations[0].key), clear=True, basis="values")


def _without_names(
    text: SampledColumn, columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]
) -> Guess | None:
    """Return the proposal for a table without names of a text, two things in it, and a column of few values."""
    others = [each for each in columns if each is not text]
    parts = [each for each in others if each.holds in READABLE and _is_mentioned(rows, each.key, text.key)]
    relations = [each for each in others if each not in parts]
    if len(parts) != 2 or len(relations) != 1 or relations[0].holds is not Holds.LABEL or relations[0].uniform:
        return None
    if sum(each.length for each in parts) > text.length:
        return None  # halves of the text, and no names
    return Guess.of(_found(text.key, [each.key for each in parts], relations[0].key), basis="values")


def _found(text: str, parts: Sequence[str], relation: str) -> dict[str, str]:
    return {"prompt": text, "context": JOIN.join(parts), "response": relation, "category": relation}


def _may_be_mentioned(column: SampledColumn) -> bool:
    """Whether a column may hold a thing that a text mentions: neither a label nor a reason for one by its name."""
    sorts = any(strength(column.key, each) >= Strength.HEAD for each in ("category", "group", "response", "written"))
    usable = column.short and column.holds in READABLE and can_be_typed(column.key)
    return usable and not (sorts or is_about(column) or is_class(column) or has_word(column.key, EXPLAINS))


def _is_mentioned(rows: Sequence[Mapping[str, Any]], key: str, text: str) -> bool:
    """Whether nearly all texts have the value under a key, which is no single sign and of several values."""
    pairs = [(str(row.get(key) or "").strip().casefold(), str(row.get(text) or "").casefold()) for row in rows]
    found = sum(len(value) > 1 and value in whole for value, whole in pairs)
    return found >= _MENTIONED * len(pairs) and len({value for value, _ in pairs}) >= _VALUES


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
