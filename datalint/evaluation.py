"""Finding the evaluation set: the one that is named, or the one that lies beside the training file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from datalint.config.paths import is_folder
from datalint.core.errors import DatalintError
from datalint.sources.splits import NAMES, TRAINING, held_split

if TYPE_CHECKING:
    from datalint.config.model import Settings
    from datalint.sources import Source


def find_evaluation(settings: Settings, paths: Sequence[str], split: str | None = None) -> list[Source]:
    """Return the sources of the evaluation set: the configured ones, else what lies beside or among the training rows.

    ``train.jsonl`` looks for ``eval.jsonl``, ``valid.jsonl`` and so on beside it, ``chat_train.jsonl`` for
    ``chat_validation.jsonl``; a folder for such files in it, a saved ``DatasetDict`` for such a split. ``split`` is
    the one that is trained on, where it was named. Empty when there is none, or the configuration says
    ``eval = false``.
    """
    from datalint.config.paths import evaluation_inputs, excluded
    from datalint.sources import open_sources

    named = evaluation_inputs(settings)
    if named is False:
        return []
    if named is not None:
        origin = settings.origins.get("eval", "")
        configured = re.search(r":\d+$", origin) is not None
        try:
            return list(open_sources(named, held=True, typed=not configured))
        except DatalintError as error:
            if not configured:
                raise
            # What nobody typed just now is to be mended where it stands.
            raise DatalintError(f"{origin}: eval: {error}") from error
    if len(paths) != 1:
        return []
    folder = Path(paths[0])
    if is_folder(folder):
        from datalint.sources.find import held_out, saved_splits

        splits = saved_splits(folder)
        other = held_split(splits) if split in (None, "train") and "train" in splits else None
        if other is not None:
            return list(open_sources([paths[0]], split=other))
        if files := [str(path) for path in held_out(folder) if not excluded(settings, str(path))]:
            return list(open_sources(files))
    sibling = sibling_of(paths[0])
    return list(open_sources([str(sibling)])) if sibling is not None else []


def split_of(source: object) -> str | None:
    """Return the evaluation split of a ``DatasetDict``, by its name; None without one, and for all else."""
    if not isinstance(source, Mapping) or not is_splits(source):
        return None
    return held_split(source)


def is_splits(source: object) -> bool:
    """Return whether ``source`` is a ``datasets.DatasetDict``, streamed or not; nothing is imported for it."""
    return type(source).__name__ in ("DatasetDict", "IterableDatasetDict")


def sibling_of(path: str) -> Path | None:
    """Return the evaluation file beside a training file, or the saved split beside a saved one; None without one."""
    folder = is_folder(Path(path))
    return next((each for each in candidates_of(path) if (_is_saved(each) if folder else each.is_file())), None)


def candidates_of(path: str) -> list[Path]:
    """Return where the evaluation set of a training file or saved split may lie, in the order of preference."""
    if path == "-" or "://" in path:
        return []
    file = Path(path)
    if not (file.is_file() or _is_saved(file)) or not re.search(TRAINING, file.name):
        return []
    found = (file.with_name(re.sub(TRAINING, name, file.name, count=1)) for name in NAMES)
    return [candidate for candidate in found if candidate != file]


def _is_saved(folder: Path) -> bool:
    return (folder / "state.json").is_file()
