"""The page on the precision of rules, from the counts of the benchmark and the class that each rule declares."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from typing import Final

import accuracy_labels
import accuracy_planted
import accuracy_ranking
from accuracy_labels import confidence, link, read

from benchmarks.fresh import SAMPLES, fresh, is_right_at_first
from datalint.core.registry import Registry
from datalint.core.rule import Rule

COUNTS: Final = Path(__file__).parents[1] / "benchmarks" / "precision.tsv"
#: Sets of files that are no samples of new ones.
_FIRST: Final = {"seen": "files at hand", "held-out": "files held out"}
_CLASSES: Final = ("high", "medium", "–")
JUDGED: Final = COUNTS.with_name("judged.tsv")
ABOUT: Final = """# Accuracy of rules

A false alarm costs more trust than a missed finding gains, so every rule has a **confidence**: high (at least 95 % of
its findings are right), medium (at least 80 %) or low (below). Rules of low confidence run only where they are
selected by code or name. `datalint rules` shows the class of each rule.

## How it was measured

Findings on real public datasets (chat, Alpaca, ShareGPT, preference, tools, code, classification and plain text;
mostly English and Chinese) were read with their rows: up to 30 for each rule, spread over the files, all where there
were fewer, and 40 of truncated-response. A finding is *right* when one would act on it, *arguable* when it is true
and of doubtful use, and *wrong* when one would dismiss it. Precision counts only the right ones.
`benchmarks/judged.tsv` holds the judgements (rule, file, line, path, fingerprint, and why), without the text of any
row, and `benchmarks/precision.py` compares them with what rules report now, and names right findings that are lost.

A third of the datasets was held out: the rules were changed without looking at it, and it was judged once,
afterwards. Then samples of files of other public repositories were checked, one after the other. In each, findings of
every rule were judged before anything was changed, and afterwards limits, rules and the reading of rows were changed
because of them. In `judged.tsv`, files of samples are named `OWNER+NAME/PATH`.

### Samples of new files

Findings as they were judged first, on code that had not seen these files: how many are right, by the classes that
rules have today. Rules of low confidence are left out.

{samples}
The last sample says what to expect on new data: no class follows from it yet.

### Rules

What rules report on all these files, counted when each set was run last, and how that was judged. *New files* are
explained below.

{table}
{sums}
## How a class follows

The class of a rule is that of its lowest figure:

- of all its findings on real files that were judged, from ten findings
- of labels of others, from ten units
- of findings on **new files**, from five repositories. These are the samples that were judged before anything was
  changed because of them, without the last one, from the latest back until there are five repositories. Each
  repository counts once, with its share of right findings, since findings of one file mostly have one cause; and a
  finding counts as it was first judged, even where its cause is removed by now. A rule
  that was repaired gets a better class when a later sample says so. Findings below a limit that was raised since, or
  of texts that a rule leaves out since, do not count: the reason of their judgement says so.

Fewer say nothing. A test fails where a class and its figures disagree, apart from these:

{explained}
Limits: one reader judged each finding. Most files are small, so some rules were seen in one or two files only, which
says little about others. What rules miss is measured below, on labels of others.

