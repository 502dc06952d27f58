"""Finding the evaluation set: the given one, or the one next to the training file."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from datalint.config.paths import is_folder
from datalint.core.errors import DatalintError
from datalint.privacy.display import printable
from datalint.setup.siblings import not_compared, siblings_of
from datalint.sources.splits import held_split, parted
from datalint.support.named_tuple import NamedTuple

if TYPE_CHECKING:
    from datalint.config.model import Settings
    from datalint.sources import Source

#: Files that a note names.
_NAMED: Final = 3


def find_evaluation(
    settings: Settings, paths: Sequence[str], split: str | None = None, sources: Sequence[Source] = ()
) -> list[Source]:
    """Return the sources of the evaluation set: the configured one, else a file or split next to the training rows.

    ``train.jsonl`` looks for ``eval.jsonl``, ``valid.jsonl`` and so on next to it, ``chat_train.jsonl`` for
    ``chat_validation.jsonl``, and so does ``chat.jsonl``, which must have its columns then. Of several such files, the
    first is read and all others that have the columns of the training rows. A folder is searched for such files, a
    saved ``DatasetDict`` or a JSON object of lists for such a split. ``split`` is the one that is trained on, where it
    was named, and ``sources`` are the training rows.
    Empty when there is none, or the configuration says ``eval = false``.
    """
    from datalint.sources import open_sources

    place = locate(settings, paths, split, sources)
    try:
        if not place.inputs:
            return []
        return list(
            open_sources(
                place.inputs,
                split=place.split,
                held=place.named,
                table=settings.table,
                confine=settings.files.confine,
                typed=settings.line_of("eval") is None,
            )
        )
    except DatalintError as error:
        line = settings.line_of("eval")
        if line is None or not place.named:
            raise
        # What nobody typed just now is to be fixed where it stands.
        raise DatalintError(f"{line}: eval: {error}") from error


def open_benchmarks(settings: Settings) -> list[Source]:
    """Return the sources of the benchmarks that the command line or the configuration names.

    Raises:
        DatalintError: if one does not exist or cannot be read, with the line of the configuration that names it.
    """
    from datalint.sources import open_sources

    if not settings.benchmarks.paths:
        return []
    line = settings.line_of("benchmarks.paths")
    try:
        return list(
            open_sources(
                settings.benchmarks.paths,
                held=True,
                table=settings.table,
                confine=settings.files.confine,
                typed=line is None,
            )
        )
    except DatalintError as error:
        if line is None:
            raise
        raise DatalintError(f"{line}: benchmarks.paths: {error}") from error


class EvaluationPlace(NamedTuple):
    """The location of an evaluation set: inputs, split, and whether the user named it."""

    inputs: Sequence[str] = ()
    split: str | None = None
    named: bool = False


def locate(
    settings: Settings, paths: Sequence[str], split: str | None = None, sources: Sequence[Source] = ()
) -> EvaluationPlace:
    """Return where :func:`find_evaluation` finds the evaluation set, without opening it."""
    from datalint.config.paths import evaluation_inputs, excluded

    named = evaluation_inputs(settings)
    if named is False:
        return EvaluationPlace()
    if named is not None:
        return EvaluationPlace(named, named=True)
    if len(paths) != 1:
        return EvaluationPlace()
    folder = Path(paths[0])
    if is_folder(folder):
        from datalint.sources.data_files import held_out, saved_splits

        splits = saved_splits(folder)
        other = held_split(splits) if split in (None, "train") and "train" in splits else None
        if other is not None:
            return EvaluationPlace([paths[0]], other)
        if files := [str(path) for path in held_out(folder) if not excluded(settings, str(path))]:
            return EvaluationPlace(files)
    in_file = _held_inside(sources[0]) if len(sources) == 1 else None
    if in_file is not None and split in (None, "train"):
        return EvaluationPlace([paths[0]], in_file)
    return EvaluationPlace([str(each) for each in siblings_of(paths[0], settings, sources)])


def _held_inside(source: Source) -> str | None:
    """Return the name of the list of rows, or of the sheet, in a file that is its evaluation set."""
    sheet: str | None = getattr(source, "held_sheet", None)
    return sheet or held_split(getattr(source, "unread_lists", ()))


def left_out(settings: Settings, paths: Sequence[str], sources: Sequence[Source]) -> list[str]:
    """Return a note on files that belong to the training file by their names, next to the evaluation set that is read.

    They have other columns.
    """
    if settings.eval is not None or len(paths) != 1:
        return []
    place = locate(settings, paths, None, sources)
    if place.split is not None or not place.inputs:
        return []
    others = not_compared(paths[0], [Path(each) for each in place.inputs])
    names, used = (", ".join(printable(Path(each).name) for each in files) for files in (others, place.inputs))
    options = _words([str(each) for each in others], "--eval ")
    return [f"{names} next to {used} has other columns and was not compared: {options}"] if others else []


def misplaced(settings: Settings, files: Sequence[str]) -> list[str]:
    """Return a note on training files with names of evaluation sets, with the command to type.

    No note where an evaluation set was named, or where no name of the others says that it is for training.
    """
    given = {Path(path).absolute(): path for path in files if "://" not in path and not path.startswith("<")}
    if settings.eval is not None or len(given) < 2:
        return []
    folder = Path(os.path.commonpath([path.parent for path in given]))
    kept, held = parted(folder, list(given))
    if not held:
        return []
    inputs = _words([given[path] for path in kept], "")
    options = _words([given[path] for path in held], "--eval ")
    others = [path for path in given if path not in kept]
    names = ", ".join(printable(given[path]) for path in others[:_NAMED])
    more = f" and {len(others) - _NAMED} more" if len(others) > _NAMED else ""
    verb = "is" if len(others) == 1 else "are"
    return [f"{names}{more} {verb} checked as training data; to evaluate instead: datalint check {inputs} {options}"]


def _words(paths: Sequence[str], option: str) -> str:
    """Return paths as words of a shell command, each after an option."""
    import shlex

    words = [f"{option}{printable(shlex.quote(path))}" for path in paths[:_NAMED]]
    return " ".join([*words, *(["..."] if len(paths) > _NAMED else [])])


def split_of(source: object) -> str | None:
    """Return the name of the evaluation split of a ``DatasetDict``; None without one, and for other objects."""
    if not isinstance(source, Mapping) or not is_splits(source):
        return None
    return held_split(source)


def is_splits(source: object) -> bool:
    """Return whether ``source`` is a ``datasets.DatasetDict``, streamed or not, without importing datasets."""
    return type(source).__name__ in ("DatasetDict", "IterableDatasetDict")
