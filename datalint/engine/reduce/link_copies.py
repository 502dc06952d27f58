"""The note on rows that are the same as an earlier one except for their links, as posts are that were shared again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from datalint.privacy.display import excerpt
from datalint.shapes.detect import UNKNOWN
from datalint.support.distinct import evenly_spaced

if TYPE_CHECKING:
    from datalint.records.analyses import Text
    from datalint.records.dataset import Dataset

#: Rows that are read first, the share of them that must have a link, and rows that are compared.
_READ: Final = 40
_LINKED: Final = 0.1
_COMPARED: Final = 20_000
#: Copies at least, and their share of the rows; words that are left of a prompt without its links.
_LEAST: Final = 5
_SHARE: Final = 0.01
_WORDS: Final = 6
_CHARS: Final = 2_000
_LINK: Final = r"https?://\S{1,300}"
_MARK: Final = "://"


def link_copies_note(dataset: Dataset) -> str:
    """Return the note on copies except for links; empty for none. What is exactly the same is reported elsewhere."""
    if dataset.size < _READ:
        return ""
    rows = evenly_spaced(dataset.size, _READ).tolist()
    if UNKNOWN.name in [dataset.examples["shape"][row] for row in rows]:
        return ""
    if sum(_MARK in _of(text)[0] for text in dataset.texts(rows)) < _LINKED * len(rows):
        return ""
    seen: dict[tuple[str, str], tuple[str, str]] = {}
    found: list[str] = []
    for text in dataset.texts(range(min(dataset.size, _COMPARED))):
        whole = _of(text)
        masked = " ".join(re.sub(_LINK, " ", whole[0]).casefold().split()), re.sub(_LINK, " ", whole[1])
        if _MARK in whole[0] and masked[0].count(" ") >= _WORDS - 1 and seen.setdefault(masked, whole) != whole:
            found.append(whole[0])
    if len(found) < max(_LEAST, _SHARE * dataset.size):
        return ""
    return (
        f"{len(found):,} of {dataset.size:,} rows are the same as an earlier one except for a link, such as "
        f'"{excerpt(found[0], 60)}": they are copies if the link says nothing'
    )


def _of(text: Text) -> tuple[str, str]:
    """Return what is compared of a row: a prompt, or a text without one, and the response next to it."""
    prompt, response = text.prompt[:_CHARS], text.response[:_CHARS]
    return (prompt, response) if prompt else (response, "")
