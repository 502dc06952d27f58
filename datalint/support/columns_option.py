"""The option ``--columns`` as words of a shell command."""

from __future__ import annotations

import re
import shlex
from typing import Final

from datalint.support.lazy_pattern import lazy_pattern

#: Pairs that need no quotation marks.
_PLAIN: Final = lazy_pattern(r"[\w.+,=-]+")


def columns_option(pairs: str) -> str:
    """Return the option for pairs of a meaning and its keys, in quotation marks where a shell needs them."""
    if _PLAIN.fullmatch(pairs):
        return f"--columns {pairs}"
    return f'--columns "{pairs}"' if not re.search(r'["$`\\!]', pairs) else f"--columns {shlex.quote(pairs)}"
