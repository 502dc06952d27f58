"""Bytes of chunks that a process has read, passed to its workers in files in memory."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import Any, BinaryIO

from datalint.sources.regions import bytes_in_files, sizes_in_files, with_bytes, without_bytes


class SharedBytes:
    """A file in memory for the bytes of one chunk at a time. It has no name, and is gone with this process."""

    def __init__(self, file: BinaryIO, path: str) -> None:
        self._file = file
        self._path = path

    @classmethod
    def new(cls) -> SharedBytes | None:
        """Return a new one, or None where the system has no such files or does not let other processes open them."""
        if not sys.platform.startswith("linux"):
            return None
        with contextlib.suppress(OSError, AttributeError):
            file = os.fdopen(os.memfd_create("datalint"), "r+b")
            path = f"/proc/{os.getpid()}/fd/{file.fileno()}"
            if os.access(path, os.R_OK):
                return cls(file, path)
            file.close()
        return None

    def put(self, chunk: Any) -> tuple[Any, str]:
        """Store the bytes of a chunk in place of those before; return it without them, and the path to get them from.

        The path is empty if the chunk does not have all its bytes. They are read from its file then.
        """
        pieces = list(bytes_in_files(chunk))
        bare = without_bytes(chunk)
        if not pieces or len(pieces) != len(sizes_in_files(bare)):
            return bare, ""
        try:
            self._file.seek(0)
            self._file.writelines(pieces)
            self._file.flush()
        except OSError:  # no memory is left for them
            return bare, ""
        return bare, self._path

    def close(self) -> None:
        """Give the memory back."""
        with contextlib.suppress(OSError):
            self._file.close()


class Receiver:
    """Gets the bytes of chunks in another process; keeps the files open."""

    def __init__(self) -> None:
        self._files: dict[str, BinaryIO] = {}

    def get(self, chunk: Any, path: str) -> Any:
        """Return the chunk with its bytes; with an empty path, the chunk as it is."""
        if not path:
            return chunk
        if path not in self._files:
            self._files[path] = Path(path).open("rb", buffering=0)  # noqa: SIM115 - open until this process ends
        file = self._files[path]
        size = sum(sizes_in_files(chunk))
        file.seek(0)
        data = bytearray(size)
        done = 0
        with memoryview(data) as view:
            while done < size and (count := file.readinto(view[done:])):  # type: ignore[attr-defined]
                done += count
            if done < size:
                return chunk
            return with_bytes(chunk, view)

    def close(self) -> None:
        """Close the files."""
        for file in self._files.values():
            file.close()
