"""Leaks of rows whose long texts are equal and whose only other texts are titles or rewritings that nothing reads."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from datalint.engine.reduce.leaks.unlike_leaks import pairs_of
from datalint.records.leaks import Leak
from datalint.shapes.side_keys import names_media

if TYPE_CHECKING:
    from datalint.engine.execute.row_reader import Reader
    from datalint.shapes.detect import Detector

#: Characters of a prompt that no other row has by chance, and of a title, which is at most half as long as the prompt.
_LONG: Final = 100
_TITLE: Final = 200
_TIMES: Final = 2
#: Share of long prompts that come with several texts next to them, above which these may be what is asked.
_SHARED: Final = 0.01
#: Last words of keys of a title, and of those of another text of the same kind.
_TITLES: Final = frozenset(("title", "titles", "heading", "headline"))
_OTHERS: Final = frozenset(("pair", "other", "second", "two", "next", "more", "extra"))
_WORD: Final = r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[^\W_A-Za-z]+"
_LONGEST_KEY: Final = 60


def leaks_but_for_unread(
    train: pl.DataFrame, held: pl.DataFrame, readers: tuple[Reader, Reader], leaks: Iterable[Leak]
) -> list[Leak]:
    """Return the leaks, and those of rows that differ only in their answers and in titles or rewritings of their texts.

    To the other searches another text next to equal ones makes another prompt. Here it makes none if the prompt is long
    and does not come with several such texts, neither in training nor in evaluation.
    """
    found = list(leaks)
    if not (_is_apart(train) and _is_apart(held)):
        return found
    pairs = pairs_of(train, held, _alone(), _alone(), "prompt_hash").join(_placed(train, "training"), on="training")
    pairs = pairs.join(_placed(held, "evaluation"), on="evaluation", suffix="_held")
    pairs = pairs.filter(
        (pl.col("system_hash") == pl.col("system_hash_held")) & (pl.col("context") != pl.col("context_held"))
    ).sort("training", "evaluation")
    ours, theirs = {leak.training for leak in found}, {leak.evaluation for leak in found}
    pairs = pairs.filter(~(pl.col("training").is_in([*ours]) & pl.col("evaluation").is_in([*theirs])))
    if pairs.is_empty():
        return found
    records = [readers[0].records(pairs["training"].to_list()), readers[1].records(pairs["evaluation"].to_list())]
    alike = (pairs["response_hash"] == pairs["response_hash_held"]).to_list()
    for (row, other), size, same, mine, its in zip(
        pairs.select("training", "evaluation").iter_rows(), pairs["prompt_chars"], alike, *records, strict=True
    ):
        learned = _difference(mine, its, readers, size)
        if learned is not None:
            found.append(Leak(other, row, "normalized" if same and not learned else "prompt", 1.0))
    return sorted(found)


def _placed(examples: pl.DataFrame, name: str) -> pl.DataFrame:
    return examples.select(
        pl.col("i").alias(name), "context", "system_hash", "response_hash", pl.col("prompt_chars").cast(pl.Int64)
    )


def _is_long() -> pl.Expr:
    return pl.col("prompt_chars") >= _LONG


def _alone() -> pl.Expr:
    """Return whether a long prompt comes with one context only."""
    return _is_long() & (pl.col("context").n_unique().over("prompt_hash") == 1)


def _is_apart(examples: pl.DataFrame) -> bool:
    """Return whether nearly all long prompts come with one text next to them."""
    long = examples.filter(_is_long())
    prompts = long["prompt_hash"].n_unique()
    return prompts > 0 and long.select("prompt_hash", "context").n_unique() - prompts <= _SHARED * prompts


def _difference(mine: dict[str, Any], its: dict[str, Any], readers: tuple[Reader, Reader], size: int) -> bool | None:
    """Return whether two rows with the same prompt differ in what is learned next to it; None for different rows."""
    uses = dict(readers[0].detector.compared_keys(tuple(mine))) | dict(readers[1].detector.compared_keys(tuple(its)))
    read = _turn_keys(readers[0].detector, mine) | _turn_keys(readers[1].detector, its)
    learned = False
    for key in dict.fromkeys((*mine, *its)):
        values = [row[key] for row in (mine, its) if row.get(key) is not None]
        if mine.get(key) == its.get(key):
            continue
        if uses.get(key) == "learned":
            learned = True
        elif key not in uses:
            if names_media(key) or any(map(_has_objects, values)):
                return None
        elif not _is_title(key, values, size) and (uses[key] != "unknown" or not _is_rewriting(key, values, read)):
            return None
    return learned


def _turn_keys(detector: Detector, row: dict[str, Any]) -> frozenset[str]:
    return detector.shape(row).turn_keys(tuple(row)).intersection(row)


def _words(key: str) -> list[str]:
    return [word.lower() for word in re.findall(_WORD, key[:_LONGEST_KEY])]


def _is_title(key: str, values: list[Any], size: int) -> bool:
    most = min(_TITLE, size // _TIMES)
    short = all(isinstance(value, str) and len(value) <= most for value in values)
    return short and not _TITLES.isdisjoint(_words(key)[-1:])


def _is_rewriting(key: str, values: list[Any], read: Iterable[str]) -> bool:
    """Whether a key is named after one that is read, such as ``premises_formal`` after ``premises``."""
    words = _words(key)
    if len(words) < 2 or len(words[-1]) == 1 or words[-1] in _OTHERS:
        return False
    return any(words[: len(_words(each))] == _words(each) != words for each in read if _words(each)) and not any(
        isinstance(value, dict) or _has_objects(value) for value in values
    )


def _has_objects(value: object) -> bool:
    return isinstance(value, list) and any(isinstance(item, dict | list) for item in value)
