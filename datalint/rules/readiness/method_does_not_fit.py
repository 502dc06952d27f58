"""The method needs more memory than the GPU has.

## What it does
Estimates the memory that the plan's method needs for its base model, for the longest row of the data (cut at
`max-length`) and the number of rows that are on the GPU at once (`micro-batch`). Reports a run whose likely memory
exceeds that of the GPU, with a fused loss or with the `stack` that the plan names. Full fine-tuning without a
`precision` is reported only if it does not fit in bf16 throughout. Without the model's tokenizer, the longest row is
taken to be 28 % shorter than its estimate.

## Why it matters
The run stops with an error, either at once or after hours, at the longest row.

## Bad
```toml config
[plan]
base-model = "meta-llama/Llama-3.1-70B"
method = "lora"
gpu = "24GB"
```
```jsonl
{"prompt": "Reply to: my parcel is late", "completion": "Sorry for the wait! Please send me the number."}
```
## Good
```toml config
[plan]
base-model = "meta-llama/Llama-3.1-8B"
method = "qlora"
gpu = "24GB"
```
```jsonl
{"prompt": "Reply to: my parcel is late", "completion": "Sorry for the wait! Please send me the number."}
```
## What to do
Use the method that the message names, a smaller model, shorter rows, or a larger GPU. `datalint advise` shows all of
these options.
## Known limits
Estimates agree with published measurements within 15 %, or their interval contains them ([the
table](../advise.md#published-measurements)). With `gpus`, the estimate assumes that all states are sharded evenly.
Beyond 4,096 tokens, estimates are less certain.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Dataset, Hit, Options, Severity, rule


@rule(
    "RDY105",
    "method-does-not-fit",
    severity=Severity.ERROR,
    since="0.2",
    needs={"memory"},
)
def method_does_not_fit(data: Dataset, options: Options) -> Iterator[Hit]:
    """Yield a hit for a plan that exceeds the memory of the GPU."""
    from datalint.rules.common.plan import against, checks

    yield from against(data, checks.method_does_not_fit)
