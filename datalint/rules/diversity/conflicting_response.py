"""One prompt has answers that contradict each other.

## What it does
Reports, once for each prompt, rows that share system prompt, prompt and earlier turns while their answers
cannot all be right. Short answers contradict when neither contains the other once case and punctuation are
gone, others when one begins with yes and another with no. Of rows of a text with a label, short texts are one prompt
even where hyphens, commas and full stops differ. The finding stands at the last such row.

## Why it matters
The loss pulls one way on one row and the other way on the next; what the model learns is the coin. It is the
commonest trace of labels by several people without a shared guideline: one public intent set of 10,003 rows
holds "Has my top up gone through?" under one label and "Has my top-up gone through?" under another.

## Bad
```jsonl
{"prompt": "Is the warehouse open on Sundays?", "completion": "Yes"}
{"prompt": "Is the warehouse open on Sundays?", "completion": "No"}
```
## Good
```jsonl
{"prompt": "Is the warehouse open on Sundays?", "completion": "No"}
{"prompt": "Is the shop open on Sundays?", "completion": "Yes"}
```
## What to do
Decide which answer is right and delete the others. If the answer depends on something, put it into the prompt.
## Known limits
Open questions with short answers ("Name a colour.") look like contradictions. Other contradictions between long
answers are not found. Punctuation is looked past in texts of up to 200 characters and sets of up to 100,000; a
question or exclamation mark makes a text another one, as labels may hang on it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from datalint.api import Dataset, Group, Hit, Options, Severity, excerpt, frozen, option, rule
from datalint.records.dataset import shared_turns
from datalint.rules._words import Places, listed, others
from datalint.support.numbers import counted

_ANSWERS = 3


@frozen
class ConflictingResponseOptions(Options):
    """How much is shown."""

    shown: int = option(500, "prompts whose answers are shown", source="each needs its texts read again")


@rule("DIV005", "conflicting-response", severity=Severity.WARNING, since="0.1", needs={"conflicts"}, each="prompt")
def conflicting_response(data: Dataset, options: ConflictingResponseOptions) -> Iterator[Hit]:
    """Yield a hit at the last row of each prompt with contradicting answers."""
    places = Places(data)
    contexts = data.examples["context"]
    answers = _answers(data, options.shown)
    for group in data.conflicts:
        *earlier, last = group.rows
        prompt = "one prompt" if contexts[group.rows].n_unique() == 1 else "one prompt but for its punctuation"
        message = f"{prompt}, {counted(len(group.rows), 'contradicting answer')}"
        if last in answers:
            shown = [f'"{answers[last]}" here']
            shown += [f'"{answers[row]}" ({places.of(row, last)})' for row in earlier if row in answers]
            message = f"{message}: {listed(shown, len(group.rows), _ANSWERS)}"
        yield Hit(message, at=last, related=others(earlier))


def _answers(data: Dataset, most: int) -> dict[int, str]:
    """Return the answers that are shown, by row: of each prompt its last and its first ones."""
    wanted: list[Group] = list(islice(data.conflicts, most))
    chosen = [[*group.rows[: _ANSWERS - 1], group.rows[-1]] for group in wanted]
    rows = sorted({row for some in chosen for row in some})
    texts = dict(zip(rows, (text.response for text in data.texts(rows)), strict=True)) if rows else {}
    found: dict[int, str] = {}
    for some in chosen:
        same = shared_turns([texts[row] for row in some])
        found.update({row: excerpt(texts[row], 40, start=same) for row in some})
    return found
