"""The class :class:`Guess`: inferred meanings of the keys of rows, and the equivalent option ``--columns``."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any, Final

from datalint.support.columns_option import columns_option
from datalint.support.lazy_pattern import lazy_pattern
from datalint.support.named_tuple import NamedTuple

#: A key that the option can carry.
_USABLE: Final = lazy_pattern(r" {0,20}[\w(?#](?:[\w .:?/()&#+-]{0,58}[\w.?)+])? {0,99}")
#: The meanings that are parts of an example, and with the category all that one prompt and its response have.
PARTS: Final = ("system", "prompt", "context", "response")
READ: Final = frozenset((*PARTS, "category"))
#: Between the keys of a meaning that may have several.
JOIN: Final = "+"
#: The meanings that may have several keys.
SEVERAL: Final = ("prompt", "context", "response", "text", "messages")
#: Turns that a conversation has at least: a prompt and its response.
FIRST_TURNS: Final = 2
#: The meaning that names the answering speaker in a list of messages instead of a key.
ANSWERER: Final = "assistant"
#: Between the keys of a path that reaches into objects.
NESTED: Final = "."
#: Meanings in the order in which ``--columns`` is written.
_ORDER: Final = (
    "system",
    "messages",
    ANSWERER,
    "prompt",
    "context",
    "response",
    "chosen",
    "rejected",
    "text",
    "labels",
    "category",
)


class Guess(NamedTuple):
    """Inferred meanings of keys: ``columns`` are pairs of a meaning and a key, ``clear`` says that they are sure.

    ``keys`` are those of the rows, and ``common`` those that all of them have, of many the longest texts first.
    ``basis`` is the evidence for a clear guess: ``names`` or ``values``. ``over`` are the names of known shapes that it
    replaces, because it reads more of the rows than they do. A ``held`` guess is about rows of evaluation sets alone.
    Without columns, it may say that rows are ``facts``, as in a table or a log. With ``choices``, the context has the
    options of a question, of which the response is one. ``versions`` are the columns that hold one text in different
    words, or continue one text; 0 for other rows. ``unordered`` says that the two texts of a prompt may change places,
    as where the response is how alike they are. An unclear guess has a ``typical`` row, as JSON, and may be about
    rows of ``varied`` keys, for which no option helps.
    """

    columns: tuple[tuple[str, str], ...]
    keys: frozenset[str] = frozenset()
    clear: bool = False
    basis: str = ""
    over: frozenset[str] = frozenset()
    common: tuple[str, ...] = ()
    held: bool = False
    facts: bool = False
    choices: bool = False
    versions: int = 0
    typical: str = ""
    varied: bool = False
    unordered: bool = False

    @classmethod
    def of(cls, found: Mapping[str, str], *, clear: bool = False, basis: str = "") -> Guess:
        """Return the guess whose ``found`` maps meanings to keys."""
        pairs = tuple((meaning, found[meaning]) for meaning in _ORDER if meaning in found)
        return cls(pairs, clear=clear, basis=basis if clear else "")

    def about(self, rows: Iterable[Mapping[str, Any]], *over: str) -> Guess:
        """Return the guess with the keys of the rows that it is about, and the names of shapes that it replaces."""
        keys = frozenset(key for row in rows for key in row)
        return self._replace(keys=keys, over=frozenset(over) or self.over)

    @property
    def mapping(self) -> str:
        """The meanings and keys as the option writes them."""
        return ",".join(f"{meaning}={key}" for meaning, key in self.columns)

    @property
    def required(self) -> tuple[str, ...]:
        """The keys that a row must have for the guess to be about it."""
        asked = [pair for pair in self.columns if pair[0] not in ("system", "context", "category")]
        # Of several labels, a row may lack some, and of several turns, those after the first two.
        turns = [key for meaning, value in asked if meaning == "messages" for key in keys_of(meaning, value)]
        single = [value for meaning, value in asked if meaning != "messages" and len(keys_of(meaning, value)) == 1]
        return (*turns[:FIRST_TURNS], *single)

    @property
    def named(self) -> tuple[str, ...]:
        """All keys of the rows that the columns name, each once."""
        return tuple(dict.fromkeys(key for meaning, value in self.columns for key in keys_of(meaning, value)))

    @property
    def option(self) -> str:
        """The option to type, as words of a shell command; empty where none is needed."""
        return columns_option(self.mapping) if self.columns else ""


def keys_of(meaning: str, value: str) -> tuple[str, ...]:
    """Return the keys that ``--columns`` maps to a meaning: several, joined by ``+``, if it may have several.

    A ``+`` at either end belongs to a key, such as ``C++``. The answering speaker in a list of messages is no key.
    """
    if meaning == ANSWERER:
        return ()
    several = value.split(JOIN)
    return tuple(several) if meaning in SEVERAL and all(several) else (value,)


def of_parts(fields: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the keys of each part of an example, joined as an option has them, from pairs of a key and its part."""
    found: dict[str, str] = {}
    for key, part in fields:
        found[part] = f"{found[part]}{JOIN}{key}" if part in found else key
    return found


def can_be_typed(key: str) -> bool:
    """Return whether the option can carry a key, and does not take it for several."""
    plain = key if key.isascii() else "".join("x" if unicodedata.category(sign)[0] == "M" else sign for sign in key)
    return _USABLE.fullmatch(plain) is not None and len(keys_of("text", key)) == 1
