"""Two sentences and a number that says how alike they are, without names that say so."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from statistics import fmean
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED, names_people
from datalint.shapes.evidence.names import OPTION, has_word, is_about, pair_stem, stem
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn, is_unnamed
from datalint.shapes.guess import JOIN, Guess
from datalint.shapes.inference.labelled.predicted_labels import GIVEN
from datalint.shapes.inference.labelled.quality_estimates import ESTIMATES
from datalint.support.names.column_names import Strength, fold_name, strength
from datalint.support.word_scripts import spaceless_letters

#: Names of what is written or chosen: next to it, a number is its grade. Any name of a role says what a lone text is.
_WRITTEN: Final = ("response", "written")
_ROLES: Final = (*_WRITTEN, "prompt", "context", "heading")
#: The meanings of two texts and of what is said of both.
_OF_PAIR: Final = frozenset(("prompt", "context", "response"))
#: The highest number of the scales that say how alike two texts are (0 to 5, 0 to 1), and different ones at least.
_MOST: Final = 5.0
_VALUES: Final = 4
#: Names of a text that is measured by another one, of that, and of the number that says how good the first one is.
_MEASURED: Final = frozenset(("candidate", "cand", "hypothesis", "hyp", "systemoutput", "systemsummary"))
_BY: Final = frozenset(("reference", "ref", "referencetext", "referencesummary"))
_MARKS: Final = ("score", "scores", "humanscore", "rating", "humanrating", "human", "judgement", "judgment")
_NUMBER: Final = re.compile(r"\d(?:[.,]\d{1,18})?")
#: Words that the texts of a row share, of those of the shorter one, on average: alike ones share more than a question
#: and its answer. How many times as long the longer one is at most, and words (or signs of others) of a sentence.
_SHARED: Final = 0.4
_LONGER: Final = 2
_WORDS: Final = 3
#: Rows and characters of a text that are compared.
_COMPARED: Final = 200
_CHARS: Final = 1_000


def of_scored_pair(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about a table of two sentences and how alike they are; None for any other rows.

    It is clear where no column has a name, or those of the texts are the same but for a number or letter. The scores of
    several people are only proposed, as their mean may be learned.
    """
    if len(rows) < LEAST_ROWS:
        return None
    if (measured := _by_reference(columns)) is not None:
        return measured
    texts = [each for each in columns if each.holds is Holds.TEXT and each.distinct >= VARIED and not is_about(each)]
    others = [each for each in columns if each not in texts and (not is_about(each) or has_word(each.key, GIVEN))]
    scores = [each for each in others if _is_scale(rows, each.key)]
    several = len(scores) > 1 and len({stem(each.key) for each in scores}) == 1
    several = several and all(names_people(each.key) for each in scores)
    if len(texts) != 2 or not (several or len(scores) == 1) or not _are_sentences(texts):
        return None
    alike = len({pair_stem(each.key) or fold_name(each.key) for each in texts}) == 1
    # People also score pairs that share no words, and then the names must say that two texts are a pair.
    if not (several and alike) and not are_alike(texts, rows):
        return None
    if not alike and any(strength(each.key, role) >= Strength.HEAD for each in texts for role in _ROLES):
        return None
    found = {"prompt": texts[0].key, "context": texts[1].key, "response": JOIN.join(each.key for each in scores)}
    if several:
        return Guess.of(found)
    if all((_number(row.get(scores[0].key)) or 0.0).is_integer() for row in rows):
        found["category"] = scores[0].key
    return Guess.of(found, clear=alike or all(map(is_unnamed, texts)), basis="values")


def with_either_order(guess: Guess | None, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return a clear guess about two texts and how alike they are, whose order has no meaning; any other unchanged.

    The names of the texts are the same but for a number or letter, or there are none.
    """
    if guess is None or not guess.clear or {meaning for meaning, _ in guess.columns} - {"category"} != _OF_PAIR:
        return guess
    found = dict(guess.columns)
    one, other = found["prompt"], found["context"]
    if (pair_stem(one) or fold_name(one)) != (pair_stem(other) or fold_name(other)):
        return guess
    return guess._replace(unordered=_is_scale(rows, found["response"]) and _share_words(one, other, rows))


def _by_reference(columns: Sequence[SampledColumn]) -> Guess | None:
    """Return the guess about texts of systems, references to compare them with, and a score; None for other columns.

    The score is learned: a reference is no answer to a text that was written to be like it. It is a proposal, unless
    the score is named as an estimate of the quality of translations, such as ``mqm``, of which the first is learned.
    """
    usable = [each for each in columns if not is_about(each) or each.holds is Holds.NUMBER]
    texts = {"".join(fold_name(each.key)): each.key for each in usable if each.holds is Holds.TEXT}
    named = {"".join(fold_name(each.key)): each.key for each in usable if each.holds is Holds.NUMBER}
    looked = ((_MEASURED, texts), (_BY, texts))
    found = [[keys[name] for name in sorted(names) if name in keys] for names, keys in looked]
    scores = [[named[name] for name in names if name in named] for names in (ESTIMATES, _MARKS)]
    if len(texts) != 2 or [len(each) for each in found] != [1, 1] or not (scores[0] or len(scores[1]) == 1):
        return None
    (measured,), (reference,) = found
    sides = {"prompt": measured, "context": reference, "response": (*scores[0], *scores[1])[0]}
    return Guess.of(sides, clear=bool(scores[0]), basis="names" if scores[0] else "")


def _are_sentences(texts: Sequence[SampledColumn]) -> bool:
    """Whether texts may be any two sentences: their names are not those of answers or options."""
    shorter, longer = sorted(each.length for each in texts)
    named = any(strength(each.key, role) >= Strength.HEAD for each in texts for role in _WRITTEN)
    return not named and not any(has_word(each.key, OPTION) for each in texts) and longer <= _LONGER * shorter


def _is_scale(rows: Sequence[Mapping[str, Any]], key: str) -> bool:
    """Whether all values are numbers from 0 to 5, and several of them."""
    values = {_number(row.get(key)) for row in rows}
    return len(values) >= _VALUES and None not in values


def _number(value: object) -> float | None:
    if isinstance(value, str):
        value = float(value.strip().replace(",", ".")) if _NUMBER.fullmatch(value.strip()) else None
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    return float(value) if 0 <= value <= _MOST else None


def are_alike(texts: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether the two texts of a row share many of their words, as only those of a pair do."""
    one, other = (each.key for each in texts)
    return _share_words(one, other, rows)


def _share_words(one: str, other: str, rows: Sequence[Mapping[str, Any]]) -> bool:
    pairs = [(_words(row.get(one)), _words(row.get(other))) for row in rows[:_COMPARED]]
    pairs = [(a, b) for a, b in pairs if min(len(a), len(b)) >= _WORDS]
    shared = [len(a & b) / min(len(a), len(b)) for a, b in pairs]
    return 2 * len(pairs) > len(rows[:_COMPARED]) and fmean(shared) >= _SHARED


def _words(value: object) -> set[str]:
    """Return the words of a text, or the pairs of signs of one without spaces."""
    text = value[:_CHARS].lower() if isinstance(value, str) else ""
    if text.isascii() or 2 * spaceless_letters(text) < len(text):
        return set(re.findall(r"\w+", text))
    return {text[place : place + 2] for place in range(len(text) - 1)}
