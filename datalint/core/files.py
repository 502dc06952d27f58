"""Regular files, opened so that nothing else is ever read in their place.

A checkout may bring a link to a device that never ends, and a named pipe waits for a writer who never comes.
"""

from __future__ import annotations

import errno
import os
import stat
from typing import BinaryIO, Final

from datalint.core.errors import NotRegularError

#: Bytes of a file that is read as a whole: a configuration, a schema, a baseline.
MOST_BYTES: Final = 256 << 20
_KINDS: Final = (
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISCHR, "a character device"),
    (stat.S_ISBLK, "a block device"),
    (stat.S_ISSOCK, "a socket"),
)
# Opening a pipe must not wait. Windows has no such flag, and makes bytes of line ends without the other.
_FLAGS: Final = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


def open_regular(path: str | os.PathLike[str]) -> BinaryIO:
    """Open a regular file, or a link to one, to read its bytes.

    Raises:
        NotRegularError: when it is a pipe, a device or a socket; IsADirectoryError for a folder.
        OSError: when the system refuses it.
    """
    # Opening a device may have an effect; what stands there now may be gone when it is opened.
    _require_regular(os.stat(path), path)  # noqa: PTH116 - half the time of Path.stat, for each chunk
    handle = os.open(path, _FLAGS)
    try:
        _require_regular(os.fstat(handle), path)
        return os.fdopen(handle, "rb")
    except BaseException:
        os.close(handle)
        raise


def read_regular(path: str | os.PathLike[str], most: int = MOST_BYTES) -> bytes:
    """Return the bytes of a regular file, or of a link to one.

    Raises:
        OSError: as :func:`open_regular` does, and when it has more than ``most`` bytes.
    """
    with open_regular(path) as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise OSError(errno.EFBIG, f"it has over {most >> 20} MiB", os.fspath(path))
    return data


def _require_regular(state: os.stat_result, path: str | os.PathLike[str]) -> None:
    if stat.S_ISREG(state.st_mode):
        return
    if stat.S_ISDIR(state.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), os.fspath(path))
    kind = next((name for test, name in _KINDS if test(state.st_mode)), "no regular file")
    raise NotRegularError(errno.EINVAL, kind, os.fspath(path))
