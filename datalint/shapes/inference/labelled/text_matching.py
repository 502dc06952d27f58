"""Two texts and whether they match, such as a query and a document: both are read, and the label is learned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED, is_few
from datalint.shapes.evidence.names import has_word, is_about, is_flag, pair_stem
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, Holds, SampledColumn
from datalint.shapes.guess import Guess
from datalint.shapes.paired_keys import are_paired
from datalint.support.names.column_names import Strength, fold_name, strength

#: Words of the names of labels of two texts together, whatever the texts are.
MATCHES: Final = ("match", "matches", "matched", "matching", "ismatch", "relevant", "relevance", "relevancy")
_ALIKE: Final = ("similarity", "relatedness", "similar")
#: The columns of well-known pairs of sentences with their label, which say so in a few rows: those of MRPC and of SICK.
_KNOWN: Final = (
    ("#1 String", "#2 String", "Quality"),
    *(("sentence_A", "sentence_B", label) for label in ("entailment_label", "entailment_judgment")),
)
#: Names of a label that is one of two texts if their names say that one is asked about the other, and words of those of
#: grades of a document for a query.
_LABEL: Final = ("label",)
_GRADES: Final = ("grade", "graded", "rel", "judgment", "judgement", "gain")
#: Words of the names of flags of what stands next to a question and is no answer, such as a passage or a hint.
_JUDGED: Final = ("right", "correct", "helpful", "useful", "selected")
#: Values of such a label, and rows for each text that is repeated, at most and at least.
_MOST_VALUES: Final = 11
_LEAST_TEXTS: Final = 5


def text_matching(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about two texts and the label of how they match; None for rows of no such layout.

    A text that many rows repeat with another one, such as a query with its documents, is no label of them.
    """
    size = len(rows)
    if size < LEAST_ROWS:
        return _known(columns)
    labels = [each for each in columns if is_few(each) and 1.5 < each.distinct * size <= _MOST_VALUES]
    labels = [each for each in labels if not each.sparse]
    if not labels:  # how well two texts match may be a number
        scores = [each for each in columns if each.holds is Holds.NUMBER and each.distinct * size > _MOST_VALUES]
        labels = [each for each in scores if has_word(each.key, (*MATCHES, *_ALIKE))]
    named = [each for each in labels if has_word(each.key, (*MATCHES, *_ALIKE))]
    plain = [each for each in labels if fold_name(each.key) == _LABEL]
    grades = [] if named or plain else [each for each in labels if has_word(each.key, _GRADES)]
    judged = [] if named or plain or grades else [each for each in labels if _judges(each)]
    found = named or plain or grades or judged
    if len(found) != 1:
        return None
    label = found[0]
    texts = [each for each in columns if each is not label and _is_text(each, size)]
    asked = [each for each in texts if strength(each.key, "prompt") >= Strength.HEAD]
    if len(texts) != 2 or (len(asked) != 1 and not named):
        return None
    if not is_few(label) and (
        pair_stem(texts[0].key) == pair_stem(texts[1].key)
        or any(strength(each.key, "response") >= Strength.HEAD for each in texts)
    ):
        return None  # two sentences and how alike they are, or an answer and how good it is
    if not named:
        document = next(each for each in texts if each not in asked)
        if (plain and asked[0].holds is not Holds.LABEL) or not _is_document(document):
            return None
        if judged and strength(document.key, "context") < Strength.HEAD:
            return None  # a text may be an answer
    # Without a name, the one that is repeated is asked about.
    first = asked[0] if len(asked) == 1 else min(texts, key=lambda each: each.distinct)
    other = next(each for each in texts if each is not first)
    if max(first.distinct, other.distinct) < VARIED:
        return None
    sorts = {"category": label.key} if is_few(label) else {}
    sides = {"prompt": first.key, "context": other.key, "response": label.key, **sorts}
    return Guess.of(sides, clear=True, basis="names")


def paired_names(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the proposal for the names of two things, such as ``name1`` and ``name2``, and whether they match.

    A name alone is metadata of a row.
    """
    labels = [each for each in columns if fold_name(each.key) == _LABEL or has_word(each.key, MATCHES)]
    named = [each for each in columns if is_about(each) and each.holds is Holds.TEXT and each.distinct >= VARIED]
    others = [each for each in columns if each not in labels and each not in named and not is_about(each)]
    if len(labels) != 1 or len(named) != 2 or others or not are_paired(named[0].key, named[1].key):
        return None
    found = {"prompt": named[0].key, "context": named[1].key, "response": labels[0].key, "category": labels[0].key}
    return Guess.of(found)


def _known(columns: Sequence[SampledColumn]) -> Guess | None:
    """Return the guess about a well-known pair of sentences with its label."""
    keys = {each.key for each in columns if not each.sparse}
    for first, other, label in _KNOWN:
        if keys.issuperset((first, other, label)):
            found = {"prompt": first, "context": other, "response": label, "category": label}
            return Guess.of(found, clear=True, basis="names")
    return None


def _judges(column: SampledColumn) -> bool:
    """Whether a column says yes or no of what stands next to a question, by its name, such as ``is_right``."""
    return column.binary and is_flag(column) and has_word(column.key, _JUDGED)


def _is_document(column: SampledColumn) -> bool:
    return any(strength(column.key, each) >= Strength.HEAD for each in ("context", "text"))


def _is_text(column: SampledColumn, rows: int) -> bool:
    """Whether a column holds texts, of which some may be repeated if a name says that they are asked or read."""
    if is_about(column) or column.uniform:
        return False
    if column.holds is Holds.TEXT:
        return column.length > LONG or column.distinct >= VARIED
    named = any(strength(column.key, each) >= Strength.HEAD for each in ("prompt", "text", "context"))
    return column.holds is Holds.LABEL and named and column.distinct * rows >= _LEAST_TEXTS
