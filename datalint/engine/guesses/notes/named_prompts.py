"""Note about plain texts in a file that is named after prompts, most of which are questions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import islice
from pathlib import PurePath
from typing import Any, Final

from datalint.engine.guesses.notes.sampling import LEAST, MOST_KEYS, ROWS
from datalint.shapes.base import Shape
from datalint.shapes.fields import fields_of, keys_of
from datalint.support.columns_option import columns_option
from datalint.support.sentence_signs import QUESTION_MARKS

_NAMED: Final = r"(?i)(?<![a-z])(?:prompts?|questions?|queries)(?![a-z])"
_MOSTLY: Final = 0.5


def named_prompts(path: str, first: Mapping[str, Any], shape: Shape, rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the note on texts of a file whose name and first rows say that they are prompts; empty for others."""
    if (
        shape.name != "text"
        or shape.fields is None
        or len(first) > MOST_KEYS
        or not re.search(_NAMED, PurePath(path).name)
    ):
        return ""
    keys = keys_of(fields_of(shape, first), "text")
    if len(keys) != 1:
        return ""
    texts = [text for row in islice(rows, ROWS) if isinstance(text := row.get(keys[0]), str) and text.strip()]
    if len(texts) < LEAST or sum(text.rstrip().endswith(QUESTION_MARKS) for text in texts) < _MOSTLY * len(texts):
        return ""
    option = columns_option(f"prompt={keys[0]}")
    return f"most texts are questions, and the file is named after prompts; to read them as prompts: {option}"
