"""There are too few effective examples.

## What it does
Reports that there are fewer effective examples than the profile's limit (`effective-examples`). An effective example is
a row that is valid (no format error) and not an exact, normalised or near repeat of an earlier row. A plain text counts
once for each 4,096 tokens. The message says how many rows are invalid, empty or repeats.

The message also says if:
- only repeats make the examples too few, and how many of these are only similar (under 0.85)
- the file is one of five or more with the same columns in its folder
- rows are intents with several texts, documents of at least `document` (2,000) characters, or a conversation of at
  least `turns` (100) turns: each counts once

Not counted:
- passages to retrieve (`chunk_id`), examples for a prompt (`few_shot.jsonl`), and answers or requests whose other half
  is in another file
- a preference of which neither answer is better

The limit is that of an evaluation set if the data may be one, by a name, a key or the form of its rows. It is the same
for seeds of a generator (`seed_tasks.jsonl`) and questions about retrieved texts (`rag/qa.jsonl`). If no row is valid,
nothing is reported, because the format findings give the reason.

## Why it matters
The guide asks for 500 to 5,000 examples and a minimum of 500 high-quality ones. Fewer than 100 are one of its
anti-patterns: the model overfits and does not improve. Raw counts are misleading, because copies and broken rows teach
nothing new.

## Bad
```jsonl vary=40
{"prompt": "{w}", "completion": "{w}"}
```
## Good
```jsonl vary=520
{"prompt": "{w}", "completion": "{w}"}
```
## What to do
Write or collect more examples. Invalid rows that the message counts are examples once they are repaired. If you have
fewer than 100, try a better prompt with few-shot examples first.
## Known limits
If the data is not for what datalint takes it for, say so: `--kind evaluation` for an evaluation set, `--kind sft` for
training data that a note says may be one.
The limit does not depend on how hard the task is, although a style takes fewer examples than a new skill.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from datalint.api import (
    Dataset,
    Hit,
    Options,
    Severity,
    counted,
    frozen,
    option,
    percent,
    repeated_rows,
    rule,
    silent_rows,
    similar,
)
from datalint.rules.common.spans.span_places import span_of

#: Rows of which each is looked at for its turns.
_FEW = 3
#: The shape of intents, and how many of them are read.
_INTENTS = "intents"
_MOST_INTENTS = 2_000
#: The shapes of texts with the labels of their words or spans; the last one may have a class instead.
_LABELLED = ("token-labels", "mapped-labels", "text-label")
#: Similarity under which `near-duplicate` has a note on a row.
_SLIGHT = 0.85
#: Share of a limit that may lack where the message says how many do.
_NEARLY = 0.02


@frozen
class TooFewExamplesOptions(Options):
    """Where the anti-pattern begins."""

    overfits_under: int = option(
        100, "effective examples under which the message names the anti-pattern", source="the guide"
    )
    turns: int = option(
        100,
        "turns of a conversation from which on the message says that it is one example",
        source="none of 12,000 conversations of public datasets has as many",
    )
    document: int = option(
        2_000,
        "characters from which on the message says that a labelled text is a document",
        source="a page",
    )


@rule("VOL001", "too-few-examples", severity=Severity.ERROR, since="0.1", needs={"near"})
def too_few_examples(data: Dataset, options: TooFewExamplesOptions) -> Iterator[Hit]:
    """Yield one hit for the dataset when effective examples are under a limit."""
    effective = data.measures.get("effective-examples")
    if effective is None or _unreadable(data):
        return
    warn, fail = data.limits.get("effective-examples", (None, None))
    if fail is not None and effective < fail:
        # Where nothing is left, one example would still be too few.
        limit, severity = (fail if effective else max(fail, warn or fail)), None
    elif warn is not None and effective < warn:
        limit, severity = warn, Severity.WARNING
    else:
        return
    lacking = limit - int(effective)
    short = f": {lacking:,.0f} more {'is' if lacking == 1 else 'are'} needed" if lacking <= _NEARLY * limit else ""
    message = f"{counted(int(effective), 'effective example')}, minimum {limit:,.0f}{short}{_lost(data, limit)}"
    if effective > data.size and data.kind == "text":
        message += ", as a long text counts as several"
    unclear = bool(data.analyses.maybe_evaluation)
    if unclear and limit < options.overfits_under:
        message += ", even for an evaluation set" if "evaluation" in data.analyses.maybe_evaluation else ""
    elif effective < options.overfits_under and data.kind != "evaluation":
        message += f"; under {options.overfits_under:,} a model overfits and does not improve"
    if data.files_alike:
        message += f"; one of {data.files_alike:,} such files in its folder: if they are one dataset, check the folder"
    unlike = _of_intents(data) or _of_long_conversations(data, options) or _of_documents(data, options)
    yield Hit(f"{message}{unlike}", severity=severity)


def _of_intents(data: Dataset) -> str:
    """Say what was counted where rows are intents with several texts each."""
    is_intent = data.examples["shape"] == _INTENTS
    if not is_intent.any():
        return ""
    rows = is_intent.arg_true().to_list()[:_MOST_INTENTS]
    texts = sum(text.prompt.count("\n") + 1 for text in data.texts(rows))
    if texts <= len(rows):
        return ""
    if len(rows) == 1:
        return f"; an intent counts once, however many texts it has (here {texts:,}): write each text as a row with its intent"
    more = " and more" if len(rows) == _MOST_INTENTS else ""
    return f"; an intent counts once, however many texts it has (all have {texts:,}{more}): write each text as a row with its intent"


def _of_long_conversations(data: Dataset, options: TooFewExamplesOptions) -> str:
    """Say what to do if a few rows are conversations of so many turns that these may be exchanges without a relation."""
    most = max(map(len, data.examples["roles"])) if 0 < data.size <= _FEW else 0
    if most < options.turns:
        return ""
    which = "the conversation" if data.size == 1 else "a conversation"
    return f"; {which} of {most:,} turns is one example: if its exchanges are unrelated, write each as a row"


def _of_documents(data: Dataset, options: TooFewExamplesOptions) -> str:
    """Say what to do if the labels of words or spans are those of whole documents."""
    if set(_LABELLED).isdisjoint(data.examples["shape"]):
        return ""
    labelled = data.examples.filter(pl.col("shape").is_in(_LABELLED) & (pl.col("prompt_chars") > 0))
    if 2 * labelled.height <= data.size:
        return ""
    chars = labelled.select(pl.col("prompt_chars").median()).item()
    if chars < options.document or (labelled["shape"][0] == _LABELLED[-1] and not _has_spans(data, labelled["i"][0])):
        return ""
    return f"; a labelled document of {chars:,.0f} characters is one example: write each of its sentences as a row"


def _has_spans(data: Dataset, row: int) -> bool:
    """Whether the label of a row is a list of labelled places in its text."""
    items = data.records([row])[0].get("label")
    return isinstance(items, list) and bool(items) and span_of(items[0]) is not None


def _unreadable(data: Dataset) -> bool:
    """Whether there are rows but no valid one, so that more of them would not help."""
    rows = data.size + sum(facts.rows_refused for facts in data.files)
    return bool(rows) and data.measures.get("valid-examples") == 0


def _lost(data: Dataset, limit: float) -> str:
    """Say why fewer rows count than were read, and which share repeats are if only they lift the valid rows to a limit."""
    valid = data.measures.get("valid-examples")
    if valid is None:
        return ""
    invalid, ties = data.size - int(valid), int(data.ties.sum())
    empty = int((data.examples["valid"].to_numpy() & silent_rows(data)).sum())
    repeats = int(repeated_rows(data).sum())
    reasons = [f"{invalid:,} invalid"] if invalid else []
    reasons += [f"{empty:,} empty"] if empty else []
    reasons += [counted(ties, "tie")] if ties else []
    if repeats:
        share = f", {percent(repeats / valid)} of the valid rows" if valid >= limit else ""
        reasons.append(counted(repeats, "repeat") + share + _of_low_similarity(data, repeats))
    return f" ({counted(data.size, 'row')} read: {', '.join(reasons)})" if reasons else ""


def _of_low_similarity(data: Dataset, repeats: int) -> str:
    """Say how many of the repeats are similar only."""
    # A copy of such a row is reported, whatever it is similar to.
    is_first = data.examples["normalized"].is_first_distinct()
    slight = sum(
        each < _SLIGHT and is_first[row]
        for group in data.near
        for row, each in zip(group.rows[1:], group.similarities[1:], strict=True)
    )
    if not slight:
        return ""
    often = f"with a similarity under {similar(_SLIGHT)}, often different examples"
    if slight < repeats:
        return f"; {slight:,} {often}"
    return (
        f"; all {often}" if repeats > 1 else f" with a similarity under {similar(_SLIGHT)}, often a different example"
    )
