"""A note on reasoning that is one of a few texts in most responses, as programs write it from templates."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from datalint.core.kind import SFT
from datalint.privacy.display import excerpt

if TYPE_CHECKING:
    from datalint.records.dataset import Dataset

#: Tags that responses with reasoning begin with.
_TAGS: Final = ("<think>", "<thinking>", "<reasoning>", "<thought>")
#: Rows of a dataset at least, and those that are read, spread over the dataset.
_LEAST: Final = 100
_SAMPLE: Final = 200
#: Rows of the sample that have the same reasoning from which on it is a template, and the share of them that have one.
_SAME: Final = 5
_MOST: Final = 0.5
_SHOWN: Final = 60


def thoughts_note(dataset: Dataset) -> str | None:
    """Return a note if the whole reasoning of most responses is one of a few texts; None otherwise.

    Of most datasets, two rows are read.
    """
    if dataset.kind != SFT or dataset.size < _LEAST:
        return None
    first = dataset.texts([0, dataset.size // 2])
    if not any(_reasoning(each.response) for each in first):
        return None
    step = max(dataset.size // _SAMPLE, 1)
    read = dataset.texts(list(range(0, dataset.size, step))[:_SAMPLE])
    found = Counter(thought for each in read if (thought := _reasoning(each.response)))
    same = [(thought, rows) for thought, rows in found.most_common() if rows >= _SAME]
    covered = sum(rows for _, rows in same)
    if covered < _MOST * len(read):
        return None
    texts = "the same text" if len(same) == 1 else f"one of {len(same):,} texts"
    return (
        f"reasoning: of {len(read):,} responses that were looked at, {covered:,} have {texts} as all their reasoning, "
        f'such as "{excerpt(same[0][0], _SHOWN)}": the model learns to write it, and not to reason'
    )


def _reasoning(response: str) -> str:
    """Return the reasoning with which a response begins; empty for one without any."""
    text = response[:_SHOWN].lstrip()
    tag = next((each for each in _TAGS if text.startswith(each)), None)
    if tag is None:
        return ""
    start = response.find(tag) + len(tag)
    end = response.find(f"</{tag[1:]}", start)
    return " ".join(response[start:end].split()) if end > start else ""
