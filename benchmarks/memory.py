"""Measures the peak memory of `datalint check` as rows grow, and prints it beside what the run would have foretold.

    python benchmarks/memory.py                                        some minutes
    python benchmarks/memory.py --rows 125000 250000 500000 1000000    also needs 1.8 GB of disk

The line through the peaks says what a row costs beyond a constant. The constants in
``datalint/engine/execute/memory.py``
are set so that what is foretold lies at or a little over what was taken, for any number of rows and processes.
"""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

import make_data
from running import Job, Table, check, mebibytes, parser

from datalint.engine.plan import Plan

#: Rows that the lines are followed to.
ON_PAPER = 5_000_000


def plan() -> Plan:
    """Return what a run without configuration does."""
    from datalint.config.load import load_settings
    from datalint.core.registry import Registry
    from datalint.linter import make_plan

    registry = Registry.default()
    return make_plan(load_settings(registry=registry, isolated=True), registry)


def foretold(path: Path, jobs: int) -> int:
    """Return the bytes that a run is expected to take."""
    from datalint.engine.execute.memory import estimate, sample
    from datalint.engine.map.mapper import Mapper
    from datalint.sources import open_sources

    mapper = Mapper(plan())
    return estimate([sample(source, mapper) for source in open_sources([str(path)])], jobs).bytes


def main() -> None:
    """Measure, and print the table."""
    arguments = parser(__doc__)
    arguments.add_argument("--rows", type=int, nargs="+", default=[125_000, 250_000, 500_000])
    arguments.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    arguments.add_argument("--data", type=Path, help="folder to keep the rows in, else a temporary one")
    given = arguments.parse_args()
    done: dict[int, list[Job]] = {jobs: [] for jobs in given.jobs}
    table = Table("rows", "size", "processes", "peak", "foretold", "seconds", "seconds of CPU", right=7)
    with tempfile.TemporaryDirectory() as folder:
        for rows in given.rows:
            path = (given.data or Path(folder)) / f"rows-{rows}.jsonl"
            if not path.is_file():
                make_data.write(path, rows)
            for jobs in given.jobs:
                job = Job(check(path, "--jobs", str(jobs)))
                job.run()
                done[jobs].append(job)
                cells = (
                    mebibytes(job.peak),
                    mebibytes(foretold(path, jobs)),
                    f"{job.median:.1f}",
                    f"{job.median_cpu:.1f}",
                )
                table.add(f"{rows:,}", f"{path.stat().st_size / 1e6:.0f} MB", str(jobs), *cells)
    table.say("")
    for jobs, runs in done.items():
        if len(runs) > 1:
            table.say(f"- {_line(given.rows, runs, jobs)}")
    table.end(docs=given.docs)


def _line(rows: list[int], runs: list[Job], jobs: int) -> str:
    """Return what the lines through peaks and times say, and what follows from them for a run that nobody made."""
    memory = statistics.linear_regression(rows, [run.peak for run in runs])
    time = statistics.linear_regression(rows, [run.median_cpu for run in runs])
    return (
        f"{jobs} {'process' if jobs == 1 else 'processes'}: {mebibytes(memory.intercept)} and "
        f"{memory.slope / 1000:.2f} kB a row, {time.slope * 100_000:.1f} s of CPU per 100,000 rows; "
        f"on paper, {ON_PAPER:,} rows take {mebibytes(memory.intercept + memory.slope * ON_PAPER)} and "
        f"{(time.intercept + time.slope * ON_PAPER) / 60:.0f} minutes of CPU"
    )


if __name__ == "__main__":
    main()
