"""Nearly all rows have the same label or answer.

## What it does
Counts the labels that say whether a completion is wanted (KTO: `label`, `kto_tag`), and short answers from a closed
set: yes and no, true and false, or the letters of options. Reports a label or answer that makes up more than
`max-share` of them (`max-letter-share` for letters). Of questions with their options, the number of the right option
counts like a letter, and so does its place where the answer is in its words; of two or three options, twice the even
share is the limit, but no more than `max-share`. A note says that more than nine in ten rows have no span.

## Why it matters
A model that always gives the common answer is nearly always correct, and this is what it learns first. For KTO,
trainers expect a ratio of wanted to unwanted completions between 1:1 and 4:3, after weights.

## Bad
```jsonl vary=95
{"prompt": "Is it so: {w}?", "completion": "Yes"}
```
```jsonl vary=5
{"prompt": "And is it so: {w}?", "completion": "No"}
```
## Good
```jsonl vary=60
{"prompt": "Is it so: {w}?", "completion": "Yes"}
```
```jsonl vary=40
{"prompt": "And is it so: {w}?", "completion": "No"}
```
## What to do
Balance what the finding names: add rows with the rare label or answer, shuffle the options, write wrong options as
long as the right one, or label what has no label. For KTO, set the weights that the message names instead.
## Known limits
Other answers are read as categories; see `dominant-category`. Labels of single steps are not counted. Of evaluation
sets, only right options under keys of their own are, in a note: whoever always answers "A" may score as high.
## Sources
The ratio is that of the KTO trainer's documentation in TRL (`desirable_weight`, `undesirable_weight`), after
Ethayarajh et al. 2024, section 4.2.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

import polars as pl

from datalint.api import Chunk, Dataset, Hit, NamedTuple, Options, Severity, frozen, option, percent, rule
from datalint.rules.common.frames import picked
from datalint.rules.common.labels.answered_questions import right_places
from datalint.rules.common.labels.flag_columns import Flags, add_flags, count_flags, one_sided
from datalint.rules.common.labels.option_lengths import Lengths, option_lengths
from datalint.rules.common.spans.idle_tags import Idle, add_idle, idle_tags
from datalint.rules.common.spans.unlabelled_end import Filled, add_filled, count_filled, mostly_empty, unlabelled_end

_KTO: Final = "kto"
#: Answers by the closed set that they belong to.
_SETS: Final = (
    frozenset({"yes", "no"}),
    frozenset({"true", "false"}),
    frozenset({"是", "否", "不是"}),
    frozenset({"对", "错", "不对"}),
    frozenset({"正确", "错误"}),
    frozenset({"oui", "non"}),
    frozenset({"ja", "nein"}),
    frozenset({"sí", "si", "no"}),
    frozenset({"да", "нет"}),
)
_LETTERS: Final = frozenset("abcdefgh")
_ANSWERS: Final = frozenset().union(_LETTERS, *_SETS)
#: Characters of the longest answer, with the punctuation around it.
_LONGEST: Final = 8
_AROUND: Final = " \t\r\n.()[]:*\"'。"
#: TRL wants wanted to unwanted rows at 1:1 to 4:3, after weights.
_RATIO: Final = 4 / 3

#: Right options, by the number of options of their question and their own number or letter.
Places = Counter[tuple[int, str]]


class Counts(NamedTuple):
    """The labels, answers and right options of a chunk or dataset."""

    #: Sides of KTO rows: ``wanted`` and ``unwanted``.
    kto: Counter[str]
    #: Answers of the closed sets, as they are spelled.
    answers: Counter[str]
    #: All responses, short and long.
    responses: int
    #: Right options that are given by their number or their words, and those that are given by their letter.
    places: Places
    letters: Places
    #: Questions whose right option is the longest.
    lengths: Lengths
    #: Flags that are learned together.
    flags: Flags
    #: By key, tags that name nothing, and rows with lists of spans.
    tags: dict[str, Idle]
    spans: dict[str, Filled]


@frozen
class LabelImbalanceOptions(Options):
    """When a label dominates."""

    max_share: float = option(0.8, "share of one label of two", source="BoolQ, from searches, has 62 % yes")
    max_letter_share: float = option(0.5, "share of one letter of options", source="twice the even share of four")
    max_longest_share: float = option(
        0.7,
        "share of questions whose right option is the longest one, of three options or more",
        source="in twelve public files it is 17 % to 52 %",
    )
    min_rows: int = option(50, "rows below which the rule reports nothing", source="shares of fewer are chance")


@rule("BAL007", "label-imbalance", severity=Severity.WARNING, since="0.1")
def label_imbalance(data: Dataset, options: LabelImbalanceOptions) -> Iterator[Hit]:
    """Yield one hit for the dataset for each kind of label that is over its limit."""
    if data.measured is None:
        return
    counts: Counts = data.measured
    if data.kind == "evaluation":
        yield from _places(counts.places + counts.letters, options, severity=Severity.INFO)
        return
    yield from _kto(counts.kto, options)
    yield from _answers(counts, options)
    yield from _places(counts.places, options)
    yield from _longest(counts.lengths, options)
    if said := one_sided(counts.flags, options.min_rows):
        yield Hit(said, key="flags", severity=Severity.INFO)
    yield from _idle(counts.tags, options)
    yield from _without_spans(counts.spans, options, has_order=len(data.files) == 1)


def _kto(labels: Counter[str], options: LabelImbalanceOptions) -> Iterator[Hit]:
    """Yield a hit if nearly all completions are wanted, or unwanted."""
    total = labels.total()
    if total >= options.min_rows:
        label, count = max(sorted(labels.items()), key=lambda item: item[1])
        if count > options.max_share * total:
            yield Hit(f"{_share(count, total, options.max_share)} {label}; {_weight(label, count, total - count)}")


def _answers(counts: Counts, options: LabelImbalanceOptions) -> Iterator[Hit]:
    """Yield a hit for the answer of each closed set that is over its limit."""
    spelled = _spelled(counts.answers)
    for closed, limit in (*((each, options.max_share) for each in _SETS), (_LETTERS, options.max_letter_share)):
        found = {answer: spelled[answer].total() for answer in sorted(closed) if answer in spelled}
        total = sum(found.values())
        # A few answers of one word in a set of long ones are no labels.
        if total < max(options.min_rows, 0.9 * counts.responses):
            continue
        answer, count = max(found.items(), key=lambda item: item[1])
        if count > limit * total:
            shown = min(spelled[answer], key=lambda each: (-spelled[answer][each], each))
            yield Hit(f'{_share(count, total, limit)} answered "{shown}"', key=f"answer {answer}")


def _longest(lengths: Lengths, options: LabelImbalanceOptions) -> Iterator[Hit]:
    """Yield a hit if the right option is the longest one too often."""
    questions, longest = lengths.counted
    if questions >= options.min_rows and longest > options.max_longest_share * questions:
        share = f"{longest:,} of {questions:,} rows ({percent(longest / questions)}, limit {percent(options.max_longest_share)})"
        yield Hit(f"the right option is the longest one in {share}", key="longest")


def _idle(tags: dict[str, Idle], options: LabelImbalanceOptions) -> Iterator[Hit]:
    """Yield a hit for each key whose tags all name nothing."""
    for key, idle in sorted(tags.items()):
        if idle.only is not None and idle.rows >= options.min_rows:
            yield Hit(
                f"all {idle.tags:,} tags of {idle.rows:,} rows under '{key}' are \"{idle.only}\": nothing is labelled",
                key=f"tags {key}",
            )


def _without_spans(spans: dict[str, Filled], options: LabelImbalanceOptions, *, has_order: bool) -> Iterator[Hit]:
    """Yield a note for each key without spans in the last rows, if these have an order, or in nearly all."""
    ended = unlabelled_end(spans, options.min_rows) if has_order else {}
    for key, said in ended.items():
        yield Hit(said, key=f"end {key}", severity=Severity.INFO)
    for key, said in mostly_empty(spans, options.min_rows).items():
        if key not in ended:
            more = "a model that finds nothing is nearly always right"
            yield Hit(f"{said}: {more}", key=f"empty {key}", severity=Severity.INFO)


def _spelled(answers: Counter[str]) -> dict[str, Counter[str]]:
    """Return how often each answer is spelled in which way, by the answer in lower case."""
    found: dict[str, Counter[str]] = {}
    for answer, count in answers.items():
        found.setdefault(answer.lower(), Counter())[answer] += count
    return found


def _places(places: Places, options: LabelImbalanceOptions, severity: Severity | None = None) -> Iterator[Hit]:
    """Yield a hit for the place of the right option that is over its limit, of questions with as many options."""
    for size in sorted({size for size, _ in places}):
        found = {answer: count for (options_there, answer), count in sorted(places.items()) if options_there == size}
        total = sum(found.values())
        answer, count = max(found.items(), key=lambda item: item[1])
        limit = min(options.max_share, max(options.max_letter_share, 2 / size))
        if total >= options.min_rows and count > limit * total:
            said = f"{_share(count, total, limit)} {answer}, of {size} options"
            yield Hit(said, key=f"place {size} {answer}", severity=severity)


def _share(count: int, total: int, limit: float) -> str:
    return f"{count:,} of {total:,} rows ({percent(count / total)}, limit {percent(limit)}) are"


def _weight(label: str, count: int, others: int) -> str:
    if not others:
        return "no row has the other label"
    rare = "undesirable_weight" if label == "wanted" else "desirable_weight"
    least = count / others / (_RATIO if label == "wanted" else 1)
    return f"to train on them with KTO, set {rare} to at least {least:.1f}"


@label_imbalance.measure
def count_labels(chunk: Chunk, options: LabelImbalanceOptions) -> Counts:
    """Count the labels and the short answers of a chunk."""
    turns = chunk.turns
    last = turns["is_response"] & turns["is_last"]
    plain = last & (turns["side"] == "")
    short = turns["text"].filter(plain & (turns["chars"] <= _LONGEST))
    answers = Counter(answer for text in short if (answer := text.strip(_AROUND)).lower() in _ANSWERS)
    places: Places = Counter()
    letters: Places = Counter()
    for group in chunk.structure.groups:
        here, there = right_places(group)
        places += here
        letters += there
    return Counts(
        kto=_count_kto(chunk, last),
        answers=answers,
        responses=int(plain.sum()),
        places=places,
        letters=letters,
        lengths=option_lengths(chunk),
        flags=count_flags(chunk),
        tags=idle_tags(chunk),
        spans=count_filled(chunk),
    )


def _count_kto(chunk: Chunk, last: pl.Series) -> Counter[str]:
    """Count the completions of KTO rows that are wanted, and those that are not."""
    kto = chunk.examples["shape"] == _KTO
    if not kto.any():
        return Counter()
    rows = kto.arg_true().cast(pl.UInt32)
    mine = picked(chunk.turns, last, "example", "side")
    sides = mine["side"].filter(mine["example"].cast(pl.UInt32).is_in(rows.implode()))
    unwanted = int((sides == "rejected").sum())
    return Counter({"wanted": len(sides) - unwanted, "unwanted": unwanted})


@label_imbalance.merge
def add(one: Counts, other: Counts) -> Counts:
    """Add up two counts."""
    return Counts(
        kto=one.kto + other.kto,
        answers=one.answers + other.answers,
        responses=one.responses + other.responses,
        places=one.places + other.places,
        letters=one.letters + other.letters,
        lengths=one.lengths + other.lengths,
        flags=add_flags(one.flags, other.flags),
        tags=add_idle(one.tags, other.tags),
        spans=add_filled(one.spans, other.spans),
    )
