"""Links that follow a word without a space, as in "see athttps://pier.example"."""

from __future__ import annotations

from typing import Final

import polars as pl

from datalint.api import Chunk, NamedTuple, excerpt, percent
from datalint.rules.common.frames import picked
from datalint.rules.common.lazy_pattern import lazy_pattern
from datalint.rules.common.texts.turns import learned_texts, without_code

#: The beginnings of links, and the same after a letter of a script that has spaces between words.
_LINKS: Final = ("http://", "https://")
_GLUED_SIGNS: Final = tuple(
    f"{letter}http" for letter in "abcdefghijklmnopqrstuvwxyzßáàâäãçéèêëíîóôöúüабвгдежзийклмнопрстуфхцчшщыьэюя"
)
#: A link after a word that is no part of a path, of another link or of code, as one after a backslash or a quotation mark
#: may be; no text of a Markdown link.
_GLUED: Final = lazy_pattern(
    r"(?:\A|[\s(])[a-zA-ZÀ-ÖØ-öø-ÿа-яёА-ЯЁ]{2,30}(?P<link>https?://[^\s()<>\[\]\"'`]{4,300})(?!\]\()"
)
#: Characters of a text that are read, before a link and of it that are shown, and of what is shown.
_READ: Final = 10_000
_WORDS: Final = 30
_LINK: Final = 20
_SHOWN: Final = 60
#: Places that are kept of a chunk, to count different ones.
_KEPT: Final = 20


class Glued(NamedTuple):
    """How many texts have links, how many of these glue one to a word, the first of them, and the different places."""

    linked: int
    glued: int
    first: tuple[int, str] | None
    places: tuple[str, ...]

    def said(self, what: str) -> str:
        """Return words on them; ``what`` names the texts."""
        shown = self.first[1] if self.first is not None else ""
        return (
            f"in {self.glued:,} of {self.linked:,} {what} with a link ({percent(self.glued / self.linked)}), a link "
            f'follows a word without a space: "{shown}"'
        )


NOTHING: Final = Glued(0, 0, None, ())


def glued_links(chunk: Chunk) -> tuple[Glued, Glued]:
    """Return what the prompts of a chunk have, and what its responses and texts have."""
    turns = chunk.turns
    may = turns.select(pl.col("text").str.contains_any(list(_LINKS))).to_series()
    if not may.any():
        return NOTHING, NOTHING
    learned = learned_texts(chunk)
    return _glued(turns, may & (turns["role"] == "user")), _glued(turns, may & learned)


def _glued(turns: pl.DataFrame, rows: pl.Series) -> Glued:
    linked = picked(turns, rows, "example", "text")
    signs = linked.select(pl.col("text").str.contains_any([*_GLUED_SIGNS], ascii_case_insensitive=True)).to_series()
    found: list[tuple[int, str]] = []
    for row, text in picked(linked, signs, "example", "text").iter_rows():
        said = without_code(text[:_READ])
        if (match := _GLUED.search(said)) is not None:
            at = match.start("link")
            start = said.rfind(" ", 0, max(at - _WORDS, 0)) + 1
            start = max(start, at - 2 * _WORDS)
            found.append((row, excerpt(" ".join(said[start : min(at + _LINK, match.end())].split()), _SHOWN)))
    places = tuple(dict.fromkeys(shown for _, shown in found))[:_KEPT]
    return Glued(linked.height, len(found), found[0] if found else None, places)


def joined_links(one: Glued, other: Glued, rows: int) -> Glued:
    """Add up; rows of ``other`` come after the ``rows`` of ``one``."""
    later = None if other.first is None else (other.first[0] + rows, other.first[1])
    places = tuple(dict.fromkeys((*one.places, *other.places)))[:_KEPT]
    return Glued(one.linked + other.linked, one.glued + other.glued, one.first or later, places)
