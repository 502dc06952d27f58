"""Measures the whole command against the budgets and prints a Markdown table.

    python benchmarks/speed.py                 a few minutes
    python benchmarks/speed.py --million       also 1,000,000 rows, about 1 GB of data and some minutes more

Runs of what is compared alternate, so that a slow moment of the machine strikes both. Times are medians of whole
processes: seconds, and the ratio of their seconds of CPU too, which depends less on what else the machine does. Memory
is the largest sum over the process and its children, sampled from /proc where there is one.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Final

import make_data
from running import DATALINT, PYTHON, Job, Table, alternate, check, mebibytes, parser

#: What a check of JSON Lines imports of others.
IMPORTS: Final = "import polars, numpy, orjson, click"
ORJSON: Final = """
import orjson, sys
for line in open(sys.argv[1], "rb"):
    try:
        orjson.loads(line)
    except ValueError:
        pass
"""


def compare(table: Table, what: str, job: Job, other: Job, *, against: str, budget: float) -> None:
    """Add the row of a ratio against its budget."""
    ratio = job.median / other.median
    kept = "yes" if ratio <= budget else "**no**"
    beside = f"{against}: {other.median:.2f} s"
    cpu = f"CPU {job.median_cpu / other.median_cpu:.2f} ×"
    table.add(what, f"{job.median:.2f} s", beside, f"{ratio:.2f} × ({cpu})", f"{budget:g} ×", kept)


def throughput(table: Table, path: Path, rows: int, job: Job) -> None:
    """Add the row of a large file: seconds, rows and megabytes a second, peak memory."""
    size = path.stat().st_size / 1e6
    speed = f"{rows / job.median:,.0f} rows/s, {size / job.median:.0f} MB/s"
    table.add(f"{rows:,} rows, {size:.0f} MB", f"{job.median:.2f} s", speed, f"peak {mebibytes(job.peak)}", "", "")


def measure(table: Table, folder: Path, times: int, *, million: bool) -> None:
    """Fill the table."""
    bare, click = Job((*DATALINT, "--help")), Job((*PYTHON, "import click"))
    alternate((bare, click), times)
    compare(table, "`datalint --help`", bare, click, against="`import click`", budget=2)

    small = make_data.write(folder / "small.jsonl", 5_000)
    job, imports = Job(check(small)), Job((*PYTHON, IMPORTS))
    alternate((job, imports), times)
    compare(table, "5,000 rows, every default rule", job, imports, against=f"`{IMPORTS}`", budget=1.6)

    large = make_data.write(folder / "large.jsonl", 100_000)
    job = Job(check(large))
    alternate((job,), times)
    throughput(table, large, 100_000, job)

    if million:
        huge = make_data.write(folder / "huge.jsonl", 1_000_000)
        job, parse = Job(check(huge)), Job((*PYTHON, ORJSON, str(huge)))
        alternate((job, parse), 3)
        throughput(table, huge, 1_000_000, job)
        compare(table, "1,000,000 rows", job, parse, against="orjson, one core", budget=10)
        kept = "yes" if job.peak <= 2 * 2**30 else "**no**"
        table.add("1,000,000 rows, memory", mebibytes(job.peak), "", "", "2,048 MiB", kept)


def main() -> None:
    """Measure, and print the table."""
    arguments = parser(__doc__)
    arguments.add_argument("--times", type=int, default=7, help="runs of each command  [default: 7]")
    arguments.add_argument("--million", action="store_true", help="measure 1,000,000 rows too")
    given = arguments.parse_args()
    table = Table("what", "median", "against", "ratio", "budget", "kept")
    with tempfile.TemporaryDirectory() as folder:
        measure(table, Path(folder), given.times, million=given.million)
    table.say("")
    table.say(f"Medians of {given.times} alternating runs, of 3 with 1,000,000 rows.")
    table.end(docs=given.docs)


if __name__ == "__main__":
    main()
