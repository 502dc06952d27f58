"""Notes about questions in several languages, only one of which is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any, Final

from datalint.privacy.display import excerpt
from datalint.records.places import listed
from datalint.shapes.base import Shape

#: The shape of such rows, the key of their question, and the key of its language.
_SHAPE: Final = "text-to-sql"
_QUESTION: Final = "question"
_LANGUAGE: Final = "language"
#: Rows that are looked at, and languages that are named.
_ROWS: Final = 100
_NAMED: Final = 4


def question_languages(first: Mapping[str, Any], shape: Shape, rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the note on the languages of questions that are not read; empty if there is one language."""
    if shape.name != _SHAPE or not isinstance(first.get(_QUESTION), list):
        return ""
    lists = [row[_QUESTION] for row in islice(rows, _ROWS) if isinstance(row.get(_QUESTION), list)]
    named = (each.get(_LANGUAGE) for each in (item for some in lists for item in some) if isinstance(each, dict))
    found = list(dict.fromkeys(name for name in named if isinstance(name, str) and name))
    if len(found) < 2:
        return ""
    read = "en" if "en" in found else found[0]
    others = [excerpt(name, 12) for name in found if name != read]
    return (
        f'each question is in up to {len(found)} languages, and "{excerpt(read, 12)}" is read: write those in '
        f"{listed(others, len(others), _NAMED)} as rows of their own to train on them"
    )