[performance.md](performance.md) has the labelled secrets of other scanners, and
[near-duplicates.md](near-duplicates.md) the accuracy of the search for near-duplicates.
"""
_TRUE: Final = "true of the texts, but whether to act on it depends on what the data is for; its gate judges the share"
_KEY: Final = "compares a number with a limit, and depends on which key is taken for the category"
_WAITS: Final = "right in the latest samples, not in those before them: another one has to confirm it"
#: Rules whose class is below their figure, or that have none, and why.
EXPLAINED: Final = {
    "DIV003": "every pair was compared in full, and gates judge the share; which copy to delete is for a reader to say",
    "DIV002": "true of what the model reads; whether a key that it does not read makes two rows is for a reader to say",
    "DIV005": _TRUE,
    "FMT107": "a fact; whether a key that few rows have is meant is for a reader to say",
    "FMT108": "lists in lists, and of objects that are no messages, mix types by design; they are left out since",
    "FMT001": "a fact; the parser stops after what broke the line, so the cause that is named may be another one",
    "FMT002": "a fact; what is in a list may be a row of a layout that is not read",
    "FMT003": "a fact; its arguable findings have a filter of jq that did not fit, which is repaired since",
    "FMT104": "a fact, and wrong only where a message has other keys, which are read since",
    "QUA001": "a fact, and wrong only where the prompt is under a key that is not read",
    "QUA003": "its arguable findings are labels, which are left out since, and one answer",
    "FMT021": _WAITS,
    "QUA016": _WAITS,
    "QUA010": "a fact; whether a response may repeat what it was given is for a reader to say",
    "FMT208": "a fact; answers that are joined with their prompts later, on which it was of no use, are left out since",
    "FMT203": "a fact; that two roles are the answers of a preference is said since",
    "FMT105": "a fact, and wrong only where rows are read as a shape that they do not have",
    "FMT302": "a fact; whether a provider that refuses such names will serve the model is for a reader to say",
    "FMT601": "a fact; whether the tokens are there on purpose is for a reader to say",
    "QUA002": "19 of its 22 judged findings are rows of one evaluation set, whose answers are left empty on purpose",
    "QUA031": "true of the texts, but a missing full stop is a matter of style",
    "RDY010": "its one set of labels is a set of paraphrases, on which its thresholds were chosen",
    "VOL001": "compares a number with the guide's limit, and depends on whether a file is there to be trained on",
    "RDY001": "a fact; whether the file is a benchmark itself, which its name does not say, is for a reader to say",
    "VOL007": _KEY,
}
#: Rows that other tools document or test and of which datalint says something else: who, what they say, what it says,
#: and why.
_ELSEWHERE: Final = (
    (
        "ms-swift (3 rows), Tinker (2)",
        "a conversation that ends with the user's question is a row",
        "FMT206",
        "right as a prompt for reinforcement, which the row alone does not say (`--kind rl` does); for training on "
        "answers, it lacks the last one, and Mistral, OpenPipe, Fireworks and LLaMA-Factory refuse or skip it",
    ),
    (
        "ms-swift",
        "a row with an empty `rejected_messages` does not stop the reading of the file",
        "FMT504",
        "it is read as a pair without a rejected side, from which nothing can be learned",
    ),
    ("Unsloth", "an empty question is read", "QUA001", "the model would learn an answer to nothing"),
    (
        "NeMo RL, Tinker",
        '`{"input": "nope"}` and `{"query": {"type": "string"}}` pass through a function',
        "FMT101",
        "arguments of a test and of a schema, in which nothing says what is learned",
    ),
    (
        "LLM Foundry (2)",
        "a prompt without a response is malformed",
        "",
        "prompts alone are data for reinforcement, as TRL documents them; an error with `--kind sft`, and among rows "
        "that have a response",
    ),
    ("kaeawc/datalint", "a tool result without an id is fine", "FMT310", "no call stands before it"),
    (
        "kaeawc/datalint (3)",
        "an address of example.com, a 555 number and a test card are personal data",
        "",
        "they are reserved for examples and belong to nobody",
    ),
    (
        "kaeawc/datalint",
        "123-45-6789 is a social security number",
        "",
        "its digits count up, as those of a placeholder do",
    ),
    (
        "kaeawc/datalint",
        "two prompts of which one goes on for three words overlap",
        "",
        "their similarity is 0.67, and the limit 0.7",
    ),
)
#: Judgements from which the share of a rule says something.
ENOUGH: Final = 10


def page() -> str:
    """Return the page's text."""
    registry = Registry()
    registry.load_builtin()
    rules = {rule.code: rule for rule in registry}
    with COUNTS.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["rule"] in rules]
    with JUDGED.open(encoding="utf-8", newline="") as file:
        judgements = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    values = {
        "samples": _samples(judgements, rules),
        "table": _table(rows, judgements, rules),
        "sums": _sums(rows, rules),
        "explained": "".join(f"- {link(rules[code])}: {reason}\n" for code, reason in sorted(EXPLAINED.items())),
    }
    text = ABOUT
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    counts = Counter[str]()
    for row in rows:
        counts[row["rule"]] += _judged(row)
    labelled = {score.rule for score in read() if score.positives}
    measured = {rule.code for rule in registry if counts[rule.code] >= ENOUGH or rule.code in labelled}
    planted = accuracy_planted.planted(registry, measured)
    return "\n".join((text, accuracy_labels.labels(rules), planted, _elsewhere(rules), accuracy_ranking.ranking()))


