"""Replays the report of an identical earlier run of ``check``; imported before anything heavy."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TextIO

import click

from datalint.cache import inputs as witness
from datalint.cache import reports
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
#: Files that a baseline speaks of and a run did not read, from which it is not remembered.
_MOST_OTHERS: Final = 1000


class Memory:
    """The cache as one run sees it: asked before it, told while it runs and after."""

    def __init__(self, store: Store, identity: bytes | None, name: str | None) -> None:
        self.store = store
        self._identity = identity
        self._name = name
        self._began = time.time_ns()
        self._listed: list[witness.Witness] | None = None

    @classmethod
    def open(cls, paths: Sequence[str], destinations: Destinations, options: RunOptions) -> Memory | None:
        """Return the memory that these arguments of ``check`` have, None under ``--no-cache``."""
        memory = cls.of_chunks(paths, options)
        if memory is None or memory._identity is None or "-" in paths:
            return memory
        # A run that reads git's objects cannot be fingerprinted.
        if (options.baseline.base_ref, options.trust.config_ref, options.trust.config_since) != (None, None, None):
            return memory
        # How fast the report is made changes nothing in it.
        kept = options._replace(speed=SpeedOptions(max_memory=options.speed.max_memory))
        asked = [paths, destinations, kept, str(Path.cwd()), _surroundings(destinations.printed)]
        memory._name = reports.name_of(asked, memory._identity)
        return memory

    @classmethod
    def of_chunks(cls, paths: Sequence[str], options: RunOptions) -> Memory | None:
        """Return the memory of a command whose output is not kept, only what chunks came to."""
        if options.speed.no_cache:
            return None
        from datalint.cache.identity import code_identity

        chosen = options.config
        root = Path(options.speed.cache_dir or cache_folder(paths, config=chosen.config, isolated=chosen.isolated))
        return cls(_store(root, options.trust), None if chosen.allow_local_plugins else code_identity(), None)

    def recall(self) -> reports.Finished | None:
        """Return the run as it was made before, where nothing has changed since."""
        return None if self._name is None else reports.recall(self.store, self._name)

    @property
    def chunks(self) -> tuple[Store, bytes] | None:
        """Where chunks are kept and under which identity of the code; None where that can't be told."""
        return None if self._identity is None or not self.store.key else (self.store, self._identity)

    def look(self, paths: Sequence[str], settings: Settings) -> None:
        """Take note of what folders and globs hold, before the run reads it."""
        if self._name is None:
            return
        with contextlib.suppress(witness.UnfitError, OSError):
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
        """Keep a finished run where what it read can be told; None for one whose output was not seen whole."""
        if self._name is not None and self._listed is not None and finished is not None:
            with contextlib.suppress(witness.UnfitError, OSError):
                seen = [*self._listed, *_witnesses(paths, options, settings, report, self._began)]
                reports.remember(self.store, self._name, finished, seen)
        self.prune()

    def prune(self) -> None:
        """Make room where the run wrote something."""
        if self.store.written:
            self.store.prune()

    def complain(self) -> None:
        """Say once that nothing is kept, and why."""
        if self.store.trouble is None:
            return
        from datalint.privacy.display import printable

        root, trouble = self.store.root, self.store.trouble
        click.echo(printable(f"warning: {root} can't keep the cache: {trouble}; --no-cache goes without it"), err=True)


@contextlib.contextmanager
def known_chunks(paths: Sequence[str], options: RunOptions) -> Iterator[tuple[Store, bytes] | None]:
    """Lend what earlier runs, of ``check`` or another command, made of chunks; None where it may not be asked."""
    memory = Memory.of_chunks(paths, options)
    yield None if memory is None else memory.chunks
    if memory is not None:
        memory.prune()
        if not options.output.quiet:
            memory.complain()


def _store(root: Path, trust: TrustOptions) -> Store:
    """Return the store in a folder, one that keeps nothing where ``--confine`` does not allow the folder."""
    if trust.confine:
        from datalint.cli.trust_options import check_outputs
        from datalint.core.errors import DatalintError

        try:
            check_outputs(trust, [root])
        except DatalintError as error:
            return Store(root, b"", str(error))
    return Store.open(root)


def _surroundings(printed: str | None) -> list[Any]:
    """Return what the look of the printed report depends on in addition to the options."""
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
    if settings.eval:
        yield from (settings.eval,) if isinstance(settings.eval, str) else settings.eval


def _listing(given: str) -> witness.Witness | None:
    if given == "-" or "://" in given:
        raise witness.UnfitError(given)
    if os.path.isdir(given):  # noqa: PTH112 - a name that no file system can hold is none
        return witness.names(given)
    return witness.place(given) if os.path.lexists(given) else witness.matches(given)


