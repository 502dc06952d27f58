"""Keys of two answers to one prompt, and of their models: what they have in common, and what distinguishes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Final

from datalint.support.named_tuple import NamedTuple

#: Keys of the prompt.
PROMPTS: Final = (
    *("prompt", "question", "instruction", "input", "query", "problem", "history", "brief", "context"),
    *("prompt_text", "input_text", "user_input", "user_prompt", "user_query", "user_message"),
)
#: What distinguishes the keys of two answers, and of a third: numbers, of which a verdict may be one, or others.
NUMBERS: Final = (("0", "1", "2"), ("1", "2", "3"))
OTHERS: Final = (("a", "b", "c"), ("A", "B", "C"), ("left", "right", ""), ("first", "second", "third"))
#: Words of the keys of answers, and the ways in which they are joined to what distinguishes them.
ANSWER_WORDS: Final = (
    *("response", "answer", "output", "completion", "reply", "summary", "conversation"),
    *("candidate", "generation", "translation", "assistant"),
)
_JOINED: Final = ("{word}_{mark}", "{word}{mark}", "{mark}_{word}", "model_{mark}_{word}")
#: How the keys of the names of their models are written.
_MODELS: Final = (
    *("model_{mark}", "model{mark}", "{mark}_model", "model_{mark}_name", "model_name_{mark}", "{answer}_model"),
    *("system_{mark}", "system{mark}"),
)


class AnswerKeys(NamedTuple):
    """The keys of two answers, that of a third, which they are not two with, and what distinguishes the two."""

    first: str
    second: str
    third: str
    marks: tuple[str, str]


#: The keys of two answers, and those of the names of their models.
ModelKeys = tuple[AnswerKeys, tuple[str, str]]


def answers_by_key(
    marks: tuple[tuple[str, str, str], ...], words: Sequence[str] = ANSWER_WORDS
) -> dict[str, AnswerKeys]:
    """Return the keys of two answers, under these ``words``, by the first of them."""
    return {
        pattern.format(word=word, mark=one): AnswerKeys(
            pattern.format(word=word, mark=one),
            pattern.format(word=word, mark=other),
            pattern.format(word=word, mark=third),
            (one, other),
        )
        for word in words
        for one, other, third in marks
        for pattern in _JOINED
    }


def answers_finder(known: Mapping[str, AnswerKeys]) -> Callable[[tuple[str, ...]], AnswerKeys | None]:
    """Return the function that finds, among the keys of a row, those of two answers; None for none or several."""

    @lru_cache(maxsize=256)
    def sides_of(keys: tuple[str, ...]) -> AnswerKeys | None:
        found = [known[key] for key in keys if key in known and known[key].second in keys]
        if len(found) != 1 or found[0].third in keys:
            return None
        alone = found[0].first.startswith("conversation")
        return found[0] if alone or not {*PROMPTS}.isdisjoint(keys) else None

    return sides_of


def models_finder(known: Mapping[str, AnswerKeys]) -> Callable[[tuple[str, ...]], ModelKeys | None]:
    """Return the function that finds, among the keys of a row, those of two answers and of their models."""

    @lru_cache(maxsize=256)
    def models_of(keys: tuple[str, ...]) -> ModelKeys | None:
        sides = next((known[key] for key in keys if key in known and known[key].second in keys), None)
        if sides is None:
            return None
        for pattern in _MODELS:
            answers = zip(sides.marks, (sides.first, sides.second), strict=True)
            one, other = (pattern.format(mark=mark, answer=answer) for mark, answer in answers)
            if one in keys and other in keys:
                return sides, (one, other)
        return None

    return models_of
