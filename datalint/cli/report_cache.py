"""Replays the report of an identical earlier run of ``check``; imported before anything heavy."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from datalint.cache import inputs, reports
from datalint.cache.location import CONFIGURATIONS, cache_folder, candidates
from datalint.cache.store import Store
from datalint.cli.values import SpeedOptions

if TYPE_CHECKING:
    from datalint.cli.values import BaselineOptions, ConfigOptions, RunOptions, TrustOptions
    from datalint.cli.writing import Destinations
    from datalint.config.model import Settings
    from datalint.report.model import Report

#: Variables that a report depends on: colours and width of the text, and the roots of paths in other formats.
_VARIABLES: Final = (
    "COLORTERM", "COLUMNS", "FORCE_COLOR", "JUPYTER_COLUMNS", "JUPYTER_LINES", "LINES", "NO_COLOR", "TERM",
    "TTY_COMPATIBLE", "TTY_INTERACTIVE", "CI_PROJECT_DIR", "GITHUB_WORKSPACE",
)  # fmt: skip
#: Files that a baseline or rows speak of and a run did not read, from which it is not remembered.
_MOST_OTHERS: Final = 1000


class Memory:
    """The cache from the viewpoint of one run."""

    def __init__(self, store: Store | None, blocks: Store, identity: bytes | None) -> None:
        self.store = store
        self._blocks = blocks
        self._identity = identity
        self._name: str | None = None
        self._began = time.time_ns()
        self._listed: list[inputs.Observation] | None = None

    @classmethod
    def open(cls, paths: Sequence[str], destinations: Destinations, options: RunOptions) -> Memory | None:
        """Return the cache for these arguments of ``check``; None under ``--no-cache`` without a ``--work-dir``."""
        memory = cls.of_chunks(paths, options)
        if memory is None or memory.store is None or memory._identity is None or "-" in paths:
            return memory
        # A run that reads git's objects cannot be fingerprinted.
        if (options.baseline.base_ref, options.trust.config_ref, options.trust.config_since) != (None, None, None):
            return memory
        # Findings in files may be too many to be kept twice.
        if options.output.findings is not None:
            return memory
        # How fast the report is made changes nothing in it.
        kept = options._replace(speed=SpeedOptions(max_memory=options.speed.max_memory))
        asked = [paths, destinations, kept, str(Path.cwd()), _surroundings(destinations.printed)]
        memory._name = reports.name_of(asked, memory._identity)
        return memory

    @classmethod
    def of_chunks(cls, paths: Sequence[str], options: RunOptions) -> Memory | None:
        """Return the cache of a command that stores chunks but no report."""
        speed, chosen = options.speed, options.config
        if speed.no_cache and speed.work_dir is None:
            return None
        from datalint.cache.identity import code_identity

        store = None
        if not speed.no_cache:
            root = Path(speed.cache_dir or cache_folder(paths, config=chosen.config, isolated=chosen.isolated))
            store = _store(root, options.trust)
        blocks = store
        if speed.work_dir is not None:
            blocks = _work_dir(Path(speed.work_dir), options.trust)
        assert blocks is not None
        return cls(store, blocks, None if chosen.allow_local_plugins else code_identity())

    def recall(self) -> reports.Finished | None:
        """Return the earlier run, if nothing has changed since."""
        return None if self._name is None or self.store is None else reports.recall(self.store, self._name)

    @property
    def chunks(self) -> tuple[Store, bytes] | None:
        """The store of chunks and the identity of the code; None if that cannot be determined."""
        return None if self._identity is None or not self._blocks.key else (self._blocks, self._identity)

    def look(self, paths: Sequence[str], settings: Settings) -> None:
        """Record the contents of folders and globs before the run reads them."""
        if self._name is None:
            return
        with contextlib.suppress(inputs.UnfitError, OSError):
            self._listed = [seen for given in _inputs(paths, settings) if (seen := _listing(given)) is not None]

    def remember(
        self,
        finished: reports.Finished | None,
        report: Report,
        settings: Settings,
        *,
        paths: Sequence[str],
        options: RunOptions,
    ) -> None:
        """Store a finished run if its inputs can be fingerprinted; None stands for incomplete output."""
        if self.store is not None and self._name is not None and self._listed is not None and finished is not None:
            with contextlib.suppress(inputs.UnfitError, OSError):
                seen = [*self._listed, *_observations(paths, options, settings, report, self._began)]
                reports.remember(self.store, self._name, finished, seen)
        self.prune()

    def prune(self) -> None:
        """Prune the stores that the run wrote to."""
        for store in self._stores:
            if store.written:
                store.prune()

    def complain(self) -> None:
        """Warn once that nothing is stored in a folder, and why."""
        from datalint.privacy.display import printable

        for store in self._stores:
            if store.trouble is not None:
                what = "this run to resume it" if store.keeps_all else "the cache"
                remedy = "use another --work-dir" if store.keeps_all else "--no-cache goes without it"
                click.echo(printable(f"warning: {store.root} can't keep {what}: {store.trouble}; {remedy}"), err=True)

    @property
    def _stores(self) -> list[Store]:
        return [self._blocks, *([] if self.store is None or self.store is self._blocks else [self.store])]


@contextlib.contextmanager
def known_chunks(paths: Sequence[str], options: RunOptions) -> Iterator[tuple[Store, bytes] | None]:
    """Yield the store of chunks of earlier runs of any command; None if the cache is off."""
    memory = Memory.of_chunks(paths, options)
    yield None if memory is None else memory.chunks
    if memory is not None:
        memory.prune()
        if not options.output.quiet:
            memory.complain()


def _work_dir(root: Path, trust: TrustOptions) -> Store:
    """Return the store of ``--work-dir``; an error if ``--confine`` excludes the folder, as for other outputs."""
    if trust.confine:
        from datalint.cli.trust_options import check_outputs

        check_outputs(trust, [root])
    return Store.open(root, keeps_all=True)


def _store(root: Path, trust: TrustOptions) -> Store:
    """Return the store in a folder; it stores nothing if ``--confine`` excludes the folder."""
    if trust.confine:
        from datalint.cli.trust_options import check_outputs
        from datalint.core.errors import DatalintError

        try:
            check_outputs(trust, [root])
        except DatalintError as error:
            return Store(root, b"", str(error))
    return Store.open(root)


def _surroundings(printed: str | None) -> list[Any]:
    """Return what the printed report depends on in addition to the options: environment and terminal."""
    found: list[Any] = [{name: os.environ[name] for name in _VARIABLES if name in os.environ}]
    if printed == "text":
        found += [sys.stdout.isatty(), sys.stdout.encoding, *map(_size, (0, 1, 2))]
    return found


def _size(descriptor: int) -> list[int] | None:
    try:
        return list(os.get_terminal_size(descriptor))
    except (OSError, ValueError):
        return None


def _inputs(paths: Sequence[str], settings: Settings) -> Iterator[str]:
    yield from paths or settings.data
    yield from settings.benchmarks.paths
    if settings.eval:
        yield from (settings.eval,) if isinstance(settings.eval, str) else settings.eval


def _listing(given: str) -> inputs.Observation | None:
    if given == "-" or "://" in given:
        raise inputs.UnfitError(given)
    if os.path.isdir(given):  # noqa: PTH112 - a name that no file system can hold is none
        return inputs.names(given)
    return inputs.place(given) if os.path.lexists(given) else inputs.matches(given)


def _observations(
    paths: Sequence[str], options: RunOptions, settings: Settings, report: Report, began: int
) -> Iterator[inputs.Observation]:
    for file in report.files:
        if not file.sha256 or os.stat(file.path).st_size != file.bytes:  # noqa: PTH116
            raise inputs.UnfitError(file.path)
        yield inputs.file(file.path, file.sha256, before=began)
    yield from _configuration(paths, options.config, report, began)
    for schema in (settings.schema, *(table.get("schema") for table in settings.rules.values())):
        if isinstance(schema, str) and schema and schema.lstrip()[:1] != "{":
            yield inputs.file(schema, before=began)
    yield from _model(settings, began)
    yield from _targets(settings, began)
    yield from _siblings(paths, settings, report)
    if len(report.looked_for) > _MOST_OTHERS:
        raise inputs.UnfitError(report.looked_for[0][0])
    yield from (["existence", path, was_there] for path, was_there in report.looked_for)
    if report.valid_until is not None:
        yield inputs.until(report.valid_until)
    yield from _benchmarks(settings, began)
    yield from _provenance(settings, report)
    yield from _baseline(options.baseline, settings, began)


def _model(settings: Settings, began: int) -> Iterator[inputs.Observation]:
    """Yield the files of the model, and the absence of a folder in its place; the same of the plan's base model."""
    if settings.plan is not None and settings.plan.base_model is not None:
        from datalint.advise.architecture import known
        from datalint.cli.overwriting import plan_file

        name = settings.plan.base_model
        config = plan_file(settings)
        if config is None and known(name) is None:  # it may be in a cache of models, which changes by itself
            raise inputs.UnfitError(name)
        yield inputs.file(config, before=began) if config else inputs.absent(str(Path(name).expanduser()))
    if settings.model is None:
        return
    from datalint.cli.overwriting import model_files
    from datalint.models.folder import MORE, NAMES

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
    paths: Sequence[str], options: ConfigOptions, report: Report, began: int
) -> Iterator[inputs.Observation]:
    if options.config is not None:
        yield inputs.file(options.config, before=began)
    elif not options.isolated:
        from datalint.config.paths import nested_folders

        yield from (_maybe(path, began) for path in candidates(paths))
        nested = nested_folders(paths, [file.path for file in report.files])
        yield from (_maybe(folder / name, began) for folder in nested for name in CONFIGURATIONS)


