"""A training row, or a row of another evaluation file, is in the evaluation set too.

## What it does
Reports training rows that are also in the evaluation set, either exactly or after normalising case, white space and
Unicode form, and the order of keys in answers that are JSON. The finding is at the training row and refers to the
evaluation rows. So are two texts in the other order where the response says how alike they are
(`normalized-duplicate`). A key that only the evaluation rows have, such as a rewording, makes no other row of one whose
prompt they have once. Nor does a title that is not read make another row of one with a long prompt, nor any text that
is not read, such as a translation, if the answers do not depend on it: at least three prompts come with several of
these texts, and nine in ten of them have one answer. A system prompt that nearly all rows of a split have makes no
other row either, if those of the other split have none or one other. If training has at least half of the rows of an
evaluation file, and 20, they have one cause and are one finding.

If there are several evaluation files, rows that two of them have in common are one warning, which counts towards no
gate: a model that was chosen by the one has seen rows of the other. It is a note if these are up to five or up to 3 %
of the smaller file, or if nine in ten of its rows are in one of half as many rows more. Files whose names differ in
numbers only are parts of one set, and up to eight sets are compared. Two files of the same content are one warning too,
whether their rows can be read or not.

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
An evaluation file that equals a training file is reported as `same-file`. Two kinds of rows are in any sample of one
source and are no leaks: tagged sentences of up to three tokens, five of which no tag names anything, or two words of
more than one letter (headings, fragments), if most other rows are longer than 40 characters; and labelled texts of up
to three words ("@ada thank you"), unless most texts have up to 40 characters and a third of them as few words, or
hardly any of these leak. So are plain texts of up to three words, such as headings ("READ ALSO:") and marks between
texts, if at most a third of the different texts are as short; they are a note in any case. Those that the evaluation
set has, exactly, with another label, or nearly (no word with content differs), are one note for each file, with the
most frequent texts. There is no note if fewer than 1 % of the evaluation rows have one. They count as leaks if over 3 %
of the evaluation rows, and more than five, have such a text, unless it is one of up to two words with the same label,
or with any label where longer texts leak five times less often. Where many texts are as brief, only those that the set
nearly has are in that note. Tagged sentences of up to six words, or of up to ten of which no tag names anything
(formulas, as at the end of each judgment), are one note for each file then, which counts towards no gate, unless more
than 3 % of the evaluation rows are such. Lines of up to ten words of a running text or a conversation, in which equal
lines are no copies, are no leaks by themselves; they are where the line before or after leaks too. Lines of tags alone
(`O O B-city`), whose words are in another file, are no leaks. Nor are rows of unknown shape without a text, such as the
number of a row and its labels.
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
