"""A prompt or response is far longer than its peers.

## What it does
Compares the logarithm of the length of each prompt and each response with the median of all prompts or all responses,
in units of the median absolute deviation (the robust z of Iglewicz and Hoaglin 1993, times 0.6745). Reports lengths
that are over `z` units and `min-ratio` times above the median, the most extreme first, for at most one row in a
hundred.

## Why it matters
An unusual length often shows an unusual row: two rows that were joined by mistake, or a document that was pasted into
a chat. One such row also determines the padding, and therefore the memory, of its whole batch.

## Bad
```jsonl vary=100
{"prompt": "{w}", "completion": "{w}"}
```
```jsonl vary=1
{"prompt": "Go on.", "completion": "{w} {w} {w} {w} {w} {w} {w} {w} {w} {w} {w} {w}"}
```
## Good
```jsonl vary=100
{"prompt": "{w}", "completion": "{w}"}
```
## What to do
Read the rows: split those that were joined, remove text that was pasted by accident, and keep rows that are meant to
be long.
## Known limits
The rule needs at least `min-rows` rows. Datasets with two kinds of rows, one short and one long, have no outliers by
this measure. Unusually short texts are not reported, because many questions ask for a number or a single word.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import polars as pl

from datalint.api import Confidence, Dataset, Hit, Options, Severity, frozen, option, rule

#: Makes the median absolute deviation of a normal distribution its standard deviation.
_NORMAL = 0.6745
#: Below this deviation of log lengths (about 10 %), texts are of one length and every difference looks large.
_LEAST_DEVIATION = 0.1
_DISTANCE = 100


@frozen
class LengthOutlierOptions(Options):
    """When a length is an outlier."""

    z: float = option(
        6.0,
        "robust z from which a length is reported",
        source="3.5 (Iglewicz and Hoaglin), raised: lengths have tails",
    )
    min_ratio: float = option(
        5.0,
        "times the median from which a length is reported",
        source="five rows in one, or a document among questions",
    )
    max_share: float = option(0.01, "share of rows reported at most", source="more than 1 % is a tail, not outliers")
    min_rows: int = option(50, "rows below which the rule reports nothing", source="medians of fewer are unsteady")


@rule("VOL005", "length-outlier", severity=Severity.INFO, since="0.1", gated=False, confidence=Confidence.LOW)
def length_outlier(data: Dataset, options: LengthOutlierOptions) -> Iterator[Hit]:
    """Yield a hit at each outlier, prompts first."""
    for kind in ("prompt", "response"):
        lengths = data.examples.select(pl.col(f"{kind}_chars").cast(pl.Int64).alias("chars")).with_row_index("at")
        lengths = lengths.filter(pl.col("chars") > 0)
        if lengths.height >= options.min_rows:
            yield from _outliers(lengths, kind, options)


def _outliers(lengths: pl.DataFrame, kind: str, options: LengthOutlierOptions) -> Iterator[Hit]:
    # Many rows have one length, so all is reckoned once for each.
    kinds = lengths["chars"].value_counts(name="rows").sort("chars")
    chars, rows = kinds["chars"].to_numpy(), kinds["rows"].to_numpy()
    log = kinds["chars"].log().to_numpy()
    usual = _median(chars, rows)
    distance = log - _median(log, rows)
    z = _NORMAL * distance / max(_median(np.abs(distance), rows), _LEAST_DEVIATION)
    far = (z > options.z) & (chars / usual >= options.min_ratio) & (chars - usual >= _DISTANCE)
    if not far.any():
        return
    found = (
        lengths.join(pl.DataFrame({"chars": chars[far], "z": z[far]}), on="chars", maintain_order="left")
        .sort("z", descending=True, maintain_order=True)
        .head(max(1, int(options.max_share * lengths.height)))
        .sort("at")
    )
    for at, length in found.select("at", "chars").iter_rows():
        yield Hit(f"{kind} of {length:,} characters, {length / usual:,.0f} times the median of {usual:,.0f}", at=at)


def _median(values: np.ndarray, counts: np.ndarray) -> float:
    """Return the median of ``values``, each as often as ``counts`` says."""
    order = np.argsort(values)
    reached = np.cumsum(counts[order], dtype=np.int64)
    low, high = values[order[np.searchsorted(reached, [(reached[-1] - 1) // 2, reached[-1] // 2], side="right")]]
    return float(low + (high - low) / 2)