def _maybe(path: Path, began: int) -> inputs.Observation:
    return inputs.file(str(path), before=began) if path.is_file() else inputs.absent(str(path))


def _siblings(paths: Sequence[str], settings: Settings, report: Report) -> Iterator[inputs.Observation]:
    """Yield the absence of evaluation files that would have been preferred to the one that was read."""
    if settings.eval is not None:
        return
    from datalint.config.paths import default_inputs
    from datalint.setup.evaluation import candidates_of

    given = paths or default_inputs(settings)
    if len(given) != 1:
        return
    read = {file.path for file in report.files}
    for candidate in candidates_of(given[0]):
        if candidate.as_posix() in read or str(candidate) in read:
            return
        yield inputs.absent(str(candidate))


def _benchmarks(settings: Settings, began: int) -> Iterator[inputs.Observation]:
    """Yield the benchmarks, which are no files of the report."""
    from datalint.sources.find import local_files

    yield from (inputs.file(str(path), before=began) for path in local_files(settings.benchmarks.paths))


def _provenance(settings: Settings, report: Report) -> Iterator[inputs.Observation]:
    """Yield whether a licence is where one is looked for; what cards say is not observed, so that none may be there."""
    from datalint.config.select import resolve
    from datalint.core.registry import Registry
    from datalint.setup.provenance import candidates_of

    if not any("provenance" in rule.needs for rule, *_ in resolve(settings, Registry.default())):
        return
    for folder_file in {Path(file.path).parent: file.path for file in report.files}.values():
        for path, card in candidates_of(folder_file):
            if card and path.exists():
                raise inputs.UnfitError(str(path))
            yield inputs.existence(str(path))


def _baseline(options: BaselineOptions, settings: Settings, began: int) -> Iterator[inputs.Observation]:
    if options.no_baseline:
        return
    from datalint.cli.baseline_options import baseline_path
    from datalint.operations.baseline import read

    path = baseline_path(settings, options)
    yield _maybe(path, began)
    if path.is_file():
        folder = path.absolute().parent
        entries = read(path)
        yield from (inputs.until(day) for day in {entry.until for entry in entries if inputs.is_to_come(entry.until)})
        named = {entry.file for entry in entries if "://" not in entry.file and not entry.file.startswith("<")}
        if len(named) > _MOST_OTHERS:
            raise inputs.UnfitError(str(path))
        yield from (inputs.existence(str(folder / name)) for name in sorted(named))
