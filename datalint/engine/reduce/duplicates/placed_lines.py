"""Which rows of a file have a place in it: lines of a running text, turns of conversations, and short exchanges.

In each function, ``anchors`` has the first row with the same text for each row, and ``mine`` says which rows are of the
file. Passages that stand in two places are copies, whatever their lines are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from datalint.engine.reduce.duplicates.repeated_lines import CHARS, LEAST, MOSTLY, PASSAGE, refrains_of
from datalint.engine.reduce.duplicates.running_text import order_of

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

    from datalint.engine.execute.row_reader import Reader

#: Characters of a short line in a script without spaces, and of a line of a running text that repeats no other.
_SPACELESS_LINE: Final = 12
_PARAGRAPH: Final = 500
#: Share of longer lines that repeat from which on they are copies, where sentences run over lines and where lines only
#: have an order, and share of the lines of a text that are all the same.
_COPIED: Final = 0.05
_COPIED_IN_ORDER: Final = 0.01
_OFTEN: Final = 0.005
#: Share of the rows whose answer the next row answers, in a dialogue, and rows of a scene of it that is a copy.
_GOES_ON: Final = 0.3
_SCENE: Final = 4
#: The first rows of a table, by which they are turns of a conversation or not.
_READ: Final = 200


def running_lines(
    examples: pl.DataFrame,
    reader: Reader,
    anchors: NDArray[np.int64],
    mine: NDArray[np.bool_],
    *,
    broken: bool = False,
) -> NDArray[np.bool_]:
    """Return which rows of a file are lines of a running text that repeat no other, whatever they say.

    All are but long paragraphs, and long passages that stand in two places; only short ones and refrains are if many
    longer ones repeat. None are if the lines must be ``broken`` sentences, and are not.
    """
    rows = np.flatnonzero(mine)
    order = order_of(len(rows), lambda some: [text.response for text in reader.texts(rows[some].tolist())])
    if broken and not order.broken:
        return np.zeros_like(mine)
    chars = examples["response_chars"].to_numpy()
    refrains = np.zeros_like(mine)
    refrains[rows] = refrains_of(anchors[rows], known=order.runs_on or order.follows)
    refrains &= chars <= _PARAGRAPH
    if not order.runs_on and not order.follows:
        return refrains
    short = mine & (chars <= (_SPACELESS_LINE if order.spaceless else CHARS))
    first = anchors[rows]
    alone = np.ones_like(mine)
    alone[rows[_in_passages(first, rows)]] = False
    longer = (first != rows) & ~short[rows]
    if longer.sum() > (_COPIED if order.runs_on else _COPIED_IN_ORDER) * len(rows):
        return refrains | (short & alone)
    often = np.bincount(first, minlength=len(mine))[anchors] > max(_OFTEN * len(rows), PASSAGE)
    return alone & (short | (mine & (chars <= _PARAGRAPH) & ~often))


def turns_of(
    examples: pl.DataFrame, reader: Reader, anchors: NDArray[np.int64], mine: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Return which rows of a file are turns of a conversation, but for those of passages that stand in two places.

    They have a text alone, or a label of it, where most texts are others.
    """
    from datalint.engine.reduce.duplicates.dialogue_turns import are_labelled
    from datalint.engine.reduce.duplicates.spoken_rows import are_turns

    rows = np.flatnonzero(mine)
    found = np.zeros_like(mine)
    if examples["is_preference"].to_numpy()[rows].any():
        return found
    labelled = bool(examples["prompt_chars"].to_numpy()[rows].any())
    if labelled and ((anchors[rows] != rows).mean() > MOSTLY or not are_labelled(examples, rows)):
        return found
    if are_turns(reader.records(rows[:_READ].tolist()), labelled=labelled):
        found[rows] = ~_in_passages(anchors[rows], rows)
    return found


def turns_of_dialogues(
    examples: pl.DataFrame, reader: Reader, anchors: NDArray[np.int64], mine: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Return which rows of a file are turns of dialogues, but for passages that stand in two places."""
    from datalint.engine.reduce.duplicates.dialogue_turns import are_turns_of_dialogues

    rows = np.flatnonzero(mine)
    found = np.zeros_like(mine)
    if are_turns_of_dialogues(examples, reader, rows):
        found[rows] = ~_in_passages(anchors[rows], rows)
    return found


def exchanges_of(examples: pl.DataFrame, anchors: NDArray[np.int64], mine: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return which rows of a file are short exchanges of a dialogue, which people have again and again.

    The answer of many a row is what the next one answers. Several rows in the order of earlier ones are copies there.
    """
    rows = np.flatnonzero(mine)
    asked, said, asks, says = (
        examples[name].to_numpy()[rows] for name in ("prompt_hash", "response_hash", "prompt_chars", "response_chars")
    )
    found = np.zeros_like(mine)
    goes_on = (asked[1:] == said[:-1]) & (asks[1:] > 0)
    if goes_on.sum() >= max(LEAST, _GOES_ON * len(rows)):
        short = (asks > 0) & (asks <= CHARS) & (says > 0) & (says <= CHARS)
        found[rows] = short & ~_in_passages(anchors[rows], rows, _SCENE)
    return found


def _in_passages(first: NDArray[np.int64], rows: NDArray[np.int64], least: int = PASSAGE) -> NDArray[np.bool_]:
    """Return which lines are part of a passage that stands at an earlier place too: many lines in the same order."""
    again = np.append(False, first != rows)
    follows = again[1:] & again[:-1] & (np.diff(first, prepend=-1) == 1)
    # Numbers each run of lines that follow one another as they do at the earlier place.
    run = np.cumsum(~follows)
    long = np.bincount(run) >= least
    passages: NDArray[np.bool_] = long[run] & again[1:]
    return passages
