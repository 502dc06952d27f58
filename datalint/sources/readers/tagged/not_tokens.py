"""Lines of tagged text that are no tokens: comments, and lines above or below the tokens of each sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import AnyStr, Final

#: Beginnings of lines that are no tokens.
NOT_TOKENS: Final = (b"-DOCSTART-", b"# ", b"## ", b"### ")
#: A token that a comment begins like.
_HASH: Final = re.compile(rb"#{1,3} (?:O|[BIESLU][-_][^\s]{1,60})[ \t\r]{0,9}")
#: A comment that gives something a value, such as the number of a sentence.
_COMMENT: Final = re.compile(rb"#[A-Za-z_][\w.-]{0,40} ?= ")
#: The number of a document in a line of its own, as GENIA has it: ``###MEDLINE:95369245``.
_DOCUMENT: Final = re.compile(rb"###[A-Za-z][\w.-]{0,40}:[\w.-]{1,40}[ \t\r]{0,9}")
#: The mark of a part of a document, such as ``<HEADLINE>``, in a line of its own, perhaps with tabs for no tags.
_PART: Final = re.compile(rb"<[A-Z]{2,24}>[ \t\r]{0,20}")
#: Parts of the tags of XML between blanks: ``<ref``, ``rel="none">``. A tag without attributes may stand for a word.
_OPENING: Final = re.compile(r"</?[A-Za-z][\w:.-]{0,40}")
_ATTRIBUTE: Final = re.compile(r"[A-Za-z_][\w:.-]{0,40}=(?:\"[^\"<>]{0,200}\"|'[^'<>]{0,200}')(?:/?>)?")
#: Lines above the tokens of a sentence at most, and the share of sentences that have some.
_MOST_ABOVE: Final = 3
_HEADED: Final = 0.8
#: Sentences with a line of one word above or below their tokens at least, and the share of sentences that have one.
_LEAST_ALONE: Final = 5
_ALONE: Final = 0.9


def have_alone(sentences: Sequence[Sequence[Sequence[str]]], place: int) -> bool:
    """Return whether nearly all sentences have one field in the line at a place, the first or last, and more in others.

    Such are the name of an image above them, or their intent below.
    """
    some = [each for each in sentences if each]
    alone = [
        len(each[place]) == 1 and len(each) > 1 and sum(len(row) > 1 for row in each) == len(each) - 1 for each in some
    ]
    return len(alone) >= _LEAST_ALONE and sum(alone) >= _ALONE * len(alone)


def is_left_out(line: bytes, beginnings: tuple[bytes, ...]) -> bool:
    """Return whether a line begins as one that is no token, and is no hash with its tag."""
    comment = line.startswith(beginnings) or _COMMENT.match(line) is not None
    comment = comment or _DOCUMENT.fullmatch(line) is not None or is_part(line)
    return comment and _HASH.fullmatch(line) is None


def is_part(line: bytes) -> bool:
    """Return whether a line is the mark of a part of a document, without a tag."""
    return _PART.fullmatch(line) is not None


def parts_of_tags(tokens: Sequence[str]) -> list[str]:
    """Return the tokens of a sentence that are parts of tags of XML with attributes; none where only one part is."""
    if not any("=" in token and _ATTRIBUTE.fullmatch(token) for token in tokens):
        return []
    found = [token for token in tokens if _ATTRIBUTE.fullmatch(token) or _OPENING.fullmatch(token)]
    return found if any(token.startswith("<") for token in found) else []


def are_headed(texts: Sequence[Sequence[str]]) -> bool:
    """Return whether lines without a tab, which are no comments, are above the tokens of most sentences."""
    counts = [above(each, "\t") for each in texts if each]
    commented = any(each[0].startswith("#") for each in texts if each)
    return sum(map(bool, counts)) >= _HEADED * len(counts) > 0 and not commented


def above(lines: Sequence[AnyStr], tab: AnyStr) -> int:
    """Return how many lines without a tab are above the lines of a sentence, if all others have one; otherwise 0."""
    count = next((place for place, line in enumerate(lines) if tab in line), 0)
    return count if count <= _MOST_ABOVE and all(tab in line for line in lines[count:]) else 0
