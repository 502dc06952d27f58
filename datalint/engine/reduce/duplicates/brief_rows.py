"""Rows of so few words that they are repeated by chance: headings of tagged texts, and replies that have a label."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import polars as pl

from datalint.languages.brief import is_brief
from datalint.shapes.formats import text_label, token_labels
from datalint.shapes.mapped import NAME
from datalint.support.token_keys import tagged_tokens
from datalint.support.word_scripts import has_words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from datalint.engine.execute.row_reader import Reader
    from datalint.records.leaks import Leak

_TAGGED: Final = token_labels.SHAPES[0].name
_LABELLED: Final = (text_label.SHAPE.name, NAME)
#: Characters of a brief row at most, and rows that are read.
_CHARS: Final = 40
_MOST: Final = 50_000
#: Tokens of a heading at most, with a tag that names something and without one, and tags that name nothing.
_NAMED: Final = 3
_TOKENS: Final = 5
_OUTSIDE: Final = frozenset(("O", "o", "_", "-", "0", 0))
#: Words of a sentence that is more than a piece of one: a splitter leaves initials, and names of books.
_SENTENCE: Final = 3
#: Words of a reply, and its characters in a script without spaces.
_WORDS: Final = 2
_SPACELESS_CHARS: Final = 4
#: Share of the rows that are brief from which on a dataset is of terms, names or commands.
_SHARE: Final = 0.5
#: Rows for each different answer of labelled texts at least.
_ROWS_PER_LABEL: Final = 20
_SERIOUS: Final = ("exact", "normalized", "near")


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
    return len(tokens) <= _TOKENS and all(isinstance(tag, str | int) and tag in _OUTSIDE for tag in tags)


def without_brief(leaks: Sequence[Leak], examples: pl.DataFrame, reader: Reader) -> list[Leak]:
    """Return leaks without those of headings in tagged texts, and of labelled replies of up to two words.

    Such texts are in any sample of the same source, and were not copied from one split to the other. Where most rows
    are as short, they are what is learned.
    """
    rows = sorted({leak.training for leak in leaks if leak.kind in _SERIOUS})
    if not rows:
        return list(leaks)
    left_out = _brief_replies(rows, examples, reader)
    headings = brief_sentences(examples, reader)
    return [
        leak
        for leak in leaks
        if leak.kind not in _SERIOUS or not (leak.training in left_out or headings[leak.training])
    ]


def _brief_replies(rows: Sequence[int], examples: pl.DataFrame, reader: Reader) -> frozenset[int]:
    labelled = examples["shape"].is_in(_LABELLED) & (examples["prompt_chars"] > 0) & (examples["response_chars"] > 0)
    brief = labelled & (examples["prompt_chars"] <= _CHARS)
    of_labels = examples["answer"].n_unique() * _ROWS_PER_LABEL <= examples.height
    if not of_labels or not brief.any() or int(brief.sum()) > _SHARE * int(labelled.sum()):
        return frozenset()
    wanted = [row for row, is_brief in zip(rows, brief.gather(list(rows)), strict=True) if is_brief][:_MOST]
    texts = reader.texts(wanted)
    return frozenset(row for row, text in zip(wanted, texts, strict=True) if is_reply(text.prompt))


def is_reply(text: str) -> bool:
    """Return whether a text has up to two words, or up to four characters of a script without spaces."""
    return is_brief(text, words=_WORDS, spaceless=_SPACELESS_CHARS)
