"""Names of keys with the reasons of an answer, which follow from it and give it away to a model that reads them."""

from __future__ import annotations

from typing import Final

_REASONS: Final = frozenset(
    """explanation explanations rationale rationales justification justifications reason reasons derivation
    derivations""".split()
)


def gives_reasons(key: str) -> bool:
    """Return whether a key, in any language that keys may have, names the reasons of an answer."""
    from datalint.support.names.column_names import fold_name

    return not _REASONS.isdisjoint(fold_name(key))
