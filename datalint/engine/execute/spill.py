"""Files that are mapped into memory, for rows that take more memory than a run may.

Mapped pages belong to the page cache: the operating system writes them to disk and drops them whenever something else
needs the memory. The values are the same, so results do not depend on where rows are.
"""

from __future__ import annotations

import contextlib
import math
import sys
import weakref
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, BinaryIO, Final

import numpy as np
import numpy.typing as npt
import polars as pl

from datalint.core.errors import DatalintError
from datalint.privacy.display import printable
from datalint.sources.temporary import remove, require_room, temporary

#: Makes an array of a shape and type, with any values.
Scratch = Callable[[tuple[int, ...], Any], npt.NDArray[Any]]
#: Share of the free memory that rows may take, with all that is computed from them.
_SHARE: Final = 0.5
#: Bytes that the reduce half takes for each byte of rows in memory, as benchmarks/memory.py measures it.
REDUCED: Final = 2.2


#: ``M_MMAP_THRESHOLD`` of the GNU C library.
_MMAP_THRESHOLD: Final = -3


class Spill:
    """Decides whether the rows of a run are in memory or in files, and makes the files.

    ``most`` is the number of bytes of rows that may be in memory, ``held`` that of the rows so far. With more, all rows
    are in temporary files in ``folder``, by default that of temporary files. The files have no names where the system
    supports that.
    """

    def __init__(self, most: float = math.inf, folder: str | None = None) -> None:
        self.most = most
        self.is_active = False
        self._folder = folder
        self.held = 0

    @classmethod
    def automatic(cls, folder: str | None = None) -> Spill:
        """Return a spill that leaves half of the free memory to other processes."""
        return cls(_SHARE * free_memory() / REDUCED, folder)

    def take(self, size: int) -> bool:
        """Count more bytes of rows, and return whether rows belong in files from now on."""
        self.held += size
        if not self.is_active and self.held > self.most:
            self.is_active = True
            _return_memory()
        return self.is_active

    @property
    def scratch(self) -> Scratch:
        """The function that makes arrays as large as a column of all rows."""
        return self.array if self.is_active else np.empty

    def frame(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Return a frame with the same values, each column in one piece of a file.

        Raises:
            DatalintError: if the disk is full.
        """
        if not frame.height or not frame.width:
            return frame
        import pyarrow as pa  # type: ignore[import-untyped] # Polars copies what it reads.

        file, path = self._open()
        try:
            require_room(int(frame.estimated_size()), self._folder)
            frame.rechunk().write_ipc(file, compression="uncompressed", record_batch_size=frame.height)
            file.flush()
            with pa.memory_map(path) as mapped:
                found = pl.from_arrow(pa.ipc.open_file(mapped).read_all(), rechunk=False)
            assert isinstance(found, pl.DataFrame)
            return found
        except (OSError, pl.exceptions.PolarsError) as error:
            raise self._trouble(error) from error
        finally:
            remove(file, path)

    def column(self, column: pl.Series) -> pl.Series:
        """Return a column with the same values in a file."""
        return self.frame(column.to_frame()).to_series()

    def array(self, shape: tuple[int, ...], dtype: Any) -> npt.NDArray[Any]:
        """Return an array of zeros in a file."""
        rows = self.rows(shape[1:], dtype)
        rows.extend(shape[0])
        return rows.finish()

    def rows(self, shape: Sequence[int], dtype: Any) -> SpilledRows:
        """Return an array of rows of a shape that grows in a file."""
        return SpilledRows(self, tuple(shape), np.dtype(dtype))

    def _open(self) -> tuple[BinaryIO, str]:
        try:
            if self._folder is not None:
                Path(self._folder).mkdir(parents=True, exist_ok=True)
            return temporary(self._folder)
        except OSError as error:
            raise self._trouble(error) from error

    def _trouble(self, error: Exception) -> DatalintError:
        where = printable(self._folder or "the folder of temporary files")
        return DatalintError(f"{where} cannot keep the rows of this run: {printable(str(error))}")


class SpilledRows:
    """An array whose rows are appended to a file, and mapped when all are there."""

    def __init__(self, spill: Spill, shape: tuple[int, ...], dtype: np.dtype[Any]) -> None:
        self._spill = spill
        self._shape = shape
        self._dtype = dtype
        self._rows = 0
        self._file, path = spill._open()
        self._remove = weakref.finalize(self, remove, self._file, path)

    def append(self, rows: npt.NDArray[Any]) -> None:
        """Append rows; raises DatalintError if the disk is full."""
        require_room(rows.nbytes, self._spill._folder)
        try:
            self._file.write(np.ascontiguousarray(rows, self._dtype).data.cast("B") if rows.size else b"")
        except OSError as error:
            raise self._spill._trouble(error) from error
        self._rows += len(rows)

    def extend(self, count: int) -> None:
        """Append rows of zeros."""
        self._rows += count
        size = self._rows * math.prod(self._shape) * self._dtype.itemsize
        require_room(size, self._spill._folder)
        self._file.truncate(size)

    def finish(self) -> npt.NDArray[Any]:
        """Return the array, which can be written to, as one in memory."""
        shape = (self._rows, *self._shape)
        if not math.prod(shape):
            self._remove()
            return np.empty(shape, self._dtype)
        self._file.flush()
        # A plain array: compiled code knows no other.
        mapped = np.asarray(np.memmap(self._file, self._dtype, "r+", shape=shape))
        self._remove()
        return mapped


def _return_memory() -> None:
    """Have arrays of a megabyte and more returned to the system as soon as they are freed.

    The GNU C library raises its limit for that to 32 MiB as arrays come and go, and keeps the memory of smaller ones.
    """
    if not sys.platform.startswith("linux"):
        return
    import ctypes

    with contextlib.suppress(OSError, AttributeError):  # another C library
        ctypes.CDLL(None).mallopt(_MMAP_THRESHOLD, 1 << 20)


def free_memory() -> float:
    """Return the bytes of memory that this process could take; infinite if the system does not report it."""
    found = [math.inf]
    try:
        lines = dict(line.split(":", 1) for line in Path("/proc/meminfo").read_text().splitlines())
        found.append(int(lines["MemAvailable"].split()[0]) * 1024)
        group = Path("/sys/fs/cgroup")
        usage = dict(line.split() for line in (group / "memory.stat").read_text().splitlines())
        found.append(int((group / "memory.max").read_text()) - int(usage["anon"]))
    except (OSError, ValueError, KeyError):
        pass  # another system, or no limit
    return max(0.0, min(found))
