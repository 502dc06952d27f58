"""There is no evaluation set.

## What it does
Reports that neither the command line nor the configuration names an evaluation set, and that none was found next to the
data. Data that is itself an evaluation set, by `--kind evaluation`, its name or its folder (`test.jsonl`,
`evaluation/gsm8k.jsonl`), or its README, needs none. If no row could be read, nothing is reported, because there is
nothing to hold out. If holding rows out would leave too few of them for the volume gate, the message says so. If rows
name their split themselves, as in `"split": "test"` or in a column of a table without a header, it says only that these
are read as training data.

Nothing is reported of data that may be an evaluation set itself: a word of a name (`mt_bench/data/rows.jsonl`) or a key
(`ideal_answer`) suggests it, or all rows are prompts with nothing to compare an answer with, and no name says that they
are for training. Nor is anything reported of what seems to be for something else than training: passages to retrieve
(texts with a key such as `chunk_id`), and fewer than 500 rows that are seeds (`seed_tasks.jsonl`), examples for a
prompt (`few_shot.jsonl`) or questions to a system with retrieved texts (`rag/qa.jsonl`), by a word of a name. A note says so. Of lines of plain text without a word
for training in their name nothing is reported either: such a file often is one side of a translation, a book or a
document, which is divided together with others, and answers without their prompts are joined with these first. The gate
is not assessed then. A file that may be the evaluation set of the data is named all the same, but no other version of
it (`mapeval_v6.jsonl` next to `mapeval_v7.jsonl`).

A file that may be meant is named: one next to the data, or in the folder above, with a word for evaluation in its name
and at least half of the columns or no other ones, such as `docks_test.json` next to `train.json`, a gold or reference
set or a benchmark next to it (`gold.json`), or one in the folder of a test split (`test/` for `train/`, `merged_test/` for `merged/`).
Files whose names differ in that word only are named together (`new.dev.conll`, `new.test.conll`). A file with most of
the rows, one with fewer than ten and a tenth of the data, one with a column of predictions more, or a test set without
labels by its name (`test-unlabelled.json`), is not named, nor is a gold set with ten or more rows of the data, which
was selected from it, nor is the test set of another file next to it (`ships_test.json` next to `ships.json`). One that
is a part of the data and has its name (`docks_test.json` for `docks.json`) is named with most of the rows too, and so is
one that is named together with another one (`test.json` with `validation.json`). So is the only other file of a folder
with most of the rows and others, if its name is such a word alone (`test.yaml` next to `nlu.yaml`). The
message says how many of the first rows of the files are also among those of the data. One with other columns is named if
it has the name of the data except for words for splits and methods, such as `val_data.jsonl` next to `sft_data.jsonl`,
and so is one in a folder such as `eval` next to the folder `sft` of the data. One that has another version of each
row's text in the same place (`gold.jsonl` next to `noisy.jsonl`) is no evaluation set: it may have the answers.

Where a folder next to the data or below it has a training and an evaluation file that were made from the data, as
`splits/` has for `generated_raw.jsonl`, a note names them: at least 3 rows and 5 % of each are also in the data, by
their longest text. Rows may be in another layout there. Where most rows of the training file are in the data and none
of the evaluation file is, as of rows that were enriched, the latter is named like one next to the data.

Otherwise, if `too-few-examples` reports the rows, nothing more is reported of fewer than twice `min-rows`, of which an
evaluation set would take half or more, nor of one of five or more files with the same columns in a folder, as of a file
for each document, or of texts whose names differ in numbers only (`1.txt`) or end alike (`essay.tok.txt`), or of which
there are eight or more of a similar size.

## Why it matters
Having no evaluation method is one of the guide's anti-patterns. Without held-out rows, nobody can tell whether
training helped, when to stop, or whether the base model with a good prompt would have done as well.

## Bad
```jsonl
{"prompt": "What does HTTP 404 mean?", "completion": "The server has no such page."}
```
## Good
```jsonl
{"prompt": "What does HTTP 404 mean?", "completion": "The server has no such page."}
```
```jsonl eval
{"prompt": "Which port does HTTPS use?", "completion": "443, unless the address names another one."}
```
## What to do
Hold out 5 to 10 % of the rows, at least 50: `datalint split DATA --eval 10% --output DIR`. The command keeps copies,
near-duplicates and rows with the same prompt on the same side, and with `--group-by KEY` those of one source or
document. The report adds that option if a key that is named so (`source_id`) has a few rows for each value, unless
these are the numbers of pages or other parts. Then check `DIR/train.jsonl`: datalint finds `DIR/eval.jsonl` next to it.
If fewer rows than the minimum would be left for training, hold out no more than training can spare, and write the
others: 50 rows or more that are not among these.
## Known limits
If your project evaluates by other means, set `eval = false` in its configuration. If the data is an evaluation set
itself and its name does not say so, add `--kind evaluation`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from datalint.api import Chunk, Dataset, Hit, Options, Severity, counted, excerpt, frozen, option, rule
from datalint.rules.common.keys.key_names import HELD_OUT, SPLITS, TRAINING
from datalint.rules.common.too_few import are_too_few

#: Characters of a file's name that are shown.
_LONGEST: Final = 100
#: Words of the names of evaluation sets, which the name of another version has too.
_TESTING: Final = r"(?:[^\W\d_]{0,40}(?:eval|bench)[^\W\d_]{0,40}|(?<![^\W\d_])(?:test|dev|valid|gold|golden)(?![^\W\d_]))(?=[^/]{0,300}$)"
#: Columns of a table without a header, which may have the split of each row.
_UNNAMED: Final = r"column-[0-9]{1,3}"


@frozen
class NoEvaluationSetOptions(Options):
    """How many rows are wanted."""

    min_rows: int = option(50, "rows of an evaluation set at least", source="the guide profile's gate")


@rule(
    "RDY001",
    "no-evaluation-set",
    severity=Severity.WARNING,
    since="0.1",
    needs={"held-out-evaluation"},
    tags={"names-evaluation"},
)
def no_evaluation_set(data: Dataset, options: NoEvaluationSetOptions) -> Iterator[Hit]:
    """Yield one hit for the dataset without an evaluation set."""
    if data.evaluation is not None or data.kind == "evaluation" or data.measures.get("valid-examples") == 0:
        return
    if data.to_join:
        return
    near = data.evaluation_nearby
    if near is not None and near.training:
        held, training = (excerpt(path, _LONGEST) for path in (near.path, near.training))
        # Rows without a long text of their own are not counted.
        common = f"at least {counted(near.common, 'row')} of {held} {'is' if near.common == 1 else 'are'} among these"
        message = f"no evaluation set, but {common}: if you train on a file made from this data, check {training}"
        yield Hit(message, severity=Severity.INFO)
    elif nearby := _nearby(data):
        yield Hit(f"no evaluation set; {nearby}")
    elif marked := _marked(data.measured or {}):
        yield Hit(marked)
    elif data.analyses.maybe_evaluation or data.are_documents:
        # Of judged files with such a name, nine of ten are benchmarks, test sets or outputs of an evaluation.
        return
    elif not ((data.files_alike or data.size < 2 * options.min_rows) and are_too_few(data)):
        wanted = f"one should have {counted(options.min_rows, 'row')} or more{_left(data, options.min_rows)}"
        yield Hit(f"no evaluation set; {wanted}")


def _nearby(data: Dataset) -> str:
    """Return words on a file that may be the evaluation set, and the options that name it; nothing without one."""
    if (near := data.evaluation_nearby) is None or (data.analyses.maybe_evaluation and _is_version(data, near.path)):
        return ""
    if near.versions:
        name = excerpt(near.path, _LONGEST)
        return f"{name} has another version of the text of each row: if it is its answer, join the two files by row"
    options = " ".join(f"--eval {excerpt(path, _LONGEST)}" for path in (near.path, *near.more))
    if near.other_layout:
        name = excerpt(near.path, _LONGEST)
        return f"{name} is next to the data in another layout and is not compared: if it is one, {options}"
    where = "near" if "/" in near.path else "next to"
    common = f" and {counted(near.common, 'row')}" if near.common else ""
    if near.more:
        return f"{len(near.more) + 1} files {where} the data share columns{common}: if they are one, {options}"
    return f"a file {where} the data shares columns{common}: if it is one, {options}"


def _is_version(data: Dataset, path: str) -> bool:
    """Return whether a file is another version of data that may be an evaluation set, by a word that both names have."""
    tests = (set(re.findall(_TESTING, each.lower())) for each in (data.files[0].path, path))
    return len(data.files) == 1 and bool(set.intersection(*tests))


def _left(data: Dataset, held: int) -> str:
    """Return words on too few rows that are left for training once some are held out, nothing for enough."""
    valid = int(data.measures.get("valid-examples") or 0)
    least = int(data.limits.get("effective-examples", (None, None))[1] or 0)
    if not valid - held < least <= valid:
        return ""
    return f"; holding out {held:,} of these {data.size:,} leaves {valid - held:,} for training, minimum {least:,}"


def _marked(splits: dict[str, Counter[str]]) -> str:
    """Return words on the key whose values say that some rows are held out and others are not; nothing without one."""
    for key, rows in sorted(splits.items()):
        held = {value: count for value, count in rows.items() if value in HELD_OUT}
        if held and rows.keys() <= TRAINING | HELD_OUT:
            said = " and ".join(f"{value!r} in {counted(count, 'row')}" for value, count in sorted(held.items()))
            return f"'{excerpt(key, 30)}' is {said}, read as training data: move them to a file for --eval"
    return ""


@no_evaluation_set.measure
def splits_of(chunk: Chunk, options: NoEvaluationSetOptions) -> dict[str, Counter[str]]:
    """Count what rows say under keys that name a split; a value that is none is counted as an empty text."""
    found: dict[str, Counter[str]] = {}
    for group in chunk.structure.root.groups:
        for key in filter(_names_split, group.keys):
            values = (item.strip().lower() if isinstance(item, str) else "" for item in group.column(key))
            known = Counter(value if value in TRAINING | HELD_OUT else "" for value in values)
            found[key] = found.get(key, Counter()) + known
    return found


def _names_split(key: str) -> bool:
    words = key.strip().lower().replace("-", "_").split("_")
    return "split" in words or words[-1] in SPLITS or re.fullmatch(_UNNAMED, key) is not None


@no_evaluation_set.merge
def join(one: dict[str, Counter[str]], other: dict[str, Counter[str]]) -> dict[str, Counter[str]]:
    """Add up the counts of two chunks."""
    return {key: one.get(key, Counter()) + other.get(key, Counter()) for key in one.keys() | other.keys()}
