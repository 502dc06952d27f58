"""Explanations of a chosen option that are nothing but the text of an option."""

from __future__ import annotations

from typing import Final

from datalint.api import Dataset
from datalint.rules.common.lazy_pattern import lazy_pattern

#: The line of an answer that explains it, and an option of a question.
_EXPLAINED: Final = lazy_pattern(
    r"(?im)^[ \t*]{0,9}(?:(?:brief|short) )?(?:explanation|rationale|reason|reasoning)[ \t*]{0,4}:[ \t*]{0,4}(\S[^\n]{0,300})$"
)
_OPTION: Final = lazy_pattern(r"(?m)^[ \t]{0,9}\(?[A-H][.):]\)?[ \t]{1,4}(\S[^\n]{0,300})$")
_LABEL: Final = ("xplanation", "XPLANATION", "ationale", "eason")
#: Examples that are looked at first, all that are, and those with an explanation at least; and the share that are copies.
_FIRST: Final = 10
_MOST: Final = 400
_LEAST: Final = 20
_NEARLY_ALL: Final = 0.95


def copied_explanations(data: Dataset) -> tuple[list[int], int]:
    """Return the rows whose explanation is an option of their question, and how many have one; none for few copies."""
    if data.size < _LEAST or not _copied(data, _spread(data.size, _FIRST))[0]:
        return [], 0
    rows, explained = _copied(data, _spread(data.size, _MOST))
    return (rows, explained) if explained >= _LEAST and len(rows) >= _NEARLY_ALL * explained else ([], 0)


def _copied(data: Dataset, rows: list[int]) -> tuple[list[int], int]:
    copied, explained = [], 0
    for row, text in zip(rows, data.texts(rows), strict=True):
        said = text.response
        found = _EXPLAINED.search(said) if any(each in said for each in _LABEL) else None
        if found is None:
            continue
        explained += 1
        if _plain(found[1]) in map(_plain, _OPTION.findall(text.prompt)):
            copied.append(row)
    return copied, explained


def _spread(size: int, most: int) -> list[int]:
    count = min(size, most)
    return [number * size // count for number in range(count)]


def _plain(text: str) -> str:
    return text.strip(" \t\r*.").casefold()
