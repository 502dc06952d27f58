"""Two columns that say nearly the same, in the first record of a table as in the rows below it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from datalint.support.word_scripts import has_words

#: Similarity of two texts that say nearly the same, words that they have at least, and characters that are compared.
_ALIKE: Final = 0.8
_WORDS: Final = 3
_COMPARED: Final = 500
#: Share of rows whose fields must differ in underscores alone, or not at all.
_NEARLY_ALL: Final = 0.95


def twin_of(head: Sequence[str], below: Sequence[Sequence[str]]) -> str | None:
    """Return the first field of two that say nearly the same, if all do in most rows: texts and their corrections.

    Names with underscores and with blanks are the same ones in nearly all rows.
    """
    if len(head) != 2:
        return None
    if _is_spelled(*head) and sum(_is_spelled(*row) or row[0] == row[1] for row in below) >= _NEARLY_ALL * len(below):
        return head[0].strip()
    if not all(has_words(name.strip(), _WORDS) for name in head):
        return None
    alike = sum(_are_alike(*row) for row in below)
    return head[0].strip() if 2 * alike >= len(below) and _are_alike(*head) else None


def _is_spelled(one: str, other: str) -> bool:
    """Return whether two texts differ in underscores in the place of blanks, and in nothing else."""
    return one != other and one.replace("_", " ") == other.replace("_", " ")


def _are_alike(one: str, other: str) -> bool:
    """Return whether two texts have nearly the same characters."""
    from rapidfuzz.distance import Indel  # few tables have two such columns

    return Indel.normalized_similarity(one[:_COMPARED], other[:_COMPARED], score_cutoff=_ALIKE) >= _ALIKE
