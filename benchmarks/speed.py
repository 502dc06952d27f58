"""Measures the whole command against the budgets and prints a Markdown table.

    python benchmarks/speed.py                 a few minutes
    python benchmarks/speed.py --million       also 1,000,000 rows, about 1 GB of data and some minutes more

Runs of what is compared alternate, so that a slow moment of the machine strikes both. Times are medians of whole
processes. Memory is the largest sum over the process and its children, sampled from /proc where there is one.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Final

import make_data

PYTHON: Final = (sys.executable, "-c")
DATALINT: Final = (sys.executable, "-m", "datalint")
ORJSON: Final = """
import orjson, sys
for line in open(sys.argv[1], "rb"):
    try:
        orjson.loads(line)
    except ValueError:
        pass
"""
PACKAGES: Final = ("click", "datasets", "numpy", "orjson", "pandas", "polars")
_SAMPLE: Final = 0.02


@dataclass(slots=True)
class Job:
    """One command, and what its runs took: seconds, and peak bytes of all its processes together."""

    command: Sequence[str]
    seconds: list[float] = field(default_factory=list)
    peak: int = 0

    @property
    def median(self) -> float:
        """Seconds."""
        return statistics.median(self.seconds)

    def run(self) -> None:
        """Run once; a dataset that fails is as good as one that passes.

        Raises:
            RuntimeError: when the command could not run.
        """
        started = time.perf_counter()
        with subprocess.Popen(self.command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
            done = threading.Event()
            watcher = threading.Thread(target=self._watch, args=(process.pid, done))
            watcher.start()
            error = process.stderr.read() if process.stderr else b""
            process.wait()
            self.seconds.append(time.perf_counter() - started)
            done.set()
            watcher.join()
        if process.returncode not in (0, 1):
            raise RuntimeError(f"{' '.join(self.command)}: exit code {process.returncode}\n{error.decode()}")

    def _watch(self, pid: int, done: threading.Event) -> None:
        while not done.wait(_SAMPLE):
            self.peak = max(self.peak, sum(_memory(each) for each in _family(pid)))


def _family(pid: int) -> list[int]:
    """Return the process and its descendants, as far as /proc tells."""
    found = [pid]
    for parent in found:
        try:
            for children in Path(f"/proc/{parent}/task").glob("*/children"):
                found += map(int, children.read_text().split())
        except OSError:
            continue
    return found


def _memory(pid: int) -> int:
    """Return the resident bytes of a process, 0 when it has gone or nobody tells."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError, ValueError):
        return 0


def alternate(jobs: Sequence[Job], times: int) -> None:
    """Run each job once to warm the disk's cache, then all of them in turn, ``times`` times."""
    for job in jobs:
        job.run()
        job.seconds.clear()
    for _ in range(times):
        for job in jobs:
            job.run()


def row(*cells: str) -> str:
    """Return a row of a Markdown table."""
    return f"| {' | '.join(cells)} |"


def compare(what: str, job: Job, other: Job, against: str, budget: float) -> str:
    """Return the row of a ratio against its budget."""
    ratio = job.median / other.median
    kept = "yes" if ratio <= budget else "**no**"
    return row(what, f"{job.median:.2f} s", f"{against}: {other.median:.2f} s", f"{ratio:.2f} ×", f"{budget:g} ×", kept)


def throughput(path: Path, rows: int, job: Job) -> str:
    """Return the row of a large file: seconds, rows and megabytes a second, peak memory."""
    size = path.stat().st_size / 1e6
    memory = f"{job.peak / 2**20:,.0f} MiB" if job.peak else "unknown"
    speed = f"{rows / job.median:,.0f} rows/s, {size / job.median:.0f} MB/s"
    return row(f"{rows:,} rows, {size:.0f} MB", f"{job.median:.2f} s", speed, f"peak {memory}", "", "")


def check(path: Path) -> Job:
    """Return the job of the whole command with every default rule."""
    return Job((*DATALINT, "check", "--isolated", str(path)))


def measure(folder: Path, times: int, *, million: bool) -> list[str]:
    """Return the table's rows."""
    table = []
    bare, click = Job((*DATALINT, "--help")), Job((*PYTHON, "import click"))
    alternate((bare, click), times)
    table.append(compare("`datalint --help`", bare, click, "`import click`", 2))

    small = _data(folder, 5_000)
    job, pandas = check(small), Job((*PYTHON, "import pandas"))
    alternate((job, pandas), times)
    table.append(compare("5,000 rows, every default rule", job, pandas, "`import pandas`", 0.8))

    large = _data(folder, 100_000)
    job = check(large)
    alternate((job,), times)
    table.append(throughput(large, 100_000, job))

    if million:
        huge = _data(folder, 1_000_000)
        job, parse = check(huge), Job((*PYTHON, ORJSON, str(huge)))
        alternate((job, parse), 3)
        table.append(throughput(huge, 1_000_000, job))
        table.append(compare("1,000,000 rows", job, parse, "orjson, one core", 10))
        kept = "yes" if job.peak <= 2 * 2**30 else "**no**"
        table.append(row("1,000,000 rows, memory", f"{job.peak / 2**20:,.0f} MiB", "", "", "2,048 MiB", kept))
    return table


def _data(folder: Path, rows: int) -> Path:
    path = folder / f"rows-{rows}.jsonl"
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(make_data.lines(rows))
    return path


def machine() -> str:
    """Return what the numbers were measured on."""
    import datalint

    processor = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    processor = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), processor)
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"datalint {datalint.__version__}, Python {platform.python_version()}, {packages}; "
        f"{platform.system()}, {os.cpu_count()} × {processor}."
    )


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=7, help="runs of each command  [default: 7]")
    parser.add_argument("--million", action="store_true", help="measure 1,000,000 rows too")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        table = measure(Path(folder), given.times, million=given.million)
    print(row("what", "median", "against", "ratio", "budget", "kept"))
    print(row(*("---",) * 6))
    print("\n".join(table))
    print(f"\nMedians of {given.times} alternating runs. {machine()}")


if __name__ == "__main__":
    main()
