"""The guess from the names of columns, and from what sampled values say of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from datalint.shapes.evidence.checking import checks, describes
from datalint.shapes.evidence.labels import are_directions
from datalint.shapes.evidence.named_languages import are_translations
from datalint.shapes.evidence.names import JUDGED, has_word, is_flag, is_given, is_side, named_as
from datalint.shapes.evidence.relations import holding_all
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn
from datalint.shapes.guess import JOIN, Guess, keys_of
from datalint.shapes.inference.categories import category_of
from datalint.shapes.inference.conversations.conversation_settings import system_of
from datalint.shapes.inference.optional import lack_answers
from datalint.shapes.inference.texts.context_names import PERSONAS
from datalint.shapes.inference.texts.rows import of_texts
from datalint.shapes.inference.texts.sides import sides_of
from datalint.shapes.inference.texts.tool_prompts import are_names_among_others
from datalint.shapes.inference.texts.transforms import corrections
from datalint.shapes.inference.texts.whole_copies import part_of_prompt, whole_of_prompt
from datalint.support.names.column_names import Strength, strength

#: Words of the names of the examples that a prompt begins with, which are no conversation.
_SHOTS: Final = ("shot", "shots", "fewshot")


def without_parts(columns: tuple[SampledColumn, ...], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess from columns, without parts of the prompt that would be taken for an answer."""
    guess = of_columns(columns, len(rows))
    while guess is not None and (part := part_of_prompt(guess, columns, rows)) is not None:
        if strength(part, "written") is Strength.WHOLE:
            return guess._replace(clear=False)
        columns = tuple(each for each in columns if each.key != part)
        guess = of_columns(columns, len(rows))
    if guess is not None and (whole := whole_of_prompt(guess, columns, rows)) is not None:
        return Guess.of({"text": whole})
    return guess


# All rows of a table have the same keys, and values of the same kinds. Few are kept, for keys may be large.
@lru_cache(maxsize=64)
def of_columns(columns: tuple[SampledColumn, ...], rows: int) -> Guess | None:
    """Return the guess from columns of so many rows; None if none of them is a text or a conversation."""
    spoken = [each for each in columns if each.holds is Holds.CHAT and not checks(each.key)]
    spoken = [each for each in spoken if not has_word(each.key, _SHOTS)]
    chats = [each.key for each in spoken if each.answered and not is_side(each)]
    sides, paired = sides_of(columns)
    if chats:
        said = system_of(columns, chats) | {"messages": chats[0]}
        guess: Guess | None = Guess.of(said, clear=len(chats) == 1, basis="values")
    elif sides is not None:
        guess = Guess.of(sides, clear=paired, basis="names")
        if not paired and "prompt" not in sides and (made := corrections(columns, rows)) is not None:
            guess = made
    else:
        guess = of_texts(columns, rows)
    if guess is None:
        asked = [each for each in spoken if not is_side(each)]
        if len(asked) != 1:
            return None
        labels = [each.key for each in columns if each.holds is Holds.LABEL and has_word(each.key, JUDGED)]
        judged = {"response": labels[0], "category": labels[0]} if asked[0].asked and len(labels) == 1 else {}
        return Guess.of({"prompt" if asked[0].asked else "messages": asked[0].key} | judged)
    found = dict(guess.columns)
    categories = [*named_as(columns, "category"), *named_as(columns, "group")]
    free = [each for each in columns if each.key not in found.values()]
    twins = [each for each in free if are_directions(each, found.get("response", ""))]
    if len(twins) == 1:
        joined = JOIN.join(each.key for each in columns if each.key in (found["response"], twins[0].key))
        return Guess.of(
            {meaning: key for meaning, key in found.items() if meaning != "category"} | {"response": joined}
        )
    return Guess.of(
        found | category_of(categories, found, rows, clear=guess.clear), clear=guess.clear, basis=guess.basis
    )


def with_answers(
    guess: Guess | None, columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]
) -> Guess | None:
    """Return a guess that learns one object if it contains all answers, and is unclear if rows lack answers.

    A null where the answer is expected is an error of the row only if hardly any row has one.
    """
    found = {} if guess is None else dict(guess.columns)
    if guess is None or "response" not in found:
        return guess
    answers = [each for each in columns if each.key in keys_of("response", found["response"])]
    if all(checks(each.key) and not are_translations(each.key, found.get("prompt", "")) for each in answers):
        # Data that checks an answer is no answer, but the text of a test set in another language is a translation.
        left = {meaning: key for meaning, key in guess.columns if key != found["response"]}
        return Guess.of(left, clear=guess.clear, basis=guess.basis)
    if len(rows) < LEAST_ROWS:
        return guess
    if len(answers) > 1 and (whole := holding_all(columns, answers, rows)) is not None:
        return Guess.of(found | {"response": whole.key}, clear=guess.clear, basis=guess.basis)
    sure = guess.clear and not (guess.basis == "values" and any(is_given(each.key) for each in answers))
    # What an answer should do may be described, or be an answer.
    sure = sure and not any(describes(each.key) and each.holds is Holds.TEXT for each in answers)
    # Whether there is an answer says nothing of what it is.
    sure = sure and not any(is_flag(each) and strength(each.key, "response") >= Strength.HEAD for each in answers)
    # What a conversation begins from, such as a scenario or a persona, is no answer but by the names of both.
    sure = sure and not (guess.basis == "values" and any(has_word(each.key, PERSONAS) for each in answers))
    sure = sure and not are_names_among_others(answers, columns, rows)
    return guess._replace(clear=sure and not lack_answers(rows, answers))
