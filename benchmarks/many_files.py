"""Measures many files of one row against one file with the same rows.

    python benchmarks/many_files.py                          a minute

The cost of a file must not grow with their number, and must stay below a millisecond of CPU.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Final

import make_data
from running import Job, Table, alternate, check, parser

#: Milliseconds of CPU that a file may take, beyond its row.
LIMIT: Final = 1.0


def main() -> None:
    """Write the files, measure, and print the table."""
    arguments = parser(__doc__)
    arguments.add_argument("--files", type=int, nargs="+", default=[2_000, 20_000])
    arguments.add_argument("--times", type=int, default=1)
    given = arguments.parse_args()
    table = Table("files of one row", "seconds of CPU", "one file", "milliseconds a file", f"limit {LIMIT:g}", right=4)
    for count in given.files:
        with tempfile.TemporaryDirectory() as folder:
            one, many = Path(folder) / "one.jsonl", Path(folder) / "many"
            make_data.write(one, count)
            many.mkdir()
            for number, line in enumerate(one.read_bytes().splitlines(keepends=True)):
                (many / f"{number:06}.jsonl").write_bytes(line)
            job, other = jobs = [Job(check(many)), Job(check(one))]
            alternate(jobs, given.times, warm=False)
        each = 1000 * (job.median_cpu - other.median_cpu) / count
        cells = (f"{job.median_cpu:.1f}", f"{other.median_cpu:.1f}", f"{each:.2f}", "met" if each < LIMIT else "over")
        table.add(f"{count:,}", *cells)
    table.end(docs=given.docs)


if __name__ == "__main__":
    main()
