"""Objects that hold one text next to its words, as NarrativeQA has questions and answers, or its id, as WebGPT has."""

from __future__ import annotations

import json
import re
from typing import Any, Final

from datalint.support.lazy_pattern import lazy_pattern
from datalint.support.text_lists import are_texts

#: Keys of the text, that of its words, and keys that may be next to it without being a part of what is said.
_TEXT: Final = "text"
_FULL: Final = "full_text"
_WORDS: Final = "tokens"
_ASIDE: Final = frozenset(("id", "lang", "language", "dataset"))
_NEXT_TO_IT: Final = {_TEXT: _ASIDE | {_TEXT, _WORDS}, _FULL: _ASIDE | {_FULL}}
#: The key of the scores of several texts, and one of what is labelled instead.
_SCORES: Final = "score"
_LABELS: Final = "label"
#: Keys of solutions, of which each is one, and the key of their texts where they are an object of lists.
_SOLUTIONS: Final = frozenset(
    (
        *("solutions", "canonical_solutions", "reference_solutions", "correct_solutions"),
        *("summaries", "reference_summaries", "human_summaries", "gold_summaries", "abstracts", "simplifications"),
        *("references", "refs"),
    )
)
_SOLUTION: Final = "solution"
#: Keys of an answer next to its writer, keys of that writer, and what else may be said of the answer.
_ANSWERS: Final = ("answer", "response", "output", "completion", "text", "content", "generation", "reply")
_WRITERS: Final = ("llm_name", "llm", "model", "model_name", "model_id", "generator", "author")
_ABOUT: Final = frozenset(
    (
        *(*_WRITERS, "id", "idx", "index", "source", "lang", "language", "style", "version"),
        *("score", "rating", "rank", "reward"),
    )
)
#: The schema of an answer that is an object with its writer, as :func:`place_of_answer` reads it on a side.
ANSWER_OBJECT: Final[dict[str, Any]] = {
    "type": "object",
    "anyOf": [{"required": [key]} for key in sorted(_ABOUT)],
    "oneOf": [{"required": [key], "properties": {key: {"type": "string"}}} for key in _ANSWERS],
    "propertyNames": {"enum": [*_ANSWERS, *sorted(_ABOUT)]},
}
#: Keys that say whether a step of a solution is right, and how the key of a step begins.
_STEP_MARKS: Final = ("label", "rating", "score", "correct", "is_correct", "judgment", "judgement", "verdict")
_STEPS: Final = ("content", "text", "step")
_STEP: Final = lazy_pattern(r"step[ _-]?\d{1,3}", re.IGNORECASE)
#: What a list of texts begins with that is written as JSON.
WRITTEN: Final = '["'

#: The schema that such an object has, and no other value.
TEXT_OBJECT: Final[dict[str, Any]] = {
    "type": "object",
    "anyOf": [
        {
            "required": [key],
            "properties": {key: {"type": "string"}},
            "propertyNames": {"enum": sorted(others)},
        }
        for key, others in _NEXT_TO_IT.items()
    ],
}


def is_text_object(value: object) -> bool:
    """Return whether a value is an object with one text, and nothing that says more: ``{"text": …, "tokens": […]}``."""
    return isinstance(value, dict) and bool(_key_of_text(value))


def _key_of_text(value: dict[str, Any]) -> str:
    """Return the key of the only text of an object; empty for an object that says more."""
    key = _TEXT if _TEXT in value else _FULL
    return key if isinstance(value.get(key), str) and value.keys() <= _NEXT_TO_IT[key] else ""


def place_of_text(value: object) -> str | None:
    """Return where the text of a prompt or an answer is within its value, such as ``[0].text``; None for other values.

    Of several right answers with their words, or with their scores as in ELI5 (``{"text": […], "score": […]}``), the
    first one counts. Without these, several objects are data.
    """
    if isinstance(value, dict) and (key := _key_of_text(value)):
        return f".{key}"
    if isinstance(value, dict) and _SCORES in value and _LABELS not in value and are_texts(value.get(_TEXT)):
        return f".{_TEXT}[0]"
    if not isinstance(value, list) or not value or not all(map(is_text_object, value)):
        return None
    return f"[0].{_key_of_text(value[0])}" if len(value) == 1 or _WORDS in value[0] else None


def text_at(value: Any, place: str) -> str:
    """Return the text at a place of :func:`place_of_text`."""
    key = _FULL if place.endswith(_FULL) else _TEXT
    text: str | list[str] = (value if place.startswith(".") else value[0])[key]
    return text if isinstance(text, str) else text[0]


def place_of_answer(value: object, *, side: bool) -> str | None:
    """Return where the text of an answer is that is an object with its writer: ``.answer``.

    On a ``side`` of a preference, its score alone may be next to it, and of a list of such objects the first one is
    read. None for other values: an object with more keys is data.
    """
    if side and isinstance(value, list) and value and all(place_of_answer(each, side=True) for each in value):
        return f"[0]{place_of_answer(value[0], side=True)}"
    if not isinstance(value, dict) or len(value) < 2:
        return None
    if not any(isinstance(value.get(key), str) for key in _WRITERS) and (not side or _ABOUT.isdisjoint(value)):
        return None
    texts = [key for key in value if key not in _ABOUT]
    return f".{texts[0]}" if len(texts) == 1 and texts[0] in _ANSWERS and isinstance(value[texts[0]], str) else None


def steps_of(value: object) -> list[str]:
    """Return the steps of a solution, an object with one for each: ``{"Step 1": {"content": …, "label": 1}, …}``.

    None are returned for other values. What a step is labelled with is said of it, and no part of the solution.
    """
    if not isinstance(value, dict) or not value or not all(_STEP.fullmatch(key) for key in value):
        return []
    key = next((key for key in _STEPS if isinstance(each := next(iter(value.values())), dict) and key in each), "")
    steps = [step if isinstance(step, dict) else {} for step in value.values()]
    texts = [step.get(key) for step in steps if any(mark in step for mark in _STEP_MARKS)]
    return [text for text in texts if isinstance(text, str)] if len(texts) == len(steps) and are_texts(texts) else []


def first_solution(value: object, path: str) -> tuple[str, str] | None:
    """Return the first of several programs that solve one problem, or of summaries of one text, and its place.

    They are a list, which may be written as JSON (APPS), or an object with a list for each key, as in CodeContests.
    None for other values and keys.
    """
    if not holds_solutions(path.rpartition(".")[2]):
        return None
    if isinstance(value, str):
        texts = _written_texts(value)
        return (texts[0], "") if texts else None
    if isinstance(value, dict) and are_texts(value.get(_SOLUTION)):
        return value[_SOLUTION][0], f".{_SOLUTION}[0]"
    return (value[0], "[0]") if are_texts(value, 2) else None


def holds_solutions(key: str) -> bool:
    """Return whether a key is of several programs, summaries or the like, each of which is a whole answer."""
    return key.lower() in _SOLUTIONS


def _written_texts(value: str) -> list[str]:
    """Return the texts of a list that is written as JSON; none for others."""
    if not value.startswith(WRITTEN):
        return []
    try:
        texts = json.loads(value)
    except (ValueError, RecursionError):
        return []
    return texts if are_texts(texts) else []
