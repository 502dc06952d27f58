"""Tagged sentences of so few words that they are repeated by chance: headings, and pieces of sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import polars as pl

from datalint.shapes.formats.token_labels import TOKEN_LABELS
from datalint.support.lazy_pattern import lazy_pattern
from datalint.support.names.token_keys import OUTSIDE, tagged_tokens
from datalint.support.word_scripts import has_words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from datalint.engine.execute.row_reader import Reader

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
#: Share of the rows of few tokens from which on they are terms, and rows of one text that are too few for a mistake.
_TERMS: Final = 0.8
_FEW_ROWS: Final = 20
#: Share of the brief sentences that are names from which on a dataset is a list of them.
_NAMES: Final = 0.95
#: The tag of a token in a name.
_PART: Final = lazy_pattern(r"[BIELSUM][-_]\w")


def brief_sentences(examples: pl.DataFrame, reader: Reader) -> NDArray[np.bool_]:
    """Return which rows are tagged sentences that repeat by chance: headings or fragments, or else short replies.

    In a text of longer sentences, headings have up to three tokens, or up to five of which none is tagged as something,
    and fragments up to two words.
    """
    found = np.zeros(examples.height, np.bool_)
    is_tagged = examples["shape"] == TOKEN_LABELS
    rows = np.flatnonzero((is_tagged & (examples["prompt_chars"] <= _CHARS)).to_numpy())
    if not len(rows):
        return found
    if not most_are_long(examples):
        found[rows] = _are_replies(examples["prompt_hash"].to_numpy()[rows], rows, int(is_tagged.sum()), reader)
    elif len(rows) <= _MOST:
        found[rows] = [_is_heading(record) for record in reader.records(rows)]
    return found


def _are_replies(
    texts: NDArray[np.uint64], rows: NDArray[np.int64], size: int, reader: Reader
) -> NDArray[np.bool_] | bool:
    """Return which of some brief sentences, of ``size`` in all, have up to three tokens.

    These are replies in a conversation ("Yeah ."), which people give again and again. Where nearly all sentences have
    so few tokens, or nearly all brief ones are parts of names and nothing else, they are terms or names. A text that
    most rows have is a mistake, such as a full stop for each.
    """
    _, firsts, copies, counts = np.unique(texts, return_index=True, return_inverse=True, return_counts=True)
    if len(firsts) > _MOST:
        return False
    records = list(reader.records(rows[firsts]))
    few = np.array([_has_few_tokens(record) for record in records], np.bool_)
    if counts[few].sum() > _TERMS * size or sum(map(_is_name, records)) >= _NAMES * len(records):
        return False
    replies: NDArray[np.bool_] = (few & (counts <= max(_SHARE * size, _FEW_ROWS)))[copies]
    return replies


def most_are_long(examples: pl.DataFrame, brief: float = _SHARE) -> bool:
    """Return whether most tagged sentences are longer than a heading, which terms and queries are not.

    A share of up to ``brief`` of them are not.
    """
    is_tagged = examples["shape"] == TOKEN_LABELS
    return int((is_tagged & (examples["prompt_chars"] <= _CHARS)).sum()) <= brief * int(is_tagged.sum())


def is_fragment(tokens: Sequence[object]) -> bool:
    """Return whether up to two tokens of a sentence are words of more than one letter ("M . , Tiller , D .")."""
    texts = [token for token in tokens if isinstance(token, str)]
    words = sum(sum(map(str.isalpha, text)) > 1 for text in texts)
    return words < _SENTENCE and not has_words("".join(texts), _SENTENCE)


def _has_few_tokens(record: Mapping[str, Any]) -> bool:
    found = tagged_tokens(record)
    return found is not None and 0 < len(found[0]) <= _NAMED


def _is_name(record: Mapping[str, Any]) -> bool:
    """Whether each token is one of a name, by the scheme of its tag: no word of a reply is."""
    found = tagged_tokens(record)
    return found is not None and all(isinstance(tag, str) and _PART.match(tag) for tag in found[1])


def _is_heading(record: Mapping[str, Any]) -> bool:
    found = tagged_tokens(record)
    if found is None or not found[0]:
        return False
    tokens, tags = found
    if len(tokens) <= _NAMED or is_fragment(tokens):
        return True
    return len(tokens) <= _TOKENS and all(isinstance(tag, str | int) and tag in OUTSIDE for tag in tags)
