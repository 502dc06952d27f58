"""Prompts whose only likely answer is what an answer uses, such as the functions that may be called."""

from __future__ import annotations

from typing import Final

from datalint.shapes.evidence.names import has_word, is_given
from datalint.shapes.guess import JOIN, Guess, keys_of
from datalint.support.names.column_names import Strength, strength

#: Words of the names of what stands in for functions when answers are tested, which no model reads.
_TESTED: Final = ("mock", "mocks", "mocked", "stub", "stubs")


def without_given_answer(guess: Guess) -> Guess | None:
    """Return an unclear guess about prompts without a response that is given to the model; None for any other guess.

    The context has the same functions in another notation, so that what the answer is must be elsewhere.
    """
    found = dict(guess.columns)
    answers = [key for key in keys_of("response", found.get("response", "")) if key]
    asked = strength(found.get("prompt", ""), "prompt") >= Strength.HEAD
    if guess.clear or not asked or not answers or not all(map(is_given, answers)):
        return None
    read = [key for key in keys_of("context", found.get("context", "")) if key and not has_word(key, _TESTED)]
    if not any(map(is_given, read)):
        return None
    return Guess.of({"prompt": found["prompt"], "context": JOIN.join(read)})
