"""Plants defects in real rows and counts how many of them the rules find.

    python -m benchmarks.accuracy.planted FOLDER [FOLDER …] [--rule CODE] [--misses] [--docs]

FOLDER holds datasets as JSON or JSON Lines: conversations, plain texts, preferences and rows with tool calls. Each
variant of a defect is planted in twenty rows, which stand among real ones that are as they were, or in ten datasets of
120 real rows. What the rule reports before is not used. ``--misses`` prints what counts against a rule. ``--docs``
writes ``planted.tsv``; ``python docs/build.py`` then makes the page.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, Final, NamedTuple

from benchmarks.accuracy.carriers import Carriers, Preference, Row, Talk, carriers
from benchmarks.accuracy.plants import PLANTS
from benchmarks.accuracy.plants.kinds import Given, Level, Plant, talk_of
from datalint.core.registry import Registry
from datalint.core.rule import Rule
from datalint.testing import run_rule

TABLE: Final = Path(__file__).with_name("planted.tsv")


class Size(NamedTuple):
    """Rows and datasets in which each variant is planted, real rows among them, and rows that are tried."""

    rows: int = 20
    datasets: int = 10
    among: int = 150
    tried: int = 400


FULL: Final = Size()


class Count(NamedTuple):
    """How many of the places in which a variant of a defect was planted a rule reports."""

    rule: str
    level: str
    variant: str
    planted: int
    reported: int


Missed = Callable[[Plant, Any], None]


def measure(rows: Carriers, rule: Rule, plants: Iterable[Plant], missed: Missed, size: Size = FULL) -> Iterator[Count]:
    """Yield the counts of each variant, and call ``missed`` with what counts against the rule."""
    for _, group in groupby(plants, lambda plant: json.dumps([plant.config, plant.options], sort_keys=True)):
        known: dict[int, bool] = {}
        places = {plant: _places(rows, rule, plant, known, size) for plant in group}
        reported = _reported(rows, rule, places, size.among)
        for plant, planted in places.items():
            found = reported[plant]
            yield Count(rule.code, plant.level.value, plant.name, len(planted), sum(found))
            for each, hit in zip(planted, found, strict=True):
                if hit == (plant.level is Level.NEAR):
                    missed(plant, each)


def _places(rows: Carriers, rule: Rule, plant: Plant, known: dict[int, bool], size: Size) -> list[Row | str | Given]:
    """Return rows or datasets with the defect, of such as the rule leaves alone before; ``known`` says of which."""
    first = next((made for number in range(size.tried) if (made := plant.make(rows, number)) is not None), None)
    if not isinstance(first, Given):
        tried = [(plant.make(rows, number), plant.before(rows, number)) for number in range(size.tried)]
        fitting = [(made, before) for made, before in tried if made is not None]
        silent = _silent(rule, plant, [_row(before) for _, before in fitting])
        return [made for (made, _), clean in zip(fitting, silent, strict=True) if clean][: size.rows]
    out: list[Row | str | Given] = []
    for number in range(3 * size.datasets):
        made = plant.make(rows, number)
        if isinstance(made, Given) and len(out) < size.datasets:
            if number not in known:
                before = plant.before(rows, number)
                same = before if isinstance(before, Given) else Given([_row(each) for each in before])
                known[number] = _finds(rule, plant, same)
            out += [] if known[number] else [made]
    return out


def _silent(rule: Rule, plant: Plant, befores: Sequence[Row | str]) -> list[bool]:
    lines = {finding.line for finding in run_rule(rule, rows=befores, config=plant.config, options=plant.options)}
    return [number not in lines for number in range(1, len(befores) + 1)]


def _row(carrier: Any) -> Row | str:
    if isinstance(carrier, Talk):
        return carrier.chat()
    return carrier.row() if isinstance(carrier, Preference) else carrier


def _finds(rule: Rule, plant: Plant, given: Given) -> bool:
    arguments = {name: getattr(given, name) for name in Given.__slots__}
    arguments |= {"config": {**plant.config, **given.config}, "options": {**plant.options, **given.options}}
    return bool(run_rule(rule, **arguments))


def _reported(
    rows: Carriers, rule: Rule, places: dict[Plant, list[Row | str | Given]], among: int
) -> dict[Plant, list[bool]]:
    """Return for each place whether the rule reports it: rows among real ones, datasets one by one."""
    real: list[Row | str] = [talk_of(rows, -1 - number).shaped(number) for number in range(among)]
    out: dict[Plant, list[bool]] = {}
    single: list[tuple[Plant, Row | str]] = []
    for plant, planted in places.items():
        out[plant] = [_finds(rule, plant, each) for each in planted if isinstance(each, Given)]
        single += [(plant, each) for each in planted if not isinstance(each, Given)]
    # Each variant on its own: rules that give one finding for many rows would find several variants too common.
    for plant, group in groupby(single, lambda each: each[0]):
        mixed = [*real, *(row for _, row in group)]
        lines = {found.line for found in run_rule(rule, rows=mixed, config=plant.config, options=plant.options)}
        out[plant] += [number in lines for number in range(len(real) + 1, len(mixed) + 1)]
    return out


def read(path: Path = TABLE) -> list[Count]:
    """Return the counts of a table."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        next(rows)
        return [Count(*row[:3], *map(int, row[3:])) for row in rows]


def write(counts: Iterable[Count], path: Path = TABLE) -> None:
    """Write a table: counts of a rule replace those that are there."""
    new = [*counts]
    kept = [count for count in read(path) if count.rule not in {each.rule for each in new}] if path.is_file() else []
    rows = sorted([*kept, *new], key=lambda count: (count.rule, [*Level].index(Level(count.level)), count.variant))
    lines = ["\t".join(Count._fields), *("\t".join(map(str, row)) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def main() -> int:
    """Print the counts, and write the table if asked."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.accuracy.planted", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("folder", type=Path, nargs="+")
    parser.add_argument("--rule", action="append", metavar="CODE", help="measure only this rule")
    parser.add_argument("--misses", action="store_true", help="print what counts against a rule")
    parser.add_argument("--docs", action="store_true", help="keep the counts for docs/accuracy.md")
    given = parser.parse_args()
    registry = Registry()
    registry.load_builtin()
    rows = carriers(given.folder)
    counts = []

    def missed(plant: Plant, place: Any) -> None:
        if given.misses:
            print("missed" if plant.level is not Level.NEAR else "false", plant.rule, plant.name, repr(place)[:1500])

    for rule in registry:
        mine = [plant for plant in PLANTS if plant.rule == rule.code]
        if given.rule and rule.code not in given.rule:
            continue
        for count in measure(rows, rule, mine, missed):
            counts.append(count)
            print(*count, sep="\t", flush=True)
    sums = Counter[tuple[str, str]]()
    for count in counts:
        sums[count.level, "planted"] += count.planted
        sums[count.level, "reported"] += count.reported
    for level in Level:
        print(level, f"{sums[level, 'reported']:,} of {sums[level, 'planted']:,} reported")
    if given.docs:
        write(counts)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
