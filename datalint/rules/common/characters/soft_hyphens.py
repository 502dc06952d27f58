"""Soft hyphens that may replace visible hyphens, as in text from PDF files and in ISO 8859-1."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from datalint.rules.common.characters.widthless import MOST, WIDTHLESS, neighbour

SOFT_HYPHEN: Final = "\u00ad"
#: Marks of Markdown that close before a line break within a word ("in\u00ad**\n**side").
_CLOSED: Final = r"[*_~]{1,3}(?=\s|\Z)"
#: Compounds with a hyphen that people write in small letters: "elle-m\u00eame", "celui-ci", "a-t-il", "co-ingestion".
_COMPOUND: Final = (
    r"(?i)(?:[mts]oi|lui|elles?|eux|nous|vous)\u00admêmes?"
    r"|(?:celles?|celui|ceux)\u00ad(?:ci|là)"
    r"|\w+\u00adt\u00ad(?:ils?|elles?|on)"
    r"|co\u00ad[aeiou]\w*"
)
#: Characters on each side of a place that are searched for one.
_REACH: Final = 20


def may_be_hyphen(text: str, at: int) -> bool:
    """Return whether the character at a place is a soft hyphen whose deletion may join or part what a hyphen did.

    It is one next to a digit ("13d\u00ad3"), before a capital where the case of a word changes ("IT\u00adTeam"), at the
    beginning of a line, before white space ("pre\u00ad and postwar"), also after marks of Markdown, and in a few compounds
    ("elle\u00admême", "co\u00adingestion"), but none if a hyphen or dash is next to it.
    """
    if text[at] != SOFT_HYPHEN:
        return False
    before, after = neighbour(text, at, -1), neighbour(text, at, 1)
    if before is None or after is None or "Pd" in (_kind(before), _kind(after)):
        return False
    if after.isspace() or after == "" or before in ("", "\n", "\r") or re.match(_CLOSED, text[at + 1 : at + 5]):
        return True
    if before.isdigit() or after.isdigit():
        return True
    if not before.isalpha():
        return False
    if not after.isupper():
        return _is_compound(text, at)
    following = _letter_after(text, at)
    return before.islower() or following.islower()


def _is_compound(text: str, at: int) -> bool:
    """Return whether a place is in a word that is a compound with a hyphen."""
    before = re.search(r"[\w\u00ad]*\Z", text[max(at - _REACH, 0) : at])
    after = re.match(r"[\w\u00ad]*", text[at : at + _REACH])
    return before is not None and after is not None and re.fullmatch(_COMPOUND, before[0] + after[0]) is not None


def _letter_after(text: str, at: int) -> str:
    """Return the character after the first one with a width."""
    seen = [char for char in text[at + 1 : at + 3 + MOST] if char not in WIDTHLESS]
    return seen[1] if len(seen) > 1 else ""


def _kind(char: str) -> str:
    return unicodedata.category(char) if char else ""
