"""The notes on a run: what its data is, what was left out, and what counts once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from datalint.engine.reduce.answers_note import answers_notes
from datalint.engine.reduce.few_responses_note import few_responses_note
from datalint.engine.reduce.in_place_note import in_place_note
from datalint.engine.reduce.link_copies import link_copies_note
from datalint.engine.reduce.markup_note import markup_notes
from datalint.engine.reduce.refused_note import refused_notes
from datalint.engine.reduce.thoughts_note import thoughts_note
from datalint.engine.reduce.thrown_out import thrown_out_note
from datalint.engine.reduce.tools_note import tools_note
from datalint.engine.reduce.unsearched_ids import unsearched_ids
from datalint.engine.reduce.versions_note import versions_note
from datalint.neardup import assurance
from datalint.privacy.display import Shown, excerpt, file_name, printable
from datalint.records.effective import repeated_rows
from datalint.records.places import listed
from datalint.records.shape_counts import shapes_of
from datalint.shapes import mapped
from datalint.shapes.detect import UNKNOWN
from datalint.sources import TOKEN_LINES, TOKEN_ROWS
from datalint.verdict import unread_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from datalint.engine.plan import Plan
    from datalint.engine.reduce.measures import Measures
    from datalint.records.dataset import Dataset

#: Share of repeats above which the dataset without repeats would be a different one.
_MOST: Final = 0.5
#: What a row is, by the container of its file.
_ROWS_OF: Final = {
    "text-blocks": "a block of lines between blank lines",
    "text-parts": "a block of lines between separators such as ===",
    "ended-texts": "the lines between special tokens such as <|startoftext|> and <|endoftext|>",
    "framed-texts": "the lines between two tags such as <doc> and </doc>",
    "text-questions": "a question with its options",
    "targeted": "three lines: a sentence, the target in the place of $T$, and the label",
    "answered-questions": "a block of lines: the letter of the answer, a passage, a question and its options",
    "marked-relations": "a block of lines: a sentence with two marked parts, and their relation",
    "asked-passages": "a block of lines: a passage, a question and its answer, after marks such as T:, Q: and A:",
    "corrections": "a block of lines: a sentence, and the same with the corrections of the first annotator",
    "two-languages": "a block of two lines: a sentence and its translation",
    "dialogue-between-two": "a conversation: what the first of two speakers says is asked, and the rest is answered",
    "numbered-questions": "a question with a number, and its answer",
    "questions-in-two-lines": "a block of two lines: a question and its answer",
    "exchanges": "a question with its answer",
    "whole-dialogue": "the whole file, which is one conversation",
    "marked-dialogues": "a conversation: the lines of speakers below a heading or a line of signs",
    "episodes": "an episode of ParlAI or bAbI: what is said and replied in its lines",
    "text-pairs": "a line with a prompt, a separator and a response",
    "conll-u": "a sentence of CoNLL-U, with its words (FORM) and their classes (UPOS)",
    **dict.fromkeys((TOKEN_LINES, TOKEN_ROWS), "a sentence, made of the rows of its tokens"),
}
#: Files that a note names.
FILES: Final = 3
#: Share of the rows with a category, under which the note on balance says how many these are.
_LABELLED: Final = 0.9

#: Notes that a dataset has or has not, in their order.
_NOTES: Final = (thoughts_note, tools_note, few_responses_note, link_copies_note)


def run_notes(dataset: Dataset, measures: Measures, plan: Plan, *, balanced: bool) -> list[Shown]:
    """Return notes on what was read and how, and on the limits of the numbers; ``balanced`` if balance was judged."""
    notes = [
        *_mapping_notes(dataset, plan.columns),
        *_reading_notes(dataset),
        *markup_notes(dataset.files),
        *refused_notes(dataset.evaluation_files),
        *_counting_notes(dataset, balanced=balanced),
        *_search_notes(dataset, plan),
        *_repeat_notes(dataset, measures),
        *_leak_notes(dataset),
        *answers_notes(dataset),
        *filter(None, (note_of(dataset) for note_of in _NOTES)),
    ]
    if len(dataset.files) > 1:
        notes += filter(None, (versions_note(dataset), thrown_out_note(dataset)))
    return [printable(note) for note in notes]


def _mapping_notes(dataset: Dataset, columns: Mapping[str, str]) -> Iterator[str]:
    """Yield a note on a mapping of columns that no row has, and on columns without any text."""
    if columns and dataset.size and not dataset.examples["shape"].is_in(mapped.NAMES).any():
        wanted = " and ".join(
            f'"{excerpt(key, 40)}"' for meaning, key in columns.items() if meaning not in mapped.OPTIONAL
        )
        yield f"columns: no row has {wanted}, so the mapping has no effect"
    for meaning, column in (("prompt", "prompt_chars"), ("system", "has_system")):
        if meaning in columns and dataset.size and not dataset.examples[column].cast(pl.Boolean).any():
            yield f'columns: no row has text under "{excerpt(columns[meaning], 40)}", which is mapped as the {meaning}'


def _reading_notes(dataset: Dataset) -> Iterator[str]:
    """Yield what a row of a file is, and the notes of readers, with the files that each is about."""
    read_as: dict[str, list[str]] = {}
    for each in dataset.files:
        what = each.rows_of or _ROWS_OF.get(each.container, "")
        said = [f"a row is {what}"] if what else []
        for words in (*said, *(problem.message for problem in each.problems if problem.is_note)):
            read_as.setdefault(words, []).append(file_name(each.path).rpartition("/")[2])
    for words, named in read_as.items():
        yield f"{listed([*dict.fromkeys(named)], len({*named}), FILES)}: {words}"


def _counting_notes(dataset: Dataset, *, balanced: bool) -> Iterator[str]:
    """Yield what volume and balance count, if volume does not count rows."""
    if more := dataset.analyses.more_examples[0]:
        yield f"volume counts each response of a row: {dataset.size + more:,} in {dataset.size:,} rows"
    if balanced and dataset.category is not None:
        category = dataset.category
        kinds = len(category.counts)
        values = f"{kinds:,} value" + ("s" if kinds != 1 else "") + (", several of a row" if category.several else "")
        empty = int((category.values == "").sum()) if category.several else 0
        labelled = category.values.len() - category.missing - empty
        few = f"; {labelled:,} of {dataset.size:,} rows have one" if labelled < _LABELLED * dataset.size else ""
        yield f"balance counts {excerpt(category.key, 40)!r} ({category.origin}, {values}{few})"


def _search_notes(dataset: Dataset, plan: Plan) -> Iterator[str]:
    """Yield how certainly the searches find near-duplicates and leaks, unless they are exact."""
    found = dataset.analyses
    for name, search in (("near-duplicate", found.near_search), ("leak", found.leak_search)):
        # An exact search that covered every row needs no note.
        unsure = search is not None and (not search.complete or search.limited)
        if search is not None and unsure and dataset.size > unread_rows(dataset):
            words = assurance(search.threshold, complete=search.complete)
            if search.limited:
                words += f"; {search.limited:,} of {dataset.size:,} rows are similar to many others, and each was"
                words += " compared with a few of these alone: datalint clusters --pairs compares all"
            yield f"{name} search: {words}"
    if "near" in plan.needs and (unsearched := unsearched_ids(dataset)):
        yield unsearched


def _repeat_notes(dataset: Dataset, measures: Measures) -> Iterator[str]:
    """Yield which repeats are no copies, and what would be left without the others if they are many."""
    found = dataset.analyses
    # Of rows that are not read, no copies are reported.
    in_place = [] if shapes_of(dataset.examples) == {UNKNOWN.name} else found.in_place[:FILES]
    for each in in_place:
        yield in_place_note(each, file_name(dataset.files[each.file].path))
    if found.continued:
        yield (
            f"{found.continued:,} of {dataset.size:,} rows continue the dialogue of another row and are not counted as "
            "copies: datalint split keeps the rows of a dialogue in one part"
        )
    if left := _without_repeats(dataset, measures):
        yield f"repeats: {left}"


def _leak_notes(dataset: Dataset) -> Iterator[str]:
    """Yield what training and evaluation rows share that is no leak of a row."""
    found = dataset.analyses
    if found.shared_part is not None:
        from datalint.engine.reduce.leaks.shared_parts import shared_part_note

        yield shared_part_note(found.shared_part)
    if found.shared_responses and dataset.evaluation is not None:
        from datalint.engine.reduce.leaks.rare_responses import shared_responses_note

        yield shared_responses_note(found.shared_responses, dataset.evaluation.height)


def _without_repeats(dataset: Dataset, measures: Measures) -> str | None:
    """Return how many rows are left without repeats if more than half of the rows repeat others, otherwise None.

    All repeats count, as they do for volume: also those that no warning names.
    """
    size = dataset.size - unread_rows(dataset)
    if round((measures["redundant-share"] or 0) * size) <= _MOST * size:
        return None
    repeats = int(repeated_rows(dataset).sum())
    if not repeats:
        return None  # those of rows with errors are no repeats
    largest = round((measures["largest-cluster-share"] or 0) * size)
    alone = f"one cluster contains {largest:,}" if largest > _MOST * size else f"{repeats:,} repeat others"
    return f"of {size:,} rows {alone}: without repeats {size - repeats:,} would be left"
