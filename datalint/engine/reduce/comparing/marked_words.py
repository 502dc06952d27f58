"""Sentences in which signs mark the words that are asked about, as data of relations and aspects has them."""

from __future__ import annotations

import re
from typing import Final

from datalint.support.lazy_pattern import lazy_pattern

#: A sign before the marked words: ``<e1>``, ``[E1]``, ``<head>``.
_OPENING: Final = ("<e", "<E", "[e", "[E", "<subj", "<obj", "<head", "<tail", "<target", "<aspect", "<arg")
#: Marked words between two such signs.
_MARKED: Final = lazy_pattern(
    r"(?i)(?P<open>[<\[])(?P<name>e[12]|entity[12]|subj|obj|head|tail|target|aspect|arg[12])(?P<close>[>\]])"
    r"(?P<inside>[^<>\[\]]{1,200})(?P=open)/(?P=name)(?P=close)"
)
#: Words between two equal signs, as BioBERT has them, and with a blank after a single one, as R-BERT has them. A
#: formula, which is also between ``$$``, has a sign of LaTeX.
_DOUBLED: Final = ("$$", "||", "@@", "##")
_SINGLES: Final = ("$ ", "# ", "@ ")
#: Tags around an error that somebody found in a text, as MQM has them; in pages, they are around more than that.
_SPANS: Final = ("<v>", "<mark>", "<error>")
_SPAN: Final = lazy_pattern(r"<(?P<sign>v|mark|error)>(?P<inside>[^<>]{1,400})</(?P=sign)>")
#: What stands in the place of the words that are asked about.
_BLANKS: Final = ("$T$", "[MASK]", "<mask>", "[BLANK]", "<blank>")
_BETWEEN: Final = lazy_pattern(
    r"(?P<sign>\$\$|\|\||@@|##)[^\S\n]?(?P<inside>[^\s$|@#\\^=](?:[^$|@#\\^=\n]{0,80}[^\s$|@#\\^=])?)[^\S\n]?(?P=sign)"
)
_SINGLE: Final = lazy_pattern(r"(?P<sign>[$#@]) (?P<inside>[^\s$#@\\^=][^$#@\\^=\n]{0,80}) (?P=sign)(?!\S)")
#: Words between two brackets each (``<< gene >>``, ``[[ drug ]]``), as ChemProt has them.
_BRACKETS: Final = ("<<", "[[")
_IN_BRACKETS: Final = lazy_pattern(
    r"(?P<sign>(?P<angle><<)|\[\[)[^\S\n]?(?P<inside>\S(?:[^\n]{0,200}?\S)?)[^\S\n]?(?(angle)>>|\]\])"
)


def mark_others(one: str, other: str) -> bool:
    """Return whether two sentences with such signs mark other words, which makes them other questions.

    Without names, signs mark others where only they have moved: to other words, or to the same word in another place.
    """
    if any(sign in one for sign in _OPENING) and any(sign in other for sign in _OPENING):
        mine, theirs = _marked(one), _marked(other)
        if (mine and theirs and mine != theirs) or _have_moved(_MARKED, one, other):
            return True
    return any(
        any(sign in one and sign in other for sign in signs) and _have_moved(between, one, other)
        for between, signs in (
            (_BETWEEN, _DOUBLED),
            (_SINGLE, _SINGLES),
            (_IN_BRACKETS, _BRACKETS),
            (_SPAN, _SPANS),
        )
    )


def leave_others_out(one: str, other: str) -> bool:
    """Return whether two texts are the same but for their blanks, which stand for other words."""
    return any(blank in one and blank in other and _has_moved(blank, one, other) for blank in _BLANKS)


def _have_moved(between: re.Pattern[str], one: str, other: str) -> bool:
    """Whether two texts with signs are equal without them, but for white space and case, and not with them."""
    (bare, mine), (others, theirs) = (between.subn(_inside, text) for text in (one, other))
    if not mine or not theirs or _plain(bare) != _plain(others):
        return False
    return _plain(between.sub(_named, one)) != _plain(between.sub(_named, other))


def _has_moved(blank: str, one: str, other: str) -> bool:
    """Whether the blank of two texts has moved: they are the same before the first place and after the second one."""
    first, second = sorted((each.split(blank) for each in (one, other)), key=lambda parts: len(parts[0]))
    (start, end), (before, after) = ((_plain(parts[0]), _plain(parts[-1])) for parts in (first, second))
    return start != before and after != end and before.startswith(start) and end.endswith(after)


def _plain(text: str) -> str:
    return "".join(text.casefold().split())


def _inside(found: re.Match[str]) -> str:
    return found["inside"]


def _named(found: re.Match[str]) -> str:
    return f"\0{found[1]}{found[2] or ''}\0{found['inside']}\0"


def _marked(text: str) -> list[tuple[str, str]]:
    """Return the marked words with the names of their signs, which say which is the first one."""
    found = _MARKED.finditer(text)
    return [(match["name"].casefold(), " ".join(match["inside"].casefold().split())) for match in found]
