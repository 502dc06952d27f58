"""Finding the evaluation set: the one that is named, or the one that lies beside the training file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datalint.config.model import Settings
    from datalint.sources import Source

#: What evaluation files are called, in the order of preference.
NAMES: Final = (
    "eval",
    "evaluation",
    "valid",
    "validation",
    "val",
    "test",
    "testing",
    "dev",
    "heldout",
    "holdout",
)
_TRAIN: Final = re.compile(r"(?<![a-z])(training|train)(?![a-z])", re.IGNORECASE)


def find_evaluation(settings: Settings, paths: Sequence[str]) -> list[Source]:
    """Return the sources of the evaluation set: the configured ones, else the sibling of a single file.

    ``train.jsonl`` looks for ``eval.jsonl``, ``valid.jsonl`` and so on beside it, ``chat_train.jsonl`` for
    ``chat_validation.jsonl``. Empty when there is none, or the configuration says ``eval = false``.
    """
    from datalint.config.paths import evaluation_inputs
    from datalint.sources import open_sources

    named = evaluation_inputs(settings)
    if named is False:
        return []
    if named is not None:
        return list(open_sources(named))
    sibling = sibling_of(paths[0]) if len(paths) == 1 else None
    return list(open_sources([str(sibling)])) if sibling is not None else []


def sibling_of(path: str) -> Path | None:
    """Return the evaluation file beside a training file, by name; None without one."""
    if path == "-" or "://" in path:
        return None
    file = Path(path)
    if not file.is_file() or not _TRAIN.search(file.name):
        return None
    for name in NAMES:
        candidate = file.with_name(_TRAIN.sub(name, file.name, count=1))
        if candidate.is_file() and candidate != file:
            return candidate
    return None
