"""Reader of tagged sentences in one line each: ``book:O to:O oslo:B-city <=> travel``.

A line is the tokens of a sentence with a sign and the tag after each, and perhaps the intent of the sentence after
another sign. The row is ``{"tokens": […], "tags": […], "intent": …}``. What has no tag has an empty one. A blank before
the sign of a tag is a problem of the file.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from datalint.records.record import Problem
from datalint.sources.base import Located, SourceChunk
from datalint.sources.content import Content, Region
from datalint.sources.merge import bounded
from datalint.sources.readers.ends import line_end
from datalint.sources.readers.lines import SPACE, split
from datalint.sources.readers.text import TextChunk
from datalint.sources.readers.text_rows import TextRows, decoded
from datalint.support.named_tuple import NamedTuple

#: The container of such lines.
TAGGED_LINES: Final = "tagged-lines"
#: What stands between a token and its tag, and before the intent; none means that a line has no intent.
_SIGNS: Final = (":", "/", "|", "#", "_")
_BEFORE_INTENT: Final = ("<=>", "|||", "=>", "->", "\t", "")
#: The tag of a word inside or outside of a name.
_TAG: Final = re.compile(r"O|[BIESLUM][-_]\S{1,60}")
#: One of these after one of the signs, which hardly any other line has.
_MARKED: Final = re.compile(rb"[:/|#_](?:O(?=\s)|[BIESLUM][-_]\S)")
#: Lines that are needed, tokens of one on average, the share of lines with an intent and of tokens with a tag, and
#: characters of an intent.
_LEAST: Final = 20
_TOKENS: Final = 3
_NEARLY_ALL: Final = 0.95
_INTENT: Final = 100
#: Tokens of a line that are looked at.
_LOOKED_AT: Final = 100


class Notation(NamedTuple):
    """The sign between a token and its tag, and the one before the intent, which is empty if there is none."""

    sign: str
    before_intent: str

    @property
    def description(self) -> str:
        """What a row is."""
        more = f', and its intent after "{self.before_intent}"' if self.before_intent.strip() else ""
        more = more or (", and its intent after a tab" if self.before_intent else "")
        return f'a sentence in a line: each token with its tag after "{self.sign}"{more}'

    def row(self, text: str) -> dict[str, Any]:
        """Return the row of a line."""
        said, intent = self.divided(text)
        parts, _ = self.tokens(said)
        row: dict[str, Any] = {"tokens": [token for token, _ in parts], "tags": [tag for _, tag in parts]}
        return row | {"intent": intent} if self.before_intent else row

    def tokens(self, said: str) -> tuple[list[tuple[str, str]], int]:
        """Return the tokens of a line with their tags, and how many have a blank before the sign of their tag."""
        parts: list[tuple[str, str]] = []
        apart = 0
        for token, tag in map(self.token, said.split()):
            if not token and tag and parts and not parts[-1][1]:
                parts[-1] = parts[-1][0], tag
                apart += 1
            else:
                parts.append((token, tag))
        return parts, apart

    def divided(self, text: str) -> tuple[str, str]:
        """Return the tokens of a line, and its intent."""
        if not self.before_intent or self.before_intent not in text:
            return text, ""
        said, _, intent = text.rpartition(self.before_intent)
        return said, intent.strip()

    def token(self, text: str) -> tuple[str, str]:
        """Return a token and its tag, which is empty if there is none."""
        token, sign, tag = text.rpartition(self.sign)
        return (token, tag) if sign and tag else (text, "")


def notation_of(head: bytes, *, cut: bool) -> Notation | None:
    """Return how the lines of a text that begins with ``head`` are written; None for other texts."""
    lines = [line for line in split(head)[: -1 if cut else None] if line.strip(SPACE)]
    if len(lines) < _LEAST or _MARKED.search(lines[0]) is None:
        return None
    texts = [line.decode("utf-8", "replace").strip() for line in lines]
    before = next(each for each in _BEFORE_INTENT if _has_intents(texts, each))
    return next((found for sign in _SIGNS if _fits(found := Notation(sign, before), texts)), None)


def _has_intents(texts: Sequence[str], sign: str) -> bool:
    if not sign:
        return True
    ends = [end.strip() for text in texts if (end := text.rpartition(sign)[2]) != text]
    return sum(0 < len(end) <= _INTENT for end in ends) >= _NEARLY_ALL * len(texts)


def _fits(notation: Notation, texts: Sequence[str]) -> bool:
    """Whether nearly all tokens have a tag, of which some are outside of names, and some are not."""
    tokens = [notation.token(each) for text in texts for each in notation.divided(text)[0].split()[:_LOOKED_AT]]
    tags = [tag for _, tag in tokens if _TAG.fullmatch(tag) is not None]
    return (
        len(tokens) >= _TOKENS * len(texts)
        and len(tags) >= _NEARLY_ALL * len(tokens)
        and 0 < tags.count("O") < len(tags)
        and sum(bool(token) for token, _ in tokens) >= _NEARLY_ALL * len(tokens)
    )


@dataclass(slots=True)
class TaggedLines(TextRows):
    """A row for each line, which is a tagged sentence."""

    notation: Notation = field(default_factory=lambda: Notation(":", ""))

    def part(self, file: int, region: Region) -> SourceChunk:
        """Return the chunk of some lines."""
        return TaggedLinesChunk(file, self.path, region, self.notation)

    def row_end(self, content: Content, position: int) -> int:
        """Return the end of the line at a position."""
        return line_end(content, position)

    def at(self, offset: int) -> dict[str, Any]:
        """Return the row of the line at an offset."""
        text, _ = decoded(self.content.read(offset, line_end(self.content, offset + 1)).rstrip(b"\n"), 1)
        return self.notation.row(text or "")


@dataclass(frozen=True, slots=True)
class TaggedLinesChunk:
    """Lines of a file of tagged sentences."""

    file: int
    path: str
    region: Region
    notation: Notation

    def load(self) -> Located:
        """Return a row for each line that is not blank."""
        found = TextChunk(self.file, self.path, self.region).load()
        texts = [record["text"] for record in found.records]
        apart = [self.notation.tokens(self.notation.divided(text)[0])[1] for text in texts]
        found.records = list(map(self.notation.row, texts))
        found.facts.container = TAGGED_LINES
        more = (self._apart(many, found.lines[place]) for place, many in enumerate(apart) if many)
        found.facts.problems = bounded([*found.facts.problems, *more])
        found.facts.rows_of = self.notation.description
        return found

    def _apart(self, many: int, line: int) -> Problem:
        have, tags = ("1 token has", "its tag") if many == 1 else (f"{many:,} tokens have", "their tags")
        message = f'{have} a blank before the "{self.notation.sign}" of {tags}: read as if there was none'
        return Problem("invalid-json", message, line, severity="warning")
