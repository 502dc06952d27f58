"""Every assistant turn is left out of the loss.

## What it does

Reads the loss weights and masks of each turn under all the names that trainers use: `weight` (OpenAI, Azure, Together,
Fireworks, Mistral), `loss` and `loss_scale` (ms-swift), `loss_weight` (LLaMA-Factory), `train`, `trainable` and
`segments` of `label` and `text` (axolotl). Reports a conversation, or one side of a preference, in which they exclude
every turn. With `--model`, also reports rows in whose rendering no token carries loss, for example because the
template leaves out an empty answer.

## Why it matters

Trainers silently skip such a row (mistral-finetune), report a loss of 0 or NaN (trl#3927), or divide by zero
(unsloth). OpenAI rejects the file.

## Bad

```jsonl
{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello!", "weight": 0}]}
```

## Good

```jsonl
{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Yo", "weight": 0}, {"role": "user", "content": "Politely?"}, {"role": "assistant", "content": "Hello!"}]}
```

## What to do

Give the assistant turn that is to be learned a weight of 1, or delete the row.

## Known limits

A turn without a weight or mask counts as trained on. So does a turn with axolotl's masks for parts of a turn
(`train_detail`, parts of a content list), although these may exclude the whole text. The rule doesn't check which of
the names your trainer reads.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from datalint.api import Confidence, Fix, Hit, Options, Record, Severity, rule
from datalint.rules.common.keys.key_names import WEIGHTS

#: Lists that hold a prompt, whose answers are history: the loss is on what follows them.
_PROMPTS = ("$.prompt[", "$.input.messages[", "$.input[")


@rule(
    "FMT215",
    "no-trainable-turn",
    severity=Severity.ERROR,
    since="0.1",
    requires={"weights", "unknown", "rendering"},
    confidence=Confidence.HIGH,
    fix=Fix.removal(),
)
def no_trainable_turn(record: Record, options: Options) -> Iterator[Hit]:
    """Yield a hit for each list of turns that leaves nothing to learn."""
    segments = record.value.get("segments")
    if isinstance(segments, list) and segments and all(_is_masked_segment(segment) for segment in segments):
        yield Hit('every segment has "label": false, so there is nothing to learn', path="$.segments")
    roles = {path.rpartition(".")[0]: role for role, _, path, _ in record.turns}
    lists: dict[str, list[tuple[str, dict[str, Any]]]] = {}
    for path, message in record.messages():
        lists.setdefault(path.rpartition("[")[0] or path, []).append((roles.get(path, ""), message))
    marked = False
    for path, turns in lists.items():
        if f"{path}[".startswith(_PROMPTS) or not _nothing_trained(turns):
            continue
        count = sum(role == "assistant" for role, _ in turns)
        what = "the only assistant turn is" if count == 1 else f"all {count} assistant turns are"
        marked = True
        yield Hit(f"{what} left out of the loss{_marked(turns)}", path=path)
    for rendering in () if marked else record.renderings:
        if rendering.trained == 0 and rendering.answers:
            yield Hit("no token of what the model reads carries loss", path=rendering.path)


def _nothing_trained(turns: list[tuple[str, dict[str, Any]]]) -> bool:
    """Return whether assistant turns are all masked and no other turn is put into the loss."""
    answers = [message for role, message in turns if role == "assistant"]
    if not answers or not all(_mask(message) is False for message in answers):
        return False
    return not any(_mask(message) for role, message in turns if role != "assistant")


def _mask(message: dict[str, Any]) -> bool | None:
    """Return what the turn's marks say: True in the loss, False out of it, None nothing."""
    if message.get("train_detail"):
        return True
    marks = [message[key] for key in WEIGHTS if isinstance(message.get(key), bool | int | float)]
    if not marks:
        return None
    return all(mark != 0 for mark in marks)


def _marked(turns: list[tuple[str, dict[str, Any]]]) -> str:
    keys = sorted({key for role, turn in turns if role == "assistant" for key in WEIGHTS if turn.get(key) is not None})
    return f" by {', '.join(keys)}"


def _is_masked_segment(segment: object) -> bool:
    return isinstance(segment, dict) and segment.get("label") is False
