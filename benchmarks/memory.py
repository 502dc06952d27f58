"""Measure the peak memory of `datalint check` by number of rows, and print it next to the estimate.

    python benchmarks/memory.py                                        some minutes
    python benchmarks/memory.py --rows 125000 250000 500000 1000000    also needs 1.8 GB of disk
    python benchmarks/memory.py --rows 4000000 --max-memory 1500MB     rows in files, memory that no file backs

The regression line through the peaks gives a constant and the memory per row. The constants in
``datalint/engine/execute/memory.py`` are chosen so that the estimate is equal to the peak or slightly higher, for any
number of rows and processes.
"""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

import make_data
from running import Job, Table, check, mebibytes, parser

from datalint.engine.plan import Plan

#: The number of rows to which the lines are extrapolated.
EXTRAPOLATED = 5_000_000


def plan() -> Plan:
    """Return the plan of a run without configuration."""
    from datalint.config.load import load_settings
    from datalint.core.registry import Registry
    from datalint.setup.plan import make_plan

    registry = Registry.default()
    return make_plan(load_settings(registry=registry, isolated=True), registry)


def estimated(path: Path, jobs: int, *, spilled: bool) -> int:
    """Return the estimated peak of a run in bytes."""
    from datalint.engine.execute.memory import estimate_peak, sample
    from datalint.engine.map.mapper import Mapper
    from datalint.sources import open_sources

    mapper = Mapper(plan())
    return estimate_peak([sample(source, mapper) for source in open_sources([str(path)])], jobs, spilled=spilled).bytes


def main() -> None:
    """Measure and print the table."""
    arguments = parser(__doc__)
    arguments.add_argument("--rows", type=int, nargs="+", default=[125_000, 250_000, 500_000])
    arguments.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    arguments.add_argument("--data", type=Path, help="folder for the rows, by default a temporary one")
    arguments.add_argument("--max-memory", help="a limit that puts the rows into files")
    given = arguments.parse_args()
    spilled = given.max_memory is not None
    limit = ("--max-memory", given.max_memory) if spilled else ()
    done: dict[int, list[Job]] = {jobs: [] for jobs in given.jobs}
    table = Table("rows", "size", "processes", "peak", "estimated", "seconds", "seconds of CPU", right=7)
    with tempfile.TemporaryDirectory() as folder:
        for rows in given.rows:
            path = (given.data or Path(folder)) / f"rows-{rows}.jsonl"
            if not path.is_file():
                make_data.write(path, rows)
            for jobs in given.jobs:
                job = Job(check(path, "--jobs", str(jobs), *limit), anonymous=spilled)
                job.run()
                done[jobs].append(job)
                cells = (
                    mebibytes(job.peak),
                    mebibytes(estimated(path, jobs, spilled=spilled)),
                    f"{job.median:.1f}",
                    f"{job.median_cpu:.1f}",
                )
                table.add(f"{rows:,}", f"{path.stat().st_size / 1e6:.0f} MB", str(jobs), *cells)
    table.say("")
    for jobs, runs in done.items():
        # The peak of few rows in files is that of mapping, which is the same for any number.
        if len(runs) > 1 and not spilled:
            table.say(f"- {_line(given.rows, runs, jobs)}")
    table.end(docs=given.docs, name="memory in files" if spilled else None)


def _line(rows: list[int], runs: list[Job], jobs: int) -> str:
    """Describe the regression lines through peaks and times, and extrapolate them to a larger run."""
    memory = statistics.linear_regression(rows, [run.peak for run in runs])
    time = statistics.linear_regression(rows, [run.median_cpu for run in runs])
    return (
        f"{jobs} {'process' if jobs == 1 else 'processes'}: {mebibytes(memory.intercept)} and "
        f"{memory.slope / 1000:.2f} kB per row, {time.slope * 100_000:.1f} s of CPU per 100,000 rows; "
        f"extrapolated, {EXTRAPOLATED:,} rows take {mebibytes(memory.intercept + memory.slope * EXTRAPOLATED)} and "
        f"{(time.intercept + time.slope * EXTRAPOLATED) / 60:.0f} minutes of CPU"
    )


if __name__ == "__main__":
    main()
