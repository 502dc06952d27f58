"""Sampled columns: the type of their values, lengths, and other evidence from a sample of rows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any, Final

from datalint.support.named_tuple import NamedTuple

#: Mean characters from which on a text is a sentence or more.
LONG: Final = 30
#: The minimum number of rows for values to be labels.
LEAST_ROWS: Final = 20
#: Signs that stand for a syllable or a word, and so count twice: Han, kana and Hangul.
WIDE: Final = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff]")
#: Spellings of an empty value.
EMPTY: Final = ("", "[]", "{}")
#: Names that the reader, and pandas, give to the columns of a table without a header.
UNNAMED: Final = re.compile(r"column-\d+|\d{1,2}")


class Holds(Enum):
    """What a column holds."""

    NOTHING = "nothing"
    CHAT = "messages"
    #: Lists of texts or numbers, objects, and lists of objects that are no messages.
    LIST = "lists"
    OBJECT = "objects"
    TEXT = "text"
    LABEL = "labels"
    NUMBER = "numbers"
    #: Identifiers, links, dates and file names.
    REFERENCE = "references"
    OTHER = "other values"


#: What has words that a model may read or learn, and what has none.
READABLE: Final = (Holds.TEXT, Holds.LABEL)
FACTS: Final = (Holds.NOTHING, Holds.NUMBER, Holds.REFERENCE, Holds.OTHER)


class SampledColumn(NamedTuple):
    """A column of sampled rows: what it holds, its mean length, and the share of distinct values.

    The length is in characters, of which those of Chinese, Japanese and Korean count twice.

    ``short`` says that no value is longer than a label's, ``answered`` that nearly all lists of messages have one
    of the assistant, or texts are conversations that end with an answer, ``asked`` that lists end with the user's turn,
    ``spoken`` that nearly all texts are conversations, ``asks`` that many texts are questions, ``code`` that they are
    programs or data, and ``listed`` that all are lists or objects that are written as text. ``binary`` numbers are 0
    and 1, or true and false, numbers that are a ``share`` are between these, and texts that are ``within`` are, nearly
    all, parts of another column's. ``sparse`` columns hold nothing in most rows, and those that ``contains`` is true of
    have, in nearly all rows, the long text of another column in theirs; ``composed`` ones are written of several
    others, which are left out. A ``mean`` is that of numbers which are left out. Nearly all values of a ``uniform``
    column are the same. Texts that are ``program_names`` are, most of them, names such as ``askPrice``. ``codes`` are
    such as ``AB-12``. Short ones are ``apart`` if many rows have a text that other rows have with other values.
    ``script`` is that of texts, ``edits`` the key of the column of which nearly all texts are others' with small
    changes. ``joined`` labels are several in one text. The values
    of ``stated`` ones are in their name: ``title/text``; those that ``relates`` is true of say how two texts relate.
    """

    key: str
    holds: Holds
    length: float = 0.0
    distinct: float = 0.0
    short: bool = False
    answered: bool = False
    asked: bool = False
    spoken: bool = False
    asks: bool = False
    code: bool = False
    binary: bool = False
    within: bool = False
    script: str = ""
    edits: str = ""
    sparse: bool = False
    contains: bool = False
    composed: bool = False
    listed: bool = False
    share: bool = False
    mean: bool = False
    program_names: bool = False
    uniform: bool = False
    apart: bool = False
    codes: bool = False
    joined: bool = False
    unsaid: bool = False
    stated: bool = False
    relates: bool = False

    @property
    def coarse(self) -> SampledColumn:
        """The same column with its length reduced to whether it is that of a sentence."""
        return self._replace(length=LONG + 1.0 if self.length > LONG else 0.0, distinct=1.0)


def filled(rows: Sequence[Mapping[str, Any]], key: str) -> int:
    """Return the number of rows that hold more than blanks, or an empty list or object, under a key."""
    return sum(_is_filled(row.get(key)) for row in rows)


def _is_filled(value: object) -> bool:
    return value not in (None, [], {}) and not (isinstance(value, str) and value.strip() in EMPTY)


def is_unnamed(column: SampledColumn) -> bool:
    """Return whether the reader or pandas named a column, of a table without a header."""
    return UNNAMED.fullmatch(column.key) is not None


def width(text: str) -> int:
    """Return the length of a text, in which a sign for a syllable or a word counts twice."""
    return len(text) if text.isascii() else len(text) + len(WIDE.findall(text))
