"""Compare what dropoutt and datalint say of each row before training: not rendered, nothing to learn, too long.

    python benchmarks/dropoutt.py --python PEER/bin/python --model FOLDER … --length 1024 FILE …

PEER is a virtual environment with dropoutt 1.4.1. FOLDER has a tokenizer and a template. Prints for each model and file
the rows on which both agree and those that only one reports, with the first of them, and how many of the rows that both
render have the same number of tokens, with the first others: row, tokens of dropoutt, and of datalint.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from datalint import lint
from datalint.models.find import find_model
from datalint.models.rows import RowModel
from datalint.shapes.detect import Detector
from datalint.shapes.flatten import flatten

DRIVER: Final = Path(__file__).parent / "drivers" / "dropoutt_rows.py"
#: What is compared → the rules that say so.
RULES: Final = {"not rendered": ("FMT801", "FMT802"), "nothing to learn": ("FMT215",), "too long": ("VOL004",)}
Found = dict[str, set[int]]


def theirs(python: str, file: Path, model: str, length: int) -> tuple[Found, dict[int, int]]:
    """Return what dropoutt says of the rows of a file, and their tokens."""
    found: Found = {name: set() for name in RULES}
    tokens: dict[int, int] = {}
    with tempfile.TemporaryDirectory() as folder:
        data, rows = Path(folder) / "data", Path(folder) / "rows.jsonl"
        data.mkdir()
        shutil.copy(file, data)
        options = ["--model", model, "--seq-len", str(length), "--tier", "0", "-j", "1", "--profile", "sft", "-q"]
        quiet = ["--offline", "--no-html", "--no-open", "--out", str(Path(folder) / "out")]
        subprocess.run([python, DRIVER, rows, "scan", data, *options, *quiet], check=True, capture_output=True)
        for line in rows.read_text(encoding="utf-8").splitlines():
            index, error, count, trained = json.loads(line)
            found["not rendered"] |= {index} if error else set()
            found["nothing to learn"] |= {index} if trained == 0 else set()
            found["too long"] |= {index} if (count or 0) > length else set()
            if count is not None:
                tokens[index] = count
    return found, tokens


def ours(file: Path, model: str, length: int) -> tuple[Found, dict[int, int]]:
    """Return what datalint says of the rows of a file, and their tokens."""
    select = [code for codes in RULES.values() for code in codes]
    report = lint(file, eval=False, config={"model": model, "select": select, "max-length": length})
    by_rule = defaultdict(set)
    for finding in report.findings:
        if finding.row is not None:
            by_rule[finding.rule].add(finding.row - 1)
    found = {name: set().union(*(by_rule[code] for code in codes)) for name, codes in RULES.items()}
    runner, tokens = RowModel(find_model(model), length), {}
    for index, row in enumerate(rows_of(file)):
        made = runner.render([row], flatten([row], Detector()))[0]
        if made and made[0].tokens is not None:
            tokens[index] = made[0].tokens
    return found, tokens


def rows_of(file: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of a JSON or JSON Lines file; a bare list of messages as a conversation."""
    text = file.read_text(encoding="utf-8")
    values = json.loads(text) if text.lstrip().startswith("[\n") or file.suffix == ".json" else None
    for value in values if values is not None else map(json.loads, filter(str.strip, text.splitlines())):
        yield value if isinstance(value, dict) else {"messages": value}


def main() -> None:
    """Compare."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--python", required=True)
    parser.add_argument("--model", action="append", required=True)
    parser.add_argument("--length", type=int, default=1024)
    parser.add_argument("files", nargs="+", type=Path)
    given = parser.parse_args()
    for model in given.model:
        for file in given.files:
            (one, counts), (other, mine) = (
                theirs(given.python, file, model, given.length),
                ours(file, model, given.length),
            )
            both = counts.keys() & mine.keys()
            other_counts = [
                (index, counts[index], mine[index]) for index in sorted(both) if counts[index] != mine[index]
            ]
            same = len(both) - len(other_counts)
            print(
                f"{Path(model).name}, {file.name}: {same:,} of {len(both):,} rows have the same tokens "
                f"{other_counts[:3] or ''}",
                flush=True,
            )
            for name in RULES:
                left, right = sorted(one[name] - other[name]), sorted(other[name] - one[name])
                print(
                    f"  {name}: both {len(one[name] & other[name]):,}, only dropoutt {len(left):,} {left[:3]}, "
                    f"only datalint {len(right):,} {right[:3]}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
