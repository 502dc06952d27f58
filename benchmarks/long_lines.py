"""Measures the memory that one long row takes, as a multiple of its size, for every kind of row and container.

    python benchmarks/long_lines.py                       about five minutes
    python benchmarks/long_lines.py --only CJK --mebibytes 16 32

The peak is that of a process that checks a file of one long row, less that of one that checks a short row, by the size
of the file. Exits with 1 when one is over the limit.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

from running import Job, Table, TookTooLongError, check, parser

#: Bytes that each byte of a row may take.
LIMIT: Final = 8.0
#: Seconds after which a run is ended.
PATIENCE: Final = 600.0
#: Python without numba, which compiles in the background and takes memory of its own.
WITHOUT: Final = "import sys; sys.modules['numba'] = None; from datalint.__main__ import main; main()"


#: Containers that hold a row of texts.
TEXTS: Final = ("jsonl", "csv", "array", "document")


class Kind(NamedTuple):
    """What fills the row: ``make`` returns a row of about so many bytes as JSON."""

    name: str
    make: Callable[[int], Any]
    #: Containers that can hold it.
    containers: tuple[str, ...] = ("jsonl", "array", "document")


def _row(answer: Any) -> dict[str, Any]:
    return {"prompt": "What is this?", "completion": answer}


def _text(pattern: str) -> Callable[[int], Any]:
    unit = len(pattern.encode("utf-8"))
    return lambda size: _row(pattern * (size // unit))


def _numbers(size: int) -> Any:
    return {**_row("Numbers."), "numbers": list(range(100_000, 100_000 + size // 7))}


def _turns(size: int) -> Any:
    return {"messages": [{"role": ("user", "assistant")[n % 2], "content": f"Turn {n:07}"} for n in range(size // 44)]}


def _keys(size: int) -> Any:
    return {**_row("Keys."), **{f"key_{n:07}": n for n in range(1_000_000, 1_000_000 + size // 22)}}


def _deep(size: int) -> Any:
    return {**_row("Deep."), "list": [{"a": {"b": {"c": [n]}}} for n in range(1_000_000, 1_000_000 + size // 29)]}


KINDS: Final = (
    Kind("one word", _text("x"), TEXTS),
    Kind(
        "English text",
        _text("The station by the old brewery is closed until Friday. "),
        TEXTS,
    ),
    Kind("CJK text", _text("车站在旧啤酒厂旁边，关闭至星期五。"), TEXTS),
    Kind("tags", _text("<p>x</p> "), TEXTS),
    Kind("emoji", _text("station 🚉 "), TEXTS),
    Kind("quotes and line breaks", _text('The "old" brewery, by the station 🚉,\nis closed until Friday.\n'), TEXTS),
    Kind("letters and one emoji", lambda size: _row("x" * (size - 4) + "🚉"), TEXTS),
    Kind("numbers", _numbers),
    Kind("turns", _turns),
    Kind("keys", _keys),
    Kind("nested objects", _deep),
)


def write(folder: Path, container: str, row: Any) -> Path:
    """Write one row into a file of a container, and return it."""
    line = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
    if container == "csv":
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows([row.keys(), row.values()])
        line = out.getvalue()
    path = folder / {"jsonl": "rows.jsonl", "csv": "rows.csv", "array": "rows.json", "document": "row.json"}[container]
    path.write_text({"array": f"[{line}]"}.get(container, line + "\n"), encoding="utf-8", newline="\n")
    return path


def _job(path: Path) -> Job:
    command = check(path, "--jobs", "1", "--quiet")
    return Job((command[0], "-c", WITHOUT, *command[3:]), limit=PATIENCE)


def _peak(container: str, row: Any) -> tuple[int, int, float]:
    """Return size of the file, peak, and CPU seconds."""
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder), container, row)
        del row
        job = _job(path)
        job.run()
        return path.stat().st_size, job.peak, job.median_cpu


def cases(given: argparse.Namespace) -> Iterator[tuple[Kind, str]]:
    """Yield the kinds and containers to measure."""
    for kind in KINDS:
        if not given.only or kind.name.startswith(tuple(given.only)):
            for container in kind.containers:
                if not given.containers or container in given.containers:
                    yield kind, container


def main() -> int:
    """Measure, print the table, and return 1 when a row takes too much."""
    given = _arguments()
    _, base, _ = _peak("jsonl", _row("Hello"))
    sizes = [f"{size} MiB" for size in given.mebibytes]
    table = Table("row", "container", *sizes, "CPU s", right=len(sizes) + 1)
    over = []
    for kind, container in cases(given):
        cells, seconds = [], 0.0
        for mebibytes in given.mebibytes:
            try:
                size, peak, seconds = _peak(container, kind.make(mebibytes << 20))
            except (TookTooLongError, RuntimeError) as error:
                cells.append(str(error))
                continue
            times = (peak - base) / size
            cells.append(f"**{times:.1f}**" if times > LIMIT else f"{times:.1f}")
            if times > LIMIT:
                over.append(f"{kind.name} in {container}")
        table.add(kind.name, container, *cells, f"{seconds:.1f}")
    table.say("")
    table.say(
        f"Peak memory beyond that of a short row ({base >> 20} MiB) by the size of the file; CPU of the largest. "
        + (f"Over {LIMIT:g}: {', '.join(dict.fromkeys(over))}." if over else f"None is over {LIMIT:g}.")
    )
    table.end(docs=given.docs)
    return 1 if over else 0


def _arguments() -> argparse.Namespace:
    arguments = parser(__doc__ or "")
    arguments.add_argument("--mebibytes", type=int, nargs="+", default=[16, 32, 64], help="sizes of the row")
    arguments.add_argument("--only", nargs="+", metavar="NAME", help="kinds whose names begin with one of these")
    arguments.add_argument("--containers", nargs="+", metavar="NAME", help="containers: jsonl, csv, array, document")
    return arguments.parse_args()


if __name__ == "__main__":
    sys.exit(main())
