"""Leaks of texts between a training set and an evaluation set whose answers cannot be compared with its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from datalint.records.leaks import Leak
from datalint.shapes.formats.token_labels import TOKEN_LABELS
from datalint.support.named_tuple import NamedTuple

if TYPE_CHECKING:
    from datalint.engine.execute.row_reader import Reader

#: The shape of rows with labels instead of an answer, whose keys the user or the inference names.
_MAPPED: Final = "mapped-labels"
#: Characters of a plain text that no other row has by chance.
_LONG: Final = 100
#: Files of a split that are looked at.
_FILES: Final = 20
#: The key of a row in a path.
_TOP: Final = r"\$\.([^.\[]+)|\$\[\"([^\"]{1,200})\"\]"


def unlike_leaks(train: pl.DataFrame, held: pl.DataFrame, leaks: Iterable[Leak]) -> list[Leak]:
    """Return the leaks, and those of prompts that only one of the splits answers, of long plain texts, and of sentences
    with other tags or other labels, such as objects with the places of words, or without any on one side.

    Equal plain texts are no leak to the other searches where another text next to them differs. Tags are no text, so
    that a tagged sentence is a prompt without a response.
    """
    asked, answered = pl.col("prompt_chars") > 0, pl.col("response_chars") > 0
    long = ~asked & (pl.col("response_chars") >= _LONG) & ~pl.col("has_system")
    tagged = asked & (pl.col("shape") == TOKEN_LABELS)
    labelled = asked & ~answered & (pl.col("shape") == _MAPPED)
    marked = tagged | labelled
    bare = asked & ~marked & ~pl.col("has_system")
    pairs = [
        pairs_of(train, held, asked & answered, asked & ~answered, "context"),
        pairs_of(train, held, asked & ~answered, asked & answered, "context"),
        pairs_of(train, held, long, long, "response_hash"),
        pairs_of(train, held, tagged, tagged, "prompt_hash"),
        pairs_of(train, held, labelled, labelled, "prompt_hash"),
        pairs_of(train, held, marked, bare, "prompt_hash"),
        pairs_of(train, held, bare, marked, "prompt_hash"),
    ]
    found = list(leaks)
    ours, theirs = {leak.training for leak in found}, {leak.evaluation for leak in found}
    for row, other in pl.concat(pairs).iter_rows():
        if row not in ours or other not in theirs:
            ours.add(row)
            theirs.add(other)
            found.append(Leak(other, row, "prompt", 1.0))
    return sorted(found)


def leaks_but_for_keys(
    train: pl.DataFrame, held: pl.DataFrame, readers: tuple[Reader, Reader], leaks: Iterable[Leak]
) -> list[Leak]:
    """Return the leaks, and those of rows that differ only in a key that no training row has, such as a rewording.

    To the other searches another text next to equal ones makes another row. Prompts that come twice in the evaluation
    set are left out: what is under the key may be what they ask about.
    """
    found = list(leaks)
    files = _files_of_other_keys(train, held, readers)
    complete = (pl.col("prompt_chars") > 0) & (pl.col("response_chars") > 0)
    theirs = held.filter(pl.col("file").is_in(files) & complete & pl.col("prompt_hash").is_unique())
    if theirs.is_empty():
        return found
    ours = train.filter(complete)
    alike = ["prompt_hash", "response_hash", "system_hash"]
    one, other = ours.select(*alike, training="i"), theirs.select(*alike, evaluation="i")
    known = {leak.evaluation for leak in found if leak.kind != "prompt"}
    pairs = one.join(other, on=alike, maintain_order="left").select("evaluation", "training")
    found += [Leak(row, mine, "normalized", 1.0) for row, mine in pairs.iter_rows() if row not in known]
    return sorted(found)


def _files_of_other_keys(train: pl.DataFrame, held: pl.DataFrame, readers: tuple[Reader, Reader]) -> list[int]:
    """Return the evaluation files whose first row has a key that the first row of no training file has."""
    (_, mine), (files, theirs) = (_firsts(each, reader) for each, reader in zip((train, held), readers, strict=True))
    known = {key for record in mine for key in record}
    return [file for file, record in zip(files, theirs, strict=True) if mine and not known.issuperset(record)]


def _firsts(examples: pl.DataFrame, reader: Reader) -> tuple[list[int], list[dict[str, Any]]]:
    first = examples.unique("file", keep="first", maintain_order=True).head(_FILES)
    rows: list[int] = first["i"].to_list()
    return first["file"].to_list(), list(reader.records(rows)) if rows else []


def pairs_of(train: pl.DataFrame, held: pl.DataFrame, mine: pl.Expr, theirs: pl.Expr, key: str) -> pl.DataFrame:
    """Return the rows of both splits with a row of equal ``key`` in the other one, each with the first such row."""
    one = train.filter(mine).select(key, pl.col("i").alias("training"))
    other = held.filter(theirs).select(key, pl.col("i").alias("evaluation"))
    if one.is_empty() or other.is_empty():
        return pl.DataFrame(schema={"training": pl.Int64, "evaluation": pl.Int64})
    return joined_pairs(one, other, [key])


def joined_pairs(one: pl.DataFrame, other: pl.DataFrame, keys: list[str]) -> pl.DataFrame:
    """Return the rows of two frames with equal ``keys``, each with the first such row of the other frame."""
    found = [
        left.join(right.unique(keys, keep="first", maintain_order=True), on=keys, maintain_order="left")
        for left, right in ((one, other), (other, one))
    ]
    return pl.concat([each.select("training", "evaluation") for each in found]).unique(maintain_order=True)


class _Answered(NamedTuple):
    """A row with an answer, and the key of the row that has it."""

    record: dict[str, Any]
    key: str


def files_of_other_answers(train: pl.DataFrame, held: pl.DataFrame, readers: tuple[Reader, Reader]) -> tuple[int, ...]:
    """Return the evaluation files whose answers are under another key, which is no answer in the training set either.

    The training rows have that key too, and these files lack the one that is learned.
    """
    learned = _answered(train, readers[0]).values()
    return tuple(
        file
        for file, row in _answered(held, readers[1]).items()
        if learned
        and all(row.key != each.key and row.key in each.record for each in learned)
        and not any(each.key in row.record for each in learned)
    )


def _answered(examples: pl.DataFrame, reader: Reader) -> dict[int, _Answered]:
    """Return the first row of each file that has an answer under a key of its own."""
    complete = examples.filter((pl.col("prompt_chars") > 0) & (pl.col("response_chars") > 0))
    first = complete.unique("file", keep="first", maintain_order=True).head(_FILES)
    rows: Sequence[int] = first["i"].to_list()
    found = {}
    for file, row, record in zip(first["file"], rows, reader.records(rows) if rows else (), strict=True):
        turns = reader.turns([row]).filter(pl.col("role") == "assistant")
        match = re.match(_TOP, turns["path"][-1]) if turns.height else None
        if match is not None:
            found[int(file)] = _Answered(record, match[1] or match[2])
    return found
