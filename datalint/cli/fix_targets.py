"""Where ``datalint fix`` writes: a file, a folder, standard output, or the files that it read."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from datalint.core.errors import DatalintError
from datalint.support.named_tuple import NamedTuple

if TYPE_CHECKING:
    from datalint.fixes.files import Written
    from datalint.fixes.result import Fixes
    from datalint.sources import Source


class Targets(NamedTuple):
    """A target for each source with its format, and the file for removed rows.

    ``before`` are the sources that are replaced, as they were before they were read. ``folder`` is made if need be.
    """

    files: Sequence[Path | BinaryIO] = ()
    kinds: Sequence[str] = ()
    manifest: Path | None = None
    before: Sequence[tuple[Path, os.stat_result]] = ()
    folder: Path | None = None

    @property
    def paths(self) -> list[str]:
        """The paths that are written."""
        return [str(path) for path in (*self.files, self.manifest) if isinstance(path, Path)]

    def write(self, fixes: Fixes) -> Written:
        """Write fixed sources."""
        from datalint.fixes.files import write_fixed

        if self.folder is not None:
            make_folder(self.folder)
        return write_fixed(fixes, self.files, self.manifest, kinds=self.kinds, unchanged=self.before)


def make_folder(path: Path) -> None:
    """Make a folder for several files, unless it exists.

    Raises:
        DatalintError: if it cannot be made.
    """
    from datalint.privacy.display import printable

    try:
        path.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise DatalintError(f"{printable(str(path))} is a file; choose a folder for --output") from None
    except OSError as error:
        reason = error.strerror
        raise DatalintError(f"cannot make the folder {printable(str(path))}: {reason}; choose another") from None


def writing_to(output: str, sources: Sequence[Source], *, of_folder: bool = False) -> Targets:
    """Return the targets of ``--output``; that of the only file ``of_folder`` is a folder too, unless it has a suffix.

    Raises:
        DatalintError: if a source cannot be written in the format of its target.
    """
    from datalint.cli.writing import STANDARD_OUTPUT
    from datalint.fixes.files import manifest_path
    from datalint.fixes.writing import output_format
    from datalint.sources.data_files import KNOWN, suffix_of

    if output in STANDARD_OUTPUT:
        if len(sources) > 1:
            raise click.UsageError("--output - takes one input; give a folder for several")
        return Targets([sys.stdout.buffer], ["jsonl"])
    path = Path(output)
    in_folder = path.is_dir() or output.endswith("/") or (of_folder and not suffix_of(path) and not path.exists())
    if len(sources) == 1 and not in_folder:
        return Targets([path], [output_format(output, sources[0])], manifest_path(path))
    if len(sources) > 1 and suffix_of(path) in KNOWN and not path.is_dir():
        raise click.UsageError(f"--output {output} names a file, and {len(sources)} inputs go to a folder")
    names = [Path(source.path).name for source in sources]
    if len(set(names)) < len(names):
        raise DatalintError("two inputs have the same name; fix them one by one")
    kinds = [output_format(name, source) for name, source in zip(names, sources, strict=True)]
    manifest = path / "clean.removed.jsonl" if len(names) > 1 else manifest_path(path / names[0])
    return Targets([path / name for name in names], kinds, manifest, folder=path)


def replacing(sources: Sequence[Source], command: str) -> Targets:
    """Return the sources as targets; ``command`` is the one that can write them elsewhere.

    Raises:
        DatalintError: for a source that is no regular file or cannot be written.
    """
    from datalint.fixes.files import manifest_path
    from datalint.fixes.writing import own_format
    from datalint.privacy.display import printable

    before, kinds = [], []
    for source in sources:
        path, kind = Path(source.path), own_format(source)
        if path.is_symlink():
            raise DatalintError(f"{printable(source.path)} is a link, and not replaced; name the file that it leads to")
        if not path.is_file() or kind is None:
            why = f"only `datalint {command} … --output NAME.jsonl` writes its rows"
            raise DatalintError(f"{printable(source.path)} cannot be replaced: {why}")
        before.append((path, path.stat()))
        kinds.append(kind)
    return Targets([path for path, _ in before], kinds, manifest_path(before[0][0]), before)
