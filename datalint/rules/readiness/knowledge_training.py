"""Facts are to be trained in, although they could be retrieved.

## What it does
Reports a plan whose goal is domain knowledge, or that says so in `knowledge`. Otherwise it looks at up to 1,000 answers:
if more than `share` of them add names, titles or numbers that are not in their prompts, facts are being trained in. A plan
with `retrievable = false` is not reported, since the guide lets such knowledge be trained; nor is one with
`knowledge = false` for what its answers hold.

## Why it matters
Fine-tuning for general knowledge is one of the guide's anti-patterns: use retrieval for facts, and fine-tune for
behaviour. Models learn new facts slowly, and the more of them they learn, the more they make up
([Gekhman et al. 2024](https://arxiv.org/abs/2405.05904)).

## Bad
```toml config
[plan]
goal = "domain-knowledge"
```
```jsonl
{"prompt": "Reply to: my parcel is late", "completion": "Sorry for the wait! Please send me the number."}
```
## Good
```toml config
[plan]
goal = "style"
```
```jsonl
{"prompt": "Reply to: my parcel is late", "completion": "Sorry for the wait! Please send me the number."}
```
## What to do
Put the facts where they can be retrieved, and train on answers that use what was retrieved: with the passages in the
prompt. If the answers show a style or reasoning, and no facts to remember, say `knowledge = false`.
## Known limits
Names are words with a capital inside a sentence, and titles in 《》. They are not compared in German, where every noun has
a capital, in scripts without capitals, and in code. Numbers alone are no sign. Invented names of stories are names too.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Dataset, Hit, Options, Severity, frozen, option, rule


@frozen
class KnowledgeTrainingOptions(Options):
    """What is too much."""

    share: float = option(
        0.5, "share of answers with names or numbers of their own", source="convention: most of the answers"
    )


@rule(
    "RDY101",
    "knowledge-training",
    severity=Severity.WARNING,
    since="0.2",
    needs={"plan"},
)
def knowledge_training(data: Dataset, options: KnowledgeTrainingOptions) -> Iterator[Hit]:
    """Yield a hit for a plan to train facts."""
    from datalint.rules.common.plan import against, checks

    yield from against(data, lambda plan, facts: checks.knowledge_training(plan, facts, share=options.share))
