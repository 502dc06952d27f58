"""Count the bytes that `datalint check` reads of a file, against the size of the file. Needs strace.

    python benchmarks/reading.py                  a minute
    python benchmarks/reading.py --rows 200000

Rows that are compared or shown are read again; the last column says how many bytes these reads take.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import make_data
from running import Table, check, parser

#: A call of the system that reads: its name, the rest, and what it returned.
CALL = re.compile(r"\b(read|pread64|readv|preadv2?|mmap)\((.*)\) = (\d+)")
#: Bytes up to which a read is of single rows, in a container that can be read at any place.
BLOCK = 1 << 18


def main() -> None:
    """Count and print the table."""
    arguments = parser(__doc__)
    arguments.add_argument("--rows", type=int, default=60_000)
    arguments.add_argument("--jobs", type=int, nargs="+", default=[1, 2, 3])
    given = arguments.parse_args()
    if shutil.which("strace") is None:
        sys.exit("this benchmark needs strace")
    table = Table("container", "size", "processes", "bytes read", "of these again", right=4)
    with tempfile.TemporaryDirectory() as folder:
        rows = make_data.write(Path(folder) / "rows.jsonl", given.rows)
        for path in (rows, *_others(rows)):
            for jobs in given.jobs:
                size = path.stat().st_size
                read, again = _count(path, jobs, Path(folder) / "calls")
                table.add(
                    path.suffix, f"{size / 1e6:.0f} MB", str(jobs), f"{read / size:.3f} ×", f"{again / size:.3f} ×"
                )
    table.end(docs=given.docs)


def _others(rows: Path) -> list[Path]:
    """Write the rows that are valid to other containers."""
    found = []
    for line in rows.read_text(encoding="utf-8").splitlines():
        try:
            found.append(json.loads(line))
        except ValueError:
            continue
    array, table, packed = (rows.with_suffix(suffix) for suffix in (".json", ".csv", ".gz"))
    array.write_text(json.dumps(found), encoding="utf-8")
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("prompt", "response"))
        writer.writerows((row["messages"][1]["content"], row["messages"][-1]["content"]) for row in found)
    packed.write_bytes(gzip.compress(rows.read_bytes(), 6))
    return [table, array, packed]


def _count(path: Path, jobs: int, calls: Path) -> tuple[int, int]:
    """Return the bytes that a run reads of a file, and how many of them by reads of single rows.

    A file that is mapped into memory counts as read.
    """
    traced = ("strace", "-f", "-qq", "-P", str(path), "-o", str(calls), "-e", "trace=read,pread64,readv,preadv,mmap")
    done = subprocess.run((*traced, *check(path, "--jobs", str(jobs), "-q")), capture_output=True, check=False)
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stderr.decode())
    read = again = 0
    passed = False
    for line in calls.read_text(errors="replace").splitlines():
        if (found := CALL.search(line)) is None:
            continue
        count = int(found[2].split(",")[1], 0) if found[1] == "mmap" else int(found[3])
        read += count
        # The pass over the file is in order, so whatever comes after as many bytes as the file has is read again.
        again += count if passed else 0
        passed = passed or read >= path.stat().st_size
    return read, again


if __name__ == "__main__":
    main()
