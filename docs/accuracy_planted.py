"""The part of the page on accuracy about planted defects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from typing import Final

from accuracy_labels import CASES, confidence, link

from benchmarks.accuracy.planted import Count, read
from benchmarks.accuracy.plants.kinds import Level
from datalint.core.rule import Rule
from datalint.testing import load_cases

PLANTED: Final = """## Planted defects

Defects were planted in real rows, those of the datasets that are called seen and held out above. Each rule has several
variants: *obvious* ones, that anybody would name, *subtle* ones, that are easily overlooked, and *near misses*, that
look like the defect and are none. A changed row stands among 150 real ones, and must be reported, or not, at its own
place; a defect of a whole dataset is planted in 120 real rows. This says how much a rule finds of what it looks for. It
says little about what else it reports, so the rules for which it is the only measurement are marked as *planted*.

| rule | variants | obvious | subtle | near misses reported | other measurements | confidence |
|---|---:|---:|---:|---:|---|---|
"""
AFTER: Final = """
`python -m benchmarks.accuracy.planted FOLDER` measures again, and `--misses` shows what is missed. Rules and variants
were changed after reading what was missed, first in two thirds of the datasets and then in all, so these figures are
not those of new data.
"""
CASES_ALONE: Final = """
### Cases only

These rules look at files next to the data, need more rows than there are, or are new, and were measured on their test
cases alone: rows with the findings that each must have, and rows that look like the defect and must stay silent. All of
them pass, or the tests fail.

| rule | findings of cases | silent cases | confidence |
|---|---:|---:|---|
"""


def planted(rules: Iterable[Rule], measured: Collection[str]) -> str:
    """Return the section on planted defects; ``measured`` are the codes of rules with judgements or labels."""
    every = [*rules]
    sums = _sums(read())
    lines, rest = [], []
    for rule in every:
        if rule.code in sums:
            counts = sums[rule.code]
            shares = [f"{counts[level, 'reported']} of {counts[level, 'planted']}" for level in Level]
            other = "yes" if rule.code in measured else "planted"
            cells = [link(rule), str(counts["variants"]), *shares, other, confidence(rule)]
            lines.append(f"| {' | '.join(cells)} |\n")
        elif rule.code not in measured:
            rest.append(rule)
    return PLANTED + "".join(lines) + _total(sums.values()) + AFTER + _cases(rest)


def _sums(counts: Iterable[Count]) -> dict[str, Counter[object]]:
    sums: dict[str, Counter[object]] = {}
    for count in counts:
        mine = sums.setdefault(count.rule, Counter())
        mine["variants"] += 1
        mine[Level(count.level), "planted"] += count.planted
        mine[Level(count.level), "reported"] += count.reported
    return sums


def _total(sums: Iterable[Counter[object]]) -> str:
    total = sum(sums, Counter[object]())
    shares = (f"{total[level, 'reported']:,} of {total[level, 'planted']:,}" for level in Level)
    return f"| all | {total['variants']:,} | {' | '.join(shares)} | | |\n"


def _cases(rules: Iterable[Rule]) -> str:
    lines = []
    for rule in rules:
        cases = load_cases(next(CASES.glob(f"*/cases/{rule.name}.toml")))
        found = sum(len(case.findings) for case in cases)
        lines.append(f"| {link(rule)} | {found} | {sum(not case.findings for case in cases)} | {confidence(rule)} |\n")
    return CASES_ALONE + "".join(lines) if lines else ""
