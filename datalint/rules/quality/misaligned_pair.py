"""The sides of a translation differ so much in length that one can't be the other's, or lists of pairs have other lengths.

## What it does
Compares the lengths of the two sides of translations, after the usual ratio of the dataset is taken into account.
Reports a pair of which one side is `factor` (20) times as long as the other, if the longer one has at least 100
characters. There must be 20 pairs.

Pairs are rows with `translation`, with `source` and `target`, or with keys that are named after languages (`english`,
`amharic`, `en`).

Also reported:
- a pair of which one side is `repeated-factor` (8) times as long, if other prompts have the same response
- once, a response of at least `min-prompts` (10) different prompts, most of which are `repeated-length` (2) times as
  long as what it stands for
- a pair with another year on the other side ("2015", "2018"), if years usually agree
- pairs whose sides are swapped, if they are few and no key names a language or direction
- as a note, pairs without words that are equal on both sides, if they are a tenth
- a row whose list of answers is not as long as its list of questions, if four in five rows have equal lists

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
Look at the rows next to it, align the documents again from there, or remove the pairs. In two lists, add the answer
that is missing, or remove the question without one.
## Known limits
Pairs that are wrong and of similar length are not found.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import polars as pl

from datalint.api import (
    Chunk,
    Dataset,
    Hit,
    NamedTuple,
    Options,
    Severity,
    counted,
    excerpt,
    frozen,
    json_path,
    option,
    others,
    percent,
    rule,
)
from datalint.rules.common.duplicates.numbers import repeated
from datalint.rules.common.pairs.shared_words import are_taken
from datalint.rules.common.pairs.swapped_sides import Sides, find_sides, joined_sides, swapped_sides
from datalint.rules.common.pairs.translated_years import PAIR_SHAPES, Years, find_years, joined_years
from datalint.rules.common.pairs.unequal_lists import Lists, find_lists, joined_lists
from datalint.rules.common.texts.language import identified
from datalint.rules.common.texts.language_keys import are_languages

#: Rows of a dataset from which its ratio is known, and characters of a side that is more than a name.
_LEAST = 20
_LONG = 100
_PAIRS = "translation"
#: Rows under keys of any sides whose words are compared.
_COMPARED = 40
#: Pairs whose languages are identified, characters of a side for that, and the share of pairs without words from which on
#: a note says so.
_IDENTIFIED = 40
_SENTENCE = 30
_WORDLESS = 0.1


class Measured(NamedTuple):
    """What a chunk or dataset has of years, languages and lists."""

    years: Years
    sides: Sides
    lists: Lists


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
    min_prompts: int = option(
        10,
        "different prompts with one response that is too short for them",
        source="of 280 public files of pairs, one has such responses, and all of its are wrong",
    )
    repeated_length: float = option(
        2, "times the usual ratio of lengths, for most of these prompts", source="as for min-prompts"
    )


@rule("QUA039", "misaligned-pair", severity=Severity.WARNING, since="0.1", gated=True)
def misaligned_pair(data: Dataset, options: MisalignedPairOptions) -> Iterator[Hit]:
    """Yield a hit at each pair whose sides are of very different lengths."""
    pairs = _pairs(data)
    yield from _contents(data, is_named=pairs.height > 0)
    if data.measured is not None:
        yield from swapped_sides(data, data.measured.sides)
        yield from _of_lists(data.measured.lists)
    if pairs.height < _LEAST:
        return
    ratio = (pl.col("response_chars") / pl.col("prompt_chars")).log()
    away = pairs.with_columns((ratio - ratio.median()).abs().alias("away"))
    longer = pl.max_horizontal("prompt_chars", "response_chars")
    again = pl.col("prompt_hash").n_unique().over("response_hash") > 1
    least = pl.when(again).then(math.log(options.repeated_factor)).otherwise(math.log(options.factor))
    found = away.filter((pl.col("away") > least) & (longer >= _LONG))
    for row, prompt, response in found.select("at", "prompt_chars", "response_chars").iter_rows():
        yield Hit(f"{prompt:,} characters against {response:,}: too different for a translation", at=row)
    yield from _for_many(data, pairs.with_columns((ratio - ratio.median()).alias("ratio")), options)


def _of_lists(lists: Lists) -> Iterator[Hit]:
    """Yield a hit at each row whose list of answers has another length than its list of questions."""
    for each in lists.found():
        asked, answered = (f'"{excerpt(key, 30)}"' for key in each.keys)
        unclear = f"{each.answered} in {answered}: which answer is whose is unclear"
        rest = unclear if each.answered else f"none in {answered}"
        message = f"{counted(each.asked, 'item')} in {asked}, and {rest}"
        yield Hit(message, at=each.row, path=json_path(each.keys[1:]), key="lists")


def _for_many(data: Dataset, pairs: pl.DataFrame, options: MisalignedPairOptions) -> Iterator[Hit]:
    """Yield a hit at the first row of each response that is too short for most of its many prompts."""
    first = pairs.filter(repeated(pairs["response_hash"])).unique(["response_hash", "prompt_hash"], keep="first")
    found = (
        first.group_by("response_hash")
        .agg(pl.len().alias("prompts"), pl.col("ratio").median(), pl.col("at").sort())
        .filter((pl.col("prompts") >= options.min_prompts) & (pl.col("ratio") < -math.log(options.repeated_length)))
        .sort(pl.col("at").list.first())
    )
    groups = found["at"].to_list()
    texts = data.texts([rows[0] for rows in groups]) if groups else []
    for rows, text in zip(groups, texts, strict=True):
        message = (
            f'{len(rows):,} different prompts, most of them longer, have one response: "{excerpt(text.response, 60)}"'
        )
        yield Hit(message, at=rows[0], related=others(rows[1:]))


@misaligned_pair.measure
def measure(chunk: Chunk, options: MisalignedPairOptions) -> Measured:
    """Compare the years of the pairs of a chunk and the lengths of lists, and look which sides are English."""
    return Measured(find_years(chunk), find_sides(chunk), find_lists(chunk))


@misaligned_pair.merge
def merge(one: Measured, other: Measured) -> Measured:
    """Put two partials one after the other."""
    return Measured(
        joined_years(one.years, other.years),
        joined_sides(one.sides, other.sides),
        joined_lists(one.lists, other.lists, one.sides.rows),
    )


def _contents(data: Dataset, *, is_named: bool) -> Iterator[Hit]:
    """Yield a hit at each translation with another year, and a note for those without words."""
    if data.measured is None:
        return
    found: Years = data.measured.years
    differing = found.differing()
    wordless = found.wordless if found.wordless >= max(_WORDLESS * found.pairs, _LEAST) else 0
    if not (differing or wordless) or not (is_named or _in_two_languages(data)):
        return
    for row, here, there in differing:
        yield Hit(f"{here} on one side, {there} on the other", at=row)
    if wordless:
        share = percent(wordless / found.pairs)
        message = f"{wordless:,} of {found.pairs:,} pairs ({share}) hold no words and are equal on both sides"
        yield Hit(message, at=found.first, severity=Severity.INFO, key="no words")


def _in_two_languages(data: Dataset) -> bool:
    """Whether most of the pairs of sentences that are identified are in two languages."""
    chars = pl.min_horizontal("prompt_chars", "response_chars")
    is_pair = pl.col("shape").is_in(PAIR_SHAPES) & (chars >= _SENTENCE)
    rows = data.examples.select(is_pair.arg_true()).to_series().head(_IDENTIFIED).to_list()
    known = [(one, two) for _, one, two in identified(data, rows, _SENTENCE) if one is not None and two is not None]
    return sum(one.differs(two) for one, two in known) > len(rows) / 2


def _pairs(data: Dataset) -> pl.DataFrame:
    """Return the lengths of the rows that are translations, none if keys of the first one are no languages."""
    at = pl.int_range(pl.len(), dtype=pl.Int64).alias("at")
    columns = data.examples.select("shape", "prompt_chars", "response_chars", "prompt_hash", "response_hash", at)
    if not any((data.examples["shape"] == name).any() for name in PAIR_SHAPES):
        return columns.clear()
    read = pl.col("shape").is_in(PAIR_SHAPES) & (pl.col("prompt_chars") > 0) & (pl.col("response_chars") > 0)
    pairs = columns.filter(read)
    named = pairs.filter(pl.col("shape") != _PAIRS)["at"].head(1).to_list()
    if named and not _are_languages(data, named[0]):
        pairs = pairs.filter(pl.col("shape") == _PAIRS)
    shaped = pairs.filter(pl.col("shape") == _PAIRS)["at"]
    if len(shaped) >= _LEAST and _are_taken(data, shaped.gather_every(-(-len(shaped) // _COMPARED)).to_list()):
        pairs = pairs.filter(pl.col("shape") != _PAIRS)
    return pairs


def _are_taken(data: Dataset, rows: Sequence[int]) -> bool:
    """Whether pairs say nothing of languages, and the words of one side are from the other: these are no translations."""
    if isinstance(data.records(rows[:1])[0].get(_PAIRS), dict):
        return False
    return are_taken([(text.prompt, text.response) for text in data.texts(rows)])


def _are_languages(data: Dataset, row: int) -> bool:
    [record], [text] = data.records([row]), data.texts([row])
    return are_languages(record, text.prompt, text.response)
