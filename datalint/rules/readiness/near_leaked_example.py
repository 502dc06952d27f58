"""A training row is nearly the same as an evaluation row.

## What it does
Reports training rows whose prompt and response are both similar to those of an evaluation row, verified as for
`near-duplicate`. A row that `leaked-example` reports is not reported again. Each evaluation row is counted once, with
its most similar training row. If training has at least half of the rows of an evaluation file, exactly or nearly, and
20, they are one finding.

Also reported:
- prompts of four words or more with the same response that differ only in accents of Latin letters ("bao luu" and "bảo
  lưu")
- a claim with the same label, if the pieces of evidence of one row include that of the other
- contrastive rows with the same anchor and positive, whatever their negatives

## Why it matters
A near-duplicate is held out in name only, and its score measures memorization. The usual cause is a random split of
data with near-duplicates, or of parts of one document.

## Bad
```jsonl
{"prompt": "How does rain form above the sea?", "completion": "Vapour rises, cools, and falls as drops."}
```
```jsonl eval
{"prompt": "How does rain form above the seas?", "completion": "Vapour rises, cools, and falls as drop."}
```
## Good
```jsonl
{"prompt": "How does rain form above the sea?", "completion": "Vapour rises, cools, and falls as drops."}
```
```jsonl eval
{"prompt": "Why do leaves turn red in autumn?", "completion": "Chlorophyll fades before other pigments."}
```
## What to do
Remove the row from training: `datalint dedupe DATA --against EVAL --output FILE`. Or remove it from evaluation.
`datalint split` makes parts without leaks.
## Known limits
Paraphrases in other words are not found. Rows of unknown shape are compared exactly only.

Not reported, as such texts are alike by chance or by a template:
- short texts and lines of a running text that `leaked-example` leaves out or counts in a note
- labelled texts of up to five words of which one has a word that the other lacks, unless it is a function word or
  another form of one
- texts of up to five words without an answer, such as names, if a word of one is in the place of another one
- sentences of up to eight words about another person ("I was there", "they were there")
- short texts with several labels of which one differs, if one text has a word with content that the other lacks
- other spellings in lists of words and terms
- lines of one template that differ only in words that another file tags (`seq.in`, `seq.out`)
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import MOST_RELATED, Dataset, Fix, Hit, Leak, Options, Places, Severity, listed, rule, similar
from datalint.rules.common.duplicates.leaks import leaks_by_row, mostly_leaked


@rule(
    "RDY004",
    "near-leaked-example",
    severity=Severity.WARNING,
    since="0.1",
    needs={"leaks", "near", "examples"},
    fix=Fix.removal(),
)
def near_leaked_example(data: Dataset, options: Options) -> Iterator[Hit]:
    """Yield a hit at each training row with a near-duplicate in evaluation."""
    places = Places(data)
    same = {row for row, _ in leaks_by_row(data, "exact", "normalized")}
    mostly = mostly_leaked(data, (leak for leak in data.leaks if leak.kind != "prompt"), ", exactly or nearly,")
    for row, leaks in leaks_by_row(data, "near"):
        if row in same:
            continue
        named = (f"{places.of_evaluation(leak.evaluation)} ({_alike(leak)})" for leak in leaks)
        yield Hit(
            f"near-duplicate in the evaluation set: {mostly(leaks) or listed(named, len(leaks), 2)}",
            at=row,
            related_eval=tuple((leak.evaluation, leak.similarity) for leak in leaks[:MOST_RELATED]),
        )


def _alike(leak: Leak) -> str:
    return f"the same except for {leak.but}" if leak.but else f"similarity {similar(leak.similarity)}"
