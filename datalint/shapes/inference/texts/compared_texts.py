"""Proposals for texts of which a column says something by its name: ``text_a_is_closer``, ``story_2_is_longer``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from datalint.shapes.evidence.names import pair_stem
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn
from datalint.shapes.guess import JOIN, Guess, can_be_typed

#: What is between the name of a text and what is said of it.
_IS: Final = "_is_"


def compared_texts(columns: Sequence[SampledColumn], rows: int) -> Guess | None:
    """Return the proposal that the only statement about one of two texts is learned from all texts; None for none."""
    texts = [each for each in columns if each.holds is Holds.TEXT and not each.short]
    said = [each for each in columns if each.binary and _IS in each.key]
    if rows < LEAST_ROWS or len(said) != 1 or not all(can_be_typed(each.key) for each in (*texts, *said)):
        return None
    name = said[0].key.split(_IS)[0]
    stems = [pair_stem(each.key) for each in texts if each.key == name]
    if not stems or sum(pair_stem(each.key) == stems[0] for each in texts) < 2:
        return None
    answer = said[0].key
    return Guess.of({"prompt": JOIN.join(each.key for each in texts), "response": answer, "category": answer})
