"""Compare a run on Ray with the processes of this machine, and measure the memory of the driver.

    python benchmarks/on_ray.py                                        some minutes; needs the extra `ray`
    python benchmarks/on_ray.py --driver 1000000 4000000               also needs 5 GB of disk
    python benchmarks/on_ray.py --driver 4000000 --max-memory 1500MB   rows in files

Runs alternate in one process, after a first one of each that starts Ray and its workers. They read and report the same
rows, with two processors each. Memory is that of the driver that no file backs, without Ray's own processes.
"""

from __future__ import annotations

import resource
import statistics
import tempfile
import time
from pathlib import Path
from typing import Final, NamedTuple

import make_data
from running import Job, Table, check, mebibytes, parser

from datalint.config.load import load_settings
from datalint.core.registry import Registry
from datalint.engine.execute.executor import Engine
from datalint.engine.execute.usage import Usage
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


class Took(NamedTuple):
    """Seconds of a run, and seconds of CPU of all processes but Ray's own."""

    seconds: float
    cpu: float


def took(path: Path, name: str) -> tuple[Took, bytes]:
    """Return what a run with an engine took, and its report."""
    usage = Usage()
    registry = Registry.default()
    settings = load_settings(registry=registry, isolated=True)
    started, before = time.perf_counter(), _cpu()
    report = to_json(
        run_lint(settings, registry, open_sources([str(path)]), jobs=JOBS, engine=Engine(name, None, usage))
    )
    return Took(time.perf_counter() - started, _cpu() - before + usage.seconds), report


def _cpu() -> float:
    """Return the seconds of CPU of this process and of the workers that it has waited for."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def alternated(path: Path, times: int) -> tuple[list[Took], list[Took], Took]:
    """Return what runs in processes took, runs on Ray, and the first run on Ray.

    Raises:
        RuntimeError: if two reports differ.
    """
    engines = ("auto", "ray")
    first = [took(path, name) for name in engines]
    found: tuple[list[Took], list[Took]] = ([], [])
    for _ in range(times):
        for mine, name in zip(found, engines, strict=True):
            run, report = took(path, name)
            if report != first[0][1]:
                raise RuntimeError("the reports differ")
            mine.append(run)
    return *found, first[1][0]


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
            memory.end(docs=given.docs, name="on_ray driver")
        else:
            table = Table(
                "rows", "size", "", "processes", "Ray", "ratio", f"limit {LIMIT:g}", "first run on Ray", right=5
            )
            path = _rows(where, given.rows)
            processes, ray, first = alternated(path, given.times)
            for what in ("seconds", "cpu"):
                sides = [[getattr(each, what) for each in side] for side in (processes, ray)]
                ratio = statistics.median(b / a for a, b in zip(*sides, strict=True))
                cells = [f"{statistics.median(side):.1f}" for side in sides]
                met = "met" if ratio <= LIMIT else "over"
                label = what if what == "seconds" else "seconds of CPU"
                start = f"{getattr(first, what):.1f}"
                table.add(f"{given.rows:,}", _size(path), label, *cells, f"{ratio:.2f} ×", met, start)
            table.say("")
            table.say(f"Medians of {given.times} alternating runs with {JOBS} processors.")
            table.end(docs=given.docs, name="on_ray")


def _rows(folder: Path, rows: int) -> Path:
    path = folder / f"rows-{rows}.jsonl"
    return path if path.is_file() else make_data.write(path, rows)


def _size(path: Path) -> str:
    return f"{path.stat().st_size / 1e6:.0f} MB"


if __name__ == "__main__":
    main()
