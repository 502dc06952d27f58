"""Converts real files to every shape and back, and counts rows that are not the same.

    python benchmarks/converting.py --files FOLDER [--folders NAMES]

Of each data file whose shape ``datalint convert`` can write, every row is converted to every other shape and back.
Counted are rows that both shapes can hold (``back``), those of them that are another conversation than they were, or
have other keys next to it (``different``), those that are the same conversation in other keys, such as an instruction
and its input in one text (``respelled``), and rows that one of the shapes refuses (``refused``). ``different`` must be
0; the exit code is 1 if it is not.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from splitting import files_in, rows_of

from datalint.config.load import load_settings
from datalint.core.errors import DatalintError
from datalint.core.registry import Registry
from datalint.fixes.decisions import Lost
from datalint.operations.convert import TARGETS, Converted, convert
from datalint.shapes.conversion.model import UnfitError
from datalint.shapes.conversion.reading import read_conversation
from datalint.shapes.conversion.tools import functions
from datalint.shapes.detect import Detector
from datalint.shapes.flatten import flatten
from datalint.sources import open_sources

REGISTRY = Registry.default()


def converted(rows: Sequence[str], to: str, folder: Path) -> list[str | None]:
    """Return each row in another shape, None where it refuses it."""
    path = folder / "data.jsonl"
    path.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
    settings = load_settings(registry=REGISTRY, isolated=True, overrides={"eval": False})
    pieces = convert(settings, REGISTRY, open_sources([str(path)]), to, drop=False, counts=Converted())
    return [None if isinstance(piece, Lost) else piece.decode().rstrip("\n") for piece in pieces]


class Counts(NamedTuple):
    """What is counted of one file and shape, and one row that differs."""

    back: int = 0
    different: int = 0
    respelled: int = 0
    refused: int = 0
    example: str = ""


def measured(rows: Sequence[str], folder: Path) -> dict[str, Counts]:
    """Return the counts by the shapes of the way there."""
    detector = Detector({}, ())
    by_shape: dict[str, list[str]] = {}
    for row in rows:
        by_shape.setdefault(detector.shape(json.loads(row)).name, []).append(row)
    found = {}
    for shape, mine in by_shape.items():
        for to in TARGETS:
            if shape not in TARGETS or to == shape:
                continue
            there = converted(mine, to, folder)
            held = [(row, other) for row, other in zip(mine, there, strict=True) if other is not None]
            back = converted([other for _, other in held], shape, folder) if held else []
            pairs = [(row, other) for (row, _), other in zip(held, back, strict=True) if other is not None]
            changed = [(row, other) for row, other in pairs if json.loads(row) != json.loads(other)]
            meanings = [_meaning(each, detector) for pair in changed for each in pair]
            different = [changed[at // 2] for at in range(0, len(meanings), 2) if meanings[at] != meanings[at + 1]]
            example = f"{different[0][0][:400]} | {different[0][1][:400]}" if different else ""
            sizes = len(pairs), len(different), len(changed) - len(different), len(mine) - len(pairs)
            found[f"{shape} → {to}"] = Counts(*sizes, example)
    return found


def _meaning(row: str, detector: Detector) -> Any:
    """Return a row as a conversation, without ids that were made up and empty values."""
    record = json.loads(row)
    flat = flatten([record], detector, hashes=False)
    found = read_conversation(record, flat.shapes[0], flat.words(0), flat.features[0])
    turns = [
        [(turn.role, turn.text, [(call.name, _parsed(call.arguments)) for call in turn.calls]) for turn in side or ()]
        for side in (found.turns, found.chosen, found.rejected)
    ]
    rest = {key: value for key, value in found.rest.items() if value not in ("", None, [])}
    return turns, _declared(found.tools), rest


def _declared(tools: Any) -> Any:
    """Return the functions among tools, which may be declared with or without "function" around them."""
    try:
        return list(functions(tools, set())) if tools else None
    except UnfitError:
        return _parsed(tools)


def _parsed(value: Any) -> Any:
    try:
        return json.loads(value) if isinstance(value, str) else value
    except ValueError:
        return value


def main(arguments: list[str]) -> int:
    """Measure, print a line for each file and shape with rows that differ and the sums; return 1 if any do."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=Path, required=True, help="folder with data files")
    parser.add_argument("--folders", help="names of folders in it, comma-separated; all without")
    parser.add_argument("--most", type=int, default=2000, help="rows of a file")
    given = parser.parse_args(arguments)
    sums, files = Counts(), 0
    with tempfile.TemporaryDirectory() as name:
        for path in files_in(given.files, given.folders):
            rows = rows_of(path)[: given.most]
            try:
                found = measured(rows, Path(name)) if rows else {}
            except DatalintError as error:
                print(f"{path.parent.name}/{path.name}: {error}", flush=True)
                continue
            files += bool(found)
            for to, counts in found.items():
                sums = Counts(*map(sum, zip(sums[:4], counts[:4], strict=True)))
                if counts.different:
                    print(f"{path.parent.name}/{path.name}: {to}: {counts}", flush=True)
    print(f"{files:,} files: {sums}")
    return int(bool(sums.different))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
