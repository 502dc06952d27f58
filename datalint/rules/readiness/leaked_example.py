"""A training row, or a row of another evaluation file, is in the evaluation set too.

## What it does
Reports training rows that are also in the evaluation set, exactly or after normalising case, white space, Unicode form
and the order of keys in JSON. The finding is at the training row and refers to the evaluation rows. If training has at
least half of the rows of an evaluation file, and 20, they are one finding.

Rows are the same although they differ in:
- the order of two texts, where the response says how alike they are (`normalized-duplicate`)
- a key that only the evaluation rows have, such as a rewording
- a title that is not read, next to a long prompt, or any text that is not read and on which answers do not depend
- a system prompt that nearly all rows of one split have

Two evaluation files with rows in common are one warning, which counts towards no gate: a model that was chosen by the
one has seen rows of the other. It is a note for up to five rows or 3 % of the smaller file, and where nine in ten rows
of one file are in another one of half as many rows more. Two files with the same content are one warning too.

## Why it matters
A row that the model was trained on is not held out, so its score measures memorization. Over 4 % of the validation
rows of public corpora were found in their training sets (Lee et al. 2021).

## Bad
```jsonl
{"prompt": "What does HTTP 404 mean?", "completion": "The server has no such page."}
```
```jsonl eval
{"prompt": "What does HTTP 404 mean?", "completion": "The server has no such page."}
{"prompt": "Which port does HTTPS use?", "completion": "443, unless the address names another one."}
```
## Good
```jsonl
{"prompt": "What does HTTP 404 mean?", "completion": "The server has no such page."}
```
```jsonl eval
{"prompt": "Which port does HTTPS use?", "completion": "443, unless the address names another one."}
```
## What to do
Remove the row from training: `datalint dedupe DATA --against EVAL --output FILE`. Or remove it from evaluation.
`datalint split` makes parts without leaks.
## Known limits
`same-file` reports an evaluation file that equals a training file. At most eight evaluation files are compared, and
files whose names differ only in numbers are parts of one.

Short texts are in any sample of one source, and are no leaks or only a note:
- tagged sentences of up to three tokens (headings, fragments), if most other rows are longer than 40 characters
- labelled texts, texts with labelled spans and plain texts of up to three words ("@ada thank you", "READ ALSO:"), unless
  many texts of the dataset are as short
- as one note for each file, those that the evaluation set has with another label or nearly, from 1 % of its rows on;
  from 3 % on, they count as leaks
- as one note for each file, formulas of tagged texts, as at the end of each judgment, up to 3 % of the evaluation rows

Lines of up to ten words of a running text or a conversation are leaks only where the line before or after leaks too.
Lines of tags alone (`O O B-city`), and rows of unknown shape without a text, are no leaks.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import (
    MOST_RELATED,
    Dataset,
    Fix,
    Hit,
    Leak,
    Options,
    Places,
    Severity,
    listed,
    rule,
)
from datalint.rules.common.duplicates.brief_leaks import brief_leaks
from datalint.rules.common.duplicates.exchanged_texts import ORDER, exchanges_texts
from datalint.rules.common.duplicates.leaks import leaks_by_row, mostly_leaked
from datalint.rules.common.duplicates.shared_evaluation import shared_evaluation


@rule(
    "RDY003",
    "leaked-example",
    severity=Severity.ERROR,
    since="0.1",
    needs={"leaks"},
    fix=Fix.removal(),
)
def leaked_example(data: Dataset, options: Options) -> Iterator[Hit]:
    """Yield a hit at each training row that evaluation holds, and one for evaluation files, brief texts and formulas."""
    yield from shared_evaluation(data)
    yield from brief_leaks(data)
    places, files = Places(data), data.examples["file"]
    found = list(leaks_by_row(data, "exact", "normalized"))
    mostly = mostly_leaked(data, (leak for _, leaks in found for leak in leaks))
    for row, leaks in found:
        named = (places.of_evaluation(leak.evaluation) for leak in leaks)
        where = mostly(leaks) or listed(named, len(leaks), 2)
        keys = "" if data.files[files[row]].has_texts else "other keys, "
        form = leaks[0].but or (ORDER if exchanges_texts(data, leaks[0]) else f"{keys}{_form(data, leaks[0])}")
        folded = f" except for {form}" if leaks[0].kind == "normalized" else ""
        yield Hit(
            f"also in the evaluation set{folded}: {where}",
            at=row,
            related_eval=tuple((leak.evaluation, leak.similarity) for leak in leaks[:MOST_RELATED]),
        )


def _form(data: Dataset, leak: Leak) -> str:
    """Return in which form the texts of both rows may differ; responses that differ in more are the same JSON."""
    held = data.evaluation
    responses = "response_hash"
    if held is not None and data.examples[responses][leak.training] != held[responses][leak.evaluation]:
        return "case, or how the JSON is written"
    return "case or spaces"
