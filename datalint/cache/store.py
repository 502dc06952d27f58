"""Storage of entries on disk: signed, written atomically, private and bounded; a disk error never ends a run."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
import sys
import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from datalint import __version__
from datalint.cache.location import MARK, TAG
from datalint.cache.seal import SEAL_SIZE, load_key, seal
from datalint.support.named_tuple import NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

#: Bytes that all entries may take before the least recently used ones go.
LIMIT: Final = 2 << 30
#: Share of the limit that is left when entries go, so that they do not go one by one.
_LEFT: Final = 0.8
#: Share of the limit that one process may write before it looks at the whole again.
_UNPRUNED: Final = 0.1
#: Seconds after which a file that was begun and never finished counts as left by a run that died.
_STALE: Final = 3600
#: Seconds that entries of other versions stay after their last use: two environments may share a project.
_OTHER: Final = 86_400

KINDS: Final = ("reports", "chunks")
VERSION: Final = f"v{__version__}"
_IGNORED: Final = ".gitignore"
#: Flags that open no link and wait for no pipe; Windows, which has none of them, makes links for few users.
_NO_LINK: Final = sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY"))
_TEMPORARY: Final = ".begun-"
_ENTRY: Final = re.compile(r"[0-9a-f]{64}")


class Usage(NamedTuple):
    """The number of entries of a kind, and their size in bytes."""

    entries: int
    size: int


class _File(NamedTuple):
    used: float
    size: int
    path: Path
    kind: str
    current: bool


class Store:
    """The entries in one cache folder that are signed with ``key``.

    ``trouble`` is the first thing that went wrong with writing, in words; after it nothing more is written. With
    ``keeps_all``, entries of this version stay whatever they take.
    """

    def __init__(self, root: str | Path, key: bytes, trouble: str | None = None, *, keeps_all: bool = False) -> None:
        self._root = _plain(root)
        self.key = key
        self.trouble = trouble
        self.keeps_all = keeps_all
        self.written = 0
        self._unpruned = 0

    @property
    def root(self) -> Path:
        """The folder."""
        from pathlib import Path

        return Path(self._root)

    @classmethod
    def open(cls, root: str | Path, *, keeps_all: bool = False) -> Store:
        """Return the store in ``root``; the folder is created when the first entry is written.

        One without a key neither reads nor writes, and has trouble.
        """
        folder = _plain(root)
        link = _first_link(folder)
        if link is not None:
            what = "it" if link == folder else os.path.relpath(link, folder)
            return cls(root, b"", f"{what} is a link, which may lead anywhere; delete it, or use another --cache-dir")
        try:
            return cls(root, load_key(), keeps_all=keeps_all)
        except (OSError, RuntimeError) as error:
            return cls(root, b"", f"no key: {_reason(error)}")

    def absolute(self) -> Store:
        """Return this store for a process in another working folder."""
        return Store(self.root.absolute(), self.key, self.trouble, keeps_all=self.keeps_all)

    def get(self, kind: str, name: str) -> memoryview | None:
        """Return an entry; None if there is none or it was modified."""
        path = os.path.join(self._root, VERSION, kind, name)
        if not self.key:
            return None
        try:
            data = _read(path)
        except OSError:
            return None
        if len(data) < SEAL_SIZE or data[:SEAL_SIZE] != seal(self.key, f"{kind}/{name}", memoryview(data)[SEAL_SIZE:]):
            return None
        with contextlib.suppress(OSError):
            os.utime(path, follow_symlinks=os.utime not in os.supports_follow_symlinks)
        return memoryview(data)[SEAL_SIZE:]

    def put(self, kind: str, name: str, payload: bytes) -> None:
        """Write an entry, or record why that failed."""
        if self.trouble is not None:
            return
        path = self.root / VERSION / kind / name
        temporary = path.with_name(f"{_TEMPORARY}{os.getpid()}-{name[:16]}")
        try:
            self._prepare(path.parent)
            with contextlib.suppress(FileNotFoundError):
                temporary.unlink()
            with open(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(seal(self.key, f"{kind}/{name}", payload))
                file.write(payload)
            temporary.replace(path)
            self.written += 1
            self._unpruned += len(payload)
        except OSError as error:
            self.trouble = _reason(error)
            with contextlib.suppress(OSError):
                temporary.unlink()
        if self._unpruned > LIMIT * _UNPRUNED:
            self.prune()

    def prune(self) -> None:
        """Delete files of dead runs, entries of other versions, and the least recently used ones beyond the limit."""
        self._unpruned = 0
        now = time.time()
        kept: list[_File] = []
        for file in self._files():
            gone = now - file.used > _STALE if file.path.name.startswith(_TEMPORARY) else False
            if gone or (not file.current and now - file.used > _OTHER):
                _delete(file.path)
            else:
                kept.append(file)
        total = sum(file.size for file in kept)
        if total <= LIMIT or self.keeps_all:
            return
        for file in sorted(kept, key=lambda each: (each.current, each.used)):
            _delete(file.path)
            total -= file.size
            if total <= LIMIT * _LEFT:
                return

    def usage(self) -> dict[str, Usage]:
        """Return the usage by kind, including entries of other versions."""
        found: dict[str, list[int]] = {kind: [] for kind in KINDS}
        for file in self._files():
            if _ENTRY.fullmatch(file.path.name):
                found[file.kind].append(file.size)
        return {kind: Usage(len(sizes), sum(sizes)) for kind, sizes in found.items()}

    def clear(self) -> int:
        """Delete every entry, and the folder if nothing else is in it; return the number of deleted entries.

        Raises:
            OSError: when one can't be deleted, and for a folder that is a link.
        """
        if _is_link(self.root):
            raise OSError(errno.ELOOP, "it is a link")
        count = 0
        for file in list(self._files()):
            file.path.unlink(missing_ok=True)
            count += bool(_ENTRY.fullmatch(file.path.name))
        for version in self._versions():
            for kind in KINDS:
                _remove(version / kind)
            _remove(version)
        if self._is_ours() and not self._versions():
            for name in (_IGNORED, MARK):
                (self.root / name).unlink(missing_ok=True)
            _remove(self.root)
        return count

    def _prepare(self, folder: Path) -> None:
        """Create the folder of a kind; it is private, because reports contain excerpts of rows."""
        if folder.is_dir():
            return
        self.root.parent.mkdir(parents=True, exist_ok=True)
        self.root.mkdir(mode=0o700, exist_ok=True)
        # Not into a folder that somebody uses for something else: git would no longer see what is in it.
        if not {path.name for path in self.root.iterdir()} - {_IGNORED, MARK}:
            _create(self.root / _IGNORED, b"*\n")
            _create(self.root / MARK, TAG)
        folder.parent.mkdir(mode=0o700, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)

    def _is_ours(self) -> bool:
        try:
            return _read(self.root / MARK) == TAG
        except OSError:
            return False

    def _versions(self) -> list[Path]:
        if _is_link(self.root):
            return []
        try:
            with os.scandir(self.root) as entries:
                found = [each.name for each in entries if each.name[:1] == "v" and each.is_dir(follow_symlinks=False)]
        except OSError:
            return []
        return [self.root / name for name in sorted(found) if not _is_link(self.root / name)]

    def _files(self) -> Iterator[_File]:
        """Yield the files that belong to this cache, by location and name."""
        from pathlib import Path

        for version in self._versions():
            for kind in KINDS:
                if _is_link(version / kind):
                    continue
                with contextlib.suppress(OSError), os.scandir(version / kind) as entries:
                    for each in entries:
                        if not (_ENTRY.fullmatch(each.name) or each.name.startswith(_TEMPORARY)):
                            continue
                        with contextlib.suppress(OSError):
                            state = each.stat(follow_symlinks=False)
                            yield _File(state.st_mtime, state.st_size, Path(each.path), kind, version.name == VERSION)


def pack_payload(header: bytes, blobs: Sequence[bytes]) -> bytes:
    """Pack a header and blobs into one payload, each preceded by its size."""
    pieces = []
    for blob in (header, *blobs):
        pieces += [len(blob).to_bytes(8, "little"), blob]
    return b"".join(pieces)


def unpack(payload: memoryview) -> list[memoryview]:
    """Unpack the header and blobs of :func:`pack_payload`; ValueError for other bytes."""
    found = []
    while payload:
        stop = 8 + int.from_bytes(payload[:8], "little")
        if stop > len(payload):
            raise ValueError("a blob is cut short")
        found.append(payload[8:stop])
        payload = payload[stop:]
    return found


def _plain(root: str | Path) -> str:
    """Return a path without a slash or dot at its end, before which a link would be followed."""
    path = os.fspath(root)
    if os.pardir in path:  # what is above a link is above what it leads to
        from pathlib import Path

        return str(Path(path))
    return os.path.normpath(path)


def _first_link(root: str) -> str | None:
    """Return the first folder of the cache that is a link, as a checkout may contain one."""
    folders = [os.path.join(root, *below) for below in ((), (VERSION,), *((VERSION, kind) for kind in KINDS))]
    return next((folder for folder in folders if _is_link(folder)), None)


def _is_link(path: str | Path) -> bool:
    """Return whether a path is a link or, on Windows, a junction."""
    return os.path.islink(path) or (sys.version_info >= (3, 12) and os.path.isjunction(path))


def _read(path: str | Path) -> bytes:
    """Return the bytes of a regular file; OSError for anything else, including links."""
    with open(os.open(path, os.O_RDONLY | _NO_LINK), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, "not a regular file")
        return file.read()


def _create(path: Path, data: bytes) -> None:
    """Write a new file; an existing one, or a link, is left as it is."""
    with contextlib.suppress(FileExistsError), path.open("xb") as file:
        file.write(data)


def _delete(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()


def _remove(folder: Path) -> None:
    """Delete a folder if it is empty."""
    with contextlib.suppress(OSError):
        folder.rmdir()


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error) or type(error).__name__
