"""Fixes real files and mutated ones, and counts what a fix must never do.

    python benchmarks/fixing.py --files FOLDER      every data file below a folder
    python benchmarks/fixing.py --mutated 1000      rows with planted damage, in every container in turn
    python benchmarks/fixing.py --kills 50          fixes in place that are killed at some moment

Each file is fixed with ``--unsafe``, checked, and fixed again; every tenth row of a larger file, some of them changed a
little, is its evaluation set. Counted are: rows that are in neither file (``lost``), findings that a fix should have
fixed, and duplicates and leaks (``left``), errors and warnings in rows that had none of the rule before (``new``),
lines of JSON Lines that are neither written as they were, nor removed, nor repaired, as multisets (``bytes``), files
that a second fix changes (``twice``), and rows that differ where the file is written in its own format (``own``). All
must be 0, and a killed run must leave the file as it was or as it is fixed; the exit code is 1 otherwise.
"""

from __future__ import annotations

import argparse
import base64
import json
import random
import subprocess
import sys
import tempfile
import time
from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, Final, NamedTuple

from datalint.core.errors import DatalintError
from datalint.core.finding import Severity
from datalint.core.fix import Action
from datalint.core.rule import Scope
from datalint.fixes.fixed import Fixed
from datalint.neardup.evaluate.mutations import MUTATIONS
from datalint.operations.check import lint
from datalint.operations.fix import fix
from datalint.report.model import Report
from datalint.sources import open_sources
from datalint.sources.data_files import KNOWN

#: Rows from which a file gets an evaluation set.
_ENOUGH: Final = 50
SETTINGS: Final[dict[str, Any]] = {}
#: Duplicates and leaks, of which none but a note is left after unsafe fixes.
_GONE: Final = frozenset(("DIV001", "DIV002", "DIV003", "RDY003", "RDY004", "RDY005"))
#: Words of the finding about rows with equal texts that differ in another key; a fix removes none of them.
_TOLD: Final = "keys that are not read"
#: What a note says of a search for near-duplicates and leaks that was limited.
_LIMITED: Final = "met few others"
#: Changes of a file as a whole that leave its lines alone.
_ENDS: Final = frozenset((Action.BLANK_LINES, Action.LINE_ENDINGS, Action.BYTE_ORDER_MARK))
#: The containers of mutated files.
KINDS: Final = (
    "jsonl", "json", "jsonl.gz", "csv", "ndjson", "parquet", "jsonl", "object.json", "tsv", "jsonl.zst", "arrow",
)  # fmt: skip
#: What is planted in the text of mutated rows, and in lines.
_TEXTS: Final = (
    "\u200b",
    "\u00c3\u00a9",
    "\u0007",
    "\u202e",
    " N/A",
    "",
    "\n\n",
    "\r",
    "m.oyelaran@gmx.net",
    "\u00ad",
    "\\u0041",
)
_LINES: Final = ("", "  ", "{", "nonsense", '{"prompt": "cut', "[1]", '{"a": 1} {"b": 2}', "\ufeff{}")
_WORDS: Final = "harbour lantern meadow granite whisper kettle orchard velvet compass thunder pebble walnut".split()


class Counts(NamedTuple):
    """What is counted of one file."""

    rows: int
    changed: int
    removed: int
    lost: int = 0
    left: int = 0
    new: int = 0
    bytes: int = 0
    twice: int = 0
    own: int = 0


def measured(path: Path, folder: Path, evaluation: Path | None, *, unsafe: bool = True) -> tuple[Counts, list[str]]:
    """Fix a file into a folder and return the counts, with words on what is wrong."""
    held = None if evaluation is None else str(evaluation)
    before = lint(str(path), eval=held or False, config=SETTINGS)
    fixed = fix(str(path), eval=held or False, config=SETTINGS, unsafe=unsafe)
    out = folder / "fixed.jsonl"
    fixed.write(out)
    after = lint(str(out), eval=held or False, config=SETTINGS)
    again = fix(str(out), eval=held or False, config=SETTINGS, unsafe=unsafe)
    read, written = (
        sum(file.rows_read + file.rows_refused for file in report.files if file.split == "train")
        for report in (before, after)
    )
    removed = len(fixed.removed)
    wanted = ("safe", "unsafe") if unsafe else ("safe",)
    withheld = {fixed.fixes.plan.rules[rule].rule.code for rule in fixed.fixes.withheld}
    gone = _GONE if unsafe and not withheld else frozenset()
    left = Counter(
        each.rule
        for each in after.findings
        if (each.fix in wanted or (each.rule in gone and _TOLD not in each.message and each.severity != Severity.INFO))
        and each.rule not in withheld
        and each.row is not None
    )
    new = _new(before, after, fixed)
    counts = Counts(
        read,
        len(fixed.fixes.repaired),
        removed,
        lost=abs(read - written - removed),
        left=left.total(),
        new=new.total(),
        bytes=_unaccounted(path, out, fixed),
        twice=int(again.fixes.any),
        own=_own(path, folder, fixed),
    )
    words = [f"left {dict(left)}"] if left else []
    words += [f"new {dict(new)}"] if new else []
    words += [f"twice {again.counts}"] if again.fixes.any else []
    return counts, words


