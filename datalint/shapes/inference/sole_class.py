"""Proposals for rows of one text and its only class, where names do not say that the class is learned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED, is_label
from datalint.shapes.evidence.names import CLASS, EXPLAINS, OUTPUTS, has_word, is_about
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, READABLE, Holds, SampledColumn, is_unnamed
from datalint.shapes.evidence.sampling import columns_of
from datalint.shapes.guess import Guess, can_be_typed
from datalint.support.names.column_names import Strength, last_word, strength
from datalint.support.text_lists import are_texts

#: What says nothing of a text: numbers, identifiers and nothing at all.
_FACTS: Final = (Holds.NOTHING, Holds.NUMBER, Holds.REFERENCE)
#: Words of the names of answers.
_ANSWERS: Final = (*OUTPUTS, "answer", "response", "output", "completion", "reply", "solution")
#: Last words of the names of texts in words.
_WORDS: Final = frozenset(("tokens", "words"))
#: Words of the names of addresses of classes, such as a ``conceptUri``.
_CONCEPTS: Final = ("concept", "class", "category")
#: Last words of the names of people and things, and of what is learned of a person's name.
_NAMES: Final = frozenset("name names surname firstname lastname fullname forename title titles".split())
_TRAITS: Final = frozenset("gender sex nationality ethnicity origin".split())
#: The word in the name of the kinds of named things: ``entity``, ``entity_type``.
_KIND: Final = ("entity",)
#: The last word of the name of exercises, which have tags of what they are about.
_EXERCISE: Final = "problem"
#: Last words of the names of ratings, and different ones at most.
_RATINGS: Final = ("rate", "rating", "score", "stars")
_MOST_RATINGS: Final = 11
#: Rows for each value of a class, on average, at least; and of one that is named as what is learned.
_OFTEN: Final = 4
_TWICE: Final = 2


def with_sole_class(guess: Guess | None, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the proposal for the only text of rows and its only class; the guess for rows with anything else to read.

    A list of tags of a few kinds is such a class too. It is proposed where there is no guess, where only the text is
    proposed, and instead of problems without their solutions, which are no prompts of their own. So is a rating.
    """
    found = {} if guess is None else dict(guess.columns)
    if len(rows) < LEAST_ROWS or (found.keys() - {"text"} and not _are_unsolved(guess, rows)):
        return guess
    if guess is not None and guess.clear and "text" in found:
        return guess
    if (rated := _rated(found, columns_of(rows), len(rows))) is not None:
        return rated
    columns = _read(columns_of(rows))
    classes = [each for each in columns if _may_be_class(each, len(rows)) or _is_class_of_name(each, columns, rows)]
    texts = [each for each in columns if each not in classes]
    if len(columns) != 2 or len(classes) != 1 or not all(can_be_typed(each.key) for each in columns):
        return guess
    text, label = texts[0], classes[0]
    short = text.length <= LONG and not (_names_things(text) or _is_learned(label))
    if text.holds is not Holds.TEXT or short or text.distinct < VARIED or is_unnamed(text):
        return guess
    if text.code and not _is_text_in_words(text):
        return guess
    if has_word(text.key, (*EXPLAINS, *_ANSWERS)):
        return guess  # what a model wrote, of which the category is that of its prompt, or what is said of an answer
    learned = _is_learned(label) or label.holds is Holds.REFERENCE or _lists_labels(label, rows)
    if guess is not None and "text" in found and not learned:
        return guess
    return Guess.of({"prompt": text.key, "response": label.key, "category": label.key})


def _rated(found: Mapping[str, str], columns: Sequence[SampledColumn], rows: int) -> Guess | None:
    """Return the proposal to learn the only rating of a text of some words, such as a title, next to numbers alone."""
    left = [each for each in columns if last_word(each.key) in _RATINGS or not _numbers(each)]
    left = [each for each in left if each.key != found.get("text")]
    texts = [each for each in columns if each.key == found.get("text") and each.length > LONG]
    if len(left) != 1 or not texts or last_word(left[0].key) not in _RATINGS or not can_be_typed(left[0].key):
        return None
    few = left[0].holds in (Holds.NUMBER, Holds.LABEL) and 1.5 < left[0].distinct * rows <= _MOST_RATINGS
    return Guess.of({"prompt": texts[0].key, "response": left[0].key}) if few and texts[0].distinct >= VARIED else None


def _read(columns: Sequence[SampledColumn]) -> list[SampledColumn]:
    """Return the columns that may be texts or classes: names only next to a class alone, as registers have more."""
    read = [each for each in columns if each.holds not in _FACTS and not is_about(each)]
    read += [each for each in columns if each.holds is Holds.REFERENCE and has_word(each.key, _CONCEPTS)]
    read += [each for each in columns if _is_text_in_words(each) and all(other.holds is Holds.LABEL for other in read)]
    facts = [each for each in columns if each not in read and not _numbers(each)]
    return [*facts, *read] if len(read) == len(facts) == 1 and _names_things(facts[0]) else read


def _is_text_in_words(column: SampledColumn) -> bool:
    """Whether a column holds lists of the words of texts, written as text: the only form that a table has of these."""
    words = column.holds is Holds.TEXT and column.listed and last_word(column.key) in _WORDS
    return words and is_about(column) and column.length > LONG


def _numbers(column: SampledColumn) -> bool:
    """Whether a column numbers the rows, or is empty."""
    return column.holds in (Holds.REFERENCE, Holds.NOTHING) or (column.holds is Holds.NUMBER and is_about(column))


def _are_unsolved(guess: Guess | None, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a guess reads problems alone, next to lists."""
    found = {} if guess is None else dict(guess.columns)
    alone = found.keys() == {"prompt"} and last_word(found["prompt"]) == _EXERCISE
    return alone and any(isinstance(value, list) for value in rows[0].values())


def _may_be_class(column: SampledColumn, rows: int) -> bool:
    """Whether a column holds categories by its name, or their addresses, each of several rows, or lists of them."""
    if column.holds is Holds.REFERENCE:
        return 1.5 < column.distinct * rows <= rows / _OFTEN
    if strength(column.key, "category") < Strength.HEAD or is_unnamed(column):
        return _is_learned(column) and column.short and 1.5 < column.distinct * rows <= rows / _TWICE
    if column.holds is Holds.LIST:
        return column.distinct <= VARIED
    return 1.5 < column.distinct * rows <= rows / _OFTEN and column.holds is Holds.LABEL and is_label(column, rows)


def _is_learned(column: SampledColumn) -> bool:
    """Whether a short text is named as a class, such as ``annotation``."""
    return has_word(column.key, CLASS) and column.holds in READABLE


def _lists_labels(column: SampledColumn, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a column that is named as a class has lists of short texts, each of which is one of its labels."""
    values = [value for row in rows if (value := row.get(column.key))]
    if column.holds is not Holds.LIST or not has_word(column.key, CLASS) or not all(map(are_texts, values)):
        return False
    labels = [label for value in values for label in value]
    return all(len(label) <= LONG for label in labels) and len({*labels}) * _OFTEN <= len(labels)


def _names_things(column: SampledColumn) -> bool:
    """Whether a column holds the names of people or things, by its own name."""
    return last_word(column.key) in _NAMES


def _is_class_of_name(
    column: SampledColumn, columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]
) -> bool:
    """Whether a column holds what is learned of a name, of which each value has several rows."""
    learned = last_word(column.key) in _TRAITS or has_word(column.key, _KIND)
    named = learned and any(_names_things(each) for each in columns if each is not column)
    return named and column.holds is Holds.LABEL and 1.5 < column.distinct * len(rows) <= len(rows) / _OFTEN
