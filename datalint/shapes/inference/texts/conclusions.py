"""Several texts and a conclusion from them, such as the assessment in a patient's chart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED
from datalint.shapes.evidence.names import has_word, is_about, is_numbered
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, Holds, SampledColumn
from datalint.shapes.guess import JOIN, Guess, can_be_typed
from datalint.shapes.side_keys import use_of
from datalint.support.names.column_names import Strength, fold_name, strength

#: Words of keys of conclusions, the clearest first.
_CONCLUDING: Final = (
    "assessment", "impression", "ruling", "holding", "judgment", "judgement", "conclusion", "recommendation",
    "resolution", "decision", "letter", "report", "plan", "summary", "minutes",
)  # fmt: skip
#: Columns that are read next to the longest text at most.
_MOST: Final = 7
#: Words of keys of the ingredients and of the preparation of a dish.
_INGREDIENTS: Final = ("ingredients", "ingredient")
_MADE: Final = ("instructions", "directions", "steps", "preparation", "method", "procedure", "recipe")
_LISTED: Final = (Holds.TEXT, Holds.LIST, Holds.LABEL)
_DISHES: Final = ("title", "name", "dish")


def conclusions(columns: Sequence[SampledColumn], rows: int) -> Guess | None:
    """Return the proposal for rows with several long texts, one of which concludes from the others by its name.

    Tables with many columns, such as charts and forms, are of this kind: nothing else says which text is learned.
    Next to a prompt that no text answers, the only object or list is proposed as what is found in it.
    """
    return _last_text(columns, rows) or _found_in(columns, rows)


def _found_in(columns: Sequence[SampledColumn], rows: int) -> Guess | None:
    """Return the proposal for a prompt, perhaps with its context, and the only object or list that is no part of it."""
    typed = [each for each in columns if can_be_typed(each.key) and not each.sparse]
    if any(strength(each.key, "response") for each in columns) or rows < LEAST_ROWS:
        return None
    texts = [each for each in typed if each.holds is Holds.TEXT]
    prompts = [each for each in texts if strength(each.key, "prompt") is Strength.WHOLE]
    objects = [each for each in typed if each.holds in (Holds.OBJECT, Holds.LIST) and not is_about(each)]
    objects = [each for each in objects if use_of(each.key) in ("unknown", "learned")]
    if len(prompts) != 1 or len(objects) != 1 or strength(objects[0].key, "test") >= Strength.HEAD:
        return None
    read = [each.key for each in texts if each is not prompts[0] and strength(each.key, "context") is Strength.WHOLE]
    context = {"context": JOIN.join(read)} if read else {}
    return Guess.of({"prompt": prompts[0].key, **context, "response": objects[0].key})


def _last_text(columns: Sequence[SampledColumn], rows: int) -> Guess | None:
    texts = [each for each in columns if each.holds is Holds.TEXT and _is_prose(each)]
    texts = [each for each in texts if can_be_typed(each.key) and use_of(each.key) != "metadata"]
    last = next((each for word in _CONCLUDING for each in reversed(texts) if has_word(each.key, (word,))), None)
    answered = any(strength(each.key, "response") >= Strength.HEAD for each in texts)
    if rows < LEAST_ROWS or last is None or len(texts) < 2 or answered or is_numbered(last, texts):
        return None
    before = texts[: texts.index(last)] or [each for each in texts if each is not last]
    prompt = max(before, key=lambda each: (strength(each.key, "prompt") is Strength.WHOLE, each.length))
    others = [each.key for each in before if each is not prompt and not has_word(each.key, _CONCLUDING)][:_MOST]
    read = {"context": JOIN.join(others)} if others else {}
    return Guess.of({"prompt": prompt.key, **read, "response": last.key})


def _is_prose(column: SampledColumn) -> bool:
    named = strength(column.key, "remark") < Strength.WHOLE and not is_about(column)
    return column.length > LONG and column.distinct >= VARIED and not column.sparse and named


def recipes(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about recipes: the preparation of a dish is learned from its name and its ingredients."""
    used = [each for each in columns if each.holds in (Holds.TEXT, Holds.LIST) and can_be_typed(each.key)]
    parts = [each for each in columns if has_word(each.key, _INGREDIENTS) and each.holds in _LISTED]
    made = [each for each in used if each not in parts and fold_name(each.key)[-1:] in {(word,) for word in _MADE}]
    if len(rows) < LEAST_ROWS or not parts or len(made) != 1 or made[0].distinct < VARIED:
        return None
    dishes = [each for each in used if fold_name(each.key)[-1:] in {(word,) for word in _DISHES} and each.short]
    # The name of a dish may be in any language.
    named = [each for each in used if each.short and each.holds is Holds.TEXT and each.distinct >= VARIED]
    dishes = dishes or [each for each in named if each not in (*parts, *made) and not is_about(each)]
    if len(dishes) != 1:
        return None
    found = {"prompt": dishes[0].key, "context": parts[0].key, "response": made[0].key}
    return Guess.of(found, clear=True, basis="names")
