"""Texts that are written in blocks of HTML as a whole, as exports of forums and help desks have them."""

from __future__ import annotations

import re
from typing import Final

from datalint.rules.common.lazy_pattern import lazy_pattern

#: Names of elements that are blocks of prose.
_BLOCKS: Final = "p|h[1-6]|ul|ol|blockquote|div|pre|table"
#: The first tag of such a text, its last one, and the element that prose has.
_FIRST: Final = lazy_pattern(rf"(?i)\s*<(?:{_BLOCKS})(?: [^<>\n]{{1,200}})?>")
_LAST: Final = lazy_pattern(rf"(?i)</(?:{_BLOCKS})>(?:\s|<(?:br|hr) ?/?>)*$")
_PROSE: Final = lazy_pattern(r"(?i)<p>[^<\n]{0,400}\w")
_END: Final = 200
_ANY_TAG: Final = lazy_pattern(r"</?[a-zA-Z][^<>]{0,2000}>")
#: Elements that hold code, whose signs are escaped there.
_CODE: Final = lazy_pattern(r"(?is)<(pre|code)\b[^<>]{0,200}>.{0,20000}?</\1>")
#: A title above or below such a text, on a line of its own: no order, which ends in a colon or names the markup.
_TITLE: Final = lazy_pattern(r"[^<>\n]{1,300}[^<>:\n]")


def is_in_blocks(text: str) -> bool:
    """Return whether a text begins and ends with the tags of blocks, and has a paragraph of prose in it."""
    return _FIRST.match(text) is not None and _LAST.search(text[-_END:]) is not None and _PROSE.search(text) is not None


def is_titled_in_blocks(text: str) -> bool:
    """Return whether a text is in blocks, perhaps but for a title on its first or last line."""
    text = text.strip()
    first, _, below = text.partition("\n")
    above, _, last = text.rpartition("\n")
    parts = (("", text), (first, below), (last, above))
    return any(is_in_blocks(part) and (not title or _TITLE.fullmatch(title) is not None) for title, part in parts)


def without_code_elements(text: str) -> str:
    """Return a text with as many spaces in place of its elements with code, so that places stay."""
    return _CODE.sub(_blank, text)


def without_tags(text: str) -> str:
    """Return a text with as many spaces in place of its tags, whose links may end in ``.html``."""
    return _ANY_TAG.sub(_blank, text)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())
