"""Texts with a label that is null in some rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from datalint.shapes.formats.text_label import LABELS

if TYPE_CHECKING:
    from datalint.shapes.detect import Detector
    from datalint.shapes.guess import Guess

#: Shapes of a text with its label, and without.
LABELLED: Final = frozenset(("text", "text-label"))
#: Mean characters from which on texts with a category are documents.
_LONG: Final = 2_000


def partly_labelled(
    sampled: Sequence[dict[str, Any]], rest: Iterator[dict[str, Any]], detector: Detector
) -> Guess | None:
    """Return the guess about texts of which some have a null for their label; None where all have one, or none has."""
    from datalint.shapes.guess import Guess

    keys = [key for key in LABELS if all(key in row for row in sampled)]
    if len(keys) != 1 or len({row[keys[0]] is None for row in sampled}) < 2:
        return None
    # Rows may be sorted, those with a label first.
    alike = [row for row in (*sampled, *rest) if keys[0] in row and detector.shape(row).name in LABELLED]
    if sum(len(str(row["text"])) for row in alike) > _LONG * len(alike):
        return None
    if not 0 < sum(row[keys[0]] is not None for row in alike) < len(alike):
        return None
    guess = Guess.of({"prompt": "text", "response": keys[0]}, clear=True, basis="names")
    return guess.about(alike, *LABELLED)
