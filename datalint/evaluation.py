"""Finding the evaluation set: the one that is named, or the one that lies beside the training file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
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


def split_of(source: object) -> str | None:
    """Return the evaluation split of a ``DatasetDict``, by its name; None without one, and for all else."""
    if not isinstance(source, Mapping) or not is_splits(source):
        return None
    return next((name for name in NAMES if name in source), None)


def is_splits(source: object) -> bool:
    """Return whether ``source`` is a ``datasets.DatasetDict``, streamed or not; nothing is imported for it."""
    return type(source).__name__ in ("DatasetDict", "IterableDatasetDict")


def sibling_of(path: str) -> Path | None:
    """Return the evaluation file beside a training file, by name; None without one."""
    return next((candidate for candidate in candidates_of(path) if candidate.is_file()), None)


def candidates_of(path: str) -> list[Path]:
    """Return where the evaluation file of a training file may lie, in the order of preference."""
    if path == "-" or "://" in path:
        return []
    file = Path(path)
    if not file.is_file() or not _TRAIN.search(file.name):
        return []
    found = (file.with_name(_TRAIN.sub(name, file.name, count=1)) for name in NAMES)
    return [candidate for candidate in found if candidate != file]
