"""Leaks of rows into the evaluation set: those that are found, without those that are none, and how much they count."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from datalint.support.named_tuple import NamedTuple

if TYPE_CHECKING:
    from datalint.engine.execute.row_reader import Reader
    from datalint.engine.plan import NearSettings
    from datalint.engine.reduce.duplicates.repeats import Repeats
    from datalint.engine.reduce.leaks.in_texts import InTexts
    from datalint.engine.reduce.merge import Merged
    from datalint.records.analyses import FileFinder, NearSearch
    from datalint.records.leaks import Leak, SharedPart


class Sides(NamedTuple):
    """The training rows and those of the evaluation set, with what reads them again."""

    training: Merged
    held: Merged
    reader: Reader
    evaluation: Reader

    @property
    def readers(self) -> tuple[Reader, Reader]:
        """What reads either side."""
        return self.reader, self.evaluation


class RowLeaks(NamedTuple):
    """Leaks of rows, also those of texts that differ in accents, and files of the evaluation set with other answers."""

    leaks: list[Leak]
    accents: list[Leak]
    search: NearSearch | None = None
    other_answers: tuple[int, ...] = ()


class DividedLeaks(NamedTuple):
    """All leaks of rows, those of brief texts apart, with what else the sides share.

    ``part`` is a part of the prompts that both sides have, and ``responses`` counts equal answers that are rare.
    """

    leaks: list[Leak]
    brief: list[Leak]
    part: SharedPart | None = None
    responses: int = 0


def row_leaks(
    sides: Sides, near: NearSettings, repeats: Repeats, nearby: FileFinder | None, *, needs_near: bool
) -> RowLeaks:
    """Return the leaks of rows that are ones; ``repeats`` are the copies among the training rows."""
    from datalint.engine.reduce.leaks.accent_leaks import accent_leaks
    from datalint.engine.reduce.leaks.both_sides import leaks_of_both_sides
    from datalint.engine.reduce.leaks.contrastive_leaks import contrastive_leaks
    from datalint.engine.reduce.leaks.exact_and_near import find_leaks
    from datalint.engine.reduce.leaks.headers import without_headers
    from datalint.engine.reduce.leaks.lines_in_place import without_lines_in_place
    from datalint.engine.reduce.leaks.system_leaks import leaks_but_for_system
    from datalint.engine.reduce.leaks.unlike_leaks import files_of_other_answers, leaks_but_for_keys, unlike_leaks
    from datalint.engine.reduce.leaks.unread_leaks import leaks_but_for_unread

    training, held, readers = sides.training, sides.held, sides.readers
    complete = repeats.search is not None and repeats.search.complete
    leaks, search = find_leaks(training, held, readers, near, needs_near=needs_near, exactly=complete)
    leaks = leaks_of_both_sides(leaks, training, held, nearby)
    leaks = without_lines_in_place(leaks, repeats, training.examples, sides.reader)
    leaks = unlike_leaks(training.examples, held.examples, without_headers(leaks, training, held))
    leaks = leaks_but_for_keys(training.examples, held.examples, readers, leaks)
    leaks = leaks_but_for_unread(training.examples, held.examples, readers, leaks)
    leaks = leaks_but_for_system(training.examples, held.examples, readers, leaks)
    leaks = contrastive_leaks(training.examples, held.examples, readers, leaks)
    accents = accent_leaks(training.examples, held.examples, readers, leaks) if needs_near else []
    return RowLeaks(leaks, accents, search, files_of_other_answers(training.examples, held.examples, readers))


def divided_leaks(sides: Sides, found: RowLeaks, texts: InTexts, group_keys: Sequence[str]) -> DividedLeaks:
    """Return the leaks that count in full and those that count little; ``texts`` are leaks within texts."""
    from datalint.engine.reduce.leaks.brief_leaks import divide_leaks
    from datalint.engine.reduce.leaks.rare_responses import find_shared_responses
    from datalint.engine.reduce.leaks.shared_keys import find_shared_key
    from datalint.engine.reduce.leaks.shared_parts import find_shared_part
    from datalint.engine.reduce.leaks.tagged_leaks import with_taggings

    examples, held, readers = sides.training.examples, sides.held.examples, sides.readers
    leaks, brief = divide_leaks(found.leaks, (examples, held), readers)
    leaks = sorted([*with_taggings(leaks, examples, readers), *found.accents])
    sizes = examples.height, held.height
    leaked = {leak.evaluation for leak in (*leaks, *brief, *texts.near_prompts)}
    part = find_shared_part(readers, sizes, leaked, group_keys) or find_shared_key(readers, sizes, leaked, group_keys)
    return DividedLeaks(leaks, brief, part, find_shared_responses(examples, held, readers, leaked))
