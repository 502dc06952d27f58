"""Names of keys with an answer or its reasons, which give the answer away to a model that reads them."""

from __future__ import annotations

from typing import Final

from datalint.api import is_thought

_REASONS: Final = frozenset(
    """explanation explanations rationale rationales justification justifications reason reasons derivation
    derivations""".split()
)
#: First words of the names of right answers, and names of what is as often a text to answer from.
_RIGHT: Final = frozenset("gold golden expected truth groundtruth gt".split())
_UNCERTAIN: Final = (("reference",), ("references",))


def gives_reasons(key: str) -> bool:
    """Return whether a key, in any language that keys may have, names the reasons of an answer."""
    from datalint.support.names.column_names import fold_name

    return not _REASONS.isdisjoint(fold_name(key))


def leads_to_answer(key: str) -> bool:
    """Return whether a key names the reasoning or the steps that lead to an answer, which give it away as well."""
    from datalint.support.names.column_names import fold_name

    return is_thought(key) or fold_name(key)[-1:] == ("steps",)


def names_answer(key: str) -> bool:
    """Return whether a key names an answer, such as the right one next to that of a model: ``ground_truth``."""
    from datalint.support.names.column_names import Strength, fold_name, strength

    words = fold_name(key)
    if words in _UNCERTAIN or strength(key, "context") is Strength.HEAD:
        return False  # the passage that an answer is in: ``ground_truth_context``
    stated = not _RIGHT.isdisjoint((*words[:1], *words[-1:])) or words[:2] == ("ground", "truth")
    return stated or strength(key, "response") >= Strength.HEAD
