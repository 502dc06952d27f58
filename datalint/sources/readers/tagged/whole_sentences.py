"""Tagged text with one tag for all tokens of each sentence, which is the label of the sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from datalint.support.names.token_keys import TAG

#: Sentences of several tokens at least, tokens of one on average, and sentences for each different tag.
_LEAST: Final = 20
_LONG: Final = 3
_EACH: Final = 4
#: Share of the tokens that have a tag of spans in a column of such.
_SHARE: Final = 0.95
#: Tokens of a reply, as in a conversation, and the share of sentences up to which these are no conversation.
_REPLY: Final = 3
_FEW: Final = 0.05


def label_sentences(sentences: Sequence[Sequence[Sequence[str]]], token: int, tag: int) -> bool:
    """Return whether all tokens of each sentence have the tag of the first one, and sentences have different ones.

    Tags of spans (``O``, ``B-PER``) are never labels of sentences, and nothing is one where another column has such.
    """
    several = [each for each in sentences if len(each) > 1]
    rows = [row for each in several for row in each]
    if len(several) < _LEAST or len(rows) < _LONG * len(several):
        return False
    width = min(map(len, rows))
    if width < token + 2 or max(map(len, rows)) > width:
        return False
    if any(len({row[tag] for row in each}) > 1 for each in several):
        return False
    labels = {row[tag] for row in rows}
    if not 2 <= len(labels) <= len(several) / _EACH:
        return False
    return not any(_has_spans([row[at] for row in rows]) for at in range(token + 1, width))


def are_replies(sentences: Sequence[Sequence[Sequence[str]]]) -> bool:
    """Return whether several sentences are as short as replies, which repeat, and mean what is said before them."""
    runs = [len(each) for each in sentences if each]
    return sum(size <= _REPLY for size in runs) > _FEW * len(runs)


def _has_spans(tags: Sequence[str]) -> bool:
    return sum(TAG.fullmatch(tag) is not None for tag in tags) >= _SHARE * len(tags)
