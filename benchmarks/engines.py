"""Check files with every engine and size of chunk, and compare the reports, which must be the same to the byte.

    python benchmarks/engines.py FOLDER …            with Ray too where it is installed
    python benchmarks/engines.py fixtures --made     also 100,000 generated chats and as many rows of two templates

Each file is checked with the other files of its folder that are evaluation data as evaluation set, and with a baseline
that covers every second finding. Reports are JSON, text and SARIF. Fails if one differs from that of one process with
rows in memory.
"""

from __future__ import annotations

import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Final

import hot_buckets
import make_data
from running import Table

from datalint.config.load import load_settings
from datalint.core.errors import DatalintError
from datalint.core.registry import Registry
from datalint.engine.execute.executor import Engine
from datalint.engine.execute.spill import Spill
from datalint.operations.baseline import BaselineEntry, Coverage, entries_of
from datalint.operations.check import run_lint
from datalint.report.json_report import to_json
from datalint.report.model import Report
from datalint.report.sarif import to_sarif
from datalint.report.text import to_text
from datalint.sources import open_sources

CHUNKS: Final = {"64 kB": 64_000, "8 MiB": 8 << 20}
JOBS: Final = 2
ENDINGS: Final = (".jsonl", ".json", ".csv", ".tsv", ".parquet", ".gz", ".zst", ".arrow")
_HELD: Final = re.compile(r"(^|[^a-z])(test|eval|evaluation|valid|validation|val|dev|heldout)([^a-z]|$)", re.I)
#: Rows of each made file.
_MADE: Final = 100_000

REGISTRY: Final = Registry.default()
SETTINGS: Final = load_settings(registry=REGISTRY, isolated=True)


class Case:
    """A file, its evaluation set, and what of its findings a baseline covers."""

    def __init__(self, path: Path, held: Sequence[Path]) -> None:
        self.path, self.held = path, held
        self.entries: list[BaselineEntry] = []

    def run(self, chunk: int, *, jobs: int = 1, spill: Spill | None = None, engine: Engine | None = None) -> Report:
        """Check the file."""
        train = open_sources([str(self.path)], chunk_bytes=chunk)
        held = open_sources([str(each) for each in self.held], chunk_bytes=chunk) if self.held else []
        baseline = Coverage(self.entries, self.path.parent) if self.entries else None
        return run_lint(
            SETTINGS, REGISTRY, train, held, jobs=jobs, baseline=baseline, spill=spill or Spill(), engine=engine
        )

    def cover(self, report: Report) -> None:
        """Let the baseline cover every second finding."""
        self.entries = entries_of(islice(report.findings, 0, None, 2), self.path.parent)


Runner = Callable[[Case, int], Report]
ENGINES: Final[dict[str, Runner]] = {
    "one process": lambda case, chunk: case.run(chunk),
    f"{JOBS} processes": lambda case, chunk: case.run(chunk, jobs=JOBS),
    "rows in files": lambda case, chunk: case.run(chunk, spill=Spill(0)),
}
if find_spec("ray"):
    ENGINES["Ray"] = lambda case, chunk: case.run(chunk, jobs=JOBS, engine=Engine("ray"))


def rendered(report: Report) -> tuple[bytes, str, bytes]:
    """Return a report in three formats."""
    return to_json(report), to_text(report), to_sarif(report)


def cases(folders: Sequence[Path]) -> Iterator[Case]:
    """Yield the files of folders; evaluation files of a folder that also has others are their evaluation set."""
    for folder in folders:
        groups: dict[Path, list[Path]] = {}
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.name.endswith(ENDINGS):
                groups.setdefault(path.parent, []).append(path)
        for paths in groups.values():
            held = [path for path in paths if _HELD.search(path.stem)]
            for path in paths:
                yield Case(path, () if path in held else held[:1])


def made(folder: Path) -> Iterator[Case]:
    """Yield files of generated chats and of rows of two templates."""
    yield Case(make_data.write(folder / "chats.jsonl", _MADE), ())
    rng = random.Random(0)
    pool = make_data.sentences(rng)
    for rows in (hot_buckets.one_word, hot_buckets.few_answers):
        yield Case(hot_buckets.write(folder / f"{rows.__name__}.jsonl", rows(rng, pool, _MADE)), ())


def differing(case: Case) -> list[str] | None:
    """Return the ways in which a report differs, or None for a file that is refused in every way."""
    try:
        case.cover(case.run(CHUNKS["8 MiB"]))
    except DatalintError:
        return None
    expected = rendered(case.run(CHUNKS["8 MiB"]))
    found = []
    for engine, run in ENGINES.items():
        for size, chunk in CHUNKS.items():
            got = rendered(run(case, chunk))
            found += [
                f"{engine}, {size}, {format_}"
                for format_, a, b in zip(("JSON", "text", "SARIF"), expected, got, strict=True)
                if a != b
            ]
    return found


def main() -> int:
    """Compare, and print the table."""
    names = [name for name in sys.argv[1:] if name != "--made"]
    table = Table("folder", "files", "with an evaluation set", "refused", "reports compared", "differ", right=5)
    count: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        groups = [(name, cases([Path(name)])) for name in names]
        if "--made" in sys.argv:
            groups.append(("made", made(Path(folder))))
        for name, found in groups:
            count.clear()
            for case in found:
                different = differing(case)
                count["files"] += 1
                count["held"] += bool(case.held)
                count["refused"] += different is None
                count["reports"] += 0 if different is None else 3 * len(ENGINES) * len(CHUNKS)
                for way in different or ():
                    print(f"{case.path}: {way}", file=sys.stderr)
                    count["differ"] += 1
            table.add(name, *(f"{count[key]:,}" for key in ("files", "held", "refused", "reports", "differ")))
    table.say("")
    table.say(f"Engines: {', '.join(ENGINES)}; chunks of {' and '.join(CHUNKS)}.")
    return 1 if count["differ"] else 0


if __name__ == "__main__":
    sys.exit(main())
