"""Few tokens of the dataset carry loss.

## What it does
Counts the tokens of all rows as `--model` reads them, and the tokens that carry loss: the answers with their
end-of-turn tokens. Reports a share under `min-share`.

## Why it matters
All tokens cost memory and time, but the model learns only from tokens that carry loss. A long system prompt or tool
list in every row, or weights that exclude most answers from the loss, make training expensive for what the model
learns.

## Bad
```toml config
model = "fixtures/models/chatml"
```
```jsonl
{"messages": [{"role": "system", "content": "You are the help desk of a bicycle-sharing service. Be polite, be brief, and never promise a refund that the terms of service do not grant. Answer in the language of the question. Refer to the manual for everything about locks, batteries and brakes, and to the office for lost property."}, {"role": "user", "content": "Is the office open on Sunday, and until when may I bring the key back?"}, {"role": "assistant", "content": "No."}]}
```
## Good
```toml config
model = "fixtures/models/chatml"
```
```jsonl
{"messages": [{"role": "system", "content": "You are the help desk of a bicycle-sharing service."}, {"role": "user", "content": "Is the office open on Sunday?"}, {"role": "assistant", "content": "No. It opens again on Monday at nine."}]}
```
## What to do
Shorten what all rows share: train with a short system prompt, and declare only the tools that a row needs. If weights
or masks exclude answers from the loss, check that this is intended.
## Known limits
Rows of which the template does not show what the answer is are not counted. A note says how many there are.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Confidence, Dataset, Hit, Options, Severity, frozen, option, percent, rule


@frozen
class LowTrainableShareOptions(Options):
    """From which share on the rule is silent."""

    min_share: float = option(
        0.05, "share of tokens that carry loss", source="one token in twenty; tool-calling sets have about one in eight"
    )


@rule(
    "VOL006",
    "low-trainable-share",
    severity=Severity.INFO,
    since="0.2",
    needs={"tokens"},
    confidence=Confidence.HIGH,
)
def low_trainable_share(data: Dataset, options: LowTrainableShareOptions) -> Iterator[Hit]:
    """Yield one hit about the dataset."""
    known = data.examples.filter(data.examples["trained_tokens"].is_not_null())
    tokens, trained = (int(known[name].sum()) for name in ("model_tokens", "trained_tokens"))
    if tokens and trained < options.min_share * tokens:
        share = percent(trained / tokens)
        yield Hit(f"{trained:,} of {tokens:,} tokens carry loss ({share})", key="low share")
