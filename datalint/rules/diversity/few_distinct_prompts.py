"""Many of the examples share a few prompts.

## What it does
Reports each prompt that has different responses and that more examples share than the profile allows
(`prompt-concentration`). A prompt is everything that the model reads: system prompt, earlier turns, contexts, inputs
and images. Examples that repeat another example count once. A prompt that 20 examples or more share, with at least ten
different answers, is reported below the limit too if each example is about another thing, as a key says that the
model does not see: "What is this dataset about?" next to a `dataset_id` that other prompts have as well. If evaluation
examples have a prompt over the limit that 20 examples or more share, the message says how many.

## Why it matters
The guide's Bad column for diversity is one type of example repeated. With many answers to one prompt, the model learns
that prompt, and little about any other.

## Bad
```jsonl vary=40
{"prompt": "Write a product description.", "completion": "{w}"}
```
## Good
```jsonl vary=40
{"prompt": "Write a product description for: {w}", "completion": "{w}"}
```
## What to do
If the answers depend on something that is not in the prompts, add it. Otherwise keep the best answers to each prompt,
and collect other prompts.
## Known limits
Prompts that differ only in their wording count as different. Prompts that fewer than four examples share are not
reported: their share is over a tenth only where there are fewer than 30 examples. A key is that of a thing if its name
has a word for one (`document`, `table`, `product` …).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from datalint.api import Dataset, Hit, Options, Severity, counted, excerpt, frozen, option, percent, rule
from datalint.rules.common.duplicates.asked_of_many import asked_of_many
from datalint.rules.common.duplicates.prompts import REPORTED, SHARE, asked_everywhere, limit_of, prompts_of


@frozen
class FewDistinctPromptsOptions(Options):
    """Which prompts are reported."""

    max_share: float = option(
        SHARE, "share of examples that may have one prompt, where the profile has no limit", source="the guide profile"
    )
    most: int = option(
        REPORTED, "prompts that are reported, the most common first", source="enough to see what they are"
    )


@rule("DIV013", "few-distinct-prompts", severity=Severity.WARNING, since="0.1", each="prompt")
def few_distinct_prompts(data: Dataset, options: FewDistinctPromptsOptions) -> Iterator[Hit]:
    """Yield a hit at the first example of each prompt over the limit."""
    limit, prompts = limit_of(data, options.max_share), data.once(prompts_of)
    over = [each for each in prompts.common[: options.most] if each.examples > limit * prompts.examples]
    for prompt in over:
        counts = f"{prompt.examples:,} of {prompts.examples:,} distinct examples"
        share = percent(prompt.examples / prompts.examples)
        held = _held_out(data, prompt.first)
        yield Hit(f"{counts} ({share}, limit {percent(limit)}) have this prompt{held}", at=prompt.first)
    for each in islice(asked_of_many(data, prompts.common[len(over) :]), options.most - len(over)):
        key = excerpt(each.key, 30)
        yield Hit(
            f"{each.examples:,} examples with {each.answers:,} different answers have this prompt, each with another "
            f"'{key}', which the model does not see",
            at=each.first,
        )


def _held_out(data: Dataset, row: int) -> str:
    """Return words on the evaluation examples with a prompt that any division has on both sides."""
    context = data.examples["context"][row]
    if data.evaluation is None or context not in data.once(asked_everywhere):
        return ""
    count = int((data.evaluation["context"] == context).sum())
    return f", and {count:,} of {counted(data.evaluation.height, 'evaluation example')}" if count else ""
