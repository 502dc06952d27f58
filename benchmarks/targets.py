"""Compares what targets are said to reject with the validators of providers, row by row, and prints Markdown tables.

    python benchmarks/targets.py FOLDER --python PEERS/bin/python --bedrock CHECKOUT --azure CHECKOUT
        [--only SLUG …] [--targets NAME …]

FOLDER contains datasets, a folder for each. PEERS is a virtual environment with `together<2`, `mistral-common`,
pydantic and jsonschema. The checkouts are of aws-samples/amazon-bedrock-samples and microsoft/azure-skills. A validator
that is not there is skipped. Rows are those with a list under `messages`. Together's check is of a time without tools,
so its rows are compared without `tools`. With `--changed`, the rows are those of tests/targets/cases, as they are and
with one thing changed. With `--documented`, no validator runs: the table says how many examples of each target's
documentation, as rows of the same layout in tests/targets/cases, lose nothing, and how many violations are found.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from datalint.core.errors import DatalintError
from datalint.records.treatment import Treatment
from datalint.shapes.detect import Detector
from datalint.shapes.flatten import flatten
from datalint.sources import open_sources
from datalint.targets.load import built_in, find_targets
from datalint.targets.rows import RowTargets

DRIVER: Final = Path(__file__).parent / "drivers" / "target_validators.py"
CHECKOUTS: Final = {
    "together": "",
    "mistral": "",
    "azure-openai": "azure",
    "bedrock-nova": "bedrock",
    "bedrock-llama": "bedrock",
    "bedrock-haiku": "bedrock",
}
Row = tuple[str, dict[str, Any]]


def main() -> int:
    """Compare each target and print its table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?", default=Path())
    parser.add_argument("--python", default=sys.executable, help="interpreter of the peers' environment")
    parser.add_argument("--bedrock", default="", help="checkout of amazon-bedrock-samples")
    parser.add_argument("--azure", default="", help="checkout of azure-skills")
    parser.add_argument("--only", nargs="+", help="names of the folders to read")
    parser.add_argument("--skip", nargs="+", default=(), help="names of folders to leave out")
    parser.add_argument("--targets", nargs="+", choices=CHECKOUTS, default=CHECKOUTS, help="compare with these alone")
    parser.add_argument("--changed", action="store_true", help="instead, rows of the tests with one thing changed")
    parser.add_argument("--documented", action="store_true", help="instead, the examples of the documentation")
    options = parser.parse_args()
    if options.documented:
        return print_documented()
    folders = [each for each in sorted(options.folder.iterdir()) if each.is_dir() and each.name not in options.skip]
    rows = (
        []
        if options.changed
        else [row for each in folders if options.only is None or each.name in options.only for row in chat_rows(each)]
    )
    if not options.changed:
        print(f"{len(rows):,} rows with messages of {len({place.partition('/')[0] for place, _ in rows})} datasets\n")
    print("| target | rows | both accept | both reject | only the validator rejects | only datalint rejects |")
    print("|---|--:|--:|--:|--:|--:|")
    notes: list[str] = []
    for name in options.targets:
        checkout = CHECKOUTS[name]
        given = list(changed(name)) if options.changed else rows
        compare(name, getattr(options, checkout) if checkout else "", given, options.python, notes)
    print(*notes, sep="\n")
    return 0


def print_documented() -> int:
    """Print for each target how many documented examples lose nothing, and how many violations are found."""
    print("| target | documented examples that lose nothing | violations that are found |\n|---|--:|--:|")
    for name in built_in():
        cases, targets = cases_of(name), RowTargets(find_targets([name]), None)

        def treat(text: str, targets: RowTargets = targets) -> Treatment:
            row = json.loads(text)
            return targets.of_row(row, flatten([row], Detector({})), 0)[0]

        examples = [treat(text) for rows in cases["documented"].values() for text in rows]
        kept = sum(not each.faults and not each.ignored for each in examples)
        found = [says for says, rows in cases["refuses"].items() if all(says in _faults(treat(text)) for text in rows)]
        print(f"| `{name}` | {kept:,} of {len(examples):,} | {len(found):,} of {len(cases['refuses']):,} |")
    return 0


def _faults(treatment: Treatment) -> list[str]:
    return [fault.says for fault in treatment.faults]


