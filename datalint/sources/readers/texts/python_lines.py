"""Lines that are lists, tuples or dictionaries as Python writes them: ``['is it full', 'No.']``.

Tuples of a text and a dictionary with its spans are examples of spaCy: ``('to Oslo', {'entities': [(3, 7, 'CITY')]})``.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import Any, Final

from datalint.sources.python_values import plain_value
from datalint.support.named_tuple import NamedTuple
from datalint.support.word_scripts import has_words

#: The container of such lines.
PYTHON_LINES: Final = "python-lines"
_BRACKETS: Final = (b"[", b"(", b"{")
#: Lines that are needed, the share of them that are alike, and values of a list.
_LEAST: Final = 5
_NEARLY_ALL: Final = 0.95
_SIZES: Final = range(2, 21)
#: Words of the longest text of a line, at least, in half of the lines, and characters of a line that is parsed.
_WORDS: Final = 3
#: The key of the spans of spaCy's examples, and what stands for the number of values of one.
_SPANS: Final = "entities"
_SPACY: Final = -2
_LONGEST: Final = 1 << 20


class PythonLines(NamedTuple):
    """The notation of such lines; ``size`` is the number of values of a list, 0 for dictionaries, -2 for spans."""

    size: int
    container: str = PYTHON_LINES

    @property
    def description(self) -> str:
        """A description of a row."""
        if self.size == _SPACY:
            return "a line with a text and a dictionary of its spans as Python writes them"
        return f"a line with a {'list' if self.size else 'dictionary'} as Python writes it"

    def row(self, text: str) -> dict[str, Any]:
        """Return the row of a line."""
        value = _value(text)
        if isinstance(value, list):
            if _size(value) == _SPACY:
                return {**value[1], "text": value[0]}
            return {f"column-{place}": item for place, item in enumerate(value, 1)}
        return value if isinstance(value, dict) else {"text": text}

    def oddity(self, text: str) -> str:
        """Return that a line is not written as the others are; empty for any other."""
        return "" if _size(_value(text)) == self.size else f"not {self.description.removeprefix('a line with ')}"


def _value(text: str) -> Any:
    """Return the value of a line; None for any other text."""
    if len(text) > _LONGEST or not text.strip().startswith(("[", "(", "{")):
        return None
    try:
        return plain_value(ast.literal_eval(text.strip()))
    except (ValueError, SyntaxError, MemoryError, RecursionError, TypeError):
        return None


def _size(value: object) -> int:
    """Return the number of values of a list of texts and numbers, 0 for a dictionary, -2 for an example of spaCy.

    It is -1 for any other value.
    """
    if isinstance(value, dict):
        return 0 if value else -1
    if isinstance(value, list) and len(value) == 2 and isinstance(value[0], str) and isinstance(value[1], dict):
        return _SPACY if isinstance(value[1].get(_SPANS), list) and "text" not in value[1] else -1
    plain = isinstance(value, list) and all(isinstance(each, str | int | float | None) for each in value)
    return len(value) if isinstance(value, list) and plain and len(value) in _SIZES else -1


def notation_of(lines: Sequence[bytes]) -> PythonLines | None:
    """Return the notation of a text that begins with ``lines``; None for other texts."""
    if len(lines) < _LEAST or not lines[0].lstrip().startswith(_BRACKETS):
        return None
    values = [_value(line.decode("utf-8", "replace")) for line in lines]
    size = _size(values[0])
    alike = [value for value in values if _size(value) == size]
    if size == -1 or len(alike) < _NEARLY_ALL * len(lines):
        return None
    if size == _SPACY:
        return PythonLines(size)
    items = (value.values() if isinstance(value, dict) else value for value in alike)
    spoken = sum(any(isinstance(each, str) and has_words(each, _WORDS) for each in item) for item in items)
    return PythonLines(size) if 2 * spoken >= len(alike) else None
