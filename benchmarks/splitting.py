"""Splits real files, appends rows, splits again, and counts what a split must never do.

    python benchmarks/splitting.py --files FOLDER [--folders NAMES]

Of each data file with 50 rows or more, the first ten elevenths of the rows are divided into training and evaluation
rows (10 %), then all of them with the same certificate. Counted are the leaks that a check between the parts finds
(RDY003 to RDY006 and RDY009; ``leaks`` and ``later``), rows that are in no part or in two (``lost``), and rows whose
part changed (``moved``), of which ``connected`` are in one group with an added row. ``leaks``, ``later``, ``lost`` and
rows that moved unconnected must be 0; the exit code is 1 if one is not.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np

from datalint.config.load import load_settings
from datalint.core.errors import DatalintError
from datalint.core.registry import Registry
from datalint.fixes.sides import Share
from datalint.operations.check import lint
from datalint.operations.split import Split, run_split
from datalint.sources import open_sources
from datalint.sources.data_files import KNOWN

#: Rows that a file must have.
_ENOUGH: Final = 50
#: Rules on leaks. If most rows have one prompt or nearly the same, the certificate says so, and these are not counted.
_LEAKS: Final = frozenset(("RDY003", "RDY004", "RDY005", "RDY006", "RDY009"))
_SHARES: Final = {"eval": Share(share=0.1)}
REGISTRY: Final = Registry.default()


class Counts(NamedTuple):
    """What is counted of one file."""

    rows: int
    leaks: int = 0
    later: int = 0
    lost: int = 0
    moved: int = 0
    connected: int = 0


def measured(rows: Sequence[str], folder: Path) -> tuple[Counts, str]:
    """Split rows, append the last of them, and split again; return the counts, with the rules of leaks."""
    first = len(rows) - len(rows) // 11
    before = _split(rows[:first], folder, None)
    leaks = _leaks(rows[:first], before, folder)
    after = _split(rows, folder, before.certificate)
    later = _leaks(rows, after, folder)
    moved = np.flatnonzero(before.sides.sides != after.sides.sides[:first])
    added = set(after.groups.labels[first:].tolist())
    connected = sum(int(after.groups.labels[row]) in added for row in moved)
    lost = abs(len(rows) - sum(after.sides.counts().values())) + abs(first - sum(before.sides.counts().values()))
    counts = Counts(len(rows), leaks.total(), later.total(), lost, len(moved), connected)
    return counts, " ".join(f"{name} {dict(found)}" for name, found in (("leaks", leaks), ("later", later)) if found)


def _split(rows: Sequence[str], folder: Path, earlier: dict[str, Any] | None) -> Split:
    path = folder / "data.jsonl"
    path.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
    settings = load_settings(registry=REGISTRY, isolated=True, overrides={"eval": False})
    return run_split(settings, REGISTRY, open_sources([str(path)]), _SHARES, earlier=earlier)


def _leaks(rows: Sequence[str], split: Split, folder: Path) -> Counter[str]:
    """Return the leaks that a check between the parts finds, by rule."""
    paths = {name: folder / f"{name}.jsonl" for name in split.sides.names}
    for number, path in enumerate(paths.values()):
        mine = [row for row, side in zip(rows, split.sides.sides.tolist(), strict=True) if side == number]
        path.write_text("".join(f"{row}\n" for row in mine), encoding="utf-8")
    report = lint(str(paths["train"]), eval=str(paths["eval"]), config={})
    shared = {"RDY005", "RDY009"} if split.groups.common_prompt is not None else set()
    shared |= {"RDY009"} if split.sides.near_prompts else set()
    return Counter(finding.rule for finding in report.findings if finding.rule in _LEAKS - shared)


def rows_of(path: Path) -> list[str]:
    """Return the rows of a file as lines of JSON; none for one that cannot be read."""
    try:
        (source,) = open_sources([str(path)])
        return [json.dumps(record) for chunk in source.chunks(0) for record in chunk.load().records]
    except (DatalintError, ValueError, TypeError):
        return []


def files_in(folder: Path, names: str | None) -> Iterator[Path]:
    """Yield the data files of a folder, below the folders in it that are named."""
    wanted = names.split(",") if names else None
    for path in sorted(folder.rglob("*")):
        known = path.is_file() and path.suffix in KNOWN and not path.name.startswith(("truth", "INDEX"))
        if known and (wanted is None or path.relative_to(folder).parts[0] in wanted):
            yield path


def main(arguments: list[str]) -> int:
    """Measure, print a line for each file with something to see and the sums; return 1 if anything is wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=Path, required=True, help="folder with data files")
    parser.add_argument("--folders", help="names of folders in it, comma-separated; all without")
    given = parser.parse_args(arguments)
    sums, files = Counts(0), 0
    with tempfile.TemporaryDirectory() as name:
        for path in files_in(given.files, given.folders):
            rows = rows_of(path)
            if len(rows) < _ENOUGH:
                continue
            try:
                counts, words = measured(rows, Path(name))
            except DatalintError as error:
                print(f"{path.parent.name}/{path.name}: {error}", flush=True)
                continue
            files += 1
            sums = Counts(*map(sum, zip(sums, counts, strict=True)))
            if any(counts[1:]):
                print(f"{path.parent.name}/{path.name}: {counts} {words}", flush=True)
    print(f"{files:,} files: {sums}")
    return int(bool(sums.leaks or sums.later or sums.lost or sums.moved != sums.connected))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
