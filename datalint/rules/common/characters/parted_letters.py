"""Letters that are set apart: one on each line, vowel signs behind blanks, and words hyphenated at the end of a line."""

from __future__ import annotations

from typing import Any, Final

from datalint.api import counted, excerpt
from datalint.rules.common.characters.parted_marks import parted_marks
from datalint.rules.common.lazy_pattern import lazy_pattern
from datalint.rules.common.texts.asked import is_asked
from datalint.rules.common.texts.escapes import is_code
from datalint.rules.common.texts.hyphenated import hyphenated_words
from datalint.rules.common.texts.line_ends import plain_ends

#: A blank between words that are written with one character on a line, such lines, and letters of them at least.
APART: Final = ("\n \n", "\n \r\n")
_COLUMN: Final = lazy_pattern(r"(?m)(?:^[^\n]?\n){19,}[^\n]?$")
_LETTERS: Final = 10
#: What a request names that asks for such lines.
_COLUMNS: Final = r"(?i)\bletter|\bcharacter|\blines?\b|vertical|column|acrostic|ascii"


def letters_apart(text: str, row: dict[str, Any]) -> str | None:
    """Describe lines of one character, as of a text joined by line breaks; None for a text without, or that is asked for."""
    if not any(sign in text for sign in APART):
        return None
    runs = (found.group() for found in _COLUMN.finditer(plain_ends(text)) if APART[0] in found.group())
    run = next((each for each in runs if sum(map(str.isalpha, each)) >= _LETTERS), None)
    if run is None or (row["is_response"] and is_asked(_COLUMNS, row)):
        return None
    lines = run.split("\n")
    return f'{len(lines):,} lines of one character, as of a text joined by line breaks: "{excerpt("".join(lines), 40)}"'


def marks_apart(text: str, row: dict[str, Any]) -> str | None:
    """Describe vowel signs that stand behind blanks; None for a text without."""
    count, at = parted_marks(text)
    if not count or (row["is_response"] and is_asked(_COLUMNS, row)):
        return None
    around = excerpt(text, 40, start=max(at - 15, 0), stop=at + 25)
    return f'{counted(count, "vowel sign")} after a blank, outside of the words: "{around}"'


def hyphenated_ends(text: str, row: dict[str, Any]) -> str | None:
    """Describe words of a response or a plain text that are hyphenated at the ends of lines; None for a text without."""
    if not row["is_response"] and row["role"] != "text":
        return None
    found = hyphenated_words(plain_ends(text))
    if not found or is_code(text):
        return None
    first = found[0]
    parts = f'"{excerpt(first[1], 20)}-" above "{excerpt(first[2], 20)}"'
    return f"{counted(len(found), 'word')} hyphenated at the end of a line, such as {parts}"
