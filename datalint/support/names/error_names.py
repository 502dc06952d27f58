"""Names of keys of the errors of programs."""

from __future__ import annotations

from typing import Final

from datalint.support.names.column_names import fold_name

#: Words of such names, and further words that they may have.
_ERRORS: Final = frozenset("error errors exception exceptions traceback stderr".split())
_OF_ERRORS: Final = _ERRORS | frozenset("message messages msg text detail details".split())


def is_error(key: str) -> bool:
    """Return whether a key names the error of a program, such as a failed request: ``error_message``."""
    words = fold_name(key)
    return not _ERRORS.isdisjoint(words) and _OF_ERRORS.issuperset(words)
