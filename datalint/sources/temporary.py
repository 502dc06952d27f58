"""Temporary files: without a name where the system can, and with room left on the disk."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Final

from datalint.core.errors import DatalintError
from datalint.privacy.display import printable
from datalint.support.interrupts import temporary_files

#: Disk space in bytes that temporary files leave free (a twentieth of a small disk), and how often it is checked.
_RESERVE: Final = 1 << 30
_ROOM_STEP: Final = 16 << 20


def temporary(folder: str | None = None) -> tuple[BinaryIO, str]:
    """Return a writable file, and the path at which this process and its workers can read it while it is open."""
    file = tempfile.TemporaryFile(prefix="datalint-", dir=folder)  # noqa: SIM115 - the caller closes it
    path = f"/proc/{os.getpid()}/fd/{file.fileno()}"
    if os.access(path, os.R_OK):
        return file, path
    file.close()
    handle, path = tempfile.mkstemp(prefix="datalint-", suffix=".tmp", dir=folder)
    temporary_files.add(path)
    return os.fdopen(handle, "w+b"), path


def remove(file: BinaryIO, path: str) -> None:
    """Close and delete a file of :func:`temporary`."""
    with contextlib.suppress(OSError):  # unwritten data is not needed, and there may be no space for it
        file.close()
    if not path.startswith("/proc/"):
        with contextlib.suppress(PermissionError):  # Windows, while it is mapped
            Path(path).unlink(missing_ok=True)
        temporary_files.discard(path)


def require_room(size: int, folder: str | None = None) -> None:
    """Check that the disk has room for ``size`` bytes, and a reserve for other programs.

    Raises:
        DatalintError: if the disk is too full.
    """
    where = folder or tempfile.gettempdir()
    total, _, free = shutil.disk_usage(where)
    if free - size < min(_RESERVE, total // 20):
        remedy = "set TMPDIR to a folder with more" if folder is None else "use another --work-dir"
        raise DatalintError(
            f"the folder of temporary files, {printable(where)}, has only {free >> 20:,} MiB left: "
            f"free some, or {remedy}"
        )


def with_room(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield ``blocks`` while the disk for temporary files has enough space.

    Raises:
        DatalintError: if the disk is too full.
    """
    unchecked = _ROOM_STEP
    for block in blocks:
        unchecked += len(block)
        if unchecked >= _ROOM_STEP:
            require_room(len(block))
            unchecked = 0
        yield block
