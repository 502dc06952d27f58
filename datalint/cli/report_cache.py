"""Replays the report of an identical earlier run of ``check``; imported before anything heavy."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

import click

from datalint.cache import inputs, reports
from datalint.cache.location import cache_folder
from datalint.cache.store import Store
from datalint.cli.values import OutputOptions, PlanOptions, SpeedOptions

if TYPE_CHECKING:
    from datalint.cli.values import RunOptions, TrustOptions
    from datalint.cli.writing import Destinations
    from datalint.config.model import Settings
    from datalint.core.results import Outcome

#: Variables that a report depends on: colours and width of the text, and the roots of paths in other formats.
_VARIABLES: Final = (
    "COLORTERM", "COLUMNS", "FORCE_COLOR", "JUPYTER_COLUMNS", "JUPYTER_LINES", "LINES", "NO_COLOR", "TERM",
    "TTY_COMPATIBLE", "TTY_INTERACTIVE", "CI_PROJECT_DIR", "GITHUB_WORKSPACE",
)  # fmt: skip


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
        return cls._of([paths, destinations, options, _surroundings(destinations.printed)], paths, options)

    @classmethod
    def of_facts(cls, paths: Sequence[str], options: RunOptions, reading: Settings) -> Memory | None:
        """Return the cache of what a dataset shows to ``advise``, which reads it with the settings of ``reading``.

        Of the plan, only the kind of task and the model change it, and no output does.
        """
        task = None if reading.plan is None else reading.plan.task
        kept = options._replace(plan=PlanOptions(task=task, base_model=options.plan.base_model), output=OutputOptions())
        return cls._of(["facts", paths, kept, reading.model], paths, kept)

    @classmethod
    def _of(cls, asked: list[Any], paths: Sequence[str], options: RunOptions) -> Memory | None:
        """Return the cache, with a name for what is asked if a run can be fingerprinted."""
        memory = cls.of_chunks(paths, options)
        if memory is None or memory.store is None or memory._identity is None or "-" in paths:
            return memory
        # A run that reads git's objects cannot be fingerprinted.
        if (options.baseline.base_ref, options.trust.config_ref, options.trust.config_since) != (None, None, None):
            return memory
        # Findings in files may be too many to be kept twice.
        if options.output.findings is not None:
            return memory
        # How fast it is made changes nothing in a report.
        kept = options._replace(speed=SpeedOptions(max_memory=options.speed.max_memory))
        asked = [kept if each is options else each for each in asked]
        memory._name = reports.name_of([*asked, os.getcwd()], memory._identity)  # noqa: PTH109
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
            root = speed.cache_dir or cache_folder(paths, config=chosen.config, isolated=chosen.isolated)
            store = _store(root, options.trust)
        blocks = store
        if speed.work_dir is not None:
            blocks = _work_dir(speed.work_dir, options.trust)
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
        from datalint.cli.observations import given_inputs, observe_input

        with contextlib.suppress(inputs.UnobservableError, OSError):
            self._listed = [
                seen for given in given_inputs(paths, settings) if (seen := observe_input(given)) is not None
            ]

    def remember(
        self,
        finished: reports.Finished | None,
        report: Outcome,
        settings: Settings,
        *,
        paths: Sequence[str],
        options: RunOptions,
    ) -> None:
        """Store a finished run if its inputs can be fingerprinted; None stands for incomplete output."""
        if self.store is not None and self._name is not None and self._listed is not None and finished is not None:
            from datalint.cli.observations import observations

            with contextlib.suppress(inputs.UnobservableError, OSError):
                seen = [*self._listed, *observations(paths, options, settings, report, self._began)]
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


def _work_dir(root: str, trust: TrustOptions) -> Store:
    """Return the store of ``--work-dir``; an error if ``--confine`` excludes the folder, as for other outputs."""
    if trust.confine:
        from datalint.cli.trust_options import check_outputs

        check_outputs(trust, [root])
    return Store.open(root, keeps_all=True)


def _store(root: str, trust: TrustOptions) -> Store:
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
