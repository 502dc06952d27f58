"""Languages in the names of columns: ``text_en``, ``English (Standard)``, ``sentence_eng_Latn``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from datalint.shapes.evidence.names import is_language
from datalint.support.names.column_names import fold_name
from datalint.support.names.language_codes import ISO_639_1, WHOLE
from datalint.support.names.locales import is_locale

#: Names of the language that most texts are translated from.
ENGLISH: Final = ("english", "en", "eng")
#: Brackets at the end of a name.
_BRACKETS: Final = re.compile(r"\s{0,9}[(\[（][^()\[\]（）]{0,40}[)\]）]\s*$")
#: Codes that name a language in a name that is the same as another one but for the language.
_CODES: Final = WHOLE | ISO_639_1


def without_brackets(key: str) -> tuple[str, ...]:
    """Return the words of a key without brackets at its end: ``English (Standard)``."""
    return fold_name(_BRACKETS.sub("", key))


def language_of(key: str) -> str:
    """Return the word of a key that names a language, empty for none."""
    return _split(key)[0]


def _split(key: str) -> tuple[str, tuple[str, ...]]:
    """Return the word of a key that names a language, and its other words without the script or region of it."""
    words = without_brackets(key)
    for code, place, rest in ((words[-2:-1], words[-1:], words[:-2]), (words[:1], words[1:2], words[2:])):
        if code and place and is_locale("_".join((*code, *place))):
            return code[0], rest
    if len(words) == 1 and words[0] in WHOLE:
        return words[0], ()
    language = next(filter(is_language, (*words[-1:], *words[:1])), "")
    return language, tuple(word for word in words if word != language)


def are_translations(one: str, other: str) -> bool:
    """Return whether two names are the same but for the language that one of them, or each of them, names last."""
    found = languages_in((one, other))
    if len(found) > 1:
        (first, rest), (second, same) = found.values()
        return first != second and rest == same != ()
    languages = language_of(one), language_of(other)
    if not all(languages):
        named, plain = (one, other) if languages[0] else (other, one)
        ends = any(languages) and without_brackets(named)[-1:] == (language_of(named),)
        return ends and without_language(named) == without_brackets(plain)
    return False


def in_language_of(key: str, keys: Sequence[str]) -> list[str]:
    """Return names without the translations of others: of several, the one in the language that ``key`` names stays.

    If none of them is in this language, the first one stays.
    """
    own = language_of(key)
    first = sorted(keys, key=lambda each: language_of(each) != own)
    kept = [each for place, each in enumerate(first) if not any(are_translations(each, e) for e in first[:place])]
    return [each for each in keys if each in kept]


def without_language(key: str) -> tuple[str, ...]:
    """Return the words of a key but for those that name a language."""
    return _split(key)[1]


def languages_in(keys: Sequence[str]) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return the names that say a language, each with its word for it and its other words.

    A code that is as often another word, such as ``fa``, names a language where the same name says one with another
    word: ``faLabel`` next to ``enLabel``.
    """
    found = {key: split for key in keys if (split := _split(key))[0]}
    known = {rest for _, rest in found.values() if rest}
    for key in keys:
        words = without_brackets(key)
        for code, rest in ((words[:1], words[1:]), (words[-1:], words[:-1])):
            if key not in found and rest in known and _CODES.issuperset(code):
                found[key] = (code[0], rest)
    return found
