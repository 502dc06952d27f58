"""Two rows prefer opposite responses to the same prompt.

## What it does
Reports pairs of rows with the same prompt (system prompt, user turns and everything else that the model reads) and the
same two responses, if the response that is chosen in one row is rejected in the other. White space at the ends is
ignored. The finding is at the later row.

## Why it matters
The two rows cancel each other out: the gradient of one undoes that of the other. The usual causes are annotators who
disagree, and a script that swapped the sides of some rows (TIGER-AI-Lab/EditReward#14).

## Bad
```jsonl
{"prompt": "Two plus two?", "chosen": "Four.", "rejected": "It is four, as far as I know."}
{"prompt": "Two plus two?", "chosen": "It is four, as far as I know.", "rejected": "Four."}
```
## Good
```jsonl
{"prompt": "Two plus two?", "chosen": "Four.", "rejected": "It is four, as far as I know."}
{"prompt": "Two plus three?", "chosen": "It is five, as far as I know.", "rejected": "Four."}
```
## What to do
Decide which response is better, and remove the other row.
## Known limits
Responses that differ in their wording are not compared. Cycles of three or more responses are not found.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from datalint.api import Chunk, Confidence, Dataset, Hit, Options, Places, Severity, rule
from datalint.rules.common.frames import Frames, joined_frames

_SEED = 15
#: What the two responses answer.
_CONTEXT = ("system", "prompt", "surroundings")


@rule(
    "DIV010", "conflicting-preference", severity=Severity.WARNING, since="0.1", each="pair", confidence=Confidence.HIGH
)
def conflicting_preference(data: Dataset, options: Options) -> Iterator[Hit]:
    """Yield a hit at each row whose preference is the reverse of an earlier one."""
    if data.measured is None or not data.measured[1]:
        return
    rows = pl.concat(data.measured[1])
    turned = rows.rename({"example": "earlier", "chosen": "rejected", "rejected": "chosen"})
    pairs = (
        rows.join(turned, on=[*_CONTEXT, "chosen", "rejected"], how="inner")
        .filter(pl.col("earlier") < pl.col("example"))
        .group_by("example")
        .agg(pl.col("earlier").min())
        .sort("example")
    )
    places = Places(data)
    for example, earlier in pairs.iter_rows():
        message = f"prefers the response that {places.of(earlier, example)} rejects, and vice versa"
        yield Hit(message, at=example, related=((earlier, None),))


@conflicting_preference.measure
def hash_sides(chunk: Chunk, options: Options) -> Frames:
    """Return the hashes of both sides of each preference of a chunk, and of what they answer, by ``example``."""
    examples = chunk.examples
    if not examples["is_preference"].any():
        return examples.height, []
    sides = [pl.col(side).str.strip_chars() for side in ("chosen", "rejected")]
    frame = (
        examples.with_row_index("example")
        .filter(pl.col("is_preference") & (sides[0] != sides[1]))
        .select(
            pl.col("example").cast(pl.Int64),
            sides[0].hash(_SEED).alias("chosen"),
            sides[1].hash(_SEED).alias("rejected"),
            *(pl.col(name).str.strip_chars().hash(_SEED).alias(name) for name in _CONTEXT[:2]),
            *(pl.col(name).hash(_SEED) for name in _CONTEXT[2:]),
        )
    )
    return examples.height, [frame]


conflicting_preference.merge(joined_frames)
