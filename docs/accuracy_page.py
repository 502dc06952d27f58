"""The page on the precision of rules, from the counts of the benchmark and the class that each rule declares."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from typing import Final

import accuracy_labels
import accuracy_planted
from accuracy_labels import confidence, link, read

from benchmarks.fresh import LAST, fresh, is_right_at_first
from datalint.core.registry import Registry
from datalint.core.rule import Rule

COUNTS: Final = Path(__file__).parents[1] / "benchmarks" / "precision.tsv"
#: Samples of new files: the ordinal of each, and what was chosen.
BLIND: Final = {
    "blind": ("third", "Chinese, Arabic, Russian and Hebrew; code, function calls, medicine, law, finance, logs"),
    "blind-2": ("fourth", "twenty languages"),
    "blind-3": ("fifth", "any"),
    "blind-4": ("sixth", "any"),
    "blind-5": ("seventh", "a variety of layouts"),
    "blind-6": ("eighth", "a variety of layouts"),
    "blind-7": ("ninth", "a variety of layouts"),
    "blind-8": ("tenth", "what people publish to fine-tune a model"),
    "blind-9": ("eleventh", "what people publish to fine-tune or evaluate a model, and copies of well-known datasets"),
    "blind-10": ("twelfth", "what people publish to fine-tune a model, half of it in layouts of its own"),
    "blind-11": ("thirteenth", "what people publish to fine-tune or evaluate a model, a third of it for a business"),
    "blind-12": ("fourteenth", "the same, judged after the changes that the thirteenth led to"),
    "blind-13": ("fifteenth", "what people publish to fine-tune or evaluate a model"),
    "blind-14": ("sixteenth", "the same, judged after most of the changes that the fifteenth led to"),
    "blind-15": ("seventeenth", "the same, judged after the changes that the sixteenth led to"),
    "blind-16": (
        "eighteenth",
        "data that a team would fine-tune or evaluate a model with, judged on code that was landed before",
    ),
    "blind-17": ("nineteenth", "the same, judged after the changes that the eighteenth led to"),
    "blind-18": ("twentieth", "the same, judged after the changes that the nineteenth led to"),
    "blind-19": ("twenty-first", "the same, judged after most of the changes that the twentieth led to"),
    "blind-20": ("twenty-second", "the same, judged before the changes that the twenty-first led to"),
    "blind-21": ("twenty-third", "the same, judged after most of the changes that the two before it led to"),
    "blind-22": ("twenty-fourth", "the same, judged before the changes that the twenty-third led to"),
    "blind-23": ("twenty-fifth", "the same, judged after most of the changes that the two before it led to"),
    "blind-24": ("twenty-sixth", "the same, judged before the changes that the twenty-fifth led to"),
    "blind-25": ("twenty-seventh", "the same, judged after most of the changes that the two before it led to"),
    "blind-26": (
        "twenty-eighth",
        "well-known datasets and people's own, of kinds as those at hand, judged on code that was landed before",
    ),
    "blind-27": ("twenty-ninth", "the same, judged after most of the changes that the twenty-eighth led to"),
    "blind-28": ("thirtieth", "the same, judged after the changes that the twenty-ninth led to"),
    "blind-29": ("thirty-first", "the same, judged after most of the changes that the thirtieth led to"),
    "blind-30": (
        "thirty-second",
        "the same, judged after the changes that the thirty-first led to; with leaks",
    ),
    "blind-31": ("thirty-third", "the same, judged after most of the changes that the thirty-second led to"),
    "blind-32": (
        "thirty-fourth",
        "the same, of preferences, calls and conversations, judged after the changes that the thirty-third led to",
    ),
    "blind-33": ("thirty-fifth", "the same, of labelled and plain texts and questions, judged on the same code"),
    "blind-34": ("thirty-sixth", "the same, judged after most of the changes that the two before it led to"),
    "blind-35": (
        "thirty-seventh",
        "the same, of instructions, conversations and questions, judged after the changes that the thirty-sixth led to",
    ),
    "blind-36": ("thirty-eighth", "the same, of labelled texts, entities, pairs and tables, judged on the same code"),
    "blind-37": ("thirty-ninth", "the same, judged after most of the changes that the two before it led to"),
    "blind-38": (
        "fortieth",
        "the same, of instructions, conversations and questions, judged after the changes that the thirty-ninth led to",
    ),
    "blind-39": ("forty-first", "the same, of labelled texts, entities, pairs and tables, judged on the same code"),
    "blind-40": ("forty-second", "the same, judged after most of the changes that the two before it led to"),
    "blind-41": (
        "forty-third",
        "the same, of instructions, conversations and questions, judged after the changes that the forty-second led to",
    ),
    "blind-42": ("forty-fourth", "the same, of labelled texts, entities, pairs and tables, judged on the same code"),
    "blind-43": (
        "forty-fifth",
        "the same, of instructions, conversations and questions, judged after most of the changes of the two before it",
    ),
    "blind-44": ("forty-sixth", "the same, of labelled texts, entities, pairs and tables, judged on the same code"),
    "blind-45": (
        "forty-seventh",
        "the same, of instructions, conversations and questions, judged after the changes that the forty-sixth led to",
    ),
    "blind-46": ("forty-eighth", "the same, of labelled texts, entities, pairs and tables, judged on the same code"),
    "blind-47": (
        "forty-ninth",
        "the same, of labelled texts, entities, pairs and tables, judged after most changes of the two before",
    ),
    "blind-48": ("fiftieth", "the same, of instructions, conversations and questions, judged on the same code"),
    "blind-49": (
        "fifty-first",
        "the same, of instructions, conversations and questions, judged after the changes that the fiftieth led to",
    ),
    "blind-50": ("fifty-second", "the same, of labelled texts, entities, pairs and tables, judged on the same code"),
    "blind-51": (
        "fifty-third",
        "the same, of instructions, conversations and questions, judged after most changes that the two before led to",
    ),
    "blind-52": ("fifty-fourth", "the same, of labelled texts, entities, pairs and tables, judged on the same code"),
    "blind-53": (
        "fifty-fifth",
        "the same, of instructions, conversations and questions, judged after most changes that the two before led to",
    ),
    "blind-54": ("fifty-sixth", "the same, of labelled texts, entities, pairs and tables, judged on the same code"),
    "blind-55": ("fifty-seventh", "the same, of instructions, conversations and questions, judged after these changes"),
    "blind-56": ("fifty-eighth", "the same, of labelled texts, entities, pairs and tables, judged on the same code"),
    "blind-57": (
        "fifty-ninth",
        "the same, of instructions, conversations and questions, judged after most changes that the two before led to",
    ),
    "blind-58": ("sixtieth", "the same, of labelled texts, entities, pairs and tables, judged on the same code"),
    "blind-59": (
        "sixty-first",
        "the same, of instructions, conversations and questions, judged after the changes that the sixtieth led to",
    ),
    "blind-60": ("sixty-second", "the same, of labelled texts, entities, pairs and tables, judged on the same code"),
    "blind-61": (
        "sixty-third",
        "the same, of instructions, questions and benchmarks, judged after the changes that the two before led to",
    ),
    "blind-62": ("sixty-fourth", "the same, of labelled texts, entities, pairs and tables, judged on the same code"),
    "blind-63": (
        "sixty-fifth",
        "the same, of instructions, questions and benchmarks, judged after the changes that the two before led to",
    ),
    "blind-64": ("sixty-sixth", "the same, of labelled texts, entities, pairs and tables, judged on the same code"),
    "blind-65": (
        "sixty-seventh",
        "the same, of both kinds, judged after half of the changes that the two before led to",
    ),
}
SETS: Final = {
    "seen": "Files at hand",
    "held-out": "Files held out",
    **{name: f"Files of the {ordinal} sample" for name, (ordinal, _) in BLIND.items()},
}
_LAST: Final = """
The {ordinal} sample was judged last. No class follows from it yet, so it says what to expect on new data.
"""
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
afterwards.

A second time, rules were run on 446 files of some 80 public repositories that nobody had looked at while the rules
were written, and a sample was judged before anything was changed: these findings are among those at hand, and their
files are named `OWNER+NAME/PATH`.

Then samples of other repositories were checked, one after the other. Findings of every rule were judged before anything
was changed, and then limits, rules and the reading of rows were changed because of them; the last tables of this page
have these files as they are now.

{samples}
These are the findings of the samples as they were judged first, by the classes of today:

{first}{last}
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
### New files

| rule | repositories | right, each repository once | confidence |
|---|---:|---:|---|
{fresh}

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
    "QUA010": "a fact; whether a response may repeat what it was given is for a reader to say",
    "FMT203": "a fact; that two roles are the answers of a preference is said since",
    "FMT105": "a fact, and wrong only where rows are read as a shape that they do not have",
    "FMT302": "a fact; whether a provider that refuses such names will serve the model is for a reader to say",
    "FMT601": "a fact; whether the tokens are there on purpose is for a reader to say",
    "QUA002": "19 of its 22 judged findings are rows of one evaluation set, whose answers are left empty on purpose",
    "QUA005": _WAITS,
    "QUA009": _WAITS,
    "QUA012": _WAITS,
    "QUA013": _WAITS,
    "QUA014": _WAITS,
    "QUA029": _WAITS,
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
        "ms-swift, Tinker",
        "a conversation that ends with the user's question is a row",
        "FMT206",
        "right as a prompt for reinforcement, which its row alone does not say; trainers of answers skip or refuse it",
    ),
    (
        "ms-swift",
        "an empty `rejected_messages` is read",
        "FMT504",
        "there is nothing to compare the chosen side with",
    ),
    ("Unsloth", "an empty question is read", "QUA001", "the model would learn an answer to nothing"),
    (
        "NeMo RL, Tinker",
        '`{"input": …}` and `{"query": {…}}` pass through a function',
        "FMT101",
        "nothing says what is learned",
    ),
    ("LLM Foundry", "a prompt without a response is malformed", "", "prompts alone are data for reinforcement"),
    ("kaeawc/datalint", "a tool result without an id is fine", "FMT310", "no call stands before it"),
    (
        "kaeawc/datalint",
        "example.com, 555 numbers and test cards are personal data",
        "",
        "they are reserved for examples and belong to nobody",
    ),
    (
        "kaeawc/datalint",
        "two prompts of which one goes on for three words overlap",
        "",
        "their similarity is 0.67, and the limit 0.7",
    ),
    ("Azure", "a graded row of a system prompt alone has no user message", "FMT209", "it has no turn of either side"),
)
#: Judgements from which the share of a rule says something.
ENOUGH: Final = 10


def page() -> str:
    """Return the page's text."""
    registry = Registry()
    registry.load_builtin()
    with COUNTS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    rules = {rule.code: rule for rule in registry}
    rows = [row for row in rows if row["rule"] in rules]
    reasons = sorted(EXPLAINED.items())
    explained = "".join(f"- {link(rules[code])}: {reason}\n" for code, reason in reasons)
    text = ABOUT.replace("{explained}", explained).replace("{fresh}\n", _fresh(rules))
    parts = [_first(rules, text)]
    for name, title in SETS.items():
        mine = [row for row in rows if row["set"] == name and _judged(row)]
        if mine:
            parts.append(f"## {title}\n\n" + _table(mine, rules) + _sums(mine, rules))
    parts.append(accuracy_labels.labels(rules))
    counts = Counter[str]()
    for row in rows:
        counts[row["rule"]] += _judged(row)
    labelled = {score.rule for score in read() if score.positives}
    measured = {rule.code for rule in registry if counts[rule.code] >= ENOUGH or rule.code in labelled}
    return "\n".join((*parts, accuracy_planted.planted(registry, measured), _elsewhere(rules)))


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


