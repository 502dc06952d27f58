"""Tagged sentences of so few words that they are repeated by chance: headings, and pieces of sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import polars as pl

from datalint.shapes.formats import token_labels
from datalint.support.token_keys import OUTSIDE, tagged_tokens
from datalint.support.word_scripts import has_words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from datalint.engine.execute.row_reader import Reader

_TAGGED: Final = token_labels.SHAPES[0].name
#: Characters of a brief row at most, and rows that are read.
_CHARS: Final = 40
_MOST: Final = 50_000
#: Tokens of a heading at most, with a tag that names something and without one, and tags that name nothing.
_NAMED: Final = 3
_TOKENS: Final = 5
#: Words of a sentence that is more than a piece of one: a splitter leaves initials, and names of books.
_SENTENCE: Final = 3
#: Share of the rows that are brief from which on a dataset is of terms, names or commands.
_SHARE: Final = 0.5


def brief_sentences(examples: pl.DataFrame, reader: Reader) -> NDArray[np.bool_]:
    """Return which rows are tagged sentences that are headings or page headers, in a text of longer ones.

    They have up to three tokens, or up to five of which none is tagged as something, or they are fragments of up to
    two words.
    """
    found = np.zeros(examples.height, np.bool_)
    is_tagged = examples["shape"] == _TAGGED
    if not is_tagged.any():
        return found
    rows = np.flatnonzero((is_tagged & (examples["prompt_chars"] <= _CHARS)).to_numpy())
    if not 0 < len(rows) <= _MOST or not most_are_long(examples):
        return found
    found[rows] = [_is_heading(record) for record in reader.records(rows)]
    return found


def most_are_long(examples: pl.DataFrame) -> bool:
    """Return whether most tagged sentences are longer than a heading, which terms and queries are not."""
    is_tagged = examples["shape"] == _TAGGED
    return int((is_tagged & (examples["prompt_chars"] <= _CHARS)).sum()) <= _SHARE * int(is_tagged.sum())


def is_fragment(tokens: Sequence[object]) -> bool:
    """Return whether up to two tokens of a sentence are words of more than one letter ("M . , Tiller , D .")."""
    texts = [token for token in tokens if isinstance(token, str)]
    words = sum(sum(map(str.isalpha, text)) > 1 for text in texts)
    return words < _SENTENCE and not has_words("".join(texts), _SENTENCE)


def _is_heading(record: Mapping[str, Any]) -> bool:
    found = tagged_tokens(record)
    if found is None or not found[0]:
        return False
    tokens, tags = found
    if len(tokens) <= _NAMED or is_fragment(tokens):
        return True
    return len(tokens) <= _TOKENS and all(isinstance(tag, str | int) and tag in OUTSIDE for tag in tags)
