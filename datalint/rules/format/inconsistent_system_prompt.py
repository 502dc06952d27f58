"""Some rows lack the system prompt that others have, or have a variant of it.

## What it does

Counts the rows with and without a system prompt. If there are both, the finding is at the first row of the smaller
group. The rule also compares the frequent system prompts with the main one, which is the one that over half of the
rows with a system prompt share. It reports those that are nearly equal to it, and shows the first difference.

## Why it matters

A system prompt is part of what the model learns: if only some rows have it, the model's behaviour depends on it only
partly. Nearly equal prompts are usually one prompt that was edited while the data was collected, and only one of the
versions is used at inference. Some trainers insert a default prompt where it is missing (LLaMA-Factory, Qwen's
template).

## Bad

```jsonl vary=60
{"messages": [{"role": "system", "content": "You are a helpful assistant."}, {"role": "user", "content": "{w}"}, {"role": "assistant", "content": "{n}"}]}
{"messages": [{"role": "user", "content": "{w}?"}, {"role": "assistant", "content": "{n}"}]}
```

## Good

```jsonl vary=60
{"messages": [{"role": "system", "content": "You are a helpful assistant."}, {"role": "user", "content": "{w}"}, {"role": "assistant", "content": "{n}"}]}
```

## What to do

Use exactly the same system prompt in every row and at inference.

## Known limits

The rule can't recognise that a prompt was left out of some rows on purpose, so that the model also works without it.
Prompts that differ only in numbers (dates, version numbers) or in the tools that they declare as JSON are read as one
template and are not reported. A variant in more than `max-share` of the rows is probably a separate mode, and a mix of
many different prompts may be persona data; neither is reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import polars as pl

from datalint.api import Confidence, Dataset, Hit, Options, Severity, counted, excerpt, frozen, option, percent, rule

#: A main prompt is shared by more than this share of the rows that have one.
_MAIN = 0.5


@frozen
class InconsistentSystemPromptOptions(Options):
    """When system prompts count as variants of one."""

    similarity: float = option(
        90.0,
        "rapidfuzz ratio, 0 to 100, from which a prompt is a variant of the main one",
        source="an inserted sentence in a paragraph stays above it, another persona far below",
    )
    max_share: float = option(
        0.05,
        "share of the rows with a system prompt up to which they have a variant",
        source="more are a mode on purpose",
    )
    prompts: int = option(50, "most frequent prompts to compare", source="each costs one read of a row")


@rule(
    "FMT217",
    "inconsistent-system-prompt",
    severity=Severity.INFO,
    since="0.1",
    each="finding",
    confidence=Confidence.LOW,
)
def inconsistent_system_prompt(data: Dataset, options: InconsistentSystemPromptOptions) -> Iterator[Hit]:
    """Yield a hit for the mix, and one for each variant of the main prompt."""
    rows = (
        data.examples.lazy()
        .select("shape", "has_system", "system_hash", pl.int_range(pl.len()).alias("at"))
        .filter(pl.col("shape") != "unknown")
        .collect(engine="in-memory")
    )
    prompted = rows.filter("has_system")
    yield from _mix(rows, prompted.height)
    frequent = (
        prompted.group_by("system_hash", maintain_order=True)
        .agg(pl.len().alias("count"), pl.col("at").first())
        .sort("count", descending=True, maintain_order=True)
        .head(options.prompts)
    )
    if frequent.height > 1 and frequent["count"][0] > _MAIN * prompted.height:
        most = max(options.max_share * prompted.height, 1)
        slips = pl.concat([frequent.head(1), frequent[1:].filter(pl.col("count") <= most)])
        yield from _variants(data, slips, options)


def _mix(rows: pl.DataFrame, prompted: int) -> Iterator[Hit]:
    without = rows.height - prompted
    if not prompted or not without:
        return
    smaller, which = min((prompted, "have"), (without, "lack"))
    first = rows.filter(pl.col("has_system") == (which == "have"))["at"][0]
    share = f"{smaller:,} of {rows.height:,} rows ({percent(smaller / rows.height)})"
    yield Hit(f"{share} {which} a system prompt, this the first", at=first, key="mix")


def _variants(data: Dataset, frequent: pl.DataFrame, options: InconsistentSystemPromptOptions) -> Iterator[Hit]:
    from rapidfuzz import fuzz

    texts = [_without_tools(text.system) for text in data.texts(frequent["at"].to_list())]
    main, at = texts[0], frequent["at"][0]
    plain = _plain(main)
    for text, (_, count, first) in zip(texts[1:], frequent[1:].iter_rows(), strict=True):
        score = fuzz.ratio(plain, _plain(text))
        if score >= options.similarity and _without_numbers(main) != _without_numbers(text):
            rows = f"{counted(count, 'row')}, this the first, {'has' if count == 1 else 'have'}"
            message = f"{rows} a variant of the main system prompt: {_difference(main, text)}"
            yield Hit(message, at=first, related=((at, round(score / 100, 4)),), key="variant")


def _without_tools(text: str) -> str:
    """Return the prompt without the tools that it declares as JSON, which differ with what a row is about."""
    return re.sub(r"(?s)[\[{].*[\]}]", "{}", text) if '"name"' in text else text


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _without_numbers(text: str) -> str:
    return "".join("0" if char.isdigit() else char for char in text)


def _difference(main: str, text: str) -> str:
    """Return the first words that differ."""
    ours, theirs = main.split(" "), text.split(" ")
    pairs = enumerate(zip(ours, theirs, strict=False))
    index = next((index for index, (one, other) in pairs if one != other), min(len(ours), len(theirs)))
    at = sum(len(word) + 1 for word in ours[:index])
    if index < min(len(ours), len(theirs)):
        return f'"{excerpt(text, 30, start=at)}" for "{excerpt(main, 30, start=at)}"'
    longer, whole = ("more", text) if len(theirs) > len(ours) else ("less", main)
    return f'"{excerpt(whole, 30, start=at)}" {longer}'
