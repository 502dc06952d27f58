"""Proposals without an answer that only sorts its rows, such as the tag of a prompt or the category of an article."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.answers_within import hold_answers
from datalint.shapes.evidence.labels import VARIED, is_class
from datalint.shapes.evidence.names import CHOICE, has_word, is_about
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, Holds, SampledColumn
from datalint.shapes.evidence.sampling import columns_of
from datalint.shapes.guess import JOIN, Guess, can_be_typed, keys_of
from datalint.shapes.side_keys import use_of
from datalint.support.lazy_pattern import lazy_pattern
from datalint.support.names.column_names import Strength, fold_name, last_word, strength

#: Last words of the names of what sorts prompts, which nobody answers with it.
_SORTS: Final = frozenset("tag tags concept concepts topic topics theme themes skill skills subject subjects".split())
#: Names of what a prompt asks for next to it.
_ASKED_FOR: Final = frozenset(("format", "outputformat", "answerformat", "constraint", "constraints"))
#: Words of the names of facts about an article, and how many of them articles of the press have at least.
_PUBLISHED: Final = frozenset("url link date author published byline publisher permalink href".split())
_FACTS: Final = 2
#: Mean characters from which on texts with a category are articles.
_ARTICLE: Final = 1_500
#: A question and its answer in one text, and the characters of one that are looked at.
_ANSWERED: Final = lazy_pattern(r"(?s)\s{0,9}(?:Q|Question)[ \t]?[:：].+?\n\s{0,9}(?:A|Answer)[ \t]?[:：]\s{0,9}\S")
_LOOKED_AT: Final = 2_000


def without_sorting(guess: Guess | None, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return an unclear guess without a response that only sorts prompts or articles; others as they are.

    Texts that are a question with its answer are not sorted either, whatever their names say.

    None for a clear guess that learns several of these where other columns are left.
    """
    found = {} if guess is None else dict(guess.columns)
    answers = keys_of("response", found.get("response", ""))
    if guess is None or "prompt" not in found or not any(map(_may_sort, answers)):
        return guess
    if (
        len(answers) == 1
        and found.keys() <= {"prompt", "response", "category"}
        and _are_answered(rows, found["prompt"])
    ):
        return Guess.of({"text": found["prompt"], "category": answers[0]}, clear=guess.clear, basis="values")
    options = [key for key in keys_of("context", found.get("context", "")) if has_word(key, CHOICE)]
    if not guess.clear and len(options) > 1 and len(answers) == 1:
        # A question whose options are read is answered with one of these, and not with its category.
        return Guess.of({"prompt": found["prompt"], "context": found["context"]})
    if len(rows) < LEAST_ROWS:
        return guess
    columns = columns_of(rows)
    learned = [each for each in columns if each.key in answers]
    if not all(_may_sort(each.key) for each in learned) or any(map(is_class, learned)):
        return guess
    asked = next((each for each in columns if each.key == found["prompt"]), None)
    if guess.clear or asked is None:
        return None if len(answers) > 1 and _has_more(columns, found, rows) else guess
    if len(columns) <= 1 + len(answers):
        return guess  # there is nothing else to learn
    if strength(asked.key, "prompt") is Strength.WHOLE and all(map(_sorts_prompts, answers)):
        read = [each.key for each in columns if _is_asked_for(each) and can_be_typed(each.key)]
        return Guess.of({"prompt": asked.key} | ({"context": JOIN.join(read)} if read else {}))
    facts = sum(not _PUBLISHED.isdisjoint(fold_name(each.key)) for each in columns)
    sorted_by = len(answers) == 1 and strength(answers[0], "category") is Strength.WHOLE
    if asked.length >= _ARTICLE and facts >= _FACTS and sorted_by and strength(asked.key, "text") >= Strength.HEAD:
        return Guess.of({"text": asked.key, "category": answers[0]})
    return guess


def _are_answered(rows: Sequence[Mapping[str, Any]], key: str) -> bool:
    """Whether all texts of several rows are a question with its answer."""
    texts = [row.get(key) for row in rows]
    return len(rows) > 1 and all(isinstance(text, str) and _ANSWERED.match(text[:_LOOKED_AT]) for text in texts)


def _sorts_prompts(key: str) -> bool:
    """Whether a key says what a prompt is about, or what its answer must be like, by its name."""
    return last_word(key) in _SORTS or "".join(fold_name(key)) in _ASKED_FOR


def _may_sort(key: str) -> bool:
    """Whether a key sorts rows by its name: by a topic or a tag, or by a category of any kind."""
    return _sorts_prompts(key) or any(strength(key, each) is Strength.WHOLE for each in ("category", "group"))


def _has_more(columns: Sequence[SampledColumn], found: Mapping[str, str], rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a column that is not named as a fact about the row, and is no form of the prompt, is left."""
    taken = {key for meaning, value in found.items() for key in keys_of(meaning, value)}
    holds = (Holds.TEXT, Holds.LIST, Holds.OBJECT, Holds.OTHER)
    left = [each for each in columns if each.key not in taken and each.holds in holds and not is_about(each)]
    left = [each for each in left if not set(fold_name(found["prompt"])) <= set(fold_name(each.key))]
    return any(each.distinct >= VARIED and not hold_answers(rows, each.key) for each in left)


def _is_asked_for(column: SampledColumn) -> bool:
    """Whether a column says in words what an answer must be like."""
    named = "".join(fold_name(column.key)) in _ASKED_FOR and use_of(column.key) != "metadata"
    return named and column.holds is Holds.TEXT and column.length > LONG