def _new(before: Report, after: Report, fixed: Fixed) -> Counter[str]:
    """Count errors and warnings of rows by rule that the same row did not have before.

    A row that was of no known shape, or broke its shape, shows what else is wrong with it only once it is repaired.
    Rules on shares of the whole dataset are left out: fewer rows have other shares. So are prompts that nearly leak
    where the search for them left out comparisons of similar rows, as it then says: among fewer rows it makes others.
    """
    shares = {each.code for each in after.enabled if each.rule.scope is Scope.DATASET} - _GONE
    if not any(_LIMITED in note for note in before.notes):
        shares.discard("RDY009")
    kept = [number for number in range(fixed.fixes.examples.height) if number not in fixed.fixes.removed]
    unread = {
        finding.row for finding in before.findings if finding.rule.startswith(("FMT1", "FMT2", "FMT0")) and finding.row
    }
    known = {(finding.rule, finding.row) for finding in before.findings if finding.row}
    found: Counter[str] = Counter()
    for finding in after.findings:
        is_share = finding.rule in shares or finding.severity is Severity.INFO
        if is_share or finding.row is None or finding.row > len(kept):
            continue
        row = kept[finding.row - 1] + 1
        if (finding.rule, row) not in known and row not in unread:
            found[finding.rule] += 1
    return found


def _unaccounted(path: Path, out: Path, fixed: Fixed) -> int:
    """Count the lines by which what was read differs from what was written and removed, as multisets of bytes."""
    layouts = fixed.fixes.layouts.get(0, {})
    if fixed.fixes.files[0].container != "jsonl" or not layouts.keys() <= _ENDS or path.suffix in (".gz", ".zst"):
        return 0
    # Fixes take byte-order marks away; the text of a removed row still has its own.
    read = [line.removeprefix(BOM_UTF8) for line in path.read_bytes().split(b"\n")]
    places = fixed.fixes.examples["line"].to_list()
    repaired = {row: each.line for row, each in fixed.fixes.repaired.items()}
    lines = Counter(line.rstrip(b"\r") for line in read if line.strip())
    lines.subtract(read[places[row] - 1].rstrip(b"\r") for row in repaired)
    lines.update(repaired.values())
    for entry in fixed.removed:
        text = entry["text"].encode() if "base64" not in entry else base64.b64decode(entry["base64"])
        parts = (part.removeprefix(BOM_UTF8).rstrip(b"\r") for part in text.split(b"\n") if part.strip())
        lines.subtract(part for part in parts if part)
    lines.subtract(line.rstrip(b"\r") for line in out.read_bytes().split(b"\n") if line.strip())
    return sum(map(abs, lines.values()))


def _own(path: Path, folder: Path, fixed: Fixed) -> int:
    """Count the rows that differ where a file is written in its own format."""
    name = path.name.removesuffix(".gz").removesuffix(".zst")
    if fixed.fixes.files[0].container not in ("json-array", "csv", "tsv", "parquet"):
        return 0
    own = folder / f"own-{name}"
    fixed.write(own)
    rows = [
        record for source in open_sources([str(own)]) for chunk in source.chunks(0) for record in chunk.load().records
    ]
    wanted = list(fixed.records())
    return abs(len(rows) - len(wanted)) + sum(one != other for one, other in zip(rows, wanted, strict=False))


def killed(count: int, folder: Path, seed: int) -> int:
    """Return how many of the fixes in place that were killed left a file that is neither the old nor the new one."""
    chance, spoiled = random.Random(seed), 0
    rows = [row for _ in range(300) for row in _planted(chance)]
    original = "".join(json.dumps(row) + "\n" for row in rows).encode()
    path = folder / "killed" / "train.jsonl"
    path.parent.mkdir()
    command = (sys.executable, "-m", "datalint", "fix", str(path), "--unsafe", "--in-place", "--quiet", "--no-cache")
    path.write_bytes(original)
    began = time.monotonic()
    subprocess.run(command, check=True)
    took, fixed = time.monotonic() - began, path.read_bytes()
    for _ in range(count):
        for each in path.parent.iterdir():
            each.unlink()
        path.write_bytes(original)
        process = subprocess.Popen(command)
        # Files are written at the end, so most kills are there.
        time.sleep(took * (chance.uniform(0.7, 1.05) if chance.random() < 0.8 else chance.uniform(0, 1)))
        process.kill()
        process.wait()
        spoiled += path.read_bytes() not in (original, fixed)
    return spoiled


def evaluation_of(path: Path, folder: Path) -> Path | None:
    """Write an evaluation set of rows of a file, every second one changed a little; None for a small file."""
    try:
        (source,) = open_sources([str(path)])
        rows = [record for chunk in source.chunks(0) for record in chunk.load().records]
    except (DatalintError, ValueError):
        return None
    if len(rows) < _ENOUGH:
        return None
    chance = random.Random(7)
    out = folder / "held.jsonl"
    with out.open("w") as file:
        for number, row in enumerate(rows[::10]):
            file.write(json.dumps(_mutated(row, chance) if number % 2 else row) + "\n")
    return out


