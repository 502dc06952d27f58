"""Labelled texts of a few words, which people write again and again: one finding for those of a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from datalint.api import Dataset, Group, Hit, Severity, excerpt, listed, others, percent
from datalint.languages.brief import is_brief
from datalint.records.preambles import shared_preamble
from datalint.support.duplicates import has_more

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Shapes of labelled texts: with the usual keys, with keys that are named or guessed, and with labelled words too.
_SHAPES: Final = ("text-label", "mapped", "mapped-labels", "mapped-prompts", "prompt-completion")
_PLAIN: Final = ("text", "mapped")
_SIDES: Final = ("prompt_chars", "response_chars")
#: Words of a brief text at most, and its letters in a script without spaces. Of judged copies of up to three words, half
#: are what several people write, and of four words most are one text.
BRIEF_WORDS: Final = 3
_SPACELESS: Final = 5
#: Lines of a brief text at most: what was said, and the reply.
MOST_LINES: Final = 2
#: Characters of a brief text at most.
_CHARS: Final = 40
#: Characters of labels on average, at most: longer answers are replies, of which a program may have few.
_LABEL: Final = 100
#: Rows from which on a dataset is looked at, and rows for each different label at least.
_LEAST: Final = 100
_ROWS_PER_LABEL: Final = 20
#: Rows that are read to see how many texts are brief, and the share from which on the data is of terms or commands.
_SAMPLE: Final = 200
_SHARE: Final = 1 / 3
#: Share of the rows beyond which one text, or all of them, is worth findings of its own, as it decides gates, and rows
#: of one text that are no concern in any case; texts that are read.
_OFTEN: Final = 0.01
_FEW: Final = 4
COPIES: Final = 0.03
#: How many times more often than other texts brief ones are copies at least where they repeat by nature.
_TIMES: Final = 5
#: Share of the rows that are longer, at least, to compare with.
_LONGER: Final = 0.2
#: Share of the rows from which on copies that occur by nature are worth a note.
NOTED: Final = 0.01
CONFLICTS: Final = 0.01
_READ: Final = 10_000
_SHOWN: Final = 3


def without_brief(
    data: Dataset, groups: Sequence[Group], share: float = COPIES
) -> tuple[Sequence[Group], Sequence[Group]]:
    """Return groups of rows of one text in two parts: the others, and those of labelled or plain texts of a few words.

    Where many rows are as short, they are what is learned, and each copy counts, unless longer texts have hardly any. A
    text that very many rows have, or that was copied with its neighbours, is a part of the data that one should see and
    may want to remove, so that it is among the others, and so are all brief ones if they are more than a ``share`` of
    the rows.
    """
    labelled = data.once(_short_texts) if groups else None
    if labelled is None:
        return groups, ()
    most = max(_OFTEN * data.size, _FEW)
    short = zip(groups, labelled.gather([group.rows[0] for group in groups]), strict=True)
    anchors = data.analyses.anchor
    rows = [
        group.rows[0]
        for group, each in short
        if each and len(group.rows) <= most and not _is_of_passage(group, anchors)
    ][:_READ]
    brief = {row for row, text in zip(rows, own_texts(data, rows), strict=True) if _is_brief(text)}
    brief = _without_passages(data, groups, brief)
    found = [group for group in groups if group.rows[0] in brief]
    if not 0 < sum(len(group.rows) - 1 for group in found) <= share * data.size:
        return groups, ()
    if not data.once(_is_of_longer) and not repeat_by_nature(data, groups, found, labelled):
        return groups, ()
    return [group for group in groups if group.rows[0] not in brief], found


def brief_copies(data: Dataset, groups: Sequence[Group], what: str = "") -> Iterator[Hit]:
    """Yield a hit for the copies of brief texts in each file, if they are many; ``what`` says how they repeat others."""
    for file, mine in by_file(data, groups).items() if are_many(data, groups) else ():
        copies = sum(len(group.rows) - 1 for group in mine)
        rows = f"{copies:,} {'row repeats' if copies == 1 else 'rows repeat'}"
        labelled = "labelled " if all(data.examples[each][mine[0].rows[0]] for each in _SIDES) else ""
        message = f"{rows} a {labelled}text of up to {BRIEF_WORDS} words{what}"
        share = copies / data.size
        message += f", {percent(share)} of all" if share > COPIES else ""
        yield note_of_copies(data, mine, f"{message}, as people often write the same", f"brief {file}")


def repeat_by_nature(data: Dataset, groups: Sequence[Group], found: Sequence[Group], short: pl.Series) -> bool:
    """Return whether the copies among ``short`` rows repeat by nature, although many rows are as short.

    They do if longer texts, a fifth of the rows at least, have hardly any copies: of data that was copied, they would
    have as many. ``groups`` are all copies, and ``found`` those of the brief texts.
    """
    longer = data.size - int(short.sum())
    copies = sum(len(group.rows) - 1 for group in groups if not short[group.rows[0]])
    brief = sum(len(group.rows) - 1 for group in found)
    return longer >= _LONGER * data.size and _TIMES * copies * (data.size - longer) <= brief * longer


def are_many(data: Dataset, groups: Sequence[Group]) -> bool:
    """Return whether the copies in some groups, which occur by nature, are so many rows that one should know."""
    return sum(len(group.rows) - 1 for group in groups) >= NOTED * data.size


def brief_rows(data: Dataset, rows: list[int]) -> frozenset[int]:
    """Return those of some rows that are labelled texts of up to three words; of many, the first ones are looked at."""
    labelled = data.once(labelled_texts) if rows else None
    if labelled is None:
        return frozenset()
    short = [row for row, each in zip(rows, labelled.gather(rows), strict=True) if each][:_READ]
    return frozenset(row for row, text in zip(short, own_texts(data, short), strict=True) if _is_brief(text))


def note_of_copies(data: Dataset, groups: Sequence[Group], message: str, key: str) -> Hit:
    """Return the finding on all copies in some groups, with the most frequent texts; no fix removes them.

    It is a note, or a warning if they are so many rows that the gate should count them.
    """
    first, *more = sorted(row for group in groups for row in group.rows[1:])
    are_very_many = len(more) + 1 > COPIES * data.size
    return Hit(
        f"{message}: {most_frequent(data, groups)}",
        at=first,
        related=tuple((row, None) for row in more) if are_very_many else others(more),
        severity=None if are_very_many else Severity.INFO,
        key=key,
        fixable=False,
    )


def brief_conflicts(data: Dataset, groups: Sequence[Group]) -> Iterator[Hit]:
    """Yield a hit for the brief texts of each file that have several labels."""
    for file, mine in by_file(data, groups).items():
        count = len(mine)
        message = f"{count:,} {'text' if count == 1 else 'texts'} of up to {BRIEF_WORDS} words {'has' if count == 1 else 'have'}"
        last = sorted(group.rows[-1] for group in mine)
        rows = [row for group in mine[:_SHOWN] for row in (group.rows[0], group.rows[-1])]
        said = [excerpt(text.response, 30) for text in data.texts(rows)]
        labels = [
            f'"{excerpt(text, 30)}" ("{first}" and "{other}")'
            for text, first, other in zip(own_texts(data, rows[::2]), said[::2], said[1::2], strict=True)
        ]
        yield Hit(
            f"{message} several labels, as people may mean either: {listed(labels, count, _SHOWN)}",
            at=last[0],
            related=others(last[1:]),
            severity=Severity.INFO,
            key=f"brief {file}",
        )


def by_file(data: Dataset, groups: Sequence[Group]) -> dict[int, list[Group]]:
    """Return groups by the file of their last row."""
    files = data.examples["file"]
    found: dict[int, list[Group]] = {}
    for group in groups:
        found.setdefault(files[group.rows[-1]], []).append(group)
    return found


def most_frequent(data: Dataset, groups: Sequence[Group]) -> str:
    """Return the texts that most rows have, each with their number."""
    most = sorted(groups, key=lambda group: (-len(group.rows), group.rows[0]))[:_SHOWN]
    said = [excerpt(text, 30) for text in own_texts(data, [group.rows[0] for group in most])]
    shown = [f'"{each}" ({len(group.rows):,})' for group, each in zip(most, said, strict=True)]
    return listed(shown, len(groups), _SHOWN)


def preamble(data: Dataset) -> str:
    """Return what all prompts begin with, such as an instruction; ``data.once`` keeps it."""
    return shared_preamble(data.examples["prompt_chars"].to_numpy(), data.texts)


def own_texts(data: Dataset, rows: Sequence[int]) -> list[str]:
    """Return the prompts of rows without what all prompts begin with, or the texts of those without a prompt."""
    shared = data.once(preamble) if rows else ""
    return [text.prompt.removeprefix(shared) or text.response for text in (data.texts(rows) if rows else ())]


def answers_mark_words(data: Dataset) -> bool:
    """Return whether the answers mark words of their texts, such as aspects with their sentiments."""
    from datalint.records.marked_words import mark_words  # few datasets need it

    return mark_words(data.texts(_sample(data)))


def labelled_texts(data: Dataset) -> pl.Series | None:
    """Return which rows are texts of up to 40 characters with a label, or which nobody answers.

    What all prompts begin with is not counted. None if the answers are no labels, and mark no words of the texts.
    """
    examples = data.examples
    if data.size < _LEAST:
        return None
    answers = examples["answer"].filter(examples["response_chars"] > 0)
    are_long = int(examples["response_chars"].sum()) > _LABEL * len(answers)
    if (are_long or has_more(answers, data.size // _ROWS_PER_LABEL)) and not data.once(answers_mark_words):
        return None
    begin = len(data.once(preamble))
    short = examples["prompt_chars"].is_between(begin + 1, begin + _CHARS)
    if not answers.is_empty():
        short &= examples["response_chars"] > 0
    found = short & examples["shape"].is_in(_SHAPES) & ~examples["has_media"]
    return found if found.any() else None


def _without_passages(data: Dataset, groups: Sequence[Group], brief: set[int]) -> set[int]:
    """Return the rows of ``brief`` that stand in no passage either once the copies of other groups are removed."""
    while brief:
        gone = [row for group in groups if group.rows[0] not in brief for row in group.rows[1:]]
        kept = np.delete(np.arange(data.size), gone)
        # The rows that are left by their new numbers.
        anchors = np.searchsorted(kept, data.analyses.anchor[kept])
        mine = [group for group in groups if group.rows[0] in brief]
        moved = [replace(group, rows=np.searchsorted(kept, group.rows).tolist()) for group in mine]
        copied = {group.rows[0] for group, each in zip(mine, moved, strict=True) if _is_of_passage(each, anchors)}
        if not copied:
            break
        brief -= copied
    return brief


def _is_of_passage(group: Group, anchors: NDArray[np.int64]) -> bool:
    """Return whether one of the copies in a group stands in three rows that repeat three others in their order.

    ``anchors`` are the rows that rows repeat. What is copied in its order was not written again.
    """
    first, *copies = group.rows

    def repeats(copy: int, step: int) -> bool:
        return (
            first + step >= 0
            and copy + step < len(anchors)
            and bool(anchors[copy + step] == first + step < copy + step)
        )

    return any(
        any(all(repeats(copy, step) for step in steps) for steps in ((-2, -1), (-1, 1), (1, 2))) for copy in copies
    )


def _short_texts(data: Dataset) -> pl.Series | None:
    """Return which rows are texts of up to 40 characters with a label, or plain ones in data without prompts."""
    labelled = labelled_texts(data)
    examples = data.examples
    if data.size < _LEAST or (examples["prompt_chars"] > 0).any():
        return labelled
    plain = examples["response_chars"].is_between(1, _CHARS) & examples["shape"].is_in(_PLAIN) & ~examples["has_media"]
    return plain if plain.any() else labelled


def _sample(data: Dataset) -> list[int]:
    """Return some rows, evenly spaced."""
    return list(range(0, data.size, max(1, data.size // _SAMPLE)))[:_SAMPLE]


def _is_of_longer(data: Dataset) -> bool:
    """Return whether few of some rows, evenly spaced, are brief."""
    texts = own_texts(data, _sample(data))
    return sum(map(_is_brief, texts)) <= _SHARE * len(texts)


def _is_brief(text: str) -> bool:
    lines = text.strip().split("\n")
    # A prompt of more lines is made of several texts.
    return (
        len(text) <= _CHARS
        and len(lines) <= MOST_LINES
        and all(is_brief(line, words=BRIEF_WORDS, spaceless=_SPACELESS) for line in lines)
    )
