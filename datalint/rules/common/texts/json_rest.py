"""The rest of a JSON object behind a text that a script cut out of it, as of a tweet: ``…again","lang":"en","user":{``."""

from __future__ import annotations

import re
from typing import Final

from datalint.rules.common.lazy_pattern import lazy_pattern

#: What every such text contains.
SIGN: Final = '","'
#: The end of a value, the next key and the beginning of its value.
_NEXT: Final = lazy_pattern(r'","[A-Za-z_]\w{0,60}":(?=["\[{\d-]|true|false|null)')
#: What opens an object, a list or code before it: then the text has JSON in it, and was not cut out of it.
_OPENS: Final = ("{", "[", "```", '":')
_LETTERS: Final = 3


def json_rest(text: str) -> re.Match[str] | None:
    """Return where the next key of an object begins behind a text; None where there is none."""
    found = _NEXT.search(text)
    if found is None:
        return None
    before = text[: found.start()]
    if any(sign in before for sign in _OPENS) or before.count('"') % 2 or sum(map(str.isalpha, before)) < _LETTERS:
        return None
    return found
