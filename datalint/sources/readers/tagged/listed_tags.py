"""Tagged sentences in one line each, with the list of their tags after them: ``to Oslo ['O', 'B-CITY']``.

There is a tag for each word, or for each character of a sentence, as in Chinese. The row is
``{"tokens": […], "tags": […]}``.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import Any, Final

from datalint.support.named_tuple import NamedTuple
from datalint.support.names.token_keys import TAG

#: The container of such lines.
LISTED_TAGS: Final = "listed-tags"
#: Characters of a line that is parsed.
_LONGEST: Final = 1 << 16
#: Lines that are needed, and the share of them with as many tags as tokens.
_LEAST: Final = 5
_NEARLY_ALL: Final = 0.95


class ListedTags(NamedTuple):
    """Such lines; ``characters`` says that there is a tag for each character, and not for each word."""

    characters: bool
    container: str = LISTED_TAGS

    @property
    def description(self) -> str:
        """A description of a row."""
        return f"a sentence in a line, and the list of the tags of its {self._tokens}"

    def row(self, text: str) -> dict[str, Any]:
        """Return the row of a line."""
        said, tags = _parts(text)
        return {"tokens": list(said) if self.characters else said.split(), "tags": tags}

    def oddity(self, text: str) -> str:
        """Return that a line has not as many tags as tokens; empty for any other."""
        row = self.row(text)
        tokens, tags = len(row["tokens"]), len(row["tags"])
        return "" if tokens == tags else f"{tokens:,} {self._tokens}, and a list of {tags:,} tags"

    @property
    def _tokens(self) -> str:
        return "characters" if self.characters else "words"


def notation_of(lines: Sequence[bytes]) -> ListedTags | None:
    """Return the notation of a text that begins with ``lines``; None for other texts."""
    if len(lines) < _LEAST or not all(line.rstrip().endswith(b"]") for line in lines[:2]):
        return None
    texts = [line.decode("utf-8", "replace") for line in lines]
    tags = [tag for text in texts for tag in _parts(text)[1]]
    if not 0 < tags.count("O") < len(tags) or any(TAG.fullmatch(tag) is None for tag in tags):
        return None
    found = map(ListedTags, (True, False))
    return next(
        (each for each in found if sum(not each.oddity(text) for text in texts) >= _NEARLY_ALL * len(texts)), None
    )


def _parts(text: str) -> tuple[str, list[str]]:
    """Return the sentence of a line and its tags, which are none where no list of texts is after it."""
    text = text.strip()
    said, bracket, listed = text.rpartition("[")
    if not said.endswith((" ", "\t")) or not listed.endswith("]") or len(text) > _LONGEST:
        return text, []
    try:
        tags = ast.literal_eval(bracket + listed)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return text, []
    listed_texts = isinstance(tags, list) and all(isinstance(tag, str) for tag in tags)
    return (said.strip(), tags) if listed_texts else (text, [])
