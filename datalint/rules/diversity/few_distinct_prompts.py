"""Many of the examples share a few prompts.

## What it does
Reports each prompt that has different responses and that more examples share than the profile allows
(`prompt-concentration`). A prompt is everything that the model reads: system prompt, earlier turns, contexts, inputs
and images. Examples that repeat another example count once.

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
Prompts that differ only in their wording count as different. Prompts that fewer than three examples share are not
reported.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Dataset, Hit, Options, Severity, frozen, option, percent, rule
from datalint.rules.common.prompts import common_prompts


@frozen
class FewDistinctPromptsOptions(Options):
    """Which prompts are reported."""

    max_share: float = option(
        0.1, "share of examples that may have one prompt, where the profile has no limit", source="the guide profile"
    )
    most: int = option(5, "prompts that are reported, the most common first", source="enough to see what they are")


@rule("DIV013", "few-distinct-prompts", severity=Severity.WARNING, since="0.1", each="prompt")
def few_distinct_prompts(data: Dataset, options: FewDistinctPromptsOptions) -> Iterator[Hit]:
    """Yield a hit at the first example of each prompt over the limit."""
    warn, fail = data.limits.get("prompt-concentration", (None, None))
    limit = next((each for each in (warn, fail) if each is not None), options.max_share)
    prompts = common_prompts(data.examples)
    for prompt in prompts.common[: options.most]:
        share = prompt.examples / prompts.examples
        if share > limit:
            counts = f"{prompt.examples:,} of {prompts.examples:,} distinct examples"
            yield Hit(f"{counts} ({percent(share)}, limit {percent(limit)}) have this prompt", at=prompt.first)
