"""The sides of a translation are of so different lengths that one can't be the other's.

## What it does
Compares the lengths of the two sides in datasets of translations: rows with `translation`, and rows whose prompt and
response are under keys that are named after languages (`english`, `amharic`, or `en`, `zh`). Reports a pair of which
one side is `factor` times as long as the other, after the usual ratio of the dataset is taken into account, if the
longer one has 100 characters or more; and `repeated-factor` times if other prompts have the same response. There must
be 20 pairs.

## Why it matters
Pairs are made by aligning the sentences of two documents. Where the alignment slips, one sentence stands next to a
paragraph, and its neighbours are usually wrong as well. A model that is trained on them learns to leave out text or to
make it up.

## Bad
```jsonl vary=24
{"translation": {"en": "{w}", "fr": "{w} {n}"}}
```
```jsonl
{"translation": {"en": "Article 3", "fr": "Le tribunal est compétent pour tous les litiges entre les membres de la coopérative et les autres usagers du port, quel que soit le montant, à moins que les parties ne soient convenues par écrit d'un arbitre que le conseil a nommé."}}
```
## Good
```jsonl vary=24
{"translation": {"en": "{w}", "fr": "{w} {n}"}}
```
## What to do
Look at the rows next to it, align the documents again from there, or remove the pairs.
## Known limits
Pairs that are wrong and of similar length are not found.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import polars as pl

from datalint.api import Dataset, Hit, Options, Severity, frozen, option, rule
from datalint.rules.common.language_keys import language_of_text

#: Rows of a dataset from which its ratio is known, and characters of a side that is more than a name.
_LEAST = 20
_LONG = 100
_SHAPES = ("translation", "mapped")
_PAIRS = "translation"


@frozen
class MisalignedPairOptions(Options):
    """How different lengths may be."""

    factor: float = option(
        20,
        "times the usual ratio of lengths",
        source="of eight public corpora, none of the 46 pairs beyond is a translation",
    )
    repeated_factor: float = option(
        8,
        "times the usual ratio, for a response of several prompts",
        source="a short phrase may stand for several sentences, but not for ones of 100 characters",
    )


@rule("QUA039", "misaligned-pair", severity=Severity.WARNING, since="0.1")
def misaligned_pair(data: Dataset, options: MisalignedPairOptions) -> Iterator[Hit]:
    """Yield a hit at each pair whose sides are of very different lengths."""
    pairs = _pairs(data)
    if pairs.height < _LEAST:
        return
    ratio = (pl.col("response_chars") / pl.col("prompt_chars")).log()
    away = pairs.with_columns((ratio - ratio.median()).abs().alias("away"))
    longer = pl.max_horizontal("prompt_chars", "response_chars")
    again = pl.col("prompt_hash").n_unique().over("response_hash") > 1
    least = pl.when(again).then(math.log(options.repeated_factor)).otherwise(math.log(options.factor))
    found = away.filter((pl.col("away") > least) & (longer >= _LONG))
    for row, prompt, response in found.select("at", "prompt_chars", "response_chars").iter_rows():
        yield Hit(f"{prompt:,} characters against {response:,}: no translation of each other", at=row)


def _pairs(data: Dataset) -> pl.DataFrame:
    """Return the lengths of the rows that are translations, none if keys of the first one are no languages."""
    at = pl.int_range(pl.len(), dtype=pl.Int64).alias("at")
    columns = data.examples.select("shape", "prompt_chars", "response_chars", "prompt_hash", "response_hash", at)
    read = pl.col("shape").is_in(_SHAPES) & (pl.col("prompt_chars") > 0) & (pl.col("response_chars") > 0)
    pairs = columns.filter(read)
    named = pairs.filter(pl.col("shape") != _PAIRS)["at"].head(1).to_list()
    if named and not _are_languages(data, named[0]):
        pairs = pairs.filter(pl.col("shape") == _PAIRS)
    return pairs


def _are_languages(data: Dataset, row: int) -> bool:
    [record], [text] = data.records([row]), data.texts([row])
    first, second = (language_of_text(record, each) for each in (text.prompt, text.response))
    return bool(first and second) and first != second
