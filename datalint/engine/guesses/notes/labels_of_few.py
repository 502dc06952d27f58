"""Notes about a label next to prompts that are read alone, since too few rows show that it is one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any, Final

from datalint.engine.guesses.named_labels import is_label_name
from datalint.shapes.base import Shape

#: The shape of prompts alone, and keys of a row that are looked at.
_SHAPE: Final = "prompt-only"
_MOST: Final = 16


def labels_of_few(first: Mapping[str, Any], shape: Shape, rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the note on a label that would be learned if there were more rows; empty for none.

    What sorts the prompts, such as a category, is proposed by no row, and is no label.
    """
    if shape.name != _SHAPE or len(first) > _MOST or not any(map(is_label_name, first)):
        return ""
    from datalint.shapes.evidence.sampled import LEAST_ROWS
    from datalint.shapes.inference.translated_keys import infer

    few = list(islice(rows, LEAST_ROWS))
    guess = infer(few) if len(few) < LEAST_ROWS else None
    found = {} if guess is None else dict(guess.columns)
    label = found.get("response", "")
    if guess is None or label != found.get("category") or not is_label_name(label):
        return ""
    if len({str(row.get(label)) for row in few}) == len(few):
        return ""  # an answer to each prompt is no class
    return (
        f"only the prompts are read: under {LEAST_ROWS} rows, no label is inferred; to learn the one next to them: "
        f"{guess.option}"
    )
