"""Note on prompts of several texts that a table has in one cell: ``What is a dock?, Explain docks.``"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any, Final

from datalint.engine.guesses.notes.sampling import LEAST, MOST_KEYS, ROWS, of_rows
from datalint.privacy.display import excerpt
from datalint.shapes.base import Shape
from datalint.shapes.fields import fields_of, keys_of
from datalint.support.lazy_pattern import lazy_pattern

#: The end of a sentence, a comma and the beginning of the next one; characters of a value in which it is looked for.
_JOINED: Final = lazy_pattern(r"\w[?.!], [^\W\d_a-z]")
_BEGIN: Final = 1000
#: Share of the rows that have such a prompt.
_MOSTLY: Final = 0.5


def joined_questions(first: Mapping[str, Any], shape: Shape, rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the note on a key of prompts, most of which are several sentences with commas between them."""
    if len(first) > MOST_KEYS or shape.kind != "sft" or shape.fields is None:
        return ""
    keys = keys_of(fields_of(shape, first), "prompt")
    texts = [row.get(keys[0]) for row in islice(rows, ROWS)] if len(keys) == 1 else []
    several = sum(isinstance(text, str) and _JOINED.search(text[:_BEGIN]) is not None for text in texts)
    if several < max(LEAST, _MOSTLY * len(texts)):
        return ""
    named = f'"{excerpt(keys[0], 40)}"'
    counted = f"{several:,} {of_rows(len(texts))}"
    return f'{named} has several texts with ", " between them in {counted}: write a row for each text'
