"""Labels of speakers at the beginning of lines, ``[ANNA] Come in.`` or ``ANNA: Come in.``, as scripts have them."""

from __future__ import annotations

from typing import Final

from datalint.support.lazy_pattern import lazy_pattern

#: A name in brackets, or one in capitals before a colon, with text after it.
_LABEL: Final = lazy_pattern(
    r"[ \t]{0,8}(?:\[[^\W\d][^\[\]\n]{0,30}\]:?|【[^\W\d][^【】\n]{0,30}】|[A-Z][A-Z .'’-]{1,30}:)[ \t]{1,4}(?=\S)"
)
#: Characters in which what is said may end, quotation marks, brackets and stars behind it, and what else it may be.
_ENDED: Final = lazy_pattern(r"(?:[.!?…。！？—-]|--)[\"”’')）\]*_]{0,3}\Z")
#: Labelled lines before the last one, their share of the lines, and the share of them that end with a mark.
_LEAST: Final = 3
_SHARE: Final = 2 / 3
_ENDING: Final = 0.8


def unlabelled(text: str) -> str:
    """Return a text without the labels of its lines, if it is a script; otherwise the text itself.

    A script has labels on most of its lines, the last one included, and nearly all others end as sentences do. Forms
    and songs do not.
    """
    lines = [line for line in text.rstrip().split("\n") if line and not line.isspace()]
    labelled = [line for line in lines[:-1] if _LABEL.match(line)]
    if len(labelled) < max(_LEAST, _SHARE * (len(lines) - 1)) or not _LABEL.match(lines[-1]):
        return text
    ended = sum(_ENDED.search(line.rstrip()[-8:]) is not None for line in labelled)
    return text if ended < _ENDING * len(labelled) else "\n".join(_LABEL.sub("", line, count=1) for line in lines)
