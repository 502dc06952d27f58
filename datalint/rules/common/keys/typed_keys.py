"""The option ``--columns`` in a message, with a key of the rows."""

from __future__ import annotations

from typing import Final

from datalint.api import excerpt
from datalint.rules.common.lazy_pattern import lazy_pattern
from datalint.support.columns_option import columns_option

__all__ = ["columns_option", "typed_key"]

#: Characters of a key that are shown, and signs that the option, or a shell, does not take for part of one.
_LONGEST: Final = 60
_SIGNS: Final = lazy_pattern(r'["$`\\!,=+]')


def typed_key(key: str) -> str:
    """Return a key as the option takes it; ``KEY``, which stands for it, if it cannot be typed or is not shown whole."""
    return "KEY" if _SIGNS.search(key) or excerpt(key, _LONGEST) != key else key
