"""Endings, and values of JSON, by which the two sides of preference pairs are known."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import polars as pl

from datalint.api import NamedTuple, excerpt
from datalint.rules.common.responses.cut_ends import is_cut
from datalint.support.lazy_pattern import lazy_pattern

#: Characters of the endings that are compared, the longest first, and letters of one that says something.
_LENGTHS: Final = (32, 16, 8)
_LETTERS: Final = 4
#: Markup, code and data end the same way by their grammar.
_MARKUP: Final = lazy_pattern(r"[<>{}\[\]`|\\\"]")
_SIDES: Final = ("chosen", "rejected")
_SEED: Final = 16
#: Keys of an object that are looked at, words of a text that is no label, and characters of JSON that is parsed.
_KEYS: Final = 20
_WORDS: Final = 3
_LONGEST: Final = 20_000
#: Different texts of which the rejected sides have one.
_FEW: Final = 3
#: Characters of an answer that may be cut, share of the rejected ones that are, the fewest, and how many times as many as of
#: the chosen ones. Of 24 public sets, three have 22 % or more, and the next one 1 %.
_CUT_CHARS: Final = 100
_CUT_SHARE: Final = 0.15
_LEAST_CUT: Final = 10
_TIMES_CUT: Final = 5
#: The tag that a text begins with, such as one of its reasoning.
_FIRST_TAG: Final = lazy_pattern(r"\s{0,9}<([A-Za-z_]{2,30})>")
_VALUES: Final = pl.Schema({"key": pl.String(), "chosen": pl.UInt64(), "rejected": pl.UInt64(), "text": pl.String()})


class Ending(NamedTuple):
    """How one side of ``pairs`` ends, and the other never does."""

    side: str
    text: str
    pairs: int


class FewValues(NamedTuple):
    """The few ``texts`` that the rejected sides of ``pairs`` have under a key of their JSON."""

    key: str
    texts: list[str]
    pairs: int


def ends(pairs: pl.DataFrame, share: float) -> list[pl.Series]:
    """Return hashes of the endings of the ``chosen`` and the ``rejected`` texts by length, null for shorter texts.

    Next to each is a series that holds the excerpt of an ending that over ``share`` of the texts have, at the first one.
    """
    found = []
    for side in _SIDES:
        for length in _LENGTHS:
            text = pairs[side].str.strip_chars()
            tail = pl.select(pl.when(text.str.len_chars() > length).then(text.str.tail(length))).to_series()
            hashes = pl.select(pl.when(tail.is_not_null()).then(tail.hash(_SEED))).to_series()
            counts = hashes.drop_nulls().value_counts(name="number").filter(pl.col("number") > share * pairs.height)
            shown: list[str | None] = [None] * pairs.height
            for each in counts[hashes.name]:
                first = int((hashes == each).arg_true()[0])
                said = _words(tail[first])
                shown[first] = excerpt(said, length) if said else None
            name = f"{side}_{length}"
            found += [hashes.alias(name), pl.Series(f"{name}_text", shown, dtype=pl.String)]
    return found


def common_ending(pairs: pl.DataFrame, share: float, texts: int) -> Ending | None:
    """Return the longest ending that over ``share`` of one side have and no text of the other, with varied prompts."""
    for length in _LENGTHS:
        for side, other in (_SIDES, _SIDES[::-1]):
            column = pairs[f"{side}_{length}"]
            counts = column.drop_nulls().value_counts(name="number").sort("number", column.name, descending=True)
            if not counts.height:
                continue
            ending, count = counts.row(0)
            if count <= share * pairs.height or pairs[f"{other}_{length}"].eq(ending).any():
                continue
            mine = pairs.filter(column == ending)
            # An ending of so many pairs has this share in a chunk at least.
            shown = mine[f"{side}_{length}_text"].drop_nulls()
            if len(shown) and mine["prompt"].n_unique() >= texts:
                return Ending(side, shown[0], count)
    return None


def _words(tail: str) -> str:
    """Return the words of an ending without a part of one, none if they say nothing."""
    if any(char.isalpha() and char.upper() != char.lower() for char in tail):
        # Before the first blank is the rest of a word.
        tail = tail.partition(" ")[2]
    says = sum(map(str.isalpha, tail)) >= _LETTERS and _MARKUP.search(tail) is None
    return tail.strip() if says else ""


def cuts(pairs: pl.DataFrame) -> list[pl.Series]:
    """Return whether the ``chosen`` and the ``rejected`` texts are cut, as ``chosen_cut`` and ``rejected_cut``.

    They stop in the middle of a sentence, or before the end of the tag that they begin with.
    """
    return [
        pl.Series(
            f"{side}_cut",
            [len(text) >= _CUT_CHARS and (_is_open(text) or is_cut(text)) for text in pairs[side]],
            dtype=pl.Boolean,
        )
        for side in _SIDES
    ]


def _is_open(text: str) -> bool:
    opened = _FIRST_TAG.match(text)
    return opened is not None and f"</{opened[1]}>" not in text


def many_cut(pairs: pl.DataFrame) -> tuple[int, int] | None:
    """Return how many rejected and chosen texts are cut, if many of the ones and hardly any of the others."""
    chosen, rejected = (int(pairs[f"{side}_cut"].sum()) for side in _SIDES)
    few = rejected < max(_CUT_SHARE * pairs.height, _LEAST_CUT) or rejected < _TIMES_CUT * chosen
    return None if few else (rejected, chosen)


def values(pairs: pl.DataFrame) -> pl.DataFrame:
    """Return the texts that both sides have under one key of their JSON, as hashes, and the excerpts of the rejected."""
    found: list[tuple[str, str, str]] = []
    for chosen, rejected in pairs.select(_SIDES).iter_rows():
        if chosen[:1] == "{" == rejected[:1] and len(chosen) + len(rejected) <= _LONGEST:
            found += _common(_parsed(chosen), _parsed(rejected))
    frame = pl.DataFrame(found, schema={"key": pl.String, "chosen": pl.String, "rejected": pl.String}, orient="row")
    hashes = (frame[side].hash(_SEED).alias(side) for side in _SIDES)
    # Where a key has few texts, the first place of each shows it.
    few = (pl.col("rejected").n_unique().over("key") <= _FEW) & pl.struct("key", "rejected").is_first_distinct()
    first = frame.select(few).to_series().to_list()
    shown = [excerpt(text, 40) if new else None for text, new in zip(frame["rejected"], first, strict=True)]
    return pl.DataFrame([frame["key"], *hashes, pl.Series("text", shown, dtype=pl.String)], schema=_VALUES)


def few_values(frame: pl.DataFrame, pairs: int, share: float, texts: int) -> FewValues | None:
    """Return the key under which over ``share`` of the rejected sides have one of few texts, and the chosen ``texts``."""
    for key in sorted(frame["key"].unique()):
        mine = frame.filter(pl.col("key") == key)
        rejected = mine["rejected"].value_counts(sort=True)["rejected"].to_list()
        if mine.height <= share * pairs or len(rejected) > _FEW or mine["chosen"].n_unique() < texts:
            continue
        if not mine["chosen"].is_in(rejected).any():
            shown = mine.drop_nulls("text").unique("rejected", keep="first", maintain_order=True)["text"].to_list()
            return FewValues(excerpt(key, 30), shown, mine.height)
    return None


def _parsed(text: str) -> dict[str, Any]:
    import orjson

    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError:
        return {}
    return value if isinstance(value, dict) else {}


def _common(chosen: dict[str, Any], rejected: dict[str, Any]) -> Iterable[tuple[str, str, str]]:
    for key in list(rejected)[:_KEYS]:
        one, other = chosen.get(key), rejected[key]
        if isinstance(one, str) and isinstance(other, str) and len(other.split()) >= _WORDS:
            yield key, one, other
