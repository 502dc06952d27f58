r"""A row is in another language or script than nearly all others.

## What it does
Searches for function words to sort rows into groups: English, other languages in Latin letters, Chinese, Japanese,
Korean, Cyrillic and Arabic letters, and other scripts. If one group has at least `min-share` of at least `min-rows`
rows, the languages of the other rows are identified by script and by the model of
[py3langid](https://github.com/adbar/py3langid), A row is reported if both its prompt and its response are certainly
not in the language of the group.

## Why it matters
A row in another language is often left over from a crawl or a merge of files. A few such rows don't teach the
language, but they cost tokens, and people who review the rest may not be able to read them.

## Bad
```jsonl vary=120
{"prompt": "What is said about this in the letter of the third week? {w}", "completion": "It is said that the answer will be sent with the next letter: {w}."}
{"prompt": "Wie lange kann ich die Schuhe nach dem Kauf noch umtauschen, wenn ich den Beleg nicht mehr habe?", "completion": "Sie können die Schuhe innerhalb von dreißig Tagen umtauschen, und den Beleg finden wir mit der Karte."}
```

## Good
```jsonl vary=120
{"prompt": "What is said about this in the letter of the third week? {w}", "completion": "It is said that the answer will be sent with the next letter: {w}."}
{"prompt": "Translate into German: you can exchange the shoes within thirty days of the day when you bought them.", "completion": "Sie können die Schuhe innerhalb von dreißig Tagen nach dem Kauf umtauschen."}
```

## What to do
Remove the row, translate it, or add enough rows in its language. If the dataset is meant to have a few such rows,
ignore this rule.

## Known limits
If both languages use Latin letters, the rows are found only if one of the languages is English. Rows of less than a
sentence, and rows that are code or data, are not checked. At most the first `most` rows are identified and reported.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

import numpy as np
import polars as pl

from datalint.api import Chunk, Confidence, Dataset, Hit, Options, Severity, frozen, option, percent, rule
from datalint.rules.common.texts.language import LEAST, english, identified, writes, writes_another

#: Bytes per character from which a text is not in Latin letters: those of German, Polish or French text are under 1.15,
#: those of Vietnamese up to 1.4, of Cyrillic 1.8, of Chinese 3.
_BEYOND_LATIN: Final = 1.45
#: Sorts of rows, and those beyond Latin letters by languages whose function words sort them, in this order: Japanese has
#: some of the Chinese characters.
_ENGLISH, _LATIN, _OTHER = 1, 2, 3
_BEYOND: Final = {4: ("ja",), 5: ("ko",), 6: ("zh",), 7: ("ru", "uk"), 8: ("ar", "fa", "ur")}
#: Rows of the majority whose language is identified, spread over all.
_SAMPLE: Final = 40
_MAJORITY: Final = 0.8


@frozen
class OffLanguageOptions(Options):
    """When one language is what a dataset is in."""

    min_share: float = option(
        0.97, "share of rows from which their language is the dataset's", source="more than 3 % are meant to be there"
    )
    min_rows: int = option(100, "rows below which the rule reports nothing", source="shares of fewer are chance")
    min_letters: int = option(30, "letters from which a text is compared", source="py3langid errs on shorter ones")
    most: int = option(1_000, "rows that are identified", source="a row takes about two milliseconds")


@rule("QUA030", "off-language", severity=Severity.INFO, since="0.2", confidence=Confidence.LOW)
def off_language(data: Dataset, options: OffLanguageOptions) -> Iterator[Hit]:
    """Yield a hit at each row that is certainly in another language than the dataset."""
    if data.measured is None:
        return
    sorts = data.measured.with_row_index("row").filter(pl.col("sort") > 0)
    usual = sorts.group_by("sort").len().sort("len", "sort").tail(1)
    if sorts.height < options.min_rows or usual["len"].item() < options.min_share * sorts.height:
        return
    is_usual = pl.col("sort") == usual["sort"].item()
    rows = sorts.filter(~is_usual)["row"].head(options.most).to_list()
    others = [
        (row, asked, answered)
        for row, asked, answered in identified(data, rows, options.min_letters)
        if answered is not None
    ]
    if not others:
        return
    majority = sorts.filter(is_usual)["row"]
    sample = majority.gather_every(max(len(majority) // _SAMPLE, 1)).to_list()
    known = [answered for _, _, answered in identified(data, sample, options.min_letters) if answered is not None]
    counts = Counter(answered.name for answered in known)
    language, count = counts.most_common(1)[0] if counts else ("", 0)
    if not count or count < _MAJORITY * len(known):
        return
    usual_one = max((each for each in known if each.name == language), key=lambda each: each.probability)
    share = percent(usual["len"].item() / sorts.height)
    for row, asked, answered in others:
        if answered.differs(usual_one) and (asked is None or asked.differs(usual_one)):
            yield Hit(f"is {answered.name}, while {share} of the rows are {language}", at=row)


@off_language.measure
def sort_rows(chunk: Chunk, options: OffLanguageOptions) -> pl.DataFrame:
    """Return the sort of each row of a chunk: a number of :data:`_SORTS`, 0 for rows that are not looked at."""
    is_english = chunk.once(english)
    response = pl.col("response")
    sorts = np.zeros(chunk.examples.height, np.int8)
    long = (chunk.examples["response"].str.len_bytes() >= LEAST).to_numpy()
    sorts[long & (is_english["prompt"] | is_english["response"]).to_numpy()] = _ENGLISH
    left = chunk.examples.select("response").with_row_index("row").filter(pl.Series(long & (sorts == 0)))
    left = left.filter(writes_another(response)) if left.height else left
    sorts[left["row"]] = _LATIN
    left = left.filter(response.str.len_bytes() >= _BEYOND_LATIN * response.str.len_chars())
    sorts[left["row"]] = _OTHER
    for number, codes in _BEYOND.items():
        if left.height:
            hit = left.select(pl.any_horizontal(writes(code, response) for code in codes)).to_series()
            sorts[left["row"].filter(hit)] = number
            left = left.filter(~hit)
    return pl.DataFrame({"sort": sorts})


@off_language.merge
def join_sorts(one: pl.DataFrame, other: pl.DataFrame) -> pl.DataFrame:
    """Put two partials one after the other."""
    return pl.concat((one, other), rechunk=False)
