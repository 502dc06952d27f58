"""Prompts with the tags of HTML that parts of a page have, in data that is not about markup."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from datalint.api import NamedTuple
from datalint.rules.common.lazy_pattern import lazy_pattern
from datalint.rules.common.texts.asked import MARKUP
from datalint.rules.common.texts.html_signs import CODE, ELEMENT, ENDS, ENTITY, tags_of
from datalint.rules.common.texts.markup_blocks import without_tags
from datalint.rules.common.texts.turns import without_code

#: Tags of the blocks and lines of a text. Those around words may mark what a prompt asks about.
_BLOCK: Final = lazy_pattern(r"(?i)</?(?:p|div|ul|ol|li|h[1-6]|blockquote)(?: [^<>]{0,300})?>")
_BREAK: Final = "<br"
_ANY: Final = lazy_pattern(r"</?[a-zA-Z][^<>\n]{0,200}>")
#: Characters of a text that are read, and of a label.
_READ: Final = 20_000
_LABEL: Final = 40
#: Prompts with tags at least, their share, and different numbers of tags: those of a template are always the same.
_LEAST: Final = 10
_SHARE: Final = 0.2
_DIFFERENT: Final = 3
#: The share of rows that may speak of markup or code, or answer in it.
_ABOUT: Final = 0.2


class PageTags(NamedTuple):
    """How many prompts have tags, and of the first one its number and where its first tag is."""

    prompts: int
    first: int
    start: int
    stop: int


def find_page_tags(prompts: Sequence[str], responses: Sequence[str]) -> PageTags | None:
    """Return the tags of many prompts; None if few have some, or if the data is about markup."""
    found: list[tuple[int, int, int]] = []
    numbers: set[int] = set()
    about = 0
    for number, (prompt, response) in enumerate(zip(prompts, responses, strict=True)):
        text = without_code(prompt[:_READ])
        if _is_about_markup(text) or _ANY.search(response) is not None or _is_code(response):
            about += 1
            continue
        tags = [tag for tag in tags_of(text) if _BLOCK.match(tag[0]) or tag[0][:3].lower() == _BREAK]
        # Of these in texts with a label, html-residue speaks.
        if tags and (len(response) > _LABEL or any(_BLOCK.match(tag[0]) for tag in tags)):
            found.append((number, *tags[0].span()))
            numbers.add(len(tags))
    if len(found) < max(_LEAST, _SHARE * len(prompts)) or len(numbers) < _DIFFERENT or about > _ABOUT * len(prompts):
        return None
    return PageTags(len(found), *found[0])


def _is_about_markup(text: str) -> bool:
    """Whether a text speaks of markup or code, or has elements that no prose has."""
    said = re.sub(ENTITY, " ", text)
    return ELEMENT.search(said) is not None or _is_code(said) or re.search(MARKUP, without_tags(said)) is not None


def _is_code(text: str) -> bool:
    """Whether a text is markup or code, or speaks of it; JSON, whose lines end in braces too, is none."""
    bare = re.sub(ENDS, "", text) if text.lstrip().startswith(("{", "[")) else text
    return re.search(CODE, bare) is not None
