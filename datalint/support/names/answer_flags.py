"""Names of flags of answers: whether a model wrote one, or which of two classes is to be predicted for it."""

from __future__ import annotations

from typing import Final

#: Words for who wrote a text, and the words that the name of a flag or its values may have too: others say something
#: else, as ``human_verified`` and ``llm_fluency`` do.
_PEOPLE: Final = frozenset("human humans person people".split())
_MODELS: Final = frozenset("ai machine generated llm llms gpt chatgpt model bot".split())
_MORE: Final = frozenset("is was by or vs written made created text answer response label chat".split())
#: Names of what is to be predicted.
_PREDICTED: Final = ("prediction", "class")
#: The shortest word for an author, which many words have in them.
_SHORT: Final = "ai"
#: Characters of a value.
_LONGEST: Final = 30


def names_answer_flag(key: str) -> bool:
    """Return whether a key is named as a flag that says who wrote a text, or as what is to be predicted."""
    return key.lower() in _PREDICTED or (key.lower() != "model" and bool(_authors(key)))


def named_author(value: object) -> str:
    """Return whether a label is named after people or after models: ``people``, ``models``, or "" for neither."""
    return _authors(value) if isinstance(value, str) and len(value) <= _LONGEST else ""


def may_flag_answer(key: str, value: object) -> bool:
    """Return whether a value says who wrote an answer: a word for that, or 0 or 1 under the name of such a flag."""
    if isinstance(value, int | float):
        return value in (0, 1) and names_answer_flag(key)
    return bool(named_author(value))


def _authors(name: str) -> str:
    """Return whom a name is for, if it is for nothing else; ``models`` where it names both."""
    low = name.lower()
    if not (
        low.startswith(_SHORT) or low.endswith(_SHORT) or any(word in low for word in _PEOPLE | _MODELS - {_SHORT})
    ):
        return ""
    from datalint.support.names.column_names import fold_name

    words = fold_name(name)
    if not _PEOPLE.union(_MODELS, _MORE).issuperset(words):
        return ""
    return "models" if not _MODELS.isdisjoint(words) else "people" if not _PEOPLE.isdisjoint(words) else ""
