"""Count the bytes that `datalint check` reads of a file, against the size of the file, with strace.

    python benchmarks/reading.py                  a minute
    python benchmarks/reading.py --rows 200000

Rows that are compared or shown are read again, each in a block of 8 KiB; of a file with fewer rows, these are more.
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
import time
from pathlib import Path

import make_data
from running import Table, check, parser

#: A call of the system that reads: its name, the rest, and what it returned.
CALL = re.compile(r"\b(read|pread64|readv|preadv2?|mmap)\((.*)\) = (\d+)")


def main() -> None:
    """Count and print the table."""
    arguments = parser(__doc__)
    arguments.add_argument("--rows", type=int, default=60_000)
    arguments.add_argument("--jobs", type=int, nargs="+", default=[1, 2, 3])
    given = arguments.parse_args()
    if shutil.which("strace") is None:
        sys.exit("this benchmark needs strace")
    table = Table("container", "size", "processes", "bytes read", right=3)
    with tempfile.TemporaryDirectory() as folder:
        rows = make_data.write(Path(folder) / "rows.jsonl", given.rows)
        for path in (rows, *_others(rows)):
            for jobs in given.jobs:
                size = path.stat().st_size
                read = _count(path, jobs, Path(folder) / "calls")
                table.add(path.suffix, f"{size / 1e6:.0f} MB", str(jobs), f"{read / size:.3f} ×")
        table.say("")
        table.say(f"- to read, cut and hash a row of JSON Lines takes {_pass(rows) / given.rows * 1e6:.1f} µs of CPU")
    table.end(docs=given.docs)


def _pass(path: Path) -> float:
    """Return the seconds of CPU that one pass over a file takes without mapping it."""
    from datalint.sources import open_sources
    from datalint.sources.hashing import Hashing

    sources = open_sources([str(path)])
    started = time.process_time()
    with Hashing(sources) as hashing:
        for _ in hashing.watch(("", chunk) for chunk in sources[0].chunks(0)):
            pass
    hashing.facts()
    return time.process_time() - started


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


def _count(path: Path, jobs: int, calls: Path) -> int:
    """Return the bytes that a run reads of a file. What is mapped into memory counts as read."""
    traced = ("strace", "-f", "-qq", "-P", str(path), "-o", str(calls), "-e", "trace=read,pread64,readv,preadv,mmap")
    done = subprocess.run((*traced, *check(path, "--jobs", str(jobs), "-q")), capture_output=True, check=False)
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stderr.decode())
    found = filter(None, map(CALL.search, calls.read_text(errors="replace").splitlines()))
    return sum(int(call[2].split(",")[1], 0) if call[1] == "mmap" else int(call[3]) for call in found)


if __name__ == "__main__":
    main()
