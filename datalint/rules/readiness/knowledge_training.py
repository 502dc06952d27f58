"""Facts are to be trained in, although they could be retrieved.

## What it does
Reports a plan whose goal is domain knowledge, or whose `knowledge` is true. Otherwise the rule looks at up to 1,000
answers, and reports the plan if more than `share` of them contain names, titles or numbers that are not in their
prompts. A plan with `retrievable = false` is not reported, because the guide allows training on such knowledge. With
`knowledge = false`, answers are not looked at.

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
Store the facts where they can be retrieved, and train on answers that use retrieved passages, with the passages in the
prompt. If the answers teach a style or reasoning and no facts to remember, set `knowledge = false`.
## Known limits
Names are capitalised words inside a sentence, and titles in 《》. They are not compared in German, where every noun is
capitalised, in scripts without capital letters, or in code. Numbers alone are not enough. Invented names in stories
count as names too. Rows with images, audio or video and rejected answers are not looked at, and under 10 answers are
too few.
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