def _samples(judgements: list[dict[str, str]], rules: dict[str, Rule]) -> str:
    """Return the table of the samples of new files, with the findings of each as they were judged first."""
    lines = [
        "| sample | kind of files | files with findings | repositories | high | medium | no class |",
        "|---|---|---:|---:|---:|---:|---:|",
    ]
    for sample, kind in SAMPLES.items():
        mine = [row for row in judgements if row["set"] == sample]
        files = {row["file"] for row in mine}
        cells = [sample, kind, str(len(files)), str(len({file.partition("/")[0] for file in files}))]
        for name in _CLASSES:
            rights = [is_right_at_first(row) for row in mine if confidence(rules[row["rule"]]) == name]
            cells.append(f"{sum(rights)} of {len(rights)}" if rights else "")
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _table(rows: list[dict[str, str]], judgements: list[dict[str, str]], rules: dict[str, Rule]) -> str:
    """Return the table of the rules: what of their findings was judged, and their share on new files."""
    lines = [
        "| rule | confidence | findings | judged | right | arguable | wrong | precision | repositories of new files "
        "| right on new files |",
        "|---|---|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    new = fresh(judgements)
    for code, rule in sorted(rules.items()):
        mine = [row for row in rows if row["rule"] == code]
        judged, right = sum(map(_judged, mine)), _sum(mine, "right")
        if not judged:
            continue
        cells = [link(rule), confidence(rule), f"{_sum(mine, 'findings'):,}", str(judged), str(right)]
        cells += [str(_sum(mine, "arguable")), str(_sum(mine, "wrong")), _share(right, judged)]
        if code in new and new[code].tells:
            cells += [str(new[code].repositories), f"{100 * new[code].share:.0f} %"]
        else:
            cells += ["", ""]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _sums(rows: list[dict[str, str]], rules: dict[str, Rule]) -> str:
    """Return the table of what is right of the judged findings that are reported now, by class and by kind of files."""
    lines = ["| | high | medium | no class |", "|---|---:|---:|---:|"]
    for title in (*_FIRST.values(), "samples"):
        cells = []
        for name in _CLASSES:
            mine = [
                row
                for row in rows
                if _FIRST.get(row["set"], "samples") == title and confidence(rules[row["rule"]]) == name
            ]
            judged = sum(map(_judged, mine))
            cells.append(f"{_share(_sum(mine, 'right'), judged)} of {judged:,}" if judged else "")
        lines.append(f"| {' | '.join((title, *cells))} |")
    return "\n".join(lines) + "\n"


def _elsewhere(rules: dict[str, Rule]) -> str:
    """Return the table of rows on which other tools decide differently."""
    lines = [
        "## Where others decide differently",
        "",
        "Rows that providers, trainers and other linters document or test were checked too. On these, datalint",
        "disagrees.",
        "",
        "| source | says | datalint says | why |",
        "|---|---|---|---|",
    ]
    for source, says, code, why in _ELSEWHERE:
        lines.append(f"| {source} | {says} | {link(rules[code]) if code else 'nothing'} | {why} |")
    return "\n".join(lines) + "\n"


def _judged(row: dict[str, str]) -> int:
    return sum(int(row[kind]) for kind in ("right", "arguable", "wrong"))


def _sum(rows: list[dict[str, str]], column: str) -> int:
    return sum(int(row[column]) for row in rows)


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %"
