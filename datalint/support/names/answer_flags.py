"""Names of flags of answers: whether a model wrote one, or which of two classes is to be predicted for it."""

from __future__ import annotations

from typing import Final

#: Words of the names of flags that say who wrote a text, and the words that such a name may have too: others say
#: something else, as ``human_verified`` and ``llm_fluency`` do.
_AUTHORS: Final = frozenset("ai human machine generated llm llms gpt chatgpt".split())
_MORE: Final = frozenset("is was by or vs written made created text answer response label".split())
#: Names of what is to be predicted.
_PREDICTED: Final = (("prediction",), ("class",))


def names_answer_flag(key: str) -> bool:
    """Return whether a key is named as a flag that says who wrote a text, or as what is to be predicted."""
    from datalint.support.names.column_names import fold_name

    words = frozenset(named := fold_name(key))
    return named in _PREDICTED or (not _AUTHORS.isdisjoint(words) and words <= _AUTHORS | _MORE)


def may_flag_answer(key: str, value: object) -> bool:
    """Return whether a value is 0 or 1, true or false, under the name of such a flag."""
    return isinstance(value, int | float) and value in (0, 1) and names_answer_flag(key)
