"""Lines of plain texts whose place has a meaning: equal lines are no copies, as each is a part of the text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from datalint.engine.reduce.duplicates.brief_rows import brief_sentences
from datalint.engine.reduce.duplicates.long_pairs import find_long_pairs, repeated_pairs
from datalint.engine.reduce.duplicates.repeated_lines import (
    CHARS,
    LEAST,
    MOSTLY,
    PASSAGE,
    headings_of,
    refrains_of,
    signs_of,
)
from datalint.engine.reduce.duplicates.running_text import order_of
from datalint.engine.reduce.other_sides import sides_of
from datalint.records.analyses import InPlace
from datalint.records.unasked import unasked_rows
from datalint.shapes.formats import text as plain_text
from datalint.sources.base import LINES_OF_TEXT
from datalint.support.distinct import distinct

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from datalint.engine.execute.row_reader import Reader
    from datalint.engine.reduce.merge import Merged
    from datalint.records.analyses import FileFinder

#: Containers whose rows are the lines of a text, or its paragraphs.
_TEXTS: Final = (LINES_OF_TEXT, "text-blocks")
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
#: Files of rows that repeat others, other than plain texts, that are looked at.
_FILES: Final = 100
#: The first lines of a text, by which it has questions with options or not.
_FIRST: Final = 2_000
#: The first rows of a table, by which they are turns of a conversation or not.
_READ: Final = 200


def rows_in_place(
    merged: Merged, reader: Reader, anchors: NDArray[np.int64], nearby: FileFinder | None, *, near: bool
) -> tuple[NDArray[np.bool_], tuple[InPlace, ...]]:
    """Return which rows repeat no other row, whatever their texts, and the reasons by file.

    These are sides of pairs in long form, lines that belong to those of another file, such as the other side of
    a parallel corpus, answers whose prompts are in another file, lines of a running text, also in a table, of
    a conversation, with a label too, or of questions with options, short exchanges of a dialogue, and headings or
    formulas: lines of a few words that are mostly followed by longer ones, and tagged sentences of a few tokens.

    Args:
        merged: the rows.
        reader: reads their texts.
        anchors: for each row, the first one with the same text.
        nearby: looks for the other side.
        near: whether rows that are nearly the same are looked for as well.
    """
    if (pairs := find_long_pairs(merged.examples, reader)) is not None:
        stay = ~repeated_pairs(pairs, anchors)
        return stay, (InPlace(0, int((stay & (anchors != np.arange(len(anchors)))).sum()), pairs=pairs.key),)
    stay = brief_sentences(merged.examples, reader)
    answers = unasked_rows(merged.examples)
    files = [number for number, facts in enumerate(merged.files) if facts.container in _TEXTS]
    repeats = anchors != np.arange(len(anchors))
    if not stay.any() and not answers.any() and not files and not repeats.any():
        return stay, ()
    file = merged.examples["file"].to_numpy()
    of_files, unasked = (
        np.bincount(file[repeats & rows], minlength=len(merged.files)).tolist() for rows in (stay, answers)
    )
    found = [InPlace(number, sentences, tagged=True) for number, sentences in enumerate(of_files)]
    found += [InPlace(number, several, unasked=True) for number, several in enumerate(unasked)]
    stay |= answers
    for number in distinct(file[repeats & ~stay])[:_FILES].tolist():
        mine = file == number
        if (exchanges := repeats & _exchanges(merged.examples, anchors, mine)).any():
            stay |= exchanges
            found.append(InPlace(number, int(exchanges.sum()), exchanges=True))
        if number in files:
            continue
        if (turns := _dialogue_turns(merged.examples, reader, anchors, mine)).any():
            found.append(InPlace(number, int((repeats & turns & ~stay).sum()), dialogue=True))
            stay |= turns
            continue
        if (turns := _turns(merged.examples, reader, anchors, mine)).any():
            found.append(InPlace(number, int((repeats & turns & ~stay).sum()), spoken=True))
            stay |= turns
            continue
        if not _are_texts(merged.examples, mine):
            continue
        # Rows of a table may be the lines of a text, as where each was searched for names.
        running = _running(merged.examples, reader, anchors, mine, broken=True)
        stay |= running
        found.append(InPlace(number, int((repeats & running).sum()), running=True))
    sides = sides_of(merged.files, nearby)
    for number in files:
        mine = file == number
        here = repeats & mine
        if not here.any() and not near:
            continue
        if number in sides:
            stay |= mine
            found.append(InPlace(number, int(here.sum()), sides[number]))
            continue
        from datalint.sources.readers.texts.dialogue_lines import are_spoken
        from datalint.sources.readers.texts.questions import have_options

        said = [text.response for text in reader.texts(np.flatnonzero(mine)[:_FIRST].tolist())]
        if are_spoken(said):
            # Each is a turn of a conversation, in which people give the same answer again and again.
            stay |= mine
            found.append(InPlace(number, int(here.sum()), spoken=True))
            continue
        if have_options(said):
            # The same question may be asked of many passages, and the same option be one of many questions.
            stay |= mine
            found.append(InPlace(number, int(here.sum()), running=True))
            continue
        running = _running(merged.examples, reader, anchors, mine)
        stay |= running
        found.append(InPlace(number, int((here & running).sum()), running=True))
        left = here & ~running
        if left.any() and (signs := signs_of(merged.examples, reader, anchors, left)).any():
            stay |= np.isin(anchors, anchors[signs])
            found.append(InPlace(number, int(signs.sum()), signs=True))
            left &= ~signs
        if left.any():
            headings = headings_of(merged.examples, reader, anchors, left)
            stay |= np.isin(anchors, anchors[headings])
            found.append(InPlace(number, int(headings.sum())))
    return stay, tuple(each for each in found if each.lines)


def _are_texts(examples: pl.DataFrame, mine: NDArray[np.bool_]) -> bool:
    """Whether all rows of a file are plain texts."""
    texts = (examples["shape"] == plain_text.SHAPE.name) & (examples["prompt_chars"] == 0)
    return bool(texts.filter(pl.Series(mine)).all())


def _running(
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


def _turns(
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


def _dialogue_turns(
    examples: pl.DataFrame, reader: Reader, anchors: NDArray[np.int64], mine: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Return which rows of a file are turns of dialogues, but for passages that stand in two places."""
    from datalint.engine.reduce.duplicates.dialogue_turns import are_turns_of_dialogues

    rows = np.flatnonzero(mine)
    found = np.zeros_like(mine)
    if are_turns_of_dialogues(examples, reader, rows):
        found[rows] = ~_in_passages(anchors[rows], rows)
    return found


def _exchanges(examples: pl.DataFrame, anchors: NDArray[np.int64], mine: NDArray[np.bool_]) -> NDArray[np.bool_]:
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
