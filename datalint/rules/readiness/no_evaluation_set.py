"""There is no evaluation set.

## What it does
Reports that there is no evaluation set: neither the command line nor the configuration names one, and none was found
next to the data. The message says so if holding rows out would leave too few of them for the volume gate.

The message also names:
- a file near the data that may be meant, by its name and columns (`docks_test.json`), and how many of its first rows
  are in the data; not one with most of the rows, without labels, or of predictions
- a training and an evaluation file that were made from the data, such as those in `splits/`
- a split that rows state themselves (`"split": "test"`): these rows are read as training data

Not reported:
- data that is itself an evaluation set, by `--kind evaluation`, its name, its folder or its README
- small data that `too-few-examples` reports: fewer than twice `min-rows` (50), or one of many similar files
- data of which no row could be read

Not reported either, and the gate is not assessed:
- data that may be an evaluation set, by a name, a key (`ideal_answer`), or prompts without any answer
- data for another purpose: passages to retrieve (`chunk_id`), seeds (`seed_tasks.jsonl`) or few-shot examples
- lines of plain text without a word for training in the file's name, such as a book or one side of a translation

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
near-duplicates and rows with the same prompt on the same side, and with `--group-by KEY` also those of one source or
document. The report adds that option if a key such as `source_id` has a few rows for each value. Then check
`DIR/train.jsonl`: datalint finds `DIR/eval.jsonl` next to it.

If fewer rows than the minimum would be left for training, hold out no more than training can spare, and write more rows
for the evaluation set, up to 50 in all.

If nearly all rows are connected by near-duplicates or by their prompts, no split can hold any out, and the report asks
for evaluation examples with other texts instead.
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
