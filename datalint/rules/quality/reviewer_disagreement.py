"""Annotators gave one row different labels, and no label has a majority.

## What it does
Reads the labels that several people gave to one row: a list of labels under a key such as `annotator_labels` or
`votes`, a list `annotations` of objects with a `label` and an `annotator`, or keys that are numbered (`annotator_1`,
`annotator_2`; `label_annotator_1`). Reports a row in which no label has more than half of the votes.

## Why it matters
If people who read the row do not agree, its label is a coin toss, and the model learns noise. Such rows also show
where the labelling guideline is unclear. SNLI and MultiNLI mark rows without a majority with "-" and exclude them.

## Bad
```jsonl
{"prompt": "The parcel came late. Sentiment?", "completion": "negative", "annotator_labels": ["negative", "neutral"]}
```
## Good
```jsonl
{"prompt": "The parcel came late. Sentiment?", "completion": "negative", "annotator_labels": ["negative", "negative", "neutral"]}
```
## What to do
Ask another annotator, or decide and add the decision to the guideline, or remove the row.
## Known limits
Free texts and ratings on a scale (`3`, or `3-often` if people mostly choose neighbours) are not compared, because they
may differ without a disagreement, and neither are verdicts on the answers of models whose names end in numbers
(`judge_gpt4` next to `answer_gpt4`). A key in which annotators nearly always differ is probably not a label and is not reported. A row that contains the final decision
(`gold_label`, `final_label`, `consensus`) is not reported either.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from datalint.api import Chunk, Dataset, Hit, Options, Severity, counted, excerpt, frozen, json_path, option, rule
from datalint.rules.common.kept_rows import listed_rows
from datalint.rules.common.labels.votes import ChunkVotes, is_scale, join_votes, read_votes

#: From this share of rows on, people do not disagree: the key holds something else.
_TOO_OFTEN = 0.5


@frozen
class ReviewerDisagreementOptions(Options):
    """What counts as a label."""

    max_labels: int = option(12, "distinct labels of a key, 100 at most", source="a label set for people is short")


@rule("QUA027", "reviewer-disagreement", severity=Severity.WARNING, since="0.1")
def reviewer_disagreement(data: Dataset, options: ReviewerDisagreementOptions) -> Iterator[Hit]:
    """Yield a hit at each row in which no label has a majority."""
    for key, votes in sorted((data.measured or (0, {}))[1].items()):
        if len(votes.labels) > options.max_labels or is_scale(votes):
            continue
        if votes.ties >= _TOO_OFTEN * max(votes.rows, 3):
            continue
        for row, labels in listed_rows(votes.tied):
            counts = ", ".join(
                f'"{excerpt(label, 40)}"' + (f" ({count})" if count > 1 else "")
                for label, count in sorted(Counter(labels).items(), key=lambda item: (-item[1], item[0]))
            )
            yield Hit(
                f"{counted(len(labels), 'annotator')} without a majority: {counts}",
                at=row,
                path=None if "*" in key else json_path((key,)),
            )


@reviewer_disagreement.measure
def measure(chunk: Chunk, options: ReviewerDisagreementOptions) -> ChunkVotes:
    """Read the votes of a chunk."""
    return read_votes(chunk)


@reviewer_disagreement.merge
def join(one: ChunkVotes, other: ChunkVotes) -> ChunkVotes:
    """Put the votes of two chunks together."""
    return join_votes(one, other)
