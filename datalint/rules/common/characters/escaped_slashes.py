r"""Slashes that are escaped as in JSON, in the addresses of a text: ``https:\/\/example.com``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from datalint.rules.common.lazy_pattern import lazy_pattern

#: What all such addresses have.
SLASHES: Final = "\\/\\/"
#: An address with a host. In a regular expression, the dot would be escaped too.
_ADDRESS: Final = lazy_pattern(r"(?<![\w^])https?:\\/\\/[\w-]{1,60}(?:\.[\w-]{1,60}){1,5}(?![.\w-]*[\\][.])")


def escaped_addresses(text: str) -> Iterator[re.Match[str]]:
    """Yield the addresses of a text whose slashes are escaped."""
    if SLASHES in text:
        yield from _ADDRESS.finditer(text)
