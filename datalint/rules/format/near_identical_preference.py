"""The chosen and the rejected answer differ only in white space, case or punctuation.

## What it does

Compares the two sides of a preference, ignoring white space, case and punctuation, and reports sides that are then
equal, unless they are reported as `identical-preference`. Punctuation within words and numbers is not ignored (`1.5`,
`-3`, `it's`), nor are symbols (`+`, `=`). Texts that contain code, or are JSON or YAML, are not compared.

## Why it matters

The model learns to prefer a comma, and the gradient of the pair is mostly noise. The usual causes are two samples of
the same short answer, and tools that clean only one side.

## Bad

```jsonl
{"prompt": "Two plus two?", "chosen": "It is four.", "rejected": "it is four"}
```

## Good

```jsonl
{"prompt": "Two plus two?", "chosen": "It is four.", "rejected": "It is five."}
```

## What to do

Delete the pair, or sample another answer for the rejected side. If the model is meant to learn this difference in
style, keep the pair.

## Known limits

If the prompt asks for capitals, commas or a format, such a difference may be the purpose of the pair. The pair is then
not reported, but only if the prompt uses one of a few English words. In rows without a prompt, these words are looked
for in the beginning that both sides share, which contains the prompt then.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import polars as pl

from datalint.api import Chunk, Confidence, Hit, Options, Record, Severity, rule
from datalint.rules.common.pairs.sides import shared_beginning, sides

#: Signs between two letters or digits, or before a digit, are a part of what is said.
_SIGNS = r"(?<!\w)[^\w\s](?!\d)|(?<=\w)[^\w\s](?!\w)|_"
_CODE = ("```", "\n    ", "\t")
#: How JSON and other data begins, in which brackets, quotation marks and colons are what is said.
_DATA = ("{", "[")
#: Two lines of YAML: there a line break and a colon are what is said. "Human:" is who speaks.
_KEYS = r"(?:^|\n)[ -]{0,8}[a-z]\w{0,30}:[^\n]*\n[ -]{0,8}[a-z]\w{0,30}:(?=\s|$)"
_BEGINNING = 32
#: Characters at the end of a text that are compared first, and what may follow them that folding removes.
_LAST = 4
_ALPHANUMERIC = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
_AFTER = " \t\r\n!\"#%&'()*,-./:;?@[\\]_{}"
_STYLE = (
    r"(?i)\b(?:upper|lower|title|sentence)[- ]?case|\bcapital(?:i[sz]|s\b| letter)|punctuat|\bcommas?\b|quotation marks?\b|\bbrackets?\b|\bformat|grammar|spelling"
    r"|white ?space|proofread|\bcorrect (?:the|this|these|any|all|my)\b(?! (?:answer|option|choice))|\bjson\b|yaml|\bxml|\bcsv|markdown|格式|标点|大写|小写|空格|换行"
)


@rule(
    "FMT502",
    "near-identical-preference",
    severity=Severity.WARNING,
    since="0.1",
    requires={"preference"},
    confidence=Confidence.HIGH,
)
def near_identical_preference(record: Record, options: Options) -> Iterator[Hit]:
    """Yield a hit when the sides are equal once folded, and not as they stand."""
    both = sides(record)
    if both is None or len(both.chosen) != len(both.rejected):
        return
    pairs = list(zip(both.chosen, both.rejected, strict=True))
    if all(one[:3] == other[:3] for one, other in pairs):
        return
    for one, other in pairs:
        # Most pairs differ in length by more than signs can, or at their beginning.
        if (
            one.role != other.role
            or abs(len(one.text) - len(other.text)) > 1 + min(len(one.text), len(other.text)) // 2
        ):
            return
        if _begin_otherwise(one.text, other.text) or _is_data(one.text) or _is_data(other.text):
            return
        if not _are_alike(one.text, other.text) or not _are_alike(one.rest, other.rest):
            return
    if not _folded(both.chosen[-1].text):
        return
    asked = [text for _, text, _, side in record.turns if not side and text]
    # Without a prompt of its own, the row has it in both sides.
    if not any(re.search(_STYLE, text) for text in asked or [shared_beginning(*pairs[-1])]):
        yield Hit("chosen and rejected differ only in white space, case or punctuation", path=f"$.{both.rejected_key}")


@near_identical_preference.rows
def _end_alike(chunk: Chunk, options: Options) -> pl.Series:
    """Return where the last letters are equal, apart from case and punctuation after them, or not of ASCII."""
    ends = [chunk.examples[side].str.strip_chars_end(_AFTER).str.slice(-_LAST) for side in ("chosen", "rejected")]
    plain = [(end.str.len_bytes() == _LAST) & (end.str.strip_chars(_ALPHANUMERIC) == "") for end in ends]
    return ~(plain[0] & plain[1]) | (ends[0].str.to_lowercase() == ends[1].str.to_lowercase())


def _is_data(text: str) -> bool:
    """Whether a text has code, or is data in which punctuation and line breaks carry meaning."""
    return any(mark in text for mark in _CODE) or text.lstrip().startswith(_DATA) or re.search(_KEYS, text) is not None


def _begin_otherwise(one: str, other: str) -> bool:
    """Return whether the beginnings of two texts say something else."""
    if one == other:
        return False
    first, second = _folded(one[:_BEGINNING]), _folded(other[:_BEGINNING])
    # What the cut does to the last sign is no difference.
    same = min(len(first), len(second)) - 2
    return same > 0 and first[:same] != second[:same]


def _are_alike(one: Any, other: Any) -> bool:
    """Return whether two texts or values are equal once folded; turns of the prompt are equal as they stand."""
    return bool(one == other or _folded(one) == _folded(other))


def _folded(item: Any) -> Any:
    if isinstance(item, str):
        return "".join(re.sub(_SIGNS, _without, unicodedata.normalize("NFKC", item)).split()).casefold()
    if isinstance(item, dict):
        return {key: _folded(each) for key, each in item.items()}
    return [_folded(each) for each in item] if isinstance(item, list) else item


def _without(sign: re.Match[str]) -> str:
    """Return symbols as they are, punctuation as nothing."""
    return "" if unicodedata.category(sign[0]).startswith("P") else sign[0]
