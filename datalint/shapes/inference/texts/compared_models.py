"""Answers of several models to one prompt, under the names of the models: these are compared, and none is learned."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED
from datalint.shapes.evidence.names import BETTER, CLASS, REASONS, WORSE, has_word, is_about
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn
from datalint.shapes.guess import Guess
from datalint.support.names.column_names import Strength, strength
from datalint.support.names.model_names import is_model

#: Models from which on their answers are compared.
_LEAST: Final = 2
#: Rows that are looked at, and the share of them in which a column names one of the models.
_ROWS: Final = 50
_MOSTLY: Final = 0.8
_SEPARATORS: Final = r"[\W_]+"


def compared_models(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about prompts with the answers of several models; None if anything else may be learned.

    So it may be if another column says which of the models is better.
    """
    texts = [each for each in columns if each.holds is Holds.TEXT and not is_about(each)]
    models = [each for each in texts if is_model(each.key) and not has_word(each.key, (*BETTER, *WORSE, *REASONS))]
    models = [each for each in models if each.distinct >= VARIED]
    if len(rows) < LEAST_ROWS or len({_model(each.key) for each in models}) < _LEAST:
        return None
    prompts = [each for each in texts if strength(each.key, "prompt") is Strength.WHOLE]
    others = [each for each in columns if each not in (*prompts, *models) and not is_about(each)]
    if len(prompts) != 1 or prompts[0].distinct < VARIED or any(map(_may_be_learned, others)):
        return None
    if any(_picks(rows, each.key, [model.key for model in models]) for each in others):
        return None
    return Guess.of({"prompt": prompts[0].key}, clear=True, basis="names")


def is_judged(response: str, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether the response is the answer of one of several models, and another key names the better of these."""
    keys = dict.fromkeys(key for row in rows[:_ROWS] for key in row)
    models = [key for key in keys if is_model(key)] if is_model(response) else []
    return len(models) >= _LEAST and any(_picks(rows, key, models) for key in keys if key not in models)


def _model(key: str) -> str:
    """Return the key of an answer without words that say that it is one: ``gpt4`` of ``gpt4_response``."""
    words = re.split(_SEPARATORS, key.lower())
    return "".join(word for word in words if strength(word, "response") is not Strength.WHOLE)


def _may_be_learned(column: SampledColumn) -> bool:
    """Whether a column may be learned next to the answers of models: a text, a list or an object, or by its name."""
    if has_word(column.key, CLASS):
        return True
    if column.holds in (Holds.NUMBER, Holds.REFERENCE, Holds.NOTHING, Holds.OTHER):
        return False
    if column.holds is Holds.LABEL or column.short:
        return any(strength(column.key, each) >= Strength.HEAD for each in ("response", "written"))
    return True


def _picks(rows: Sequence[Mapping[str, Any]], key: str, models: Sequence[str]) -> bool:
    """Whether nearly all values under a key name one of the models, such as the ``winner``."""
    values = [value.strip().lower() for row in rows[:_ROWS] if isinstance(value := row.get(key), str) and value.strip()]
    named = sum(any(value in model.lower() for model in models) for value in values)
    return bool(values) and named >= _MOSTLY * len(values)
