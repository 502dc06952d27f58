"""Rows that are marked as tests of odd input, or labelled with what is wrong in them: oddities are intended there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from datalint.support.names.translated_names import pieces_of

#: Keys, as one word, of the part of a set that a row is in.
_KEYS: Final = frozenset(
    """bucket category type kind tag group subset slice casetype testtype testcategory inputtype noise noisetype
    perturbation perturbationtype scenario corruption corruptiontype errortype errorkind errorcategory label""".split()
)
#: Words for any test of odd input, for one without text, with odd characters, with characters that were read in the
#: wrong code page or lost, and with another spelling of a text.
_ANY: Final = "adversarial edgecase edgecases cornercase robustness malformed fuzz fuzzing"
EMPTY: Final = frozenset(f"{_ANY} empty blank whitespace noinput".split())
ODD: Final = frozenset(
    f"""{_ANY} unicode invisible zerowidth bidi rtl obfuscated obfuscation homoglyph homoglyphs messy noisy noise
    whitespace""".split()
)
ENCODED: Final = frozenset(
    f"""{_ANY} unicode messy noisy noise mojibake garbled corrupt corrupted corruption encoding wrongencoding
    encodingerror encodingerrors badencoding brokenencoding replacementcharacter controlcharacter""".split()
)
VARIED: Final = frozenset(f"{_ANY} messy noisy noise typo typos misspelled perturbed perturbation".split())
#: Words next to these that say nothing more.
_MORE: Final = frozenset(
    "input inputs text texts prompt prompts query case cases test tests char chars characters".split()
)
#: Names of hidden characters and of attacks with them, in the words of a value or key.
_NAMED: Final = (
    r"\b(?:zero ?width|zw(?:sp|n?j)|bidi|rtl ?override|rlo|lro|word ?joiners?|homoglyphs?|homographs?|confusables"
    r"|(?:ascii|unicode|tag) ?smuggling|unicode ?tags?"
    r"|invisible ?(?:chars?|characters?|content|text|unicode|padding|spaces?|instructions?|injection|payload))\b"
)
#: A value that is a name or code (``zwsp_in_city``) and no sentence, and what a list of such values has at most.
_CODE: Final = r"[\w.:/-]{1,60}"
_CODES: Final = 10


def is_test_case(record: Mapping[str, Any], words: frozenset[str]) -> bool:
    """Return whether a key of a row, or of an object in it, says with one of ``words`` that it is a test of odd input.

    The value is such a word (``category``), or the key is one and the value is true (``is_adversarial``). For odd
    characters, any code of the row may name one (``shape: zwsp_in_city``).
    """
    if any(_marks(key, value, words) for key, value in _entries(record)):
        return True
    return words is ODD and names_hidden(record)


def names_hidden(record: Mapping[str, Any]) -> bool:
    """Return whether a code or key of a row names hidden characters, or an attack with them."""
    return any(
        re.search(_NAMED, " ".join(pieces_of(name))) is not None
        for key, value in _entries(record)
        for name in _codes(key, value)
    )


def _entries(record: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    """Yield the keys and values of a row, and those of the objects in it."""
    yield from record.items()
    for value in record.values():
        if isinstance(value, dict):
            yield from value.items()


def _codes(key: str, value: object) -> Iterator[str]:
    """Yield a key that has a text or is true, and the codes under it."""
    if value is True or (isinstance(value, str) and value):
        yield key
    for each in value[:_CODES] if isinstance(value, list) else (value,):
        if isinstance(each, str) and re.fullmatch(_CODE, each) is not None:
            yield each


def _marks(key: str, value: object, words: frozenset[str]) -> bool:
    if value is True:
        pieces = pieces_of(key)
        return _are_of(pieces[1:] if pieces[:1] == ("is",) else pieces, words)
    return isinstance(value, str) and _are_of(pieces_of(value), words) and _names_a_part(key)


def is_tested(row: Mapping[str, Any], words: frozenset[str] = ODD, char: str = "") -> bool:
    """Return whether a turn is what is odd in a test: it is read, or a plain text, and no answer.

    An answer may repeat the odd ``char`` of its prompt.
    """
    repeats = char != "" and char in row["prompt"]
    return (row["is_prompt"] or row["role"] == "text" or repeats) and is_test_case(row["record"], words)


def _are_of(pieces: tuple[str, ...], words: frozenset[str]) -> bool:
    """Return whether the words of a value or key are one of ``words``, alone or with words that say nothing more."""
    if "".join(pieces) in words:
        return True
    return not words.isdisjoint(pieces) and words.union(_MORE).issuperset(pieces)


def _names_a_part(key: str) -> bool:
    # Few rows are tests, and for the others the names in all languages need not be loaded.
    from datalint.support.names.column_names import fold_name

    return "".join(fold_name(key)) in _KEYS
