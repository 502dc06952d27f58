"""Compare a run on Ray with the processes of this machine, and measure the memory of the driver.

    python benchmarks/on_ray.py                                        some minutes; needs the extra `ray`
    python benchmarks/on_ray.py --driver 1000000 4000000               also needs 5 GB of disk
    python benchmarks/on_ray.py --driver 4000000 --max-memory 1500MB   rows in files

Runs alternate in one process, after a first one of each that starts Ray and its workers. They read and report the same
rows, with two processors each. Memory is that of the driver that no file backs, without Ray's own processes.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path
from typing import Final

import make_data
from running import Job, Table, check, mebibytes, parser

from datalint.config.load import load_settings
from datalint.core.registry import Registry
from datalint.engine.execute.executor import Engine
from datalint.operations.check import run_lint
from datalint.report.json_report import to_json
from datalint.sources import open_sources

#: Times the time of processes that a run on Ray may take.
LIMIT: Final = 1.3
JOBS: Final = 2


class Driver(Job):
    """A command of which only the first process is measured."""

    def family(self, pid: int) -> list[int]:
        """Return the process alone."""
        return [pid]


def seconds(path: Path, engine: Engine | None) -> tuple[float, bytes]:
    """Return the seconds of a run, and its report."""
    registry = Registry.default()
    settings = load_settings(registry=registry, isolated=True)
    started = time.perf_counter()
    report = to_json(run_lint(settings, registry, open_sources([str(path)]), jobs=JOBS, engine=engine))
    return time.perf_counter() - started, report


def alternated(path: Path, times: int) -> tuple[list[float], list[float], float]:
    """Return the seconds of runs in processes, of runs on Ray, and of the first run on Ray.

    Raises:
        RuntimeError: if two reports differ.
    """
    engines = (None, Engine("ray"))
    first = [seconds(path, engine) for engine in engines]
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(times):
        for mine, engine in zip(taken, engines, strict=True):
            took, report = seconds(path, engine)
            if report != first[0][1]:
                raise RuntimeError("the reports differ")
            mine.append(took)
    return *taken, first[1][0]


def main() -> None:
    """Measure and print the table."""
    arguments = parser(__doc__)
    arguments.add_argument("--rows", type=int, default=220_000)
    arguments.add_argument("--times", type=int, default=5)
    arguments.add_argument("--driver", type=int, nargs="*", default=[], metavar="ROWS")
    arguments.add_argument("--max-memory", help="a limit that puts the rows into files")
    arguments.add_argument("--data", type=Path, help="folder for the rows, by default a temporary one")
    given = arguments.parse_args()
    limit = ("--max-memory", given.max_memory) if given.max_memory else ()
    with tempfile.TemporaryDirectory() as folder:
        where = given.data or Path(folder)
        if given.driver:
            memory = Table("rows", "size", "peak of the driver", "seconds", right=4)
            for rows in given.driver:
                path = _rows(where, rows)
                job = Driver(check(path, "--engine", "ray", "--jobs", str(JOBS), *limit), anonymous=True)
                job.run()
                memory.add(f"{rows:,}", _size(path), mebibytes(job.peak), f"{job.median:.0f}")
            memory.end(docs=given.docs, name="ray driver")
        else:
            table = Table("rows", "size", "processes", "Ray", "ratio", f"limit {LIMIT:g}", "first run on Ray", right=7)
            path = _rows(where, given.rows)
            processes, ray, first = alternated(path, given.times)
            ratio = statistics.median(b / a for a, b in zip(processes, ray, strict=True))
            cells = [f"{statistics.median(each):.1f} s" for each in (processes, ray)]
            met = "met" if ratio <= LIMIT else "over"
            table.add(f"{given.rows:,}", _size(path), *cells, f"{ratio:.2f} ×", met, f"{first:.1f} s")
            table.say("")
            table.say(f"Medians of {given.times} alternating runs with {JOBS} processors.")
            table.end(docs=given.docs, name="ray")


def _rows(folder: Path, rows: int) -> Path:
    path = folder / f"rows-{rows}.jsonl"
    return path if path.is_file() else make_data.write(path, rows)


def _size(path: Path) -> str:
    return f"{path.stat().st_size / 1e6:.0f} MB"


if __name__ == "__main__":
    main()
