"""Responses use few different words and phrases.

## What it does
Samples up to `sample` examples, spread over the dataset and without repeats. Joins the beginnings of their responses
into a text of fixed size, and compresses it with zlib. Reports a compression ratio over `max-ratio`, with the share of
distinct word pairs (distinct-2). A beginning that all plain texts (`text`) share is not counted.

## Why it matters
The more similar texts are, the better they compress together. Data that was generated from a few templates, or by one
model with one prompt, repeats phrases even if no row repeats another, and the model learns those phrases. Compression
ratios show this well, and hardly depend on the tokenization (Shaib et al. 2024, "Standardizing the Measurement of Text
Diversity").

## Bad
```jsonl vary=200
{"prompt": "{w}", "completion": "Thank you for writing to the help desk about your order. Your request has the number {n}, and one of our agents will get back to you within two working days. Please keep this number for your records, and do not hesitate to write again if anything else comes up."}
```
## Good
```jsonl vary=200
{"prompt": "{n}: {w}", "completion": "{w}"}
```
## What to do
Vary how the data is generated: more topics, several prompts and models, and human writing.
## Known limits
Labels and other short texts, code, JSON and records of `key: value` lines are not checked. Prompts are not checked
either, because they repeat instructions and contexts by design. Languages compress differently, but the limit is far
above all measured languages. Datasets of one subject and style have ratios between 4 and 8 to 1, which may be
intended; to report them, lower `max-ratio`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from datalint.api import Confidence, Dataset, Hit, Options, Severity, frozen, option, percent, rule
from datalint.rules.common.common_prefix import common_prefix

#: Characters of each text, and of the whole that is compressed: the ratio grows with the size.
_EACH: Final = 500
_WHOLE: Final = 30_000
_LEVEL: Final = 6
#: The roles of a plain text.
_PLAIN: Final = "p"
#: Examples below which the rule reports nothing, and characters that their texts have on average.
_LEAST: Final = 100
_LEAST_CHARS: Final = 60
_WORD: Final = r"[^\W_]+"
#: Share of symbols over which texts are code, markup or data.
_SYMBOL: Final = r'["{}<>;=\\/|$\[\]]'
_MOST_SYMBOLS: Final = 0.04
#: Share of letters under which texts are formulas, tables or numbers.
_LEAST_LETTERS: Final = 0.6
#: Code whose lines have few symbols, and the share of texts with some from which they are code.
_CODE: Final = r"(?is)\bselect\b.{1,300}\bfrom\b|\bmatch ?\(|\bdef \w+\(|\bimport \w+|\breturn\b.*;"
_MOST_CODE: Final = 0.2
#: A line of a record: a key of one word, and its value.
_ENTRY: Final = r"[ \t]*(?:[-*] )?[a-z_]\w*:(?:\s|$)"


@frozen
class LexicalDiversityOptions(Options):
    """When texts are too alike."""

    max_ratio: float = option(
        8.0,
        "compression ratio that the sample may have",
        source="of 400 public sets all but nine stay under 4.2, four of legal, code or class texts reach 5 to 7, and four"
        " made of templates 10 to 15",
    )
    sample: int = option(300, "examples whose texts are read", source="each costs one read of a row")


@rule(
    "DIV009",
    "low-lexical-diversity",
    severity=Severity.WARNING,
    since="0.1",
    each="finding",
    needs={"examples"},
    confidence=Confidence.LOW,
)
def low_lexical_diversity(data: Dataset, options: LexicalDiversityOptions) -> Iterator[Hit]:
    """Yield a hit for the responses, and one for the prompts, whose sample compresses too well."""
    rows = (
        data.examples.select("normalized").with_row_index("at").unique("normalized", keep="first", maintain_order=True)
    )
    if rows.height < _LEAST:
        return
    step = max(rows.height // options.sample, 1)
    chosen = rows["at"].gather_every(step).head(options.sample).to_list()
    texts = [text.response for text in data.texts(chosen)]
    if (data.examples["roles"].gather(chosen) == _PLAIN).all():
        texts = _without_preamble(texts)
    whole = _sample(texts)
    if whole is None:
        return
    ratio = _ratio(whole)
    if ratio > options.max_ratio:
        words = re.findall(_WORD, whole.lower())
        pairs = list(pairwise(words))
        distinct = percent(len(set(pairs)) / max(len(pairs), 1))
        sizes = f"responses compress {ratio:.1f} to 1, limit {options.max_ratio:g}"
        yield Hit(f"{sizes}; {distinct} of their word pairs are distinct", at=chosen[0])


def _sample(texts: Sequence[str]) -> str | None:
    """Return the beginnings of texts as one of fixed size; None where they are too short, or are code or data."""
    heads = [text[:_EACH] for text in texts if text.strip()]
    whole = "\n".join(dict.fromkeys(heads))[:_WHOLE]
    if len(whole) < _WHOLE // 2 or len(whole) < _LEAST_CHARS * min(len(heads), _WHOLE // _EACH):
        return None
    if sum(re.search(_CODE, head) is not None for head in heads) > _MOST_CODE * len(heads):
        return None
    if sum(map(_is_record, heads)) > len(heads) / 2:
        return None
    letters = sum(map(str.isalpha, whole)) / max(len("".join(whole.split())), 1)
    if letters < _LEAST_LETTERS or len(re.findall(_SYMBOL, whole)) > _MOST_SYMBOLS * len(whole):
        return None
    return whole


def _is_record(text: str) -> bool:
    """Return whether most lines of a text are a key and its value."""
    lines = text.splitlines()
    return len(lines) > 1 and sum(re.match(_ENTRY, line) is not None for line in lines) > len(lines) / 2


def _without_preamble(texts: list[str]) -> list[str]:
    """Cut off what all texts begin with."""
    first, last = min(texts), max(texts)
    size = common_prefix(first, last)
    return [text[size:] for text in texts]


def _ratio(text: str) -> float:
    import zlib

    data = text.encode("utf-8", "replace")
    return len(data) / len(zlib.compress(data, _LEVEL))
