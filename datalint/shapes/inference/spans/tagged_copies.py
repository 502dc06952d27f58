"""A text and its copy with tags around the names in it, next to other texts such as a translation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import is_class
from datalint.shapes.evidence.names import has_word, is_about
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn
from datalint.shapes.guess import Guess
from datalint.shapes.inference.marked_copies import are_tagged_copies

#: Words of the names of such copies.
_TAGGED: Final = ("tagged", "annotated", "marked", "labelled", "labeled")


def tagged_copies(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the proposal to learn the tags of a text, if rows have other texts, too, and no class."""
    texts = [each for each in columns if each.holds is Holds.TEXT and not is_about(each)]
    tagged = [each for each in texts if has_word(each.key, _TAGGED)]
    if len(rows) < LEAST_ROWS or len(tagged) != 1 or len(texts) < 3 or any(map(is_class, columns)):
        return None
    copied = [each for each in texts if each not in tagged and are_tagged_copies(rows, tagged[0].key, each.key)]
    return Guess.of({"prompt": copied[0].key, "response": tagged[0].key}) if len(copied) == 1 else None
