"""A training prompt is in the evaluation set with another answer or without one.

## What it does
Reports training rows whose system prompt, prompt and earlier turns are also in the evaluation set, with a different
answer or without one, as in a test set whose labels are held back. If training has at least half of the rows of an
evaluation file or their prompts, and 20, they are one finding.

Also reported, although something else differs:
- two texts in the other order, where the response says how alike they are (`normalized-duplicate`)
- a long text or prompt next to another title or form of the text (`title`, `premises_formal`)
- a prompt under a system prompt that nearly all rows of one split have, and none of the other
- the anchor of contrastive rows, if up to 20 rows have it
- a sentence whose tokens have other tags in the evaluation set

## Why it matters
The model has seen the question, so its score on that question says less about new questions. If the answers differ,
the evaluation may also mark as wrong what the model learned in training.

## Bad
```jsonl
{"prompt": "What does HTTP 404 mean?", "completion": "The server has no such page."}
```
```jsonl eval
{"prompt": "What does HTTP 404 mean?", "completion": "Nothing was found under that address."}
```
## Good
```jsonl
{"prompt": "What does HTTP 404 mean?", "completion": "The server has no such page."}
```
```jsonl eval
{"prompt": "Which port does HTTPS use?", "completion": "443, unless the address names another one."}
```
## What to do
Remove the row from training: `datalint dedupe DATA --against EVAL --output FILE`. Or divide the data again: `datalint
split` puts all answers to one prompt on the same side.
## Known limits
Not reported here:
- a prompt that 20 examples or more share, and more than the profile allows: `few-distinct-prompts` reports it
- a prompt that is a word for a missing value (`#VALUE!`): `null-word-prompt` reports it
- labelled texts of up to three words with another label: they are part of the note of `leaked-example`, if they are few
  or longer texts hardly leak
- a long response to other prompts in the evaluation set, as in translations from two languages: a note counts them
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from datalint.api import MOST_RELATED, Dataset, Fix, Hit, Leak, Options, Places, Severity, excerpt, listed, rule
from datalint.rules.common.duplicates.exchanged_texts import ORDER, exchanges_texts
from datalint.rules.common.duplicates.hollow import rows_of_null_words
from datalint.rules.common.duplicates.leaks import compared_answers, leaks_by_row, mostly_leaked
from datalint.rules.common.duplicates.prompts import asked_everywhere

#: The shape of tagged sentences.
_TAGGED = "token-labels"
#: What is said of answers, the most serious first.
_ANSWERS = ("another answer", "the same answer", "")


@rule("RDY005", "leaked-prompt", severity=Severity.WARNING, since="0.1", needs={"leaks"}, fix=Fix.removal())
def leaked_prompt(data: Dataset, options: Options) -> Iterator[Hit]:
    """Yield a hit at each training row whose prompt evaluation holds with another answer."""
    places, prompts, shapes = Places(data), data.examples["prompt_chars"], data.examples["shape"]
    contexts, everywhere = data.examples["context"], data.once(asked_everywhere)
    found = list(leaks_by_row(data, "prompt"))
    lost = rows_of_null_words(data, [row for row, _ in found])
    found = [(row, leaks) for row, leaks in found if contexts[row] not in everywhere and row not in lost]
    others = (leak for leak in data.leaks if leak.kind != "prompt")
    mostly = mostly_leaked(data, [*others, *(leak for _, leaks in found for leak in leaks)], " or their prompts")
    for row, leaks in found:
        where = listed((places.of_evaluation(leak.evaluation) for leak in leaks), len(leaks), 2)
        if shapes[row] == _TAGGED:
            yield _sentence(leaks, row, where)
            continue
        where = mostly(leaks) or where
        what = "prompt" if prompts[row] else "text"
        # Of several evaluation rows, some may have the same answer: other ones are more to say.
        answers = min((compared_answers(data, leak) for leak in leaks), key=_ANSWERS.index) if prompts[row] else ""
        other = leaks[0].but or (ORDER if exchanges_texts(data, leaks[0]) else "")
        but = f" except for {other}" if other else ""
        yield Hit(
            f"same {what}{but}{f' with {answers}' if answers else ''} in the evaluation set: {where}",
            at=row,
            related_eval=tuple((leak.evaluation, None) for leak in leaks[:MOST_RELATED]),
        )


def _sentence(leaks: Sequence[Leak], row: int, where: str) -> Hit:
    named = next((leak.names for leak in leaks if leak.names), ())
    words = f"same sentence{' with other tags' if named else ''} in the evaluation set: {where}"
    if named:
        here, there = (f'"{excerpt(name, 30)}"' for name in named)
        words += f" ({here} here, {there} there)"
    return Hit(words, at=row, related_eval=tuple((leak.evaluation, None) for leak in leaks[:MOST_RELATED]))
