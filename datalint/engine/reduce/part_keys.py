"""Unread keys that point at a part of a text: at some of its words, or at the place where they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from datalint.support.names.ascii_words import ascii_words

#: Last words of names of places: those of characters, and those of words or characters.
_OF_CHARS: Final = frozenset("start begin end stop offset".split())
_OF_WORDS: Final = frozenset("pos position index idx".split())
#: Words of names of places of a row, of a file, or of the answer.
_OF_ROWS: Final = frozenset(
    """row line orig original old new global answer sample file data sentence sent doc document article page item record
    example request question pair id unnamed batch chunk part turn dialog dialogue split fold""".split()
)
#: Last words of names of words by which texts were found.
_SEARCHED: Final = frozenset("tag tags hashtag keyword keywords query search term".split())
#: Characters of words and of a name.
_CHARS: Final = 60
_LONGEST: Final = 40
_DIGITS: Final = 6


def place_words(key: str) -> tuple[str, ...]:
    """Return the words of the name of a place in a text (``start_index``, ``pos``); none for any other key."""
    if len(key) > _LONGEST:
        return ()
    words = tuple(ascii_words(key))
    if not words or words[-1] not in _OF_CHARS | _OF_WORDS or not _OF_ROWS.isdisjoint(words):
        return ()
    return words


def counts_words(key: str) -> bool:
    """Return whether a place may be the number of a word, as well as that of a row: ``index``."""
    words = place_words(key)
    return bool(words) and _OF_CHARS.isdisjoint(words)


def is_part(key: str, value: Any, text: str) -> bool:
    """Return whether a value is a part of a text: words that are in it, or a place in it by the name of the key."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    said = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
    if not said or len(said) > _CHARS:
        return False
    if said.isascii() and said.isdigit():
        words = place_words(key) if len(said) <= _DIGITS else ()
        return bool(words) and int(said) <= (len(text.split()) if counts_words(key) and " " in text else len(text))
    if not any(map(str.isalpha, said)) or key.lower().rsplit("_", 1)[-1] in _SEARCHED:
        return False
    at = text.casefold().find(said.casefold())
    return at >= 0 and len(said) < len(text) and (at == 0 or not _joins(text[at - 1], said[0]))


def _joins(before: str, first: str) -> bool:
    """Return whether two letters are of one word, in a script with spaces between words."""
    return before.isascii() and before.isalnum() and first.isascii() and first.isalnum()


def text_of(record: Mapping[str, Any], key: str) -> str:
    """Return the longest text of a row, other than that of a key."""
    return max((each for name, each in record.items() if name != key and isinstance(each, str)), key=len, default="")


def point_at_parts(key: str, places: Iterable[tuple[Any, str]], share: float) -> bool:
    """Return whether at least a share of values, each with its text, are parts of the text."""
    found = [is_part(key, value, text) for value, text in places]
    return bool(found) and sum(found) >= share * len(found)