def cases_of(name: str) -> dict[str, Any]:
    """Return the rows of the tests for a target."""
    path = Path(__file__).parent.parent / "tests" / "targets" / "cases" / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def chat_rows(folder: Path) -> Iterator[Row]:
    """Yield the rows of a dataset that have a list of messages, each with its place."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        try:
            [source] = open_sources([str(path)])
            number = 0
            for chunk in source.chunks(0):
                for record in chunk.load().records:
                    number += 1
                    if isinstance(record.get("messages"), list):
                        yield f"{folder.name}/{path.name} row {number}", dict(record)
        except DatalintError:
            continue


def changed(name: str) -> Iterator[Row]:
    """Yield the rows that the tests say a target accepts, as they are and with one thing changed."""
    cases = cases_of(name)
    accepted = [*cases["accepts"], *(text for rows in cases["documented"].values() for text in rows)]
    for number, text in enumerate(accepted, 1):
        row = json.loads(text)
        if not isinstance(row.get("messages"), list):
            continue
        yield f"row {number}", row
        turns = row["messages"]
        yield from (
            (f"row {number} without turn {i}", row | {"messages": turns[:i] + turns[i + 1 :]})
            for i in range(len(turns))
        )
        yield f"row {number} backwards", row | {"messages": turns[::-1]}
        yield f"row {number} twice", row | {"messages": turns * 2}
        yield f"row {number} and a key", row | {"source": "a book"}
        for i, turn in enumerate(turns):
            for what, other in _variants(turn):
                yield f"row {number} turn {i} {what}", row | {"messages": [*turns[:i], other, *turns[i + 1 :]]}


def _variants(turn: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for key in turn:
        yield f"without {key}", {each: value for each, value in turn.items() if each != key}
    roles = ("system", "developer", "user", "assistant", "tool", "function", "human", "User", 7, None)
    yield from ((f"role {role!r}", turn | {"role": role}) for role in roles)
    part, image = (
        {"type": "text", "text": "Hi"},
        {"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}},
    )
    block, media = {"text": "Hi"}, {"image": {"format": "png", "source": {"s3Location": {"uri": "s3://bucket/a.png"}}}}
    contents = (
        "Hi",
        "",
        None,
        7,
        {},
        [],
        ["Hi"],
        [part],
        [image, part],
        [{"type": "audio"}],
        [block],
        [media, block],
        [media],
    )
    yield from ((f"content {json.dumps(content)[:40]}", turn | {"content": content}) for content in contents)
    weights = (0, 1, 2, 0.0, 1.0, 0.5, True, "1", None)
    yield from ((f"weight {weight!r}", turn | {"weight": weight}) for weight in weights)
    yield "name", turn | {"name": "ann"}
    for arguments in ("{}", {}):
        for identifier in ("abcdefgh1", "call_1", "null", None):
            call = {"id": identifier, "type": "function", "function": {"name": "rain", "arguments": arguments}}
            yield f"call {json.dumps(call)}", turn | {"tool_calls": [call]}
    yield "no calls", turn | {"tool_calls": []}
    yield "result", turn | {"tool_call_id": "abcdefgh1"}


def compare(name: str, checkout: str, rows: list[Row], python: str, notes: list[str]) -> None:
    """Print a line of the table, and add what the disagreements are to ``notes``."""
    if name == "together":
        rows = [(place, {key: value for key, value in row.items() if key != "tools"}) for place, row in rows]
    given = "".join(f"{json.dumps(row)}\n" for _, row in rows)
    done = subprocess.run(
        [python, str(DRIVER), name, checkout], input=given, capture_output=True, text=True, check=False
    )
    lines = done.stdout.splitlines()
    if not lines or lines[0] != "null" or len(lines) != len(rows) + 1:
        notes.append(f"\n{name}: skipped, {(lines or done.stderr.splitlines() or ['nothing was printed'])[0][:160]}")
        return
    theirs = [json.loads(line) for line in lines[1:]]
    ours = list(said_of(name, rows))
    pairs = Counter((other is not None, mine is not None) for other, mine in zip(theirs, ours, strict=True))
    counts = [pairs[key] for key in ((False, False), (True, True), (True, False), (False, True))]
    print(f"| {name} | {len(rows):,} | {' | '.join(f'{count:,}' for count in counts)} |")
    differ: Counter[str] = Counter()
    first: dict[str, str] = {}
    for (place, _), other, mine in zip(rows, theirs, ours, strict=True):
        if (other is None) != (mine is None):
            reason = f"only datalint: {mine}" if other is None else f"only the validator: {_general(other)}"
            differ[reason] += 1
            first.setdefault(reason, place)
    notes += [f"\n{name}:"] if differ else []
    notes += [f"- {count:,} × {reason} ({first[reason]})" for reason, count in differ.most_common(12)]


def _general(reason: str) -> str:
    """Return a reason without the values of the row."""
    return re.sub(r"input_value=.*?(?=, input_type)", "input_value=…", reason)[:160]


def said_of(name: str, rows: list[Row]) -> Iterator[str | None]:
    """Yield why datalint says that a target rejects a row, None where it does not."""
    targets, detector = RowTargets(find_targets([name]), None), Detector({})
    for _, row in rows:
        [treatment] = targets.of_row(row, flatten([row], detector), 0)
        yield next((fault.says for fault in treatment.faults if fault.outcome == "rejects"), None)


if __name__ == "__main__":
    sys.exit(main())
