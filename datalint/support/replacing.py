"""Files that replace others as a whole: a reader sees the old file or the complete new one."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
import time
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final

from datalint.support.interrupts import Deferred, temporary_files

#: Seconds after which nobody can still be writing a file that was ready in memory.
_STALE: Final = 600


def is_device(path: Path) -> bool:
    """Return whether a path is a device or a pipe, which is written to and not replaced.

    A link leads to none unless the system made it (``/dev/stdout``): one in a checkout must not lead to a device.
    """
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return False
    if path.is_relative_to("/dev/fd") or path.is_relative_to("/proc") or path.parent == Path("/dev"):
        return not stat.S_ISDIR(mode)  # /dev/stdout is one also where the shell sent it to a file
    return (stat.S_ISCHR(mode) or stat.S_ISFIFO(mode)) and not path.is_symlink()


class Replacement:
    """A context manager with a new ``file`` next to ``path``, which takes its place when it is finished.

    If it is not finished, nothing is left of it. What killed runs left of theirs is deleted. A link is replaced
    itself, not the file that it leads to. The new file has the permissions of the old one. A stream is written to.

    Raises:
        IsADirectoryError: if ``path`` is a folder.
    """

    file: BinaryIO

    def __init__(self, path: Path) -> None:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        self._path = path
        self._is_stream = is_device(path)
        self._temporary = self._path.with_name(f".{self._path.name}.{os.getpid()}.tmp")

    def __enter__(self) -> Replacement:
        if self._is_stream:
            self.file = self._path.open("wb")
            return self
        _delete_stale(self._path)
        temporary_files.add(str(self._temporary))
        self._temporary.unlink(missing_ok=True)
        self.file = self._temporary.open("xb")
        with contextlib.suppress(OSError):
            state = self._path.lstat()
            if stat.S_ISREG(state.st_mode):
                self._temporary.chmod(stat.S_IMODE(state.st_mode))
        return self

    def finish(self, *, durable: bool = False) -> None:
        """Put the file in its place; if it is to be ``durable``, after its bytes are on the disk."""
        self.file.flush()
        if self._is_stream:
            self.file.close()
            return
        if durable:
            os.fsync(self.file.fileno())
        self.file.close()
        with Deferred():
            self._temporary.replace(self._path)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.file.close()
        if self._is_stream:
            return
        with contextlib.suppress(OSError):
            self._temporary.unlink(missing_ok=True)
        temporary_files.discard(str(self._temporary))


def _delete_stale(path: Path) -> None:
    neighbour = re.compile(rf"\.{re.escape(path.name)}\.\d+\.tmp")
    with contextlib.suppress(OSError), os.scandir(path.parent) as entries:
        for each in entries:
            if neighbour.fullmatch(each.name) and time.time() - each.stat(follow_symlinks=False).st_mtime > _STALE:
                Path(each.path).unlink()
