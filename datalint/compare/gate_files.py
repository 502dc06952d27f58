"""Configuration, schema, baseline and model at a git revision, and which of them changed since."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from datalint.compare.git import FILES, LINK, Blob
from datalint.config.explain import explain
from datalint.config.files import Disk, Files, schema_text
from datalint.core.errors import DatalintError
from datalint.core.files import MOST_BYTES
from datalint.privacy.display import printable

if TYPE_CHECKING:
    from datalint.checkout.confine import Confinement
    from datalint.compare.git import Repository, TreeEntry
    from datalint.config.model import Settings

#: Ends the name of a file of the model. Those are always read from the working tree.
MODEL: Final = "(model)"
#: The maximum number of symbolic links that are followed for one path.
_MOST_LINKS: Final = 32


class Revision:
    """The files of a git revision (see :class:`~datalint.config.files.Files`).

    Paths are mapped to the revision as they are written, without following links of the working tree. Files outside of
    the repository are read from disk.
    """

    def __init__(self, repository: Repository, disk: Disk) -> None:
        self.repository = repository
        self._disk = disk
        self._entries: dict[str, TreeEntry] | None = None

    @property
    def confine(self) -> Confinement:
        """See :class:`Files`."""
        return self._disk.confine

    def trusting(self, path: str | Path) -> Files:
        """See :class:`Files`."""
        return Revision(self.repository, self._disk.trusting(path))

    def is_file(self, path: Path) -> bool:
        """See :class:`Files`."""
        inside = self._inside(path)
        return self._disk.is_file(path) if inside is None else self._blob(inside) is not None

    def read(self, path: Path, *, most: int = MOST_BYTES) -> bytes:
        """See :class:`Files`."""
        inside = self._inside(path)
        if inside is None:
            return self._disk.read(path, most=most)
        blob = self._blob(inside)
        if blob is None:
            raise DatalintError(f"{printable(self.repository.label)} has no file {printable(inside)}; check the path")
        data = self._bytes(blob)
        if len(data) > most:
            raise OSError(errno.EFBIG, f"it has over {most >> 20} MiB", str(path))
        return data

    def schema(self, path: str) -> str:
        """See :class:`Files`."""
        return schema_text(self, path)

    def _inside(self, path: Path) -> str | None:
        """Return a path relative to the top of the repository; None for one outside of it."""
        absolute, top = Path(os.path.normpath(Path.cwd() / path)), self.repository.top
        for folder in reversed(absolute.parents):
            if Path(os.path.realpath(folder)) == top:
                return absolute.relative_to(folder).as_posix()
        real = Path(os.path.realpath(absolute.parent)) / absolute.name
        return real.relative_to(top).as_posix() if real.is_relative_to(top) else None

    def _blob(self, path: str) -> Blob | None:
        """Return the file at a path of the revision, following its links; None if there is none.

        Raises:
            DatalintError: for links that lead out of the repository or form a cycle.
        """
        if self._entries is None:
            self._entries = {entry.path: entry for entry in self.repository.entries()}
        for _ in range(_MOST_LINKS):
            above = (path, *(parent.as_posix() for parent in Path(path).parents))
            link = next((each for each in above if each in self._entries and self._entries[each].mode == LINK), None)
            if link is None:
                entry = self._entries.get(path)
                return None if entry is None or entry.mode not in FILES else Blob(entry.path, entry.oid)
            target = os.fsdecode(self._bytes(Blob(link, self._entries[link].oid)))
            path = os.path.normpath(Path(link).parent / target / Path(path).relative_to(link)).replace(os.sep, "/")
            if Path(path).is_absolute() or path.startswith("../"):
                break
        raise DatalintError(
            f"{printable(self.repository.label)}:{printable(path)} cannot be followed: links of a revision must lead "
            "to files of it"
        )

    def _bytes(self, blob: Blob) -> bytes:
        content = self.repository.content(blob)
        return content.read(0, content.size)


def changed_files(
    now: Callable[[], Settings], then: Callable[[], Settings], baseline: Callable[[Settings], Path | None]
) -> list[str]:
    """Return the files that affect the verdict and differ between the revisions, each with its role.

    ``now`` and ``then`` load the settings of the working tree and of the revision, with schemas as texts. ``baseline``
    returns the path of the baseline file for given settings, or None if no baseline is used.
    """
    loaded, values = zip(*(_loaded(each) for each in (now, then)), strict=True)
    names = [_shown(each.file) if each and each.file else None for each in loaded]
    differing = {key for key, _ in values[0] ^ values[1]}
    schema = {key for key in differing if key == "schema" or key.endswith(".schema")}
    found = []
    schema_files = [path for each in loaded if each for path in each.schema_files]
    if differing - schema or (schema and not schema_files) or None in loaded:
        found += [f"{name} (configuration)" for name in dict.fromkeys(filter(None, names))] or ["the configuration"]
    if schema:
        found += [f"{_shown(path)} (schema)" for path in dict.fromkeys(schema_files)]
    places = [baseline(each) if each else None for each in loaded]
    contents = [_content(each, place) for each, place in zip(loaded, places, strict=True)]
    if None not in loaded and contents[0] != contents[1]:
        found += [f"{_shown(place)} (baseline)" for place in dict.fromkeys(filter(None, places))]
    return found + [f"{_shown(path)} {MODEL}" for path in _changed_model(*loaded)]


def _changed_model(now: Settings | None, then: Settings | None) -> list[Path]:
    """Return the files of the model's folder that differ; another model is a change of the configuration."""
    if now is None or then is None or now.model is None or now.model != then.model or not Path(now.model).is_dir():
        return []
    from datalint.models.folder import paths_in

    return [path for path in paths_in(Path(now.model)) if _content(now, path) != _content(then, path)]


def _loaded(load: Callable[[], Settings]) -> tuple[Settings | None, set[tuple[str, str]]]:
    """Return settings and their values by key; for an invalid file, None and no values."""
    try:
        settings = load()
        values = {(row.key, repr(row.value)) for row in explain(settings)}
    except DatalintError:
        return None, set()
    return settings, values | {("", settings.root)}


def _shown(path: str | Path) -> str:
    path, here = Path(os.path.normpath(path)), Path.cwd()
    return printable(str(path.relative_to(here) if path.is_relative_to(here) else path))


def _content(settings: Settings | None, path: Path | None) -> bytes | None:
    if settings is None or path is None or not settings.files.is_file(path):
        return None
    return settings.files.read(path)
