"""Files named as tables that are lines of text: hardly any line has the fields of the first one.

More lines may have them by chance where texts have one or two commas each. A blank follows the commas of texts.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import Final

from datalint.records.record import Problem
from datalint.sources.readers.delimited.separators import Fit
from datalint.support.names.column_names import is_name
from datalint.support.word_scripts import has_words

#: Records at least, and the share of them with the fields of the first one at most.
_LEAST: Final = 20
_FITTING: Final = 0.2
#: The same where a blank follows separators, and the share of separators with one.
_FITTING_SPACED: Final = 0.5
_SPACED: Final = 0.95
#: Words of a line from which on it is a text.
_WORDS: Final = 5
#: Share of the records that are such texts.
_NEARLY_ALL: Final = 0.8


def texts_in_lines(fit: Fit, head: Sequence[str], line: int) -> Problem | None:
    """Return the problem that a file has a text on each line, and separators as signs of these; None for a table.

    In a table with a few broken lines, most have the fields of its header, which are names.
    """
    below = [fields for _, fields in fit.rows[1:]]
    if len(below) < _LEAST or any(map(is_name, head)):
        return None
    fitting = sum(isinstance(fields, list) and len(fields) == len(head) for fields in below)
    most = _FITTING_SPACED if fitting > _FITTING * len(below) and _are_spaced(fit, below) else _FITTING
    if fitting > most * len(below) or not has_words(" ".join(head), _WORDS):
        return None
    lists = [fields for fields in below if isinstance(fields, list)]
    if not any(any(map(str.strip, fields[1:])) for fields in lists):
        return None  # separators at the ends of rows divide no text
    widths = list(map(len, lists))
    texts = sum(isinstance(fields, str) or has_words(" ".join(fields), _WORDS) for fields in below)
    if len(set(widths)) < 2 or texts < _NEARLY_ALL * len(below) or median(widths) > _WORDS:
        return None
    count = "field" if len(head) == 1 else "fields"
    message = (
        f"not a table: {len(below) - fitting:,} of the {len(below):,} lines after the first one lack its {len(head):,} "
        f"{count}, or have more; if each line is a text, name the file .txt"
    )
    return Problem("wrong-delimiter", message, line)


def _are_spaced(fit: Fit, below: Sequence[list[str] | str]) -> bool:
    """Return whether a blank follows nearly all separators, which are no blanks, as it follows the commas of a text."""
    after = [field for fields in below if isinstance(fields, list) for field in fields[1:]]
    return not fit.dialect.delimiter.isspace() and sum(map(_begins_with_blank, after)) >= _SPACED * max(len(after), 1)


def _begins_with_blank(field: str) -> bool:
    return field[:1].isspace()
