"""Names of keys with the reasons of an answer, which follow from it and give it away to a model that reads them."""

from __future__ import annotations

from typing import Final

from datalint.api import is_thought

_REASONS: Final = frozenset(
    """explanation explanations rationale rationales justification justifications reason reasons derivation
    derivations""".split()
)


def gives_reasons(key: str) -> bool:
    """Return whether a key, in any language that keys may have, names the reasons of an answer."""
    from datalint.support.names.column_names import fold_name

    return not _REASONS.isdisjoint(fold_name(key))


def leads_to_answer(key: str) -> bool:
    """Return whether a key names the reasoning or the steps that lead to an answer, which give it away as well."""
    from datalint.support.names.column_names import fold_name

    return is_thought(key) or fold_name(key)[-1:] == ("steps",)
