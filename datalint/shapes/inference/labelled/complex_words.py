"""A sentence, one of its words, and what is asked of that: how difficult it is to read, or what it stands for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED
from datalint.shapes.evidence.names import is_about
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, READABLE, Holds, SampledColumn, is_unnamed
from datalint.shapes.guess import JOIN, Guess
from datalint.support.names.column_names import Strength, fold_name, strength

#: Names of the word, of how difficult it is, and of an abbreviation or a word with several senses.
_WORDS: Final = (("token",), ("word",), ("target", "word"), ("target", "token"), ("complex", "word"))
_SHORT_FORMS: Final = (*(("acronym",), ("abbreviation",), ("abbr",), ("short", "form"), ("homonym",), ("homograph",)),)
#: Names of what a short form stands for, and of labels that may say so.
_LONG_FORMS: Final = (
    *(("expansion",), ("long", "form"), ("full", "form"), ("expanded", "form"), ("meaning",), ("sense",)),
    *(("definition",), ("label",), ("answer",)),
)
_RATINGS: Final = (("complexity",), ("complex",), ("difficulty",), ("complexity", "score"), ("word", "complexity"))
#: Columns of two words, a label and a sentence.
_COMPARED: Final = 4
#: Share of the rows whose text has the word.
_NEARLY_ALL: Final = 0.95


def complex_words(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about sentences with one of their words, proposed where nothing is said of it; or None."""
    if (compared := compared_words(columns, rows)) is not None:
        return compared
    texts = [each for each in columns if each.holds is Holds.TEXT and strength(each.key, "text") is Strength.WHOLE]
    words = [each.key for each in columns if fold_name(each.key) in (*_WORDS, *_SHORT_FORMS) and each.short]
    forms = [each for each in columns if fold_name(each.key) in _LONG_FORMS and _is_form(each)]
    forms = forms if words and fold_name(words[0]) in _SHORT_FORMS else []
    others = [each for each in columns if each.key not in words and each not in (*texts, *forms) and each.length > LONG]
    if len(rows) < LEAST_ROWS or not len(texts) == len(words) == 1 or texts[0].length <= LONG or others:
        return None
    pairs = [(str(row.get(words[0])).casefold(), str(row.get(texts[0].key)).casefold()) for row in rows]
    if sum(word in text for word, text in pairs) < _NEARLY_ALL * len(rows) or len(set(pairs)) < VARIED * len(rows):
        return None
    found = {"prompt": texts[0].key, "context": words[0]}
    rated = [each for each in columns if fold_name(each.key) in _RATINGS and each.holds in (Holds.NUMBER, Holds.LABEL)]
    if len(said := forms or rated) == 1:
        return Guess.of(found | {"response": said[0].key}, clear=True, basis="names")
    rest = [each for each in columns if each.key not in found.values()]
    return Guess.of(found) if all(map(_is_origin, rest)) else None


def compared_words(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the proposal for a table without names of two words, which of both fits better, and their sentence.

    The words come on both sides, as each pair does in both orders.
    """
    if len(columns) != _COMPARED or len(rows) < LEAST_ROWS or not all(map(is_unnamed, columns)):
        return None
    texts = [each for each in columns if each.holds is Holds.TEXT and each.length > LONG]
    labels = [each for each in columns if each.binary and each.holds in (Holds.NUMBER, Holds.LABEL)]
    words = [each.key for each in columns if _is_form(each) and each.short and each not in (*texts, *labels)]
    if len(texts) != 1 or len(labels) != 1 or len(words) != 2:
        return None
    first, second = ({str(row.get(key)) for row in rows} for key in words)
    if 2 * len(first & second) <= min(len(first), len(second)):
        return None
    return Guess.of({"prompt": texts[0].key, "context": JOIN.join(words), "response": labels[0].key})


def _is_form(column: SampledColumn) -> bool:
    return column.holds in READABLE


def _is_origin(column: SampledColumn) -> bool:
    """Whether a column says where a sentence is from, or which row it is."""
    origin = fold_name(column.key)[-1:] in (("corpus",), ("source",), ("genre",), ("language",))
    return (column.short and origin) or is_about(column) or column.holds in (Holds.REFERENCE, Holds.NOTHING)
