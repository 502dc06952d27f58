"""The notes on prompts with several answers, with several preferences, with those of a model, or without any."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import polars as pl

from datalint.core.kind import EVALUATION
from datalint.engine.reduce.sampled_notes import sampled_notes
from datalint.privacy.display import excerpt
from datalint.records.shape_counts import shapes_of
from datalint.shapes import mapped
from datalint.shapes.guess import can_be_typed
from datalint.shapes.side_keys import is_reference
from datalint.support.columns_option import columns_option

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from datalint.records.analyses import Group
    from datalint.records.dataset import Dataset

#: Prompts with several answers or preferences are named from this many, and from this share of the rows.
_LEAST_PROMPTS: Final = 10
_MANY_ANSWERS: Final = 0.01
_MANY_PREFERENCES: Final = 0.2
#: The shape of tasks to annotate with what a model predicts.
_PREDICTED: Final = "label-studio-predictions"
#: Shapes of rows that have prompts and nothing else.
_PROMPTS: Final = frozenset(("prompt-only", mapped.PROMPTS))
#: The shape of passages with questions, each of which may lack an answer.
_PASSAGES: Final = "reading-comprehension"
#: Rows in which a key of the right answers is looked for.
_READ: Final = 200


def answers_notes(dataset: Dataset) -> list[str]:
    """Return the notes on prompts with several answers or preferences, if these are enough, or without any answer."""
    found = (_several_answers(dataset), _several_preferences(dataset), _no_answers(dataset), _predicted(dataset))
    return [f"answers: {said}" for said in (*found, *sampled_notes(dataset)) if said]


def _no_answers(dataset: Dataset) -> str | None:
    """Return that an evaluation set is nothing but prompts, of which no score says anything about their answers."""
    if dataset.kind != EVALUATION:
        return None
    shapes = shapes_of(dataset.examples)
    if not shapes or not shapes <= _PROMPTS | {_PASSAGES}:
        return None
    if _PASSAGES in shapes:
        said = "no question has one, so the scores are about the questions alone; if another file has them, write each"
        return None if dataset.examples["response_chars"].max() else f"{said} next to its question"
    from datalint.shapes.evidence.checking import demands, finds, is_right  # few datasets need it

    few = dataset.records(range(min(dataset.size, _READ)))
    given = dict.fromkeys(str(key) for row in few for key, value in row.items() if value)
    alone = "no row has one that is read, so the scores are about the prompts alone"
    if right := [key for key in given if is_reference(key) or is_right(key)]:
        key = right[0] if len(right) == 1 and can_be_typed(right[0]) else "KEY"
        option = columns_option(f"prompt={_asked(dataset, few[0])},response={key}")
        return f"{alone}; if {excerpt(right[0], 40)!r} has them: {option}"
    if checking := [key for key in given if demands(key) or finds(key)]:
        return f"{alone}; {excerpt(checking[0], 40)!r} is for checking answers, and is none"
    return f"{alone}; if a key has them: {columns_option(f'prompt={_asked(dataset, few[0])},response=KEY')}"


def _asked(dataset: Dataset, first: Mapping[str, Any]) -> str:
    """Return the key of the prompt in the first row, where it is a text of its own; a placeholder otherwise."""
    prompt = dataset.texts([0])[0].prompt.strip()
    keys = [key for key, value in first.items() if isinstance(value, str) and value.strip() == prompt]
    return keys[0] if len(keys) == 1 and can_be_typed(keys[0]) else "KEY"


def _predicted(dataset: Dataset) -> str | None:
    """Return that the answers of tasks to annotate are those of a model."""
    rows = int((dataset.examples["shape"] == _PREDICTED).sum())
    return f"{rows:,} rows have the predictions of a model, which no person has annotated yet" if rows else None


def _several_answers(dataset: Dataset) -> str | None:
    """Return how many prompts have several answers if enough rows have such a prompt, otherwise None.

    This may be by design, so the rule that lists them has low confidence. Those whose answers contradict each other are
    findings, and only count among the many.
    """
    every = dataset.analyses.repeated_prompts
    reported = {row for group in dataset.analyses.conflicts for row in group.rows}
    groups = [group for group in every if reported.isdisjoint(group.rows)]
    if len(groups) < _LEAST_PROMPTS or _rows_with(dataset, every) < _MANY_ANSWERS * dataset.size:
        return None
    rows = _rows_with(dataset, groups)
    return f"{len(groups):,} prompts have several different answers each, in {rows:,} of {dataset.size:,} rows"


def _rows_with(dataset: Dataset, groups: Sequence[Group]) -> int:
    """Return how many rows have the prompts of groups, which have only the first of several rows with one answer."""
    contexts = dataset.examples["context"]
    return int(contexts.is_in(contexts.gather([group.rows[0] for group in groups]).implode()).sum())


def _several_preferences(dataset: Dataset) -> str | None:
    """Return how many prompts have several pairs of answers, such as ten chosen ones to one that is rejected."""
    if not dataset.examples["is_preference"].any():
        return None
    pairs = dataset.examples.filter(pl.col("is_preference") & (pl.col("prompt_chars") > 0))
    pairs = pairs.select("templated", "response_hash").unique()
    sizes = pairs.group_by("templated").len().filter(pl.col("len") > 1)["len"]
    rows = int(sizes.sum())
    if len(sizes) < _LEAST_PROMPTS or rows < _MANY_PREFERENCES * dataset.size:
        return None
    return f"{len(sizes):,} prompts have several different pairs each, in {rows:,} of {dataset.size:,} rows"
