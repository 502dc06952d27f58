"""Explanations that are no reply to a prompt, such as why an attack works, and none of its context."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.name_pairs import shared_words
from datalint.shapes.evidence.names import REASONS
from datalint.shapes.evidence.sampled import LEAST_ROWS
from datalint.shapes.guess import JOIN, Guess
from datalint.support.names.ascii_words import ascii_words
from datalint.support.names.column_names import last_word

#: Last words of the names of prompts of a kind, such as an ``attack_prompt``.
_PROMPTS: Final = ("prompt", "prompts")
#: Share of the explanations that must name the prompt, and characters of one that are looked at.
_MANY: Final = 0.5
_LOOKED_AT: Final = 600


def without_explanation(guess: Guess | None, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about prompts alone if the only likely response explains them, and any other guess as it is.

    Many of the explanations have a word of the name of the prompt: ``This prompt asks the model to …``.
    """
    found = {} if guess is None else dict(guess.columns)
    prompt, response = found.get("prompt", ""), found.get("response", "")
    words = set(ascii_words(prompt))
    if guess is None or len(rows) < LEAST_ROWS or len(words) < 2 or last_word(prompt) not in _PROMPTS:
        return guess
    if last_word(response) not in REASONS:
        return guess
    texts = [text[:_LOOKED_AT].lower() for row in rows if isinstance(text := row.get(response), str)]
    about = sum(not words.isdisjoint(ascii_words(text)) for text in texts)
    if about < _MANY * len(rows):
        return guess
    return Guess.of(
        {meaning: key for meaning, key in guess.columns if key != response}, clear=guess.clear, basis="values"
    )


def without_own_reasons(guess: Guess | None, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess without a context that explains the response by its name: ``fixed_reason`` of ``fixed_json``.

    It was written with the response or after it, and gives it away.
    """
    found = {} if guess is None else dict(guess.columns)
    context, response = found.get("context", ""), found.get("response", "")
    if guess is None or JOIN in context or last_word(context) not in REASONS:
        return guess
    if not shared_words(context, response) or shared_words(context, found.get("prompt", "")):
        return guess
    return guess._replace(columns=tuple(each for each in guess.columns if each[0] != "context"))
