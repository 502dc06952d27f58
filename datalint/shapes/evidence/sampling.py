"""Columns taken from sampled rows: the type of their values, lengths, and other evidence."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final

from datalint.languages.scripts import main_script
from datalint.records.canonical import exact_hash
from datalint.shapes.dialogues import is_answered, is_asked, is_dialogue
from datalint.shapes.evidence.references import (
    are_identifiers,
    are_ids,
    are_numbered,
    are_opaque,
    are_random,
    are_slugs,
    is_reference,
)
from datalint.shapes.evidence.sampled import (
    EMPTY,
    LEAST_ROWS,
    READABLE,
    UNNAMED,
    WIDE,
    Holds,
    SampledColumn,
    filled,
    is_unnamed,
    width,
)
from datalint.shapes.evidence.stances import are_stances
from datalint.shapes.evidence.tag_lists import are_codes, are_joined, are_places, are_tags
from datalint.support.chat_texts.markers import SPOKEN_LINE
from datalint.support.chat_texts.recognized import are_answered
from datalint.support.empty_cells import is_empty_cell
from datalint.support.named_tuple import NamedTuple
from datalint.support.names.column_names import Strength, strength
from datalint.support.sentence_signs import QUESTION_MARKS

#: Share of a column's values that must be of one type for the column to be.
_NEARLY_ALL: Final = 0.9
#: The maximum share of distinct values among labels.
_FEW: Final = 0.2
#: Names of sentences of which one may follow from the other.
_INFERRED: Final = frozenset(("premise", "hypothesis"))
#: The share of the most common value from which on a column has hardly any information.
_UNIFORM: Final = 0.9
#: Share of distinct values from which words with digits are identifiers, which may be repeated.
_VARIED: Final = 0.5
#: The same, where only many of the words have a digit.
_DISTINCT: Final = 0.98
#: Share of rows that must have a value in a column without a name for it to count as a column.
_FILLED: Final = 0.1
#: Characters of a label, on average and at most.
_LABEL: Final = 40
_LONGEST_LABEL: Final = 80
#: Characters that are looked at of one value.
_LOOKED_AT: Final = 2_000
#: Share of texts that end with a question mark, or look like code, for a column to hold questions, or code.
_MANY: Final = 0.5
#: The beginnings of queries, and what programs have and prose has not.
_CODE: Final = re.compile(
    r"(?i)^\s*(?:select\b.+\bfrom\b|with\s+\w+\s+as\s*\(|insert\s+into\b|match\s*\(|create\s+table\b|prefix\s+\w*:|ask\s*\{"
    r"|\{|\[|<\w|```|#!|=\w+\()|(?:^|\n)[^\S\n]*(?:def|class|import|from|function|public|private|#include|const|let|var)\s"
    r"|[;{}]\s*(?:\n|$)"
)
#: The beginning of a call.
_CALL: Final = re.compile(r"\w\(")
#: A list or an object that is written as text, whole or its beginning.
_LISTED: Final = re.compile(r"(?s)(?:\[.*\]|\{.*\})$|[\[{].{1999}$")
#: Names of the parts of a dataset.
_SPLITS: Final = frozenset("train training dev devel validation valid val test eval evaluation".split())
#: A word, and how many signs for syllables are more than a word: scripts of such signs have no spaces.
_BARE: Final = re.compile(r"[\w.,:/+#@-]+|\(\w{2,20}=[\w.-]{4,80}\)")
_SENTENCE: Final = 5
_NUMBER: Final = re.compile(r"[+-]?\d{1,30}(?:[.,]\d{1,30})?")
_AMOUNT: Final = re.compile(r"[^{}\[\]\"',;:]{0,6}\d[\d.,/ ]{0,30}[^{}\[\]\"',;:\d]{0,6}")
#: Items that are looked at of one list.
_ITEMS: Final = 50
_BINARY: Final = frozenset(("0", "1", "0.0", "1.0", "true", "false"))
#: A number from 0 to 1.
_SHARE: Final = re.compile(r"0?\.\d{1,18}|0(?:\.0{1,18})?|1(?:\.0{1,18})?")
#: Texts by which the script of a column is recognised.
_COMPARED: Final = 8
_LETTER: Final = re.compile(r"[^\W\d_]")
_CODES: Final = re.compile(r"[A-Z]{2,9}[-_:]\d[\d.-]{0,9}")
#: A name as programs have them, of several words: ``askPrice``, ``ask_price``.
_PROGRAM_NAME: Final = re.compile(r"(?=\S{0,80}(?:[a-z][A-Z]|_))[^\W\d][\w.-]{0,80}")
#: The name of a source with its year, such as that of an edition: ``Directory_1851a``.
_EDITION: Final = re.compile(r"(?=[^\W\d])[\w.-]{1,80}[_.-](?:1[5-9]|20)\d\d[a-z]?")
#: Names of columns of labels, whatever the first rows hold.
_SORTING: Final = frozenset(("label", "labels", "class", "sentiment"))


class _Known(NamedTuple):
    """What was sampled in an inference, by the identity of the values or rows, which are kept with it."""

    columns: dict[tuple[str, tuple[int, ...]], tuple[list[Any], SampledColumn]]
    rows: dict[tuple[int, ...], tuple[list[Mapping[str, Any]], list[SampledColumn]]]


_KNOWN: ContextVar[_Known | None] = ContextVar("known", default=None)


@contextmanager
def sampled_once() -> Iterator[None]:
    """Sample the same rows once within, and the same values under the same key.

    An inference asks for the columns of the same rows ten times, and of rows with some of these columns three times.
    """
    token = _KNOWN.set(_Known({}, {}) if (known := _KNOWN.get()) is None else known)
    try:
        yield
    finally:
        _KNOWN.reset(token)


def columns_of(rows: Sequence[Mapping[str, Any]]) -> list[SampledColumn]:
    """Return the columns of rows, in the order of their keys."""
    known = _KNOWN.get()
    if known is None:
        return _columns_of(rows)
    place = tuple(map(id, rows))
    if place not in known.rows:
        known.rows[place] = [*rows], _columns_of(rows)
    return [*known.rows[place][1]]


def _columns_of(rows: Sequence[Mapping[str, Any]]) -> list[SampledColumn]:
    keys = dict.fromkeys(key for row in rows for key in row)
    columns = [_known_column(key, [row[key] for row in rows if row.get(key) is not None]) for key in keys]
    least = _FILLED * len(rows)
    if len(rows) >= LEAST_ROWS:
        columns = [each._replace(sparse=_is_sparse(rows, each)) for each in columns]
    # A separator within a text makes cells beyond the header's.
    return [
        SampledColumn(each.key, Holds.NOTHING) if is_unnamed(each) and _filled(rows, each.key) < least else each
        for each in columns
    ]


def _is_sparse(rows: Sequence[Mapping[str, Any]], column: SampledColumn) -> bool:
    """Whether a column is empty in most rows."""
    return column.holds is not Holds.NOTHING and 2 * filled(rows, column.key) < len(rows)


def _filled(rows: Sequence[Mapping[str, Any]], key: str) -> int:
    return sum(row.get(key) not in (None, "") for row in rows)


def _known_column(key: str, values: list[Any]) -> SampledColumn:
    known = _KNOWN.get()
    if known is None:
        return _column(key, values)
    place = (key, tuple(map(id, values)))
    if place not in known.columns:
        # With the values themselves, or others could get their identities.
        known.columns[place] = values, _column(key, values)
    return known.columns[place][1]


def _column(key: str, values: list[Any]) -> SampledColumn:
    filled = [value for value in values if value not in ([], {}, *EMPTY)]
    if not filled:
        return SampledColumn(key, Holds.NOTHING)
    chats = sum(is_dialogue(value, key) for value in filled)
    texts = [value[:_LOOKED_AT].strip() for value in filled if isinstance(value, str)]
    numbers = sum(isinstance(value, bool | int | float) for value in filled)
    enough = _NEARLY_ALL * len(filled)
    distinct = len({value if isinstance(value, str) else exact_hash({"": value}) for value in filled}) / len(filled)
    if chats >= enough:
        answered, asked = (sum(map(test, filled)) >= enough for test in (is_answered, is_asked))
        return SampledColumn(key, Holds.CHAT, answered=answered, asked=asked)
    if numbers >= enough:
        binary = {value for value in filled if isinstance(value, bool | int | float)} <= {0, 1}
        share = not binary and all(isinstance(value, int | float) and 0 <= value <= 1 for value in filled)
        return SampledColumn(key, Holds.NUMBER, distinct=distinct, short=True, binary=binary, share=share)
    if texts and len(texts) < enough:
        # A text in some rows, and the list of its sentences in others.
        texts += [" ".join(value[:_ITEMS])[:_LOOKED_AT].strip() for value in filled if _is_list_of_texts(value)]
    if len(texts) < enough <= len(texts) + numbers and texts:
        # Answers of which some are numbers.
        texts += [str(value) for value in filled if isinstance(value, int | float)]
    if len(texts) < enough:
        return SampledColumn(key, _of_objects(key, filled, enough), distinct=distinct)
    return _text_column(key, texts, distinct, enough)


def _text_column(key: str, texts: list[str], distinct: float, enough: float) -> SampledColumn:
    """Return a column of texts, of which ``enough`` are what a column must hold."""
    answered = are_answered([text for text in texts if len(text) < _LOOKED_AT])
    length = sum(map(width, texts)) / len(texts)
    short = max(map(len, texts)) <= _LONGEST_LABEL and not any("\n" in text for text in texts)
    is_nameless = UNNAMED.fullmatch(key) is not None
    sorts = is_nameless or key.strip().lower() in _SORTING
    joined = len(texts) >= LEAST_ROWS and (are_joined(texts) or (sorts and are_codes(texts)))
    asks = sum(text.endswith(QUESTION_MARKS) for text in texts) >= _MANY * len(texts)
    held = _of_texts(texts, length, distinct, short=short, sorts=key.strip().lower() in _SORTING, joined=joined)
    if held is Holds.LABEL and asks and strength(key, "prompt") is Strength.WHOLE:
        held = Holds.TEXT  # repeated questions, each with another passage or answer
    if held is Holds.LABEL and key.strip().lower() in _INFERRED and all(" " in text for text in texts):
        held = Holds.TEXT  # repeated sentences, each with other premises
    if held is Holds.TEXT and strength(key, "context") >= Strength.HEAD and are_slugs(texts):
        held = Holds.REFERENCE  # names of documents, of which the text is elsewhere
    if is_nameless and held in READABLE and all(map(_EDITION.fullmatch, texts)):
        held = Holds.REFERENCE
    return SampledColumn(
        key,
        held,
        length,
        distinct,
        short,
        answered=answered,
        spoken=sum(len(re.findall(SPOKEN_LINE, text)) > 1 for text in texts) >= enough,
        asks=asks,
        code=sum(map(_is_code, texts)) >= _MANY * len(texts),
        binary=all(text.lower() in _BINARY for text in texts),
        listed=all(map(_LISTED.match, texts)),
        uniform=len(texts) >= LEAST_ROWS and max(Counter(texts).values()) >= _UNIFORM * len(texts),
        program_names=sum(_PROGRAM_NAME.fullmatch(text) is not None for text in texts) > _MANY * len(texts),
        codes=all(map(_CODES.fullmatch, texts)),
        script=main_script(" ".join(texts[:_COMPARED]))[0],
        share=all(map(_SHARE.fullmatch, texts)) and not all(text.lower() in _BINARY for text in texts),
        joined=joined,
        stated="/" in key and {text.lower() for text in texts} <= {part.strip() for part in key.lower().split("/")},
        relates=held is Holds.LABEL and are_stances(texts),
        unsaid=2 * sum(map(is_empty_cell, texts)) > len(texts) >= LEAST_ROWS,
    )


def _is_code(text: str) -> bool:
    """Whether a text begins as a query does, has what prose has not, or ends with a call."""
    if _CODE.search(text) is not None:
        return True
    # The pattern of a whole call would start again at each letter of a word and at each bracket.
    return text.endswith(")") and _CALL.search(text, text.rfind(")", 0, -1) + 1) is not None


def _is_list_of_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value[:_ITEMS])


def _is_identifier(text: str) -> bool:
    """Whether a text is a word with digits."""
    bare = _BARE.fullmatch(text) is not None and any(map(str.isdigit, text))
    return bare and (text.isascii() or len(WIDE.findall(text)) < _SENTENCE)


def _has_emoji(text: str) -> bool:
    return any(unicodedata.category(sign) == "So" for sign in text[:_LONGEST_LABEL])


def _of_objects(key: str, values: Sequence[Any], enough: float) -> Holds:
    lists = [value for value in values if isinstance(value, list)]
    named = strength(key, "response") < Strength.HEAD and all(map(are_ids, lists))
    if len(lists) >= enough and (named or all(map(are_identifiers, lists)) or are_numbered(lists)):
        return Holds.REFERENCE
    if len(lists) >= enough and all(isinstance(each, str | int | float) for value in lists for each in value[:_ITEMS]):
        return Holds.LIST
    return Holds.OBJECT if sum(isinstance(value, dict | list) for value in values) >= enough else Holds.OTHER


def _of_texts(texts: Sequence[str], length: float, distinct: float, *, short: bool, sorts: bool, joined: bool) -> Holds:
    most = len(texts) if len(texts) < LEAST_ROWS else _NEARLY_ALL * len(texts)  # shifted cells hold anything
    if joined and not any(_LETTER.search(text) for text in texts):
        return Holds.LABEL
    if sum(_NUMBER.fullmatch(text) is not None for text in texts) >= most:
        return Holds.NUMBER
    if sum(map(is_reference, texts)) >= most:
        return Holds.REFERENCE
    if not any(_LETTER.search(text) for text in texts):
        # Emoji are a text of their own.
        if sum(map(_has_emoji, texts)) >= _MANY * len(texts):
            return Holds.TEXT
        # Numbers may have a unit, a sign or a currency.
        amounts = sum(_AMOUNT.fullmatch(text) is not None for text in texts)
        return Holds.NUMBER if length <= _LABEL / 2 and amounts >= most else Holds.OTHER
    if len(texts) >= LEAST_ROWS:
        if are_tags(texts) or are_places(texts):
            return Holds.OTHER
        if {text.lower() for text in texts} <= _SPLITS:
            return Holds.REFERENCE
        if distinct * len(texts) < 1.5:
            # A constant does not distinguish rows, but the first rows of sorted data have one label.
            return Holds.LABEL if sorts and short else Holds.OTHER
        if are_random(texts):
            return Holds.REFERENCE
        if joined or (short and length <= _LABEL and distinct <= _FEW):
            return Holds.LABEL
        if distinct >= _VARIED and all(map(_is_identifier, texts)):
            return Holds.REFERENCE
        if distinct >= _DISTINCT and are_opaque(texts):
            return Holds.REFERENCE
    return Holds.TEXT
