"""Options that say how far a checkout is trusted: which folders are open, and which revision's settings count."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, Protocol

import click

from datalint.checkout import CHANGED
from datalint.cli.options import panel_option, stack

if TYPE_CHECKING:
    from pathlib import Path

    from datalint.checkout.confine import Confinement
    from datalint.cli.values import RunOptions, TrustOptions
    from datalint.compare.git import Repository
    from datalint.config.files import Disk, Files
    from datalint.config.model import Settings
    from datalint.core.registry import Registry
    from datalint.engine.reduce.acceptances import Since
    from datalint.sources import Source

_PANEL: Final = "Trust"

confine_option = panel_option(
    "--confine", panel=_PANEL, multiple=True, metavar="DIR",
    help="Read and write only files in this folder, also through links, and none in a .git. Repeatable.",
)  # fmt: skip
trust_options = stack(
    confine_option,
    panel_option("--config-ref", panel=_PANEL, metavar="REF",
                 help="Use configuration, schema and baseline as they are at this git revision."),
)  # fmt: skip

config_since_option = panel_option(
    "--config-since", panel=_PANEL, metavar="REF",
    help="Report which of these files changed since this git revision.  [default: --config-ref, --base-ref]",
)  # fmt: skip


def confinement(options: TrustOptions) -> Confinement:
    """Return the folders of ``--confine``.

    Raises:
        DatalintError: for one that is no folder.
    """
    from datalint.checkout.confine import Confinement

    return Confinement.to(options.confine)


def check_outputs(options: TrustOptions, paths: Sequence[str | Path]) -> None:
    """Raise DatalintError for a path that ``--confine`` does not let a command write."""
    if options.confine:
        confine = confinement(options)
        for path in paths:
            confine.check_output(path)


class _Load(Protocol):
    """Loads the settings from the files of the disk or of a revision."""

    def __call__(self, files: Files, *, plugins: bool = False) -> Settings: ...


def _loader(paths: Sequence[str], options: RunOptions, registry: Registry) -> _Load:
    from datalint.config.load import load_settings

    def load(files: Files, *, plugins: bool = False) -> Settings:
        return load_settings(
            paths,
            registry=registry,
            config=options.config.config,
            isolated=options.config.isolated,
            overrides=options.settings(),
            allow_local_plugins=plugins,
            files=files,
        )

    return load


def load_trusted(paths: Sequence[str], options: RunOptions, registry: Registry) -> Settings:
    """Load the settings for ``paths`` as ``--config-ref`` and ``--confine`` say.

    Raises:
        DatalintError: as :func:`~datalint.config.load.load_settings`, and for a revision that is not there.
    """
    from datalint.config.files import Disk

    disk, load = Disk(confinement(options.trust)), _loader(paths, options, registry)
    ref = options.trust.config_ref
    if ref is None:
        return load(disk, plugins=options.config.allow_local_plugins)
    if options.config.allow_local_plugins:
        raise click.UsageError("--config-ref cannot be used with --allow-local-plugins: plug-ins are read from disk")
    from datalint.compare.gate_files import Revision

    return load(Revision(_repository(ref, paths), disk))


def changes_of_configuration(paths: Sequence[str], options: RunOptions, registry: Registry) -> list[str]:
    """Return a note on files that decide the verdict and changed since ``--config-since``; empty if none did."""
    trust, base_ref = options.trust, options.baseline.base_ref
    since = next((ref for ref in (trust.config_since, trust.config_ref, base_ref) if ref is not None), None)
    if since is None or options.config.isolated:
        return []
    from datalint.compare.gate_files import MODEL
    from datalint.config.files import Disk
    from datalint.privacy.display import printable

    note = _note(since, paths, options, Disk(confinement(trust)), _loader(paths, options, registry))
    if not note.startswith(CHANGED):
        return [note] if note else []
    used = "the changed ones"
    if trust.config_ref is not None:
        used = f"those of {printable(_repository(trust.config_ref, paths).label)}"
        used += ", but the changed model" if MODEL in note else ""
    return [f"{note}; this run uses {used}"]


def accepted_before(
    paths: Sequence[str], options: RunOptions, sources: Sequence[Source], settings: Settings, registry: Registry
) -> Since | None:
    """Return what rows accept at ``--config-ref``, which is binding, or at ``--config-since`` or ``--base-ref``."""
    ref = _since(options)
    if ref is None:
        return None
    from datalint.compare.accepted import accepted_since
    from datalint.core.errors import DatalintError

    try:
        repository = _repository(ref, paths)
    except DatalintError:
        if ref != options.baseline.base_ref:
            raise
        return None
    binding = options.trust.config_ref is not None
    return accepted_since(repository, sources, registry.by_name, settings.table, binding=binding)


def _since(options: RunOptions) -> str | None:
    trust = options.trust
    given = (trust.config_ref, trust.config_since, options.baseline.base_ref)
    return next((ref for ref in given if ref is not None), None)


def _note(since: str, paths: Sequence[str], options: RunOptions, disk: Disk, load: _Load) -> str:
    """Return which files changed since a revision, empty if none did."""
    from datalint.cli.baseline_options import baseline_path
    from datalint.compare.gate_files import Revision, changed_files
    from datalint.config.files import Disk
    from datalint.core.errors import DatalintError
    from datalint.privacy.display import printable

    try:
        repository = _repository(since, paths)
    except DatalintError as error:
        if since != options.baseline.base_ref:
            raise
        return f"configuration, schema and baseline are not compared with {printable(since[:100])}: {error}"

    def baseline(settings: Settings) -> Path | None:
        return None if options.baseline.no_baseline else baseline_path(settings, options.baseline)

    found = changed_files(
        lambda: load(Disk(disk.confine, texts=True)), lambda: load(Revision(repository, disk)), baseline
    )
    return f"{CHANGED} {printable(repository.label)}: {', '.join(found)}" if found else ""


def _repository(ref: str, paths: Sequence[str]) -> Repository:
    """Return a revision of the repository that contains the first path, or the working folder."""
    from pathlib import Path

    from datalint.checkout.repositories import find_repository
    from datalint.compare.git import Repository

    given = next((path for path in paths if path != "-" and "://" not in path), ".")
    folder = Path(given)
    while not folder.is_dir():
        folder = folder.parent
    # The top itself: a repository of its own among the data must not hide what changed.
    return Repository.at(ref, find_repository(folder) or folder)
