"""The files that a run of ``check`` read, and the places where it found none, as observations for the cache."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from datalint.cache import inputs
from datalint.cache.location import CONFIGURATIONS, candidates

if TYPE_CHECKING:
    from datalint.cli.values import BaselineOptions, ConfigOptions, RunOptions
    from datalint.config.model import Settings
    from datalint.core.results import Outcome

#: Files that a baseline or rows speak of and a run did not read, from which it is not remembered.
_MOST_OTHERS: Final = 1000


def given_inputs(paths: Sequence[str], settings: Settings) -> Iterator[str]:
    """Yield the inputs of a run as they were given: data, benchmarks, and the evaluation set."""
    yield from paths or settings.data
    yield from settings.benchmarks.paths
    if settings.eval:
        yield from (settings.eval,) if isinstance(settings.eval, str) else settings.eval


def observe_input(given: str) -> inputs.Observation | None:
    """Return what a folder or glob contains, or that a file is there; UnobservableError for what cannot be observed."""
    if given == "-" or "://" in given:
        raise inputs.UnobservableError(given)
    if os.path.isdir(given):  # noqa: PTH112 - a name that no file system can hold is none
        return inputs.names(given)
    return inputs.place(given) if os.path.lexists(given) else inputs.matches(given)


def observations(
    paths: Sequence[str], options: RunOptions, settings: Settings, report: Outcome, began: int
) -> Iterator[inputs.Observation]:
    """Yield all that the report of a run depends on in the file system; ``began`` is its start in nanoseconds.

    Raises:
        UnobservableError: for an input that changed since, or that cannot be observed.
    """
    for file in report.files:
        if not file.sha256 or os.stat(file.path).st_size != file.bytes:  # noqa: PTH116
            raise inputs.UnobservableError(file.path)
        yield inputs.file(file.path, file.sha256, before=began)
    yield from _configuration(paths, options.config, report, began)
    for schema in (settings.schema, *(table.get("schema") for table in settings.rules.values())):
        if isinstance(schema, str) and schema and schema.lstrip()[:1] != "{":
            yield inputs.file(schema, before=began)
    yield from _model(settings, began)
    yield from _targets(settings, began)
    yield from _siblings(paths, settings, report, began)
    yield from _split_names(report)
    yield from _annotations(report)
    if len(report.looked_for) > _MOST_OTHERS:
        raise inputs.UnobservableError(report.looked_for[0][0])
    yield from (["existence", path, was_there] for path, was_there in report.looked_for)
    yield from (inputs.file(path, before=began) for path in report.read_nearby)
    if report.valid_until is not None:
        yield inputs.until(report.valid_until)
    yield from _benchmarks(settings, began)
    yield from _provenance(settings, report)
    yield from _cards(settings, report, began)
    yield from _baseline(options.baseline, settings, began)


def _model(settings: Settings, began: int) -> Iterator[inputs.Observation]:
    """Yield the files of the model, and the absence of a folder in its place; the same of the plan's base model."""
    if settings.plan is not None and settings.plan.base_model is not None:
        from datalint.advise.architecture import known
        from datalint.cli.overwriting import plan_file

        name = settings.plan.base_model
        folder = Path(name).expanduser()
        config = plan_file(settings)
        if config is not None:
            yield inputs.file(config, before=began)
        elif folder.is_dir():
            yield inputs.absent(str(folder / "config.json"))
        elif known(name) is None:  # it may be in a cache of models, which changes by itself
            raise inputs.UnobservableError(name)
        else:
            yield inputs.absent(str(folder))
    if settings.model is None:
        return
    from datalint.cli.overwriting import model_files
    from datalint.models.find import HUB
    from datalint.models.folder import MORE, NAMES

    if settings.model.startswith(HUB):
        raise inputs.UnobservableError(settings.model)
    if not Path(settings.model).expanduser().is_dir():
        yield inputs.existence(str(Path(settings.model).expanduser()))
    read = model_files(settings)
    yield from (inputs.file(path, before=began) for path in read)
    folders = dict.fromkeys(Path(path).parent for path in read)
    yield from (_maybe(folder / name, began) for folder in folders for name in NAMES if str(folder / name) not in read)
    for more in (folder / MORE for folder in folders):
        yield inputs.names(str(more)) if more.is_dir() else inputs.existence(str(more))


def _targets(settings: Settings, began: int) -> Iterator[inputs.Observation]:
    """Yield the target files that the settings name."""
    from datalint.cli.overwriting import target_files

    yield from (inputs.file(path, before=began) for path in target_files(settings))


def _configuration(
    paths: Sequence[str], options: ConfigOptions, report: Outcome, began: int
) -> Iterator[inputs.Observation]:
    if options.config is not None:
        yield inputs.file(options.config, before=began)
    elif not options.isolated:
        from datalint.config.paths import nested_folders

        yield from (_maybe(Path(path), began) for path in candidates(paths))
        nested = nested_folders(paths, [file.path for file in report.files])
        yield from (_maybe(folder / name, began) for folder in nested for name in CONFIGURATIONS)


def _maybe(path: Path, began: int) -> inputs.Observation:
    return inputs.file(str(path), before=began) if path.is_file() else inputs.absent(str(path))


