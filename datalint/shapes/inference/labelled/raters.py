"""Columns with the labels of several people for a text, with or without a final label."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import PEOPLE, is_few, is_label
from datalint.shapes.evidence.names import LABEL, RELATIONS, has_word, is_about, stem
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, Holds, SampledColumn
from datalint.shapes.guess import JOIN, Guess
from datalint.support.names.column_names import fold_name

#: Words of keys of numbered annotators, and of the final label.
_PEOPLE: Final = (*PEOPLE, "reviewer", "expert", "human", "voter")
DECIDED: Final = (
    *("majority", "gold", "golden", "final", "consensus", "agreed", "aggregated", "aggregate", "adjudicated"),
    *("resolved", "voted", "curated"),
)
#: Share of the rows with a majority whose decision is that.
_MOSTLY: Final = 0.7
#: Share of the rows in which two people gave the same label, at least.
_AGREED: Final = 0.1
_VARIED: Final = 0.5
#: People at least who vote, and the number after the name of what each said.
_VOTERS: Final = 3
_NUMBER: Final = re.compile(r"[_ -]?\d{1,3}$")
#: The key of texts that are read alone without a guess.
_TEXT: Final = "text"


def decided_from(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> frozenset[str]:
    """Return the keys of the labels of single people, if one column holds the final label; else nothing."""
    for raters in _families(columns, rows) if len(rows) >= LEAST_ROWS else ():
        decided = [each for each in columns if each not in raters and has_word(each.key, DECIDED) and is_few(each)]
        if len(decided) == 1 and _follows(decided[0].key, [each.key for each in raters], rows):
            return frozenset(each.key for each in raters)
    return frozenset()


def by_votes(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about a text with the labels of several people, and what most of them said; None for other rows.

    The names of their columns are that of the decision with a number: ``act1``, ``act2``, ``act3`` and ``act``.
    """
    texts = [each for each in columns if each.holds is Holds.TEXT and not is_about(each) and not each.sparse]
    if len(rows) < LEAST_ROWS or len(texts) != 1 or texts[0].distinct < _VARIED:
        return None
    labels = [each for each in columns if each.holds is Holds.LABEL and not each.sparse]
    for each in labels:
        numbered = [other.key for other in labels if _NUMBER.search(other.key)]
        raters = [key for key in numbered if _NUMBER.sub("", key).casefold() == each.key.casefold()]
        if len(raters) >= _VOTERS and _follows(each.key, raters, rows):
            return Guess.of(
                {"prompt": texts[0].key, "response": each.key, "category": each.key}, clear=True, basis="values"
            )
    return None


def by_raters(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about a text with the labels of several people, which does not decide who is right.

    As the response, votes would make copies of a text differ, also in the evaluation set. So the text is read alone,
    and for a key that is read so anyway, learning the votes is proposed.
    """
    if len(rows) < LEAST_ROWS:
        return None
    families = [each for each in _families(columns, rows) if all(has_word(one.key, _PEOPLE) for one in each)]
    texts = [each for each in columns if each.holds is Holds.TEXT and not is_about(each)]
    if len(families) != 1 or len(texts) != 1 or texts[0].distinct < _VARIED or texts[0].length <= LONG:
        return None
    raters, text = families[0], texts[0].key
    others = [each for each in columns if each not in raters]
    if any(is_label(each, len(rows)) or has_word(each.key, RELATIONS) for each in others):
        return None  # which may be the final label
    if text != _TEXT:
        return Guess.of({"text": text}, clear=True, basis="values")
    return Guess.of({"prompt": text, "response": JOIN.join(each.key for each in raters)})


def undecided_raters(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """Return the keys of the labels of several people, if no other column may hold a label; else nothing."""
    families = [each for each in _families(columns, rows) if all(has_word(one.key, _PEOPLE) for one in each)]
    if len(rows) < LEAST_ROWS or len(families) != 1:
        return ()
    others = [each for each in columns if each not in families[0]]
    if any(is_label(each, len(rows)) or has_word(each.key, (*RELATIONS, *DECIDED)) for each in others):
        return ()
    keys = tuple(each.key for each in families[0])
    said = [[label for key in keys if (label := label_text(row.get(key)))] for row in rows]
    agreed = sum(len(set(labels)) < len(labels) for labels in said)
    return keys if agreed >= _AGREED * len(rows) else ()  # the names of two people are never the same


def _families(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> list[list[SampledColumn]]:
    """Return the columns of labels whose names differ in nothing but a number or letter, and that share their values.

    Their names are those of people or of labels, or are letters with numbers alone.
    """
    named: dict[tuple[str, ...], list[SampledColumn]] = {}
    for each in columns:
        if is_few(each) and not each.sparse and not each.share:
            named.setdefault(stem(each.key), []).append(each)
    found = []
    for words, family in named.items():
        lettered = not words and all(fold_name(each.key) for each in family)
        if len(family) > 1 and (lettered or not {*_PEOPLE, *LABEL}.isdisjoint(words)) and _are_of_one_set(family, rows):
            found.append(family)
    return found


def _are_of_one_set(family: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether columns have the same values, but for one that somebody never chose."""
    values = [{label_text(row.get(each.key)) for row in rows} - {""} for each in family]
    least = max(len(set().union(*values)) - 1, 1)
    return all(len(each) >= least for each in values)


def label_text(value: object) -> str:
    """Return a label as it is compared: a number as an integer, and without capitals."""
    return "" if value is None else str(value).strip().removesuffix(".0").casefold()


def _follows(decided: str, raters: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a decision is, in most rows in which a majority said one label, that label."""
    same = both = 0
    for row in rows:
        labels = [label for key in raters if (label := label_text(row.get(key)))]
        most = Counter(labels).most_common(1)
        if most and 2 * most[0][1] > len(labels):
            both += 1
            same += most[0][0] == label_text(row.get(decided))
    return both > 0 and same >= _MOSTLY * both
