"""The part of the page on accuracy about labels of others."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
sys.path.append(str(ROOT))

from benchmarks.accuracy.scores import Score, read  # noqa: E402
from benchmarks.accuracy.sources import SOURCES  # noqa: E402
from datalint.core.rule import Rule  # noqa: E402

CASES: Final = ROOT / "tests" / "rules"
#: Sets whose rows are counted only, because nobody labelled them.
COUNTED: Final = ("alpagasus",)
#: Sets of good rows, and sets whose labels mean something near to what the rule means.
CONTROL: Final = ("llmbar",)
AGREEMENT: Final = ("gpteacher", "sts")

LABELS: Final = """## Labels of others

Each set is measured as it is, by the whole linter where it has rows. Shares have 95 % intervals (Wilson). Precision is
the share of what is reported that has the label, recall the share of what has the label that is reported. Other tools
were measured on the same units.

"""
AFTER: Final = """
- Refusals of XSTest: a reported completion is right if it is a full or partial refusal. Recall is that of full
  refusals. Phrases were added after reading some of those that were missed, so recall on other data is lower.
- Personal data: a reported span is right if it overlaps a label of a type that the rule claims. Names, addresses,
  dates, organisations, domains, licences and other types of the set are not claimed. Words next to numbers were added
  after reading some of those that were missed in the first file and in the first half of the second. Regions of phone
  numbers are not set.
- Secrets: the labels are those of CredSweeper's rules for tokens on its own samples. Formats were added after
  reading some of those that were missed. What is left are placeholders, public keys, and values without a format.
- Languages: Indonesian and Malay count as one. Pairs are of sentences that follow one another, with one answer in
  twenty replaced by a sentence of another language; rows are five sentences of other languages among 200.
- Rephrased GSM8K: a training set that is the test set in other words, and the true training set, against the test set.

### Agreement

These labels mean something near to what the rule means, so the shares are no accuracy: sentences that mean the same are
seldom copies, and another tool has another idea of what is too similar.

"""
RATES: Final = """
### Kept and random rows

Rows of Alpaca that a model graded 4.5 of 5 or better, against random ones: rules of quality should fire less on kept
rows.

"""
COMMAND: Final = """
`python -m benchmarks.accuracy --xstest FOLDER --presidio FOLDER … --docs` measures again; each option takes the files
of one repository.

| set | repository | revision | files | licence | labels |
|---|---|---|---|---|---|
"""


def labels(rules: Mapping[str, Rule]) -> str:
    """Return the section on labels of others."""
    scores = [score for score in read() if score.rule in rules]
    plain = [score for score in scores if score.source not in (*COUNTED, *AGREEMENT)]
    agreeing = [score for score in scores if score.source in AGREEMENT]
    text = LABELS + _table(plain, rules) + AFTER + _table(agreeing, rules)
    text += RATES + _rates([score for score in scores if score.source in COUNTED], rules) + COMMAND
    return text + "".join(
        f"| {name} | {each.repository} | {each.revision} | `{each.path}` | {each.licence} | {each.labels} |\n"
        for name, each in SOURCES.items()
    )


def link(rule: Rule) -> str:
    """Return a link to a rule's page."""
    return f"{rule.code} [{rule.name}](rules/{rule.name}.md)"


def confidence(rule: Rule) -> str:
    """Return the class of a rule, or a dash."""
    return "–" if rule.confidence is None else rule.confidence.value


def _table(scores: Iterable[Score], rules: Mapping[str, Rule]) -> str:
    lines = [
        "| rule | set | part | tool | units | precision | recall | confidence |",
        "|---|---|---|---|---:|---:|---:|---|",
    ]
    for score in scores:
        mine = score.tool == "datalint"
        precision = _share(score.precision)
        if score.source in CONTROL:
            precision = f"{score.reported:,} reported of {score.units:,} good rows"
        cells = [link(rules[score.rule]), score.source, score.part, score.tool, f"{score.units:,}", precision]
        lines.append(f"| {' | '.join([*cells, _share(score.recall), confidence(rules[score.rule]) if mine else ''])} |")
    return "\n".join(lines) + "\n"


def _rates(scores: Iterable[Score], rules: Mapping[str, Rule]) -> str:
    parts: dict[str, dict[str, Score]] = {}
    for score in scores:
        parts.setdefault(score.rule, {})[score.part] = score
    lines = ["| rule | kept rows | random rows | ratio |", "|---|---:|---:|---:|"]
    for code, both in parts.items():
        kept, other = (both[part].reported / both[part].units for part in ("kept", "random"))
        if kept or other:
            ratio = f"{kept / other:.2f}" if other else "–"
            lines.append(f"| {link(rules[code])} | {kept:.2%} | {other:.2%} | {ratio} |")
    return "\n".join(lines) + "\n"


def _share(share: tuple[float, float, float] | None) -> str:
    if share is None:
        return "–"
    return f"{100 * share[0]:.1f} % ({100 * share[1]:.1f}–{100 * share[2]:.1f})"