def _siblings(paths: Sequence[str], settings: Settings, report: Outcome, began: int) -> Iterator[inputs.Observation]:
    """Yield files next to the data that may be or name its evaluation set and were not read, or their absence."""
    if settings.eval is not None:
        return
    from datalint.config.paths import default_inputs
    from datalint.setup.counterparts import others_alike, spread, training_candidates
    from datalint.setup.derived_files import looked_at
    from datalint.setup.evaluation import kinds_looked_at
    from datalint.setup.neighbours import suffix_of
    from datalint.setup.possible_evaluation import folders_of, layouts_of, others_held, words_above
    from datalint.setup.siblings import evaluation_candidates, folders_of_splits
    from datalint.sources.splits import evaluation_name

    given = paths or default_inputs(settings)
    if len(given) != 1:
        return
    file = Path(given[0])
    read = {each.path for each in report.files}
    found = evaluation_candidates(given[0])
    yield from (inputs.existence(str(part)) for part in found.parts)
    others = [
        each
        for each in (*found.named, *filter(Path.is_file, found.varied), *found.belong, *found.near)
        if not {each.as_posix(), str(each)}.intersection(read)
    ]
    yield from (_maybe(each, began) for each in others)
    if given[0] == "-" or "://" in given[0] or not file.is_file():
        if file.is_dir():
            yield from (_looked_into(each) for each in folders_of_splits(file))
            yield from (_maybe(each, began) for each in kinds_looked_at(file, settings) if str(each) not in read)
        return
    for folder in folders_of(given[0]):
        words = sorted(words_above(given[0])) if folder == file.parent.parent != file.parent else ("",)
        for end in layouts_of(file) if folder == file.parent else (suffix_of(file),):
            yield inputs.names_like(str(folder), words=words, end=end)
    if file.parent.name:
        yield inputs.names_like(str(file.parent.parent), start=file.parent.name)
    yield from (_maybe(each, began) for each in spread(others_alike(given[0])))
    above, compared = looked_at(given[0], settings)
    if above:
        yield inputs.existence(str(file.parent / ".git"))
        yield inputs.splits(str(file.parent), [str(each) for each in above])
    held = dict.fromkeys((*others_held(given[0]), *others_held(given[0], gold=True), *compared))
    yield from (_maybe(each, began) for each in held if not {each.as_posix(), str(each)}.intersection(read))
    if evaluation_name(given[0]) and not any(each.split == "evaluation" for each in report.files):
        yield from (_maybe(each, began) for each in training_candidates(given[0]))


def _split_names(report: Outcome) -> Iterator[inputs.Observation]:
    """Yield whether those files and folders exist by which a name of the data is that of an evaluation set."""
    from datalint.sources.splits import places_that_decide

    found = dict.fromkeys(place for file in report.files for place in places_that_decide(file.path))
    if len(found) > _MOST_OTHERS:
        raise inputs.UnobservableError(str(next(iter(found))))
    yield from (inputs.existence(str(place)) for place in found)


def _annotations(report: Outcome) -> Iterator[inputs.Observation]:
    """Yield whether texts have files of annotations, or of other classes, next to them."""
    from datalint.setup.neighbours import suffix_of
    from datalint.setup.standoff_files import annotation_files
    from datalint.support.names.class_names import named_like_class
    from datalint.support.near_folders import NUMBERS

    read = [file.path for file in report.files if file.split == "train"]
    yield from (inputs.existence(str(place)) for place in annotation_files(read))
    for path in map(Path, read if len(read) == 1 else ()):
        yield inputs.names_like(str(path.parent), end=NUMBERS)
        if named_like_class(path.name):
            yield inputs.names_like(str(path.parent), words=("",), end=suffix_of(path))


def _looked_into(folder: Path) -> inputs.Observation:
    return inputs.names(str(folder)) if folder.is_dir() else inputs.existence(str(folder))


def _benchmarks(settings: Settings, began: int) -> Iterator[inputs.Observation]:
    """Yield the benchmarks, which are no files of the report."""
    from datalint.sources.find import local_files

    for path in map(str, local_files(settings.benchmarks.paths)):
        from datalint.sources.parallel.pairing import files_near

        yield inputs.file(path, before=began)
        yield from (inputs.file(str(other), before=began) for other in files_near(path))


def _provenance(settings: Settings, report: Outcome) -> Iterator[inputs.Observation]:
    """Yield whether a licence is where one is looked for; what cards say is not observed, so that none may be there."""
    from datalint.config.select import resolve
    from datalint.core.registry import Registry
    from datalint.setup.provenance import licence_candidates

    if not any("provenance" in rule.needs for rule, *_ in resolve(settings, Registry.default())):
        return
    for folder_file in {Path(file.path).parent: file.path for file in report.files}.values():
        for path, card in licence_candidates(folder_file):
            if card and path.exists():
                raise inputs.UnobservableError(str(path))
            yield inputs.existence(str(path))


def _cards(settings: Settings, report: Outcome, began: int) -> Iterator[inputs.Observation]:
    """Yield the READMEs that may say that the only file of the data is for evaluation, or their absence."""
    from datalint.setup.card_words import cards_near
    from datalint.setup.neighbours import suffix_of

    if settings.kind is not None or len(report.files) != 1:
        return
    path = Path(report.files[0].path)
    yield from (_maybe(each, began) for cards in cards_near(str(path)) for each in cards)
    yield inputs.names_like(str(path.parent), words=("",), end=suffix_of(path))


def _baseline(options: BaselineOptions, settings: Settings, began: int) -> Iterator[inputs.Observation]:
    if options.no_baseline:
        return
    from datalint.cli.baseline_options import baseline_path
    from datalint.operations.baseline import read_baseline

    path = baseline_path(settings, options)
    yield _maybe(path, began)
    if path.is_file():
        folder = path.absolute().parent
        entries = read_baseline(path)
        yield from (inputs.until(day) for day in {entry.until for entry in entries if inputs.is_to_come(entry.until)})
        named = {entry.file for entry in entries if "://" not in entry.file and not entry.file.startswith("<")}
        if len(named) > _MOST_OTHERS:
            raise inputs.UnobservableError(str(path))
        yield from (inputs.existence(str(folder / name)) for name in sorted(named))