def _first(rules: dict[str, Rule], text: str) -> str:
    """Fill in how the findings of new files were judged before anything was changed."""
    judged = [row for row in _judgements() if row["set"] in BLIND]
    counts: Counter[tuple[str, str, bool]] = Counter()
    for row in judged:
        counts[row["set"], confidence(rules[row["rule"]]), is_right_at_first(row)] += 1
    lines = ["| sample | confidence | judged | right | precision |", "|---|---|---:|---:|---:|"]
    for sample, (ordinal, _) in BLIND.items():
        for name in ("high", "medium", "low", "–"):
            right, whole = counts[sample, name, True], counts[sample, name, True] + counts[sample, name, False]
            lines += [f"| {ordinal} | {name} | {whole} | {right} | {_share(right, whole)} |"] if whole else []
    values = {
        "samples": _samples(judged),
        "first": "\n".join(lines) + "\n",
        "last": _LAST.format(ordinal=BLIND[LAST][0]),
    }
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def _samples(judged: list[dict[str, str]]) -> str:
    """Return the table of the samples of new files."""
    lines = ["| sample | files with findings | repositories | chosen |", "|---|---:|---:|---|"]
    for sample, (ordinal, chosen) in BLIND.items():
        files = {row["file"] for row in judged if row["set"] == sample}
        owners = {file.partition("/")[0] for file in files}
        lines.append(f"| {ordinal} | {len(files)} | {len(owners)} | {chosen} |")
    return "\n".join(lines) + "\n"