def _witnesses(
    paths: Sequence[str], options: RunOptions, settings: Settings, report: Report, began: int
) -> Iterator[witness.Witness]:
    for file in report.files:
        if not file.sha256 or os.stat(file.path).st_size != file.bytes:  # noqa: PTH116
            raise witness.UnfitError(file.path)
        yield witness.file(file.path, file.sha256, before=began)
    yield from _configuration(paths, options.config, report, began)
    for schema in (settings.schema, *(table.get("schema") for table in settings.rules.values())):
        if isinstance(schema, str) and schema and schema.lstrip()[:1] != "{":
            yield witness.file(schema, before=began)
    yield from _siblings(paths, settings, report)
    yield from _baseline(options.baseline, settings, began)


def _configuration(
    paths: Sequence[str], options: ConfigOptions, report: Report, began: int
) -> Iterator[witness.Witness]:
    if options.config is not None:
        yield witness.file(options.config, before=began)
    elif not options.isolated:
        from datalint.config.paths import nested_folders

        yield from (_maybe(path, began) for path in candidates(paths))
        nested = nested_folders(paths, [file.path for file in report.files])
        yield from (_maybe(folder / name, began) for folder in nested for name in CONFIGURATIONS)


def _maybe(path: Path, began: int) -> witness.Witness:
    return witness.file(str(path), before=began) if path.is_file() else witness.absent(str(path))


def _siblings(paths: Sequence[str], settings: Settings, report: Report) -> Iterator[witness.Witness]:
    """Yield that there were no evaluation files which would have gone before the one that was read."""
    if settings.eval is not None:
        return
    from datalint.config.paths import default_inputs
    from datalint.evaluation import candidates_of

    inputs = paths or default_inputs(settings)
    if len(inputs) != 1:
        return
    read = {file.path for file in report.files}
    for candidate in candidates_of(inputs[0]):
        if candidate.as_posix() in read or str(candidate) in read:
            return
        yield witness.absent(str(candidate))


def _baseline(options: BaselineOptions, settings: Settings, began: int) -> Iterator[witness.Witness]:
    if options.no_baseline:
        return
    from datalint.baseline import read
    from datalint.cli.baseline_options import baseline_path

    path = baseline_path(settings, options)
    yield _maybe(path, began)
    if path.is_file():
        folder = path.absolute().parent
        named = {entry.file for entry in read(path) if "://" not in entry.file and not entry.file.startswith("<")}
        if len(named) > _MOST_OTHERS:
            raise witness.UnfitError(str(path))
        yield from (witness.existence(str(folder / name)) for name in sorted(named))


class Recorder:
    """Standard output that keeps what is written to it, as far as a run can be remembered."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._pieces: list[str | bytes] = []
        self._size = 0
        self._whole = True

    def write(self, piece: Any) -> int:
        """Write text, or to ``buffer`` bytes."""
        with self._all_or_nothing():
            written = (self._stream if isinstance(piece, str) else self._stream.buffer).write(piece)
        self._size += len(piece)
        if self._size <= reports.MOST_BYTES:
            self._pieces.append(piece)
        else:
            self._whole = False
        return written

    def flush(self) -> None:
        """Flush what lies beneath."""
        with self._all_or_nothing():
            self._stream.flush()

    @contextlib.contextmanager
    def _all_or_nothing(self) -> Iterator[None]:
        """Take note of a reader who has gone: what it did not get is not what the run prints."""
        try:
            yield
        except BaseException:
            self._whole = False
            raise

    @property
    def buffer(self) -> Recorder:
        """Itself, for bytes."""
        return self

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def printed(self) -> str | bytes | None:
        """Return what was written, None when that is not all, or text and bytes."""
        kinds = {type(piece) for piece in self._pieces}
        if not self._whole or len(kinds) > 1 or (sys.platform == "win32" and self._stream.isatty()):
            return None
        return b"".join(self._pieces) if kinds == {bytes} else "".join(self._pieces)  # type: ignore[arg-type]


@contextlib.contextmanager
def recording() -> Iterator[Recorder]:
    """Let standard output be kept."""
    recorder = Recorder(sys.stdout)
    with contextlib.redirect_stdout(recorder):
        yield recorder


def replay(finished: reports.Finished) -> int:
    """Say, write and print again what a run did; return its exit code."""
    from datalint.cli.terminal import quiet_when_closed, write_bytes
    from datalint.cli.writing import write_atomically

    if finished.said:
        click.echo(finished.said, err=True)
    for path, data in finished.files:
        write_atomically(Path(path), data)
    with quiet_when_closed():
        if isinstance(finished.printed, str):
            sys.stdout.write(finished.printed)
        else:
            write_bytes([finished.printed])
    return finished.code
