"""Objects that hold one text next to its words, as NarrativeQA has questions and answers."""

from __future__ import annotations

import json
from typing import Any, Final

#: The key of the text, of its words, and keys that may be next to it without being a part of what is said.
_TEXT: Final = "text"
_WORDS: Final = "tokens"
_NEXT_TO_IT: Final = frozenset((_TEXT, _WORDS, "id", "lang", "language"))
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
#: Keys of the text of an answer that stands in an object with its writer, and keys of what is said about it there.
_ANSWER_TEXTS: Final = ("answer", "response", "text", "content", "output", "completion")
_WRITERS: Final = frozenset(
    (
        *("model", "model_name", "model_id", "llm", "llm_name", "generator", "author", "source", "score", "rating"),
        *("id", "rank", "reward"),
    )
)
#: What a list of texts begins with that is written as JSON.
WRITTEN: Final = '["'

#: The schema that such an object has, and no other value.
TEXT_OBJECT: Final[dict[str, Any]] = {
    "type": "object",
    "required": [_TEXT],
    "properties": {_TEXT: {"type": "string"}},
    "propertyNames": {"enum": sorted(_NEXT_TO_IT)},
}


def is_text_object(value: object) -> bool:
    """Return whether a value is an object with one text, and nothing that says more: ``{"text": …, "tokens": […]}``."""
    return isinstance(value, dict) and isinstance(value.get(_TEXT), str) and value.keys() <= _NEXT_TO_IT


def place_of_text(value: object) -> str | None:
    """Return where the text of a prompt or an answer is within its value, such as ``[0].text``; None for other values.

    Of several right answers with their words, or with their scores as in ELI5 (``{"text": […], "score": […]}``), the
    first one counts. Without these, several objects are data.
    """
    if is_text_object(value):
        return f".{_TEXT}"
    if isinstance(value, dict) and _SCORES in value and _LABELS not in value and _are_texts(value.get(_TEXT)):
        return f".{_TEXT}[0]"
    if not isinstance(value, list) or not value or not all(map(is_text_object, value)):
        return None
    return f"[0].{_TEXT}" if len(value) == 1 or _WORDS in value[0] else None


def text_at(value: Any, place: str) -> str:
    """Return the text at a place of :func:`place_of_text`."""
    text: str | list[str] = (value if place.startswith(".") else value[0])[_TEXT]
    return text if isinstance(text, str) else text[0]


def written_answer(value: object) -> tuple[str, str] | None:
    """Return the text of an answer that stands in an object with its writer or score, and its place in the value.

    ``{"llm_name": "…", "answer": "…"}`` is such an object; of a list of them, the first one is read. None for others.
    """
    if isinstance(value, list):
        found = [written_answer(each) if isinstance(each, dict) else None for each in value]
        return (found[0][0], f"[0]{found[0][1]}") if found and found[0] is not None and None not in found else None
    if not isinstance(value, dict) or len(value) < 2:
        return None
    texts = [key for key in _ANSWER_TEXTS if isinstance(value.get(key), str)]
    alone = len(texts) == 1 and value.keys() - _WRITERS == {*texts}
    return (value[texts[0]], f".{texts[0]}") if alone else None


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
    if isinstance(value, dict) and _are_texts(value.get(_SOLUTION)):
        return value[_SOLUTION][0], f".{_SOLUTION}[0]"
    return (value[0], "[0]") if isinstance(value, list) and len(value) > 1 and _are_texts(value) else None


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
    return texts if _are_texts(texts) else []


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, str) for each in value)
