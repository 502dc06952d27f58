"""Options that say how far a checkout is trusted: which folders are open, and which revision's settings count."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import click

from datalint.checkout import CHANGED
from datalint.cli.options import panel_option
from datalint.privacy.display import printable

if TYPE_CHECKING:
    from datalint.checkout.confine import Confinement
    from datalint.compare.git import Repository
    from datalint.config.files import Disk, Files
    from datalint.config.model import Settings
    from datalint.core.registry import Registry

_PANEL: Final = "Trust"

confine_option = panel_option(
    "--confine", "confined", panel=_PANEL, multiple=True, metavar="DIR",
    help="Read and write no file outside of this folder, links followed, nor in a .git; repeat for several.",
)  # fmt: skip

config_ref_option = panel_option(
    "--config-ref", panel=_PANEL, metavar="REF",
    help="Use configuration, schema and baseline as they are at this git revision.",
)  # fmt: skip

config_since_option = panel_option(
    "--config-since", panel=_PANEL, metavar="REF",
    help="Say which of these files changed since this git revision.  [default: --config-ref, --base-ref]",
)  # fmt: skip


def confinement(options: dict[str, Any]) -> Confinement:
    """Return the folders of ``--confine``.

    Raises:
        DatalintError: for one that is no folder.
    """
    from datalint.checkout.confine import Confinement

    return Confinement.to(options.get("confined", ()))


def check_outputs(options: dict[str, Any], paths: Sequence[str | Path]) -> None:
    """Raise DatalintError for a path that ``--confine`` does not let a command write."""
    if options.get("confined", ()):
        confine = confinement(options)
        for path in paths:
            confine.check_output(path)


class Trusted(NamedTuple):
    """The settings of a run, and a note about files that decide about the verdict and changed; empty without one."""

    settings: Settings
    note: str


def load_trusted(paths: Sequence[str], options: dict[str, Any], registry: Registry) -> Trusted:
    """Load the settings for ``paths`` as ``--config-ref``, ``--config-since`` and ``--confine`` say.

    Raises:
        DatalintError: as :func:`~datalint.config.load.load_settings`, and for a revision that is not there.
    """
    from datalint.cli.loading import overrides
    from datalint.config.files import Disk
    from datalint.config.load import load_settings

    disk = Disk(confinement(options))
    ref = options.get("config_ref")
    if ref is not None and options["allow_local_plugins"]:
        raise click.UsageError("--config-ref excludes --allow-local-plugins: plug-ins are files of the working tree")

    def load(files: Files, *, plugins: bool = False) -> Settings:
        return load_settings(
            paths,
            registry=registry,
            config=options["config"],
            isolated=options["isolated"],
            overrides=overrides(options),
            allow_local_plugins=plugins,
            files=files,
        )

    used = "this run uses the changed ones"
    if ref is not None:
        from datalint.compare.gate_files import Revision

        repository = _repository(ref, paths)
        used = f"this run uses those of {printable(repository.label)}"
        settings = load(Revision(repository, disk))
    else:
        settings = load(disk, plugins=options["allow_local_plugins"])
    since = _since(options)
    if since is None or options["isolated"]:
        return Trusted(settings, "")
    note = _note(since, paths, options, disk, load)
    return Trusted(settings, f"{note}; {used}" if note.startswith(CHANGED) else note)


def _since(options: dict[str, Any]) -> str | None:
    """Return the revision that the files are compared with, None for a command without ``--config-since``."""
    if "config_since" not in options:
        return None
    given = (options[name] for name in ("config_since", "config_ref", "base_ref"))
    return next((each for each in given if each is not None), None)


def _note(since: str, paths: Sequence[str], options: dict[str, Any], disk: Disk, load: Any) -> str:
    """Return which files changed since a revision, empty if none did."""
    from datalint.cli.baseline_options import baseline_path
    from datalint.compare.gate_files import Revision, changed
    from datalint.config.files import Disk
    from datalint.core.errors import DatalintError

    try:
        repository = _repository(since, paths)
    except DatalintError as error:
        if since != options.get("base_ref"):
            raise
        return f"configuration, schema and baseline are not compared with {printable(since[:100])}: {error}"

    def baseline(settings: Settings) -> Path | None:
        return baseline_path(settings, options) if not options.get("no_baseline", True) else None

    found = changed(lambda: load(Disk(disk.confine, texts=True)), lambda: load(Revision(repository, disk)), baseline)
    return f"{CHANGED} {printable(repository.label)}: {', '.join(found)}" if found else ""


def _repository(ref: str, paths: Sequence[str]) -> Repository:
    """Return a revision of the repository that contains the first path, or the working folder."""
    from datalint.checkout.git import find
    from datalint.compare.git import Repository

    given = next((path for path in paths if path != "-" and "://" not in path), ".")
    folder = Path(given)
    while not folder.is_dir():
        folder = folder.parent
    # The top itself: a repository of its own among the data must not hide what changed.
    return Repository.at(ref, find(folder) or folder)
