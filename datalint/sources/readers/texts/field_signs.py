"""Find the sign that separates fields on each line of a text named as no table: U+241E, ``@@@``, ``==sep==``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from datalint.core.table_format import NO_QUOTE, TableFormat
from datalint.sources.readers.lines import SPACE, split

#: Signs that no text has but to separate fields: control characters and their pictures (U+2400 to U+2424).
_SEPARATOR: Final = re.compile(r"[\x01-\x08\x0e-\x1f\u2400-\u2424]")
#: Signs that texts have too, but for those of special tokens (``<|endoftext|>``), and several of one sign in a row.
_SIGN: Final = re.compile(r"(?<=[^|^~¦‖<])[|^~¦‖](?=[^|^~¦‖>])")
_RUN: Final = re.compile(r"(?:([|@$^~¦;:&%#])\1{1,3})(?!\1)|(?<= )[^\w\s]{5,9}(?= )")
#: A word between signs that says that it separates: ``==sep==``, ``[SEP]``, ``<CODESPLIT>``.
_WORD: Final = re.compile(
    r"(?i)(?:={2,4}|[<\[{#|]{1,3})(?:sep|tab|separator|delimiter|codesplit)(?:={2,4}|[>\]}#|]{1,3})"
)
#: Signs that separate the fields of a table, and that texts have too.
_OF_TABLES: Final = (",", ";")
#: A number as a field of a table has it.
_NUMBER: Final = re.compile(r'"?[+-]?[0-9]{1,18}(?:\.[0-9]{1,18})?"?')
#: What stands between a text and its label.
_BEFORE_LABEL: Final = (";", " ||| ", "|||", " ==sep== ", "==sep==")
#: Lines that are needed with either kind of signs, the share of lines with as many of them, and the fields of a line.
_FEW: Final = 3
_MANY: Final = 20
_SHARE: Final = 0.98
_MOST_FIELDS: Final = 100
#: The minimum number of fields that runs of one sign separate: two texts with one between them are a pair.
_SEVERAL: Final = 3
#: The signs that are looked for, in this order, the lines that are needed with one, and the fewest fields.
_SIGNS: Final = ((_SEPARATOR, _FEW, 2), (_SIGN, _MANY, 2), (_RUN, _MANY, _SEVERAL), (_WORD, _MANY, _SEVERAL))
#: Lines whose signs are tried.
_TRIED: Final = 3
#: Labels of texts at most, the words of a label at most, and the lines that each has on average.
_LABELS: Final = 50
_LABEL_WORDS: Final = 2
_EACH: Final = 5


def format_of_lines(head: bytes, *, cut: bool) -> TableFormat | None:
    """Return how the fields are separated on each line of a text that begins with ``head``; None for other texts."""
    if b"\0" in head:
        return None
    lines = split(head)[: -1 if cut else None]
    texts = [line.decode("utf-8", "replace").strip("\r") for line in lines if line.strip(SPACE)]
    for pattern, least, fields in _SIGNS:
        if len(texts) < least:
            continue
        # The first line may be damaged.
        signs = dict.fromkeys(each[0] for text in texts[:_TRIED] for each in pattern.finditer(text))
        found = next((sign for sign in signs if _separates(sign, texts, fields)), None)
        if found is not None:
            spaced = f" {found} "
            sign = spaced if len(found) > 1 and _separates(spaced, texts, fields) else found
            return TableFormat(sign, None if _is_quoted(sign, texts) else NO_QUOTE)
    if len(texts) >= _MANY and (found := next((sign for sign in _OF_TABLES if _has_numbers(sign, texts)), None)):
        return TableFormat(found, None if _is_quoted(found, texts) else NO_QUOTE)
    found = next((sign for sign in _BEFORE_LABEL if len(texts) >= _MANY and _are_labelled(sign, texts)), None)
    return None if found is None else TableFormat(found, NO_QUOTE)


def _has_numbers(sign: str, texts: Sequence[str]) -> bool:
    """Return whether lines are a table with a column of numbers after the first, below the header."""
    if not _separates(sign, texts, _SEVERAL):
        return False
    width = texts[0].count(sign) + 1
    rows = [row for text in texts[1:] if len(row := text.split(sign)) == width]
    numbers = [all(_NUMBER.fullmatch(field.strip()) for field in column) for column in zip(*rows, strict=True)]
    return any(numbers[1:]) and not all(numbers)


def _are_labelled(sign: str, texts: Sequence[str]) -> bool:
    """Return whether each line is a text, one sign, and one of a few labels."""
    if not _separates(sign, texts, 2):
        return False
    labels = [text.partition(sign)[2].strip() for text in texts]
    kinds = set(labels)
    few = 1 < len(kinds) <= min(_LABELS, len(texts) // _EACH)
    return few and all(0 < len(kind.split()) <= _LABEL_WORDS and kind.isprintable() for kind in kinds)


def _separates(sign: str, texts: Sequence[str], fields: int) -> bool:
    """Return whether nearly all lines have as many fields as the first one, and not all an empty one at an end."""
    counts = [text.count(sign) for text in texts]
    if not fields - 1 <= counts[0] <= _MOST_FIELDS:
        return False
    alike = [text for text, count in zip(texts, counts, strict=True) if count == counts[0]]
    if len(alike) < _SHARE * len(texts):
        return False
    return not all(text.startswith(sign) for text in alike) and not all(text.endswith(sign) for text in alike)


def _is_quoted(sign: str, texts: Sequence[str]) -> bool:
    """Return whether some column is enclosed in quotation marks, below the header."""
    rows = [text.split(sign) for text in texts[1:]] if len(sign) == 1 else []
    columns = zip(*rows, strict=False)
    return any(all(len(field) > 1 and field[0] == '"' == field[-1] for field in column) for column in columns)
