r"""A response is in another language than its prompt, which did not ask for one.

## What it does
Compares the languages of a row's prompts and of its responses, both of at least `min-letters` letters. Rows whose texts
share function words of one of 33 languages are not compared further. The languages of the other rows are identified by
script and by the model of [py3langid](https://github.com/adbar/py3langid). Prompts and system prompts that mention
languages or translation, code, tags, links, and texts that mix scripts are not compared. If over `max-share` of the
rows have the same two languages, this is the purpose of the data, or one side was not translated, and nothing is
reported here: see `untranslated-side`.

## Why it matters
A model that was trained on such rows sometimes answers in the wrong language, or switches languages in the middle of a
conversation. The usual causes are a translation of only the prompts, and a teacher model that fell back to English.

## Bad
```jsonl
{"prompt": "Wie lange kann ich die Schuhe nach dem Kauf noch umtauschen, wenn ich den Beleg nicht mehr habe?", "completion": "You can exchange the shoes within thirty days, and we find your receipt with the card that you paid with."}
```

## Good
```jsonl
{"prompt": "Wie lange kann ich die Schuhe nach dem Kauf noch umtauschen, wenn ich den Beleg nicht mehr habe?", "completion": "Sie können die Schuhe innerhalb von dreißig Tagen umtauschen, und den Beleg finden wir mit der Karte."}
{"prompt": "Translate this for our German customers: you can exchange the shoes within thirty days of the purchase.", "completion": "Sie können die Schuhe innerhalb von dreißig Tagen nach dem Kauf umtauschen."}
```

## What to do
Write the response in the language of the prompt, or say in the prompt which language is wanted.

## Known limits
Similar languages (Danish and Norwegian, Indonesian and Malay, Czech and Slovak) count as one. At most the first `most`
suspicious rows are identified and reported. A conversation is compared as a whole, so a single turn in another
language is not found.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import polars as pl

from datalint.api import Chunk, Confidence, Dataset, Hit, NamedTuple, Options, Severity, frozen, option, rule
from datalint.rules.common.texts.language import LEAST, asks, english, identified, share_no_words, writes_another

#: So many rows with the same two languages say nothing about what the data is for.
_FEW: Final = 10


class Suspects(NamedTuple):
    """The examples of a chunk or dataset, those that are compared, and the suspicious ones of them."""

    examples: int
    compared: int
    #: Frames with a ``row``, and whether its ``prompt`` and its ``response`` are English.
    frames: list[pl.DataFrame]


@frozen
class LanguageMismatchOptions(Options):
    """What is compared."""

    min_letters: int = option(30, "letters from which a text is compared", source="py3langid errs on shorter ones")
    max_share: float = option(
        0.2, "share of rows with the same two languages that are a defect", source="more are what the data is for"
    )
    most: int = option(1_000, "suspicious rows that are identified", source="a row takes about two milliseconds")


@rule("QUA019", "language-mismatch", severity=Severity.INFO, since="0.2", gated=False, confidence=Confidence.LOW)
def language_mismatch(data: Dataset, options: LanguageMismatchOptions) -> Iterator[Hit]:
    """Yield a hit at each row whose prompt and response are certainly of different languages."""
    if data.measured is None:
        return
    measured: Suspects = data.measured
    suspects = pl.concat(measured.frames)
    limit = max(options.max_share * measured.compared, _FEW)
    usual = suspects.group_by("prompt", "response").len().filter(pl.col("len") > limit)
    rows = suspects.join(usual, on=["prompt", "response"], how="anti").sort("row")["row"].head(options.most).to_list()
    for row, asked, answered in identified(data, rows, options.min_letters):
        if asked is not None and answered is not None and asked.differs(answered):
            yield Hit(f"the prompt is {asked.name}, the response {answered.name}", at=row)


@language_mismatch.measure
def find_suspects(chunk: Chunk, options: LanguageMismatchOptions) -> Suspects:
    """Return the rows of a chunk whose prompt and response share no function word of any language."""
    prompt, response = pl.col("prompt"), pl.col("response")
    long = (prompt.str.len_bytes() >= LEAST) & (response.str.len_bytes() >= LEAST) & ~pl.col("has_tool_calls")
    compared = chunk.examples.select(long).to_series()
    words = chunk.once(english).rename({"prompt": "asked", "response": "answered"})
    chosen = (compared & ~(words["asked"] & words["answered"])).arg_true()
    left = chunk.examples.select(pl.col("prompt", "response", "system").gather(chosen)).hstack(words[chosen])
    left = left.with_columns(chosen.cast(pl.Int64).alias("row"))
    another = (pl.col("answered") | writes_another(response), pl.col("asked") | writes_another(prompt))
    for wanted in (*another, ~asks(prompt), ~asks(pl.col("system"))):
        left = left.filter(wanted) if left.height else left
    left = left.filter(pl.Series(share_no_words(left["response"], left["prompt"]), dtype=pl.Boolean))
    found = left.select("row", pl.col("asked").alias("prompt"), pl.col("answered").alias("response"))
    return Suspects(chunk.examples.height, int(compared.sum()), [found])


@language_mismatch.merge
def join_suspects(one: Suspects, other: Suspects) -> Suspects:
    """Put two partials one after the other; row numbers of the second move behind the first's."""
    moved = [frame.with_columns(pl.col("row") + one.examples) for frame in other.frames]
    return Suspects(one.examples + other.examples, one.compared + other.compared, one.frames + moved)
