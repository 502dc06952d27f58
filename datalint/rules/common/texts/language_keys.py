"""Keys of a row that are named after languages, as the two sides of a translation are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from datalint.languages.identify import NAMES

#: English names of languages, in lower case.
_LANGUAGES: Final = frozenset(word for name in NAMES.values() for word in re.findall("[a-z]{3,}", name.lower())) - {
    "or"
}
#: Their codes, but those that are words of English or usual keys.
_CODES: Final = frozenset(NAMES) - {"id", "is", "it", "no", "or", "so", "to"}
_LONGEST: Final = 40


def language_of_text(record: Mapping[str, Any], text: str) -> str:
    """Return the key of a row that has a text and the name or code of a language; empty if there is none."""
    for key, value in record.items():
        if text.strip() and isinstance(value, str) and len(key) <= _LONGEST and value.strip() == text.strip():
            words = re.findall("[a-z]+", key.lower())
            if not _LANGUAGES.isdisjoint(words) or key.lower() in _CODES:
                return key
    return ""
