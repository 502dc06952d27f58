"""Answers of models with their scores: a request of a few words, and the text that was rated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import is_class
from datalint.shapes.evidence.names import has_word, is_about
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, READABLE, Holds, SampledColumn
from datalint.shapes.guess import Guess
from datalint.support.names.column_names import NAMES, Strength, fold_name, strength

#: Last words of the names of scores, and different scores at least.
_SCORES: Final = (("score",), ("scores",), ("reward",), ("rating",))
_LEAST_SCORES: Final = 3
#: Words of keys of the subject of a requested text, and of the model that wrote it.
_THEMES: Final = ("topic", "theme")
_MODELS: Final = (("model",), ("model", "name"), ("generator",), ("llm",))
#: Share of distinct texts at least, and how many times as long as the request each is.
_VARIED: Final = 0.5
_LONGER: Final = 3
_SYSTEM: Final = (Holds.TEXT, Holds.LABEL, Holds.OTHER)


def names_model(column: SampledColumn) -> bool:
    """Return whether a column has the names of the models that wrote the texts next to them."""
    return fold_name(column.key) in _MODELS and column.short


def answer_scores(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about a request, the text that a model wrote, and the score of that, which is its reward.

    The request has a few words. Its name says so, or it is within the text and the model or its instructions are given.
    """
    scores = [each for each in columns if fold_name(each.key)[-1:] in _SCORES and each.holds is Holds.NUMBER]
    scores = [each for each in scores if not each.binary and each.distinct * len(rows) >= _LEAST_SCORES]
    texts = [each for each in columns if each.holds is Holds.TEXT and each.length > LONG and not is_about(each)]
    texts = [each for each in texts if each.distinct >= _VARIED and not each.sparse]
    if len(rows) < LEAST_ROWS or len(texts) != 1 or not scores or any(map(is_class, columns)):
        return None
    text = texts[0]
    systems = [each for each in columns if strength(each.key, "system") is Strength.WHOLE and each.holds in _SYSTEM]
    by_model = bool(systems) or any(map(names_model, columns))
    asked = [each for each in columns if each is not text and _is_request(each, text)]
    # A topic of few values sorts the texts.
    named = [each for each in asked if has_word(each.key, _THEMES) and each.holds is Holds.TEXT]
    asked = named or [each for each in asked if each.within and by_model and not _is_meant(each)]
    if len(asked) != 1 or not any(strength(text.key, each) is Strength.WHOLE for each in ("text", "response")):
        return None
    system = {"system": systems[0].key} if len(systems) == 1 else {}
    return Guess.of(system | {"prompt": asked[0].key, "response": text.key}, clear=True, basis="values")


def _is_request(column: SampledColumn, text: SampledColumn) -> bool:
    """Whether a column holds different short texts, much shorter than the one that may answer them."""
    usable = column.short and column.holds in READABLE and not (is_about(column) or column.uniform)
    return usable and not column.sparse and text.length > _LONGER * column.length


def _is_meant(column: SampledColumn) -> bool:
    """Whether a name says what a column holds."""
    return any(strength(column.key, meaning) >= Strength.HEAD for meaning in NAMES)
