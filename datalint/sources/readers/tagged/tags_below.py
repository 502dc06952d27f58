"""Blocks of two lines: a sentence, and the tags of its words or characters in the line below.

There is a tag for each word, or for each character of a sentence, as in Chinese. The row is
``{"tokens": […], "tags": […]}``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from datalint.records.record import Problem
from datalint.sources.readers.lines import SPACE
from datalint.sources.readers.text_rows import decoded_lines
from datalint.support.names.token_keys import TAG

#: The containers of such blocks.
TAGS_OF_WORDS: Final = "tags-of-words"
TAGS_OF_CHARACTERS: Final = "tags-of-characters"
_LINES: Final = 2
#: Blocks that are needed, and the share of them with as many tags as tokens.
_LEAST: Final = 5
_NEARLY_ALL: Final = 0.95


def tags_below(lines: Sequence[bytes]) -> str | None:
    """Return the container of a text that begins with ``lines``, of which the last may be cut; None for other texts."""
    given = (line for line in lines if line.strip(SPACE))
    next(given, None)
    # Few texts have tags alone in their second line.
    if not _are_tags(_fields(next(given, b""))):
        return None
    blocks = _complete(lines)
    pairs = [(_text(block[0]), _fields(block[1])) for block in blocks if len(block) == _LINES]
    tags = [tag for _, each in pairs for tag in each]
    if len(pairs) < _LEAST or not 0 < tags.count("O") < len(tags) or not _are_tags(tags):
        return None
    counts = (
        (TAGS_OF_WORDS, sum(len(said.split()) == len(each) for said, each in pairs)),
        (TAGS_OF_CHARACTERS, sum(len(said) == len(each) for said, each in pairs)),
    )
    return next((name for name, count in counts if count >= _NEARLY_ALL * len(blocks)), None)


def tagged_words(block: Sequence[bytes], first: int) -> tuple[dict[str, Any] | None, Problem | None]:
    """Return the row of a sentence whose words have tags; None, with the problem, if these are not as many."""
    return _row(block, first, "words")


def tagged_characters(block: Sequence[bytes], first: int) -> tuple[dict[str, Any] | None, Problem | None]:
    """Return the row of a sentence whose characters have tags; None, with the problem, if these are not as many."""
    return _row(block, first, "characters")


def _row(block: Sequence[bytes], first: int, what: str) -> tuple[dict[str, Any] | None, Problem | None]:
    texts, problem = decoded_lines(block, first)
    if texts is None:
        return None, problem
    if len(texts) != _LINES:
        lines = "1 line" if len(texts) == 1 else f"{len(texts)} lines"
        return None, Problem("invalid-row", f"{lines} instead of a sentence and its tags", first)
    said, tags = texts[0].strip(), texts[1].split()
    tokens = said.split() if what == "words" else list(said)
    if len(tokens) != len(tags):
        return None, Problem("invalid-row", f"{len(tokens):,} {what}, and a line of {len(tags):,} tags", first)
    return {"tokens": tokens, "tags": tags}, problem


def _complete(lines: Sequence[bytes]) -> list[list[bytes]]:
    """Return the blocks of lines that are not blank, without the last one, which may be cut."""
    blocks: list[list[bytes]] = [[]]
    for line in lines:
        if line.strip(SPACE):
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return blocks[:-1]


def _are_tags(fields: Sequence[str]) -> bool:
    return bool(fields) and all(map(TAG.fullmatch, fields))


def _text(line: bytes) -> str:
    return line.decode("utf-8", "replace").strip()


def _fields(line: bytes) -> list[str]:
    return _text(line).split()
