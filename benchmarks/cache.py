"""Measures what the cache saves: a run on unchanged data, and one after rows were added.

    python benchmarks/cache.py                      some minutes
    python benchmarks/cache.py --rows 5000 1000000  also needs 1 GB of disk, and a third of that for the cache

The budget is for the run on unchanged data. Where chunks are few none is kept, so there added rows save nothing.
"""

from __future__ import annotations

import hashlib
import statistics
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

import make_data
from running import DATALINT, Job, Table, alternate, installed, parser

#: A run on unchanged data may take this many times as long as `--help` and reading and hashing the file.
BUDGET = 1.3
#: Rows that are added.
ADDED = 100


def hashing(path: Path) -> float:
    """Return the seconds that reading and hashing a file take in a process that runs already."""
    seconds = []
    for _ in range(5):
        started = time.perf_counter()
        with path.open("rb") as file:
            hashlib.file_digest(file, "sha256")
        seconds.append(time.perf_counter() - started)
    return statistics.median(seconds)


def main() -> None:
    """Measure, and print the table."""
    arguments = parser(__doc__)
    arguments.add_argument("--rows", type=int, nargs="+", default=[5_000, 100_000])
    arguments.add_argument("--times", type=int, default=9)
    given = arguments.parse_args()
    table = Table(
        "rows", "without", "first run", "again", "`--help` + hash", "ratio", "budget", f"{ADDED} rows more", right=7
    )
    for rows in given.rows:
        with tempfile.TemporaryDirectory() as name:
            folder, package = Path(name) / "data", Path(name) / "package"
            folder.mkdir()
            package.mkdir()
            table.add(f"{rows:,}", *measured(folder, installed(package), rows, given.times))
    table.end(docs=given.docs)


def measured(folder: Path, environment: Mapping[str, str], rows: int, times: int) -> list[str]:
    """Return the cells of a row: seconds, and the ratio with its budget."""
    path = folder / "rows.jsonl"
    make_data.write(path, rows)
    command = (*DATALINT, "check", "--isolated", "--cache-dir", str(folder / "cache"), str(path))

    def job(*command: str) -> Job:
        return Job(command, folder=folder, environment=environment)

    without, first = job(*command, "--no-cache"), job(*command)
    job(*command, "--no-cache").run()  # compiles the copy, and what numba keeps
    without.run()
    first.run()
    again, help_ = job(*command), job(*DATALINT, "--help")
    alternate([help_, again], times)
    base = help_.median + hashing(path)
    more = job(*command)
    lines = path.read_bytes().splitlines(keepends=True)[:ADDED]
    for _ in range(3):
        with path.open("ab") as file:
            file.writelines(lines)
        time.sleep(0.1)
        more.run()
    ratio = again.median / base
    kept = f"{BUDGET} ×" if ratio <= BUDGET else f"**{BUDGET} ×**"
    return [
        *(f"{job.median:.2f} s" for job in (without, first)),
        f"{again.median:.3f} s", f"{base:.3f} s", f"{ratio:.2f} ×", kept, f"{more.median:.2f} s",
    ]  # fmt: skip


if __name__ == "__main__":
    main()
