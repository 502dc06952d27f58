"""Keys of a row that are named after languages, as the two sides of a translation are."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.languages.identify import NAMES
from datalint.support.lazy_pattern import lazy_pattern
from datalint.support.names.language_codes import LANGUAGES, WHOLE
from datalint.support.names.language_names import LANGUAGE_NAMES

#: English names of languages, in lower case.
_LANGUAGES: Final = LANGUAGE_NAMES.union(
    word for name in NAMES.values() for word in re.findall("[a-z]{3,}", name.lower())
) - {"or"}
#: Their codes, but those that are words of English or usual keys.
_CODES: Final = frozenset(NAMES) - {"id", "is", "it", "no", "or", "so", "to"}
_CODE: Final = lazy_pattern("[a-z]{3}")
_LONGEST: Final = 40


def are_languages(record: Mapping[str, Any], one: str, other: str) -> bool:
    """Return whether two texts are under keys that are named after languages.

    Next to a language, any other three letters are the code of one: there are thousands.
    """
    first, second = (_key_of(record, text) for text in (one, other))
    named = [_is_language(first), _is_language(second)]
    return first != second and any(named) and (all(named) or _CODE.fullmatch((second, first)[named[1]]) is not None)


def _key_of(record: Mapping[str, Any], text: str) -> str:
    """Return the key of a row that has a text, one that names a language if there is one; empty if none has it."""
    bare = text.strip()
    keys = [key for key, value in record.items() if bare and isinstance(value, str) and value.strip() == bare]
    return next(filter(_is_language, keys), keys[0] if keys else "")


def _is_language(key: str) -> bool:
    words = re.findall("[a-z]+", key.lower()) if len(key) <= _LONGEST else []
    return not _LANGUAGES.isdisjoint(words) or key.lower() in _CODES


def is_translation(key: str, others: Sequence[str]) -> bool:
    """Return whether a key is one of ``others`` with a language behind it, or with another one: ``question_en``."""
    name, _, code = key.rpartition("_")
    if not name or code.lower() not in LANGUAGES:
        return False
    return name in others or any(f"{name}_{each}" in others for each in WHOLE)