def _mutated(row: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    mutate = MUTATIONS[chance.choice(sorted(MUTATIONS))]
    texts = {key: value for key, value in row.items() if isinstance(value, str) and len(value) > 40}
    return row | {key: mutate(value, _WORDS, chance) for key, value in texts.items()}


def mutated_files(count: int, folder: Path, seed: int) -> Iterator[Path]:
    """Write files with planted damage, one after the other: each of :data:`KINDS` in turn."""
    import gzip

    import polars as pl
    import zstandard

    chance = random.Random(seed)
    for number in range(count):
        kind = KINDS[number % len(KINDS)]
        path = folder / f"mutated-{number}.{kind}"
        rows = _planted(chance)
        if kind.startswith("jsonl"):
            lines = [json.dumps(row, ensure_ascii=chance.random() < 0.5) for row in rows]
            for _ in range(chance.randrange(4)):
                lines.insert(chance.randrange(1, len(lines) + 1), chance.choice(_LINES))
            ends = ["\r\n" if chance.random() < 0.1 else "\n" for _ in lines]
            data = "".join(map(str.__add__, lines, ends)).encode()
            packed = {"jsonl.gz": gzip.compress, "jsonl.zst": zstandard.ZstdCompressor().compress}
            path.write_bytes(packed.get(kind, bytes)(data))
        elif kind == "ndjson":
            path.write_text("\n".join(json.dumps(row, indent=2) for row in rows) + "\n")
        elif kind == "json":
            path.write_text(json.dumps(rows, indent=chance.choice([None, 2])))
        elif kind == "object.json":
            path.write_text(json.dumps({"version": 1, "data": rows}))
        else:
            names = {"prompt": chance.choice(["prompt", "prompt", "promt"]), "completion": "completion"}
            frame = pl.DataFrame([{name: str(row.get(key, "")) for key, name in names.items()} for row in rows])
            writers = {"csv": frame.write_csv, "parquet": frame.write_parquet, "arrow": frame.write_ipc}
            writers.get(kind, partial(frame.write_csv, separator="\t"))(path)
        yield path
        path.unlink()


def _planted(chance: random.Random) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for _ in range(chance.randrange(3, 30)):
        if rows and chance.random() < 0.25:
            row = dict(chance.choice(rows))
        else:
            said = [" ".join(chance.choices(_WORDS, k=chance.randrange(6, 20))) for _ in range(2)]
            row = {"prompt": said[0], "completion": said[1]}
        if chance.random() < 0.4:
            key = chance.choice(["prompt", "completion"])
            if isinstance(row.get(key), str):
                text, at = row[key], chance.randrange(len(row[key]) + 1)
                planted = chance.choice(_TEXTS)
                row[key] = text[:at] + planted + text[at:] if planted.strip() else planted
        if chance.random() < 0.1:
            turns = [{"role": "human", "content": row.get("prompt")}, {"role": "gpt", "content": row.get("completion")}]
            row = {chance.choice(["messages", "mesages"]): turns}
        rows.append(row)
    return rows


def main(arguments: list[str]) -> int:
    """Measure, print a line for each file with something wrong and the sums; return 1 if anything is."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=Path, help="folder with data files")
    parser.add_argument("--folders", help="names of folders in it, comma-separated; all without")
    parser.add_argument("--most", type=int, default=60 << 20, help="bytes of a file")
    parser.add_argument("--mutated", type=int, default=0, help="mutated files")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--safe", action="store_true", help="safe fixes alone")
    parser.add_argument("--kills", type=int, default=0, help="fixes in place to kill")
    given = parser.parse_args(arguments)
    sums = Counts(0, 0, 0)
    files = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path in (
            [*_files(given), *mutated_files(given.mutated, folder, given.seed)]
            if given.files
            else (mutated_files(given.mutated, folder, given.seed))
        ):
            held = evaluation_of(path, folder) if given.files else None
            try:
                counts, words = measured(path, folder, held, unsafe=not given.safe)
            except DatalintError as error:
                print(f"{path}: {error}")
                continue
            files += 1
            sums = Counts(*map(sum, zip(sums, counts, strict=True)))
            if words or any(counts[3:]) or given.files:
                print(f"{path.parent.name}/{path.name}: {counts} {' '.join(words)}", flush=True)
        spoiled = killed(given.kills, folder, given.seed) if given.kills else 0
    print(f"{files:,} files: {sums}")
    if given.kills:
        print(f"{given.kills:,} killed runs: {spoiled:,} files spoiled")
    return int(any(sums[3:]) or spoiled > 0)


def _files(given: argparse.Namespace) -> Iterator[Path]:
    names = given.folders.split(",") if given.folders else None
    for path in sorted(given.files.rglob("*")):
        known = path.is_file() and path.suffix in KNOWN and not path.name.startswith(("truth", "INDEX"))
        if (
            known
            and path.stat().st_size <= given.most
            and (names is None or path.relative_to(given.files).parts[0] in names)
        ):
            yield path


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
