"""Lists of which a program printed the beginning, and an ellipsis for the rest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from datalint.api import Dataset, Hit, excerpt, others
from datalint.support.lazy_pattern import lazy_pattern

#: The shape of lists of tokens, and files in whose cells lists are written as text.
_TAGGED: Final = "token-labels"
_TABLES: Final = ("csv", "tsv", "xlsx")
#: Rows that are read, the first ones, and how many are cut at least: nearly all lists of tokens, as a sentence may end in
#: an ellipsis, and a part of other texts, which have brackets around.
_MOST: Final = 200
_LEAST: Final = 10
_SHARE: Final = 0.9
_SHARE_BRACKETS: Final = 0.1
_END: Final = 20
_TOKENS: Final = lazy_pattern(r"(?:\s|\A)(?:\.\.\.|…)\s*\Z")
#: An ellipsis between values of a list, or at its end.
_BETWEEN: Final = lazy_pattern(r"[\d'\"\]),]\s*(?:\.\.\.|…)(?:\s*\]|,?\s+[\d'\"\[(-])")


def printed_lists(data: Dataset) -> Iterator[Hit]:
    """Yield a hit at the first list that is cut, if nearly all of the first rows have one, or a part in brackets."""
    size = min(data.size, _MOST)
    tagged = size >= _LEAST and data.examples["shape"][0] == _TAGGED
    if size < _LEAST or not (tagged or data.files[data.examples["file"][0]].container in _TABLES):
        return
    is_cut = _is_cut_tokens if tagged else _is_cut_list
    texts = [(text.prompt, text.response) for text in data.texts(range(size))]
    found = [row for row, both in enumerate(texts) if any(map(is_cut, both))]
    if len(found) >= max(_LEAST, (_SHARE if tagged else _SHARE_BRACKETS) * size):
        first, *more = found
        text = next(each for each in texts[first] if is_cut(each))
        yield Hit(
            f"the lists of {len(found):,} of the first {size:,} rows were cut where they were printed, with an ellipsis "
            f'for the rest: "{excerpt(text.rstrip(), 40, end=True)}"',
            at=first,
            related=others(more),
            key="printed",
        )


def _is_cut_tokens(text: str) -> bool:
    return _TOKENS.search(text[-_END:]) is not None


def _is_cut_list(text: str) -> bool:
    text = text.strip()
    return text[:1] == "[" and text[-1:] == "]" and _BETWEEN.search(text) is not None
