"""Copies of a text that steps of a classifier's preparation made: cleaned, without stop words, stemmed, lemmatized."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import is_class
from datalint.shapes.evidence.names import has_word, is_about
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, Holds, SampledColumn
from datalint.shapes.side_keys import use_of
from datalint.support.letters import letters_of
from datalint.support.names.column_names import Strength, fold_name, strength

#: Words of the names of such copies: what was done to the text, or what it was left without.
_STEPS: Final = tuple(
    """clean cleaned cleaning cleansed cleansing cleantext processed preprocessed preprocess preprocessing
    normalized normalised normalization normalisation normalisasi stem stems stemmed stemming stemmer
    lemma lemmas lemmatized lemmatised lemmatization lemmatize lemmatizer stopword stopwords stop
    tokenized tokenised tokenization tokenizing tokenize tokens filtered filtering casefolding casefold folding
    lower lowered lowercase nopunct punctuation slangword slangwords sastrawi""".split()
)
#: Beginnings of those that are tasks as well.
_TASKS: Final = ("normal", "lemma")
#: Two columns alone: one may be made of the other, and learned.
_PAIR: Final = 2
#: Rows that are compared, and the share of them whose texts must be alike.
_ROWS: Final = 50
_NEARLY_ALL: Final = 0.9
#: Words of a text that say enough, the share of a copy's words that the text has, and the first letters by which they
#: are compared, as those of a stem stay; how many times as many words as the text the copy has at most.
_WORDS: Final = 3
_SHARED: Final = 0.6
_LETTERS: Final = 3
_LONGER: Final = 1.3
_SIGNS: Final = "\"'`.,;:!?()[]{}<>«»“”‘’…।。-–—#@*/\\"


def without_processed(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> list[SampledColumn]:
    """Return the columns without such copies, if rows have a class, which is learned from the text itself."""
    texts = [each for each in columns if each.holds is Holds.TEXT and each.length > LONG / 2]
    named = [each for each in texts if has_word(each.key, _STEPS)]
    plain = [each for each in texts if each not in named]
    if len(rows) < LEAST_ROWS or not named or not plain:
        return list(columns)
    if len(columns) > _PAIR and not any(strength(each.key, "response") >= Strength.HEAD for each in columns):
        # A question without its capitals and signs answers nothing, next to what else a row says of it.
        asked = [each for each in named if strength(each.key, "prompt") >= Strength.HEAD]
        same = [one for one in asked if any(_is_folded(rows, one.key, each.key) for each in plain)]
        columns = [each for each in columns if each not in same]
        named = [each for each in named if each not in same]
    if not any(is_class(each) or _is_category(each) for each in columns):
        # Next to any other label, a copy is one by its name: that of the text and what was done to it.
        named = [one for one in named if any(_is_named_after(one.key, each.key) for each in plain)]
        if not any(map(_is_unknown_label, columns)):
            return list(columns)
    copies = [one for one in named if any(_is_made_of(rows, one.key, each.key) for each in plain)]
    return [each for each in columns if each not in copies]


def _is_category(column: SampledColumn) -> bool:
    return column.holds in (Holds.LABEL, Holds.NUMBER) and strength(column.key, "category") is Strength.WHOLE


def _is_unknown_label(column: SampledColumn) -> bool:
    """Whether a column has few values in words, and its name says neither what they are nor that they are no label."""
    return column.holds is Holds.LABEL and not is_about(column) and use_of(column.key) == "unknown"


def _is_named_after(copy: str, text: str) -> bool:
    """Whether the name of a copy is that of the text and words for what was done to it.

    To normalise a text, or to find its lemmas, may be what is learned.
    """
    left = [word for word in fold_name(copy) if word not in _STEPS or word.startswith(_TASKS)]
    return bool(left) and left == list(fold_name(text))


def _is_made_of(rows: Sequence[Mapping[str, Any]], copy: str, text: str) -> bool:
    """Whether nearly all texts under a key have hardly any word that those under another one have not."""
    pairs = [(row.get(copy), row.get(text)) for row in rows[:_ROWS]]
    words = [(_words(one), _words(other)) for one, other in pairs if isinstance(one, str) and isinstance(other, str)]
    some = [(one, other) for one, other in words if len(one) >= _WORDS]
    return 2 * len(some) >= len(words) > 0 and sum(_are_of(*each) for each in some) >= _NEARLY_ALL * len(some)


def _is_folded(rows: Sequence[Mapping[str, Any]], copy: str, text: str) -> bool:
    """Whether nearly all texts under a key are those under another one, but for capitals and signs, which they lack."""
    pairs = [(row.get(copy), row.get(text)) for row in rows[:_ROWS]]
    found = [(one, other) for one, other in pairs if isinstance(one, str) and isinstance(other, str)]
    same = sum(one == one.casefold() and letters_of(one) == letters_of(other) for one, other in found)
    return bool(found) and same >= _NEARLY_ALL * len(pairs)


def _words(text: str) -> list[str]:
    """Return the beginnings of the words of a text, without signs around them."""
    return [bare[:_LETTERS] for word in text.casefold().split() if (bare := word.strip(_SIGNS))]


def _are_of(copy: Sequence[str], text: Sequence[str]) -> bool:
    known = set(text)
    return len(copy) <= _LONGER * len(text) and sum(word in known for word in copy) >= _SHARED * len(copy)
