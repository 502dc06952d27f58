"""One text is a side of nearly all preference pairs, or its ending, or opens the rejected sides.

## What it does
Reports the dataset if one text is the chosen or the rejected side in more than `max-share` (90 %) of at least
`min-pairs` (20) pairs, or in all of half as many, while the other side and the prompts vary. Pairs with equal sides do
not count. Prompts vary too if only their images or other keys that the model reads do.

Also reported:
- a first line, such as `assistant`, that more than `max-line-share` (25 %) of the rejected answers and no chosen one
  begin with
- an ending, such as a signature, that more than `max-share` of one side and none of the other have
- a key of JSON under which the rejected sides have up to three texts, and the chosen ones many
- rejected answers that stop in the middle of a sentence or a tag (`<think>`), if 15 % do and hardly any chosen ones

Reported as a note:
- one model for the chosen sides and another one for the rejected sides (`chosen_model`, `rejected_model`) in more than
  `max-share` of the pairs
- rejected answers of 200 pairs or more that are a tenth as many texts

## Why it matters
A preference teaches what makes one answer better than another. If the rejected side is always the same text, the model
only learns to avoid that text, which it would hardly write anyway, and the loss is near zero after a few steps.

Other signs show the side as well, whatever the answer says: a line that sampling left at its beginning, a signature at
its end, a limit of tokens that cut the rejected answers alone, and the style of the model that wrote one side.

## Bad
```jsonl vary=40
{"prompt": "What is meant by {w}?", "chosen": "It is {n}, since {w}.", "rejected": "I do not know which tool to call."}
```
## Good
```jsonl vary=40
{"prompt": "What is meant by {w}?", "chosen": "It is {n}, since {w}.", "rejected": "Nothing at all is {w}."}
```
## What to do
Sample the rejected answers from the model that you train, or write mistakes that it could make. Remove a line that is a
remainder of the chat template, and a signature. Sample rejected answers again with a limit that lets them end.
## Known limits
Texts that occur on both sides are labels (yes and no, the better of a few tools) and are not reported. A text is not
reported either if its pairs have fewer than `min-texts` different prompts, or fewer different texts on the other side.
A text in fewer pairs than `max-share` may be one type of mistake among others.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import polars as pl

from datalint.api import Chunk, Dataset, Hit, Options, Severity, excerpt, frozen, option, percent, rule
from datalint.rules.common.pairs.side_ends import common_ending, cuts, ends, few_values, many_cut, values
from datalint.rules.common.pairs.side_models import SideModels, joined_models, side_models, sole_models

#: A frame for each chunk with hashes of both sides, of their first lines and of the prompt for each pair, their endings,
#: and, for the most common text of each side and the most common first line of the rejected one, its excerpt at its
#: first pair; and a frame for each chunk of what sides that are JSON say under the same keys.
Sides = tuple[list[pl.DataFrame], list[pl.DataFrame], SideModels]
_SEED: Final = 15
_SIDES: Final = ("chosen", "rejected")
#: The first line of a text that has more; a fence begins an answer in code, which may be what is rejected.
_LINE: Final = r"\A([^\n`]{2,120})\n"
#: Pairs of which the rejected answers may be few texts, how many times each is there on average, and the share of
#: different texts on the other side, and of prompts.
_LEAST_PAIRS: Final = 200
_REPEATED: Final = 10
_VARIED: Final = 0.5


@frozen
class ConstantPreferenceSideOptions(Options):
    """When a side is constant."""

    max_share: float = option(0.9, "share of pairs that may have one text on a side", source="the guide: 90 % in one")
    max_line_share: float = option(
        0.25,
        "share of rejected answers that may have a first line which no chosen one has",
        source="less may be chance",
    )
    min_pairs: int = option(
        20,
        "pairs below which only a text that all have is reported, and below half of which nothing",
        source="shares of fewer are chance",
    )
    min_texts: int = option(10, "distinct prompts, and distinct texts on the other side", source="fewer may be labels")


@rule("DIV015", "constant-preference-side", severity=Severity.WARNING, since="0.1")
def constant_preference_side(data: Dataset, options: ConstantPreferenceSideOptions) -> Iterator[Hit]:
    """Yield a hit for the dataset for a side that is one text in nearly all pairs."""
    if data.measured is None or not data.measured[0]:
        return
    for chosen, rejected, count in sole_models(data.measured[2], options.min_pairs, options.max_share):
        said = f'the chosen side of {_share(count, data.measured[2].pairs)} is of "{chosen}", the rejected one of "{rejected}"'
        yield Hit(f"{said}: who wrote a side says which one it is", key="models", severity=Severity.INFO)
    pairs = pl.concat(data.measured[0])
    few = pairs.height < options.min_pairs
    if 2 * pairs.height < options.min_pairs:
        return
    for side, other in (_SIDES, _SIDES[::-1]):
        text, count = _most_common(pairs[side])
        # All of a few pairs are no chance, as a share of them may be.
        least = pairs.height - 1 if few else options.max_share * pairs.height
        if count <= least or pairs[other].eq(text).any():
            continue
        constant = pairs.filter(pl.col(side) == text)
        if min(constant[other].n_unique(), constant["prompt"].n_unique()) < options.min_texts:
            continue
        # A text of so many pairs has this share in a chunk at least.
        words = constant[f"{side}_text"].drop_nulls()[0]
        yield Hit(f'{_share(count, pairs.height)} have one {side} text: "{words}"', key=side)
        return
    if few:
        return
    yield from _in_part(pairs, pl.concat(data.measured[1]), options)


def _in_part(pairs: pl.DataFrame, said: pl.DataFrame, options: ConstantPreferenceSideOptions) -> Iterator[Hit]:
    """Yield a hit for the dataset for a part of a text by which a side is known."""
    ending = common_ending(pairs, options.max_share, options.min_texts)
    if ending is not None:
        other = _SIDES[ending.side == "chosen"]
        yield Hit(
            f'the {ending.side} side of {_share(ending.pairs, pairs.height)} ends with "{ending.text}", no {other} side does',
            key="ending",
        )
    few = few_values(said, pairs.height, options.max_share, options.min_texts)
    if few is not None:
        texts = " or ".join(f'"{text}"' for text in few.texts)
        yield Hit(
            f'the rejected side of {_share(few.pairs, pairs.height)} says only {texts} under "{few.key}"', key="value"
        )
    if (cut := many_cut(pairs)) is not None:
        yield Hit(
            f"the rejected side of {_share(cut[0], pairs.height)} stops in the middle of a sentence or tag, {cut[1]:,} of "
            "the chosen ones: cut at a limit of tokens?",
            key="cut",
        )
    sizes = {name: pairs[name].n_unique() for name in (*_SIDES, "prompt")}
    if (
        few is None
        and pairs.height >= _LEAST_PAIRS
        and sizes["rejected"] * _REPEATED <= pairs.height
        and min(sizes["chosen"], sizes["prompt"]) >= _VARIED * pairs.height
        and not pairs["rejected"].is_in(pairs["chosen"].unique().implode()).any()
    ):
        yield Hit(
            f"the rejected sides of {pairs.height:,} pairs are {sizes['rejected']:,} texts, the chosen ones "
            f"{sizes['chosen']:,}: the model may learn these texts instead of what makes an answer worse",
            key="few",
            severity=Severity.INFO,
        )
    lines = pairs.drop_nulls("rejected_line").join(pairs, left_on="rejected_line", right_on="chosen_line", how="anti")
    if not lines.height:
        return
    line, count = _most_common(lines["rejected_line"])
    if count > options.max_line_share * pairs.height:
        words = lines.filter(pl.col("rejected_line") == line)["rejected_line_text"].drop_nulls()[0]
        yield Hit(
            f'the rejected side of {_share(count, pairs.height)} begins with the line "{words}", no chosen side does',
            key="line",
        )


def _share(count: int, pairs: int) -> str:
    return f"{count:,} of {pairs:,} pairs ({percent(count / pairs)})"


def _most_common(texts: pl.Series) -> tuple[int, int]:
    """Return the most common hash and its number."""
    counts = texts.value_counts(name="number").sort("number", texts.name, descending=True)
    return counts.row(0)


@constant_preference_side.measure
def hash_sides(chunk: Chunk, options: ConstantPreferenceSideOptions) -> Sides:
    """Return the hashes of what is said last on both sides of each pair of a chunk."""
    compared = chunk.examples["is_preference"]
    if not compared.any():
        return [], [], SideModels()
    said = (
        chunk.turns.lazy()
        .filter(pl.col("is_response") & (pl.col("side") != "") & (pl.col("chars") > 0))
        .group_by("example", "side", maintain_order=True)
        .agg(pl.col("text").last().str.strip_chars())
    )
    chosen, rejected = (
        said.filter((pl.col("side") == side) & (pl.col("text") != "")).select("example", pl.col("text").alias(side))
        for side in _SIDES
    )
    pairs = chosen.join(rejected, on="example", how="inner", maintain_order="left").collect(engine="in-memory")
    pairs = pairs.filter(compared.gather(pairs["example"]) & (pl.col("chosen") != pl.col("rejected")))
    if not pairs.height:
        return [], [], SideModels()
    hashes = [pairs[side].hash(_SEED) for side in _SIDES]
    lines = [pairs[side].str.extract(_LINE).str.strip_chars().alias(f"{side}_line") for side in _SIDES]
    hashed = [
        pl.select(pl.when(each.is_not_null()).then(each.hash(_SEED)).alias(each.name)).to_series() for each in lines
    ]
    # A text or a line of a share of all pairs has it in a chunk at least.
    words = [
        _first_of_the_common(pairs[side], each, options.max_share * pairs.height)
        for side, each in zip(_SIDES, hashes, strict=True)
    ]
    words.append(_first_of_the_common(lines[1], hashed[1], options.max_line_share * pairs.height))
    # An image or another key may be what varies between prompts of one text.
    asked = chunk.examples["prompt", "surroundings"][pairs["example"]]
    prompts = (asked["prompt"].hash(_SEED) ^ asked["surroundings"]).alias("prompt")
    frame = pl.DataFrame([*hashes, *hashed, prompts, *words, *ends(pairs, options.max_share), *cuts(pairs)])
    return [frame], [values(pairs)], side_models(chunk)


def _first_of_the_common(texts: pl.Series, hashes: pl.Series, least: float) -> pl.Series:
    """Return nulls, and the excerpts of the texts of more than ``least`` rows at their first places."""
    counts = hashes.drop_nulls().value_counts(name="number").filter(pl.col("number") > least)
    places = [int((hashes == each).arg_true()[0]) for each in counts[hashes.name]]
    shown: list[str | None] = [None] * len(texts)
    for place in places:
        shown[place] = excerpt(texts[place], 60)
    return pl.Series(f"{texts.name}_text", shown, dtype=pl.String)


@constant_preference_side.merge
def join_sides(one: Sides, other: Sides) -> Sides:
    """Put two partials one after the other."""
    return one[0] + other[0], one[1] + other[1], joined_models(one[2], other[2])