def _fresh(rules: dict[str, Rule]) -> str:
    """Return the rows of the table of figures on new files, of rules with enough repositories."""
    return "".join(
        f"| {link(rules[code])} | {figure.repositories} | {100 * figure.share:.0f} % | {confidence(rules[code])} |\n"
        for code, figure in sorted(fresh(_judgements()).items())
        if figure.tells and code in rules
    )


def _judgements() -> list[dict[str, str]]:
    with JUDGED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def _table(rows: list[dict[str, str]], rules: dict[str, Rule]) -> str:
    lines = [
        "| rule | findings | files | judged | right | arguable | wrong | precision | confidence |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---|",
    ]
    for row in rows:
        cells = [link(rules[row["rule"]]), f"{int(row['findings']):,}", row["files"], str(_judged(row))]
        cells += [row["right"], row["arguable"], row["wrong"], _share(int(row["right"]), _judged(row))]
        lines.append(f"| {' | '.join([*cells, confidence(rules[row['rule']])])} |")
    return "\n".join(lines) + "\n"


def _sums(rows: list[dict[str, str]], rules: dict[str, Rule]) -> str:
    right: Counter[str] = Counter()
    judged: Counter[str] = Counter()
    for row in rows:
        right[confidence(rules[row["rule"]])] += int(row["right"])
        judged[confidence(rules[row["rule"]])] += _judged(row)
    shares = (
        f"{name} {_share(right[name], judged[name])} of {judged[name]}" for name in ("high", "medium") if judged[name]
    )
    return f"\nAll judged findings together, by confidence: {', '.join(shares)} are right.\n"


def _judged(row: dict[str, str]) -> int:
    return sum(int(row[kind]) for kind in ("right", "arguable", "wrong"))


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %"
