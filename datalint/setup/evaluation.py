"""Finding the evaluation set: the given one, or the one next to the training file."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

from datalint.config.paths import is_folder
from datalint.core.errors import ConfinementError, DatalintError
from datalint.core.kind import EVALUATION
from datalint.setup.neighbours import columns_of, has_all, is_saved, most_bytes, there
from datalint.setup.provenance import folders_of_cards
from datalint.setup.siblings import folders_of_splits, siblings_of
from datalint.setup.table_neighbours import in_format_of
from datalint.sources.dataset_cards import CARD, declared_evaluation
from datalint.sources.split_choice import held_splits
from datalint.support.named_tuple import NamedTuple

if TYPE_CHECKING:
    from datalint.config.model import Settings
    from datalint.sources import Source

#: Training files of a folder of which the columns are looked at.
_LOOKED_AT: Final = 4


def find_evaluation(
    settings: Settings, paths: Sequence[str], split: str | None = None, sources: Sequence[Source] = ()
) -> list[Source]:
    """Return the sources of the evaluation set: the configured one, else a file or split next to the training rows.

    ``train.jsonl`` looks for ``eval.jsonl``, ``valid.jsonl`` and so on next to it, ``chat_train.jsonl`` for
    ``chat_validation.jsonl``, and so does ``chat.jsonl``, which must have its columns then. Of several such files, the
    first is read and all others that have the columns of the training rows, with or without further ones. A folder is
    searched for such files, a saved ``DatasetDict`` or a JSON object of lists for such a split. ``split`` is the one
    that is trained on, where it was named, and ``sources`` are the training rows.
    Empty when there is none, or the configuration says ``eval = false``. An evaluation set, by ``kind``, has none next
    to it, and the one that the configuration names is not for it. What is next to the data and cannot be read is left
    out; :func:`left_out` has a note on it.
    """
    place = locate(settings, paths, split, sources)
    data = sources[0] if sources else None
    if place.near:
        return [
            source
            for each in place.inputs
            if not isinstance(found := open_near(each, settings), str)
            for source in in_format_of(data, found, settings)
        ]
    try:
        return [
            source
            for split in place.splits or (None,)
            for source in in_format_of(data, _open(place, settings, split), settings)
        ]
    except DatalintError as error:
        line = settings.line_of("eval")
        if line is None or not place.named:
            raise
        # What nobody typed just now is to be fixed where it stands.
        raise DatalintError(f"{line}: eval: {error}") from error


def found_inputs(place: EvaluationPlace, settings: Settings) -> list[str]:
    """Return the inputs of an evaluation set, without those next to the data that cannot be read."""
    inputs = [str(each) for each in place.inputs]
    return [each for each in inputs if not (place.near and isinstance(open_near(each, settings), str))]


def _open(place: EvaluationPlace, settings: Settings, split: str | None = None) -> list[Source]:
    from datalint.sources import open_sources

    return open_sources(
        place.inputs,
        split=split,
        held=place.named,
        table=settings.table,
        confine=settings.files.confine,
        typed=settings.line_of("eval") is None,
    )


def open_near(given: str, settings: Settings) -> list[Source] | str:
    """Return the sources of an evaluation set that was found next to the data, or why it cannot be read."""
    try:
        return _open(EvaluationPlace([given]), settings)
    except ConfinementError:
        raise
    except DatalintError as error:
        return str(error)


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
    """The location of an evaluation set: inputs, splits of a single one, and whether the user named it.

    ``near`` says that it is next to the data, so that the user named neither it nor a folder that it is in.
    """

    inputs: Sequence[str] = ()
    splits: Sequence[str] = ()
    named: bool = False
    near: bool = False


def locate(
    settings: Settings, paths: Sequence[str], split: str | None = None, sources: Sequence[Source] = ()
) -> EvaluationPlace:
    """Return where :func:`find_evaluation` finds the evaluation set, without opening it."""
    from datalint.config.paths import evaluation_inputs

    named = evaluation_inputs(settings)
    if named is False:
        return EvaluationPlace()
    alone = settings.kind == EVALUATION
    if named is not None and not (alone and settings.line_of("eval") is not None):
        return EvaluationPlace(named, named=True)
    if len(paths) != 1:
        return EvaluationPlace()
    folder = Path(paths[0])
    if is_folder(folder):
        if split in (None, "train") and (splits := _saved_inside(folder)):
            return EvaluationPlace([paths[0]], splits)
        if files := _files_inside(folder, settings):
            return EvaluationPlace([str(path) for path in files])
        if files := [] if alone else _folders_near(folder, settings):
            return EvaluationPlace([str(path) for path in files], near=True)
    if len(sources) == 1 and split in (None, "train") and (held := _held_inside(sources[0])):
        return EvaluationPlace([paths[0]], held)
    if alone:
        return EvaluationPlace()
    files = _declared_near(folder, settings) or siblings_of(paths[0], settings, sources)
    return EvaluationPlace([str(each) for each in files], near=True)


def _declared_near(file: Path, settings: Settings) -> list[Path]:
    """Return the evaluation files of a training file by the dataset card in its folder or above; empty without one."""
    from datalint.sources.data_files import data_files

    for folder in folders_of_cards(str(file)) if file.is_file() else ():
        if settings.files.is_file(folder / CARD):
            try:
                card = settings.files.read(folder / CARD)
                files = chain.from_iterable(map(data_files, [folder]))
                found = declared_evaluation(card, folder, file.absolute(), files)
            except DatalintError:
                continue
            if found is not None:
                return found if file.is_absolute() else [Path(os.path.relpath(each)) for each in found]
    return []


def _saved_inside(folder: Path) -> list[str]:
    """Return the evaluation splits of a saved ``DatasetDict`` with a training split."""
    from datalint.sources.data_files import saved_splits

    splits = saved_splits(folder)
    return held_splits(splits) if "train" in splits else []


def _files_inside(folder: Path, settings: Settings) -> list[Path]:
    """Return the evaluation files of a folder: those of the best kind, and of each kind with the training columns."""
    kept, kinds = _divided(folder, settings)
    if len(kinds) > 1 and kept:
        most = most_bytes(str(kept[0]))
        known = [columns_of(str(each), settings, most=most) for each in (*kept[:_LOOKED_AT], kinds[0][0])]
        firsts = {each[0]: columns_of(str(each[0]), settings, most=most) for each in kinds[1:]}
        kinds[1:] = [
            each
            for each in kinds[1:]
            if (theirs := firsts[each[0]]) in known or any(has_all(ours, theirs) for ours in known)
        ]
    return [path for each in kinds for path in each]


def _folders_near(folder: Path, settings: Settings) -> list[Path]:
    """Return the folders of other splits next to that of a training split whose first files have columns of its own."""
    from datalint.sources.data_files import data_files, first_file

    others = there(folders_of_splits(folder), settings, folders=True)
    if not others or is_saved(folder):
        return []
    ours = data_files(folder)[:_LOOKED_AT]
    most = most_bytes(str(ours[0])) if ours else (0, 0)
    known = [columns_of(str(each), settings, most=most) for each in ours]
    first = ((each, first_file(each)) for each in others)
    return [each for each, file in first if file and (columns_of(str(file), settings, most=most) or None) in known]


def kinds_looked_at(folder: Path, settings: Settings) -> list[Path]:
    """Return the files of a folder of which the columns decide which evaluation files are read."""
    return [each[0] for each in _divided(folder, settings)[1]]


def _divided(folder: Path, settings: Settings) -> tuple[list[Path], list[list[Path]]]:
    """Return the training files of a folder, and the evaluation files of each kind, without excluded ones."""
    from datalint.config.paths import excluded
    from datalint.sources.data_files import divided

    kept, held = divided(folder)
    sides = [[path for path in each if not excluded(settings, str(path))] for each in (kept, *held.values())]
    return sides[0], [each for each in sides[1:] if each]


def _held_inside(source: Source) -> Sequence[str]:
    """Return the names of the lists of rows, or of the sheets, in a file that are its evaluation sets."""
    sheets: Sequence[str] = getattr(source, "held_sheets", ())
    return sheets or held_splits(getattr(source, "unread_lists", ()))


def splits_of(source: object) -> list[str]:
    """Return the names of the evaluation splits of a ``DatasetDict``, the best one first; none for other objects."""
    return held_splits(source) if isinstance(source, Mapping) and is_splits(source) else []


def is_splits(source: object) -> bool:
    """Return whether ``source`` is a ``datasets.DatasetDict``, streamed or not, without importing datasets."""
    return type(source).__name__ in ("DatasetDict", "IterableDatasetDict")
