"""Writes the files of a fixed dataset: each is complete, or not there."""

from __future__ import annotations

import errno
import gzip
import os
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO, cast

from datalint.core.errors import DatalintError
from datalint.fixes.decisions import Lost
from datalint.fixes.writing import written_pieces
from datalint.privacy.display import printable
from datalint.support.named_tuple import NamedTuple
from datalint.support.replacing import Replacement, is_device

if TYPE_CHECKING:
    from datalint.fixes.result import Fixes


class Written(NamedTuple):
    """The files that were written, and the rows and lines that the fixes removed."""

    paths: tuple[str, ...]
    manifest: str | None
    removed: int


def manifest_path(path: Path) -> Path | None:
    """Return where the removed rows of a fixed file go: ``clean.removed.jsonl`` next to ``clean.jsonl``.

    None for a stream, which has no place next to it.
    """
    if is_device(path):
        return None
    name = path.name
    for suffix in (".gz", ".bz2", ".xz", ".zst"):
        name = name.removesuffix(suffix)
    return path.with_name(f"{Path(name).stem}.removed.jsonl")


def write_fixed(
    fixes: Fixes,
    targets: Sequence[Path | BinaryIO],
    manifest: Path | None,
    *,
    kinds: Sequence[str] | None = None,
    unchanged: Sequence[tuple[Path, os.stat_result]] = (),
) -> Written:
    """Write each source to its target, a path or an open stream, and what was removed to ``manifest``.

    Paths are replaced when everything is written: the manifest first, so that no row is ever in neither file. ``kinds``
    are the formats of the targets, as :func:`~datalint.fixes.writing.output_format` returns them.
    ``unchanged`` are the sources that are replaced, as they were before they were read; what earlier runs removed from
    them stays in the manifest.

    Raises:
        DatalintError: if a file cannot be written, or one of ``unchanged`` changed since it was read.
    """
    lost = 0
    fixes.unwritten.clear()
    try:
        with ExitStack() as stack:
            removed = None if manifest is None else stack.enter_context(Replacement(manifest))
            if removed is not None and unchanged:
                removed.file.write(_earlier(manifest))
            files: list[Replacement] = []
            for number, target in enumerate(targets):
                if isinstance(target, Path):
                    files.append(stack.enter_context(Replacement(target)))
                out = compressed(files[-1].file, target, stack) if isinstance(target, Path) else target
                for piece in written_pieces(fixes, number, "jsonl" if kinds is None else kinds[number]):
                    if isinstance(piece, Lost):
                        lost += 1
                        if removed is not None:
                            removed.file.write(piece.to_json())
                    else:
                        out.write(piece)
                if isinstance(target, Path) and out is not files[-1].file:
                    out.close()
            _refuse_changed(unchanged)
            # Without anything removed there is no such file, unless it would leave that of another run there.
            if not lost and (unchanged or manifest is None or not manifest.is_file()):
                removed = None
            for each in ([] if removed is None else [removed]) + files:
                each.finish(durable=True)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise unwritable(error, "choose another path") from None
    paths = tuple(str(target) for target in targets if isinstance(target, Path))
    return Written(paths, None if removed is None else str(manifest), lost)


def unwritable(error: OSError, remedy: str) -> DatalintError:
    """Return the error for rows that the system refuses to write, with the folder if it has to do with it."""
    folder = Path(error.filename).parent if error.filename else None
    if error.errno == errno.ENOENT and folder is not None:
        return DatalintError(f"there is no folder {printable(str(folder))}; make it, or {remedy}")
    place = "" if folder is None else f" to {printable(str(folder))}"
    return DatalintError(f"cannot write{place}: {error.strerror}; {remedy}")


def _earlier(manifest: Path | None) -> bytes:
    """Return what earlier runs removed from the files that are replaced."""
    return manifest.read_bytes() if manifest is not None and manifest.is_file() else b""


def compressed(file: BinaryIO, path: Path, stack: ExitStack) -> IO[bytes]:
    """Return a stream that writes to a file as its name says; closing it leaves the file open."""
    if path.suffix.lower() == ".gz":
        return cast(IO[bytes], stack.enter_context(gzip.GzipFile("", "wb", fileobj=file, mtime=0)))
    if path.suffix.lower() == ".zst":
        import zstandard

        writer = zstandard.ZstdCompressor().stream_writer(file, closefd=False)
        return stack.enter_context(writer)
    return file


def _refuse_changed(files: Sequence[tuple[Path, os.stat_result]]) -> None:
    for path, before in files:
        now = path.stat()
        if (now.st_size, now.st_mtime_ns, now.st_ino) != (before.st_size, before.st_mtime_ns, before.st_ino):
            raise DatalintError(f"{printable(str(path))} changed while it was fixed: run again when it is complete")
