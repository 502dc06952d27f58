"""The notes on a run: what its data is, what was left out, and what counts once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from datalint.engine.reduce.answers_note import answers_notes
from datalint.engine.reduce.link_copies import link_copies_note
from datalint.engine.reduce.markup_note import markup_notes
from datalint.engine.reduce.refused_note import refused_notes
from datalint.engine.reduce.thoughts_note import thoughts_note
from datalint.engine.reduce.tools_note import tools_note
from datalint.engine.reduce.unsearched_ids import unsearched_ids
from datalint.engine.reduce.versions_note import versions_note
from datalint.neardup import assurance
from datalint.privacy.display import FileName, Shown, excerpt, file_name, printable
from datalint.records.places import listed
from datalint.records.shape_counts import shapes_of
from datalint.shapes import mapped
from datalint.shapes.detect import UNKNOWN
from datalint.sources import TOKEN_LINES, TOKEN_ROWS
from datalint.support.numbers import counted
from datalint.verdict import unread_rows

if TYPE_CHECKING:
    from datalint.engine.plan import Plan
    from datalint.engine.reduce.measures import Measures
    from datalint.records.analyses import InPlace
    from datalint.records.dataset import Dataset

#: Share of repeats above which the dataset without repeats would be a different one.
_MOST: Final = 0.5
#: What a row is, by the container of its file.
_ROWS_OF: Final = {
    "text-blocks": "a block of lines between blank lines",
    "text-parts": "a block of lines between separators such as ===",
    "ended-texts": "the lines between special tokens such as <|startoftext|> and <|endoftext|>",
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


def run_notes(dataset: Dataset, measures: Measures, plan: Plan, *, balanced: bool) -> list[Shown]:
    """Yield notes on the limits of the numbers."""
    notes: list[str] = []
    columns = plan.columns
    if columns and dataset.size and not dataset.examples["shape"].is_in(mapped.NAMES).any():
        wanted = " and ".join(
            f'"{excerpt(key, 40)}"' for meaning, key in columns.items() if meaning not in mapped.OPTIONAL
        )
        notes.append(f"columns: no row has {wanted}, so the mapping has no effect")
    notes += [
        f'columns: no row has text under "{excerpt(columns[meaning], 40)}", which is mapped as the {meaning}'
        for meaning, column in (("prompt", "prompt_chars"), ("system", "has_system"))
        if meaning in columns and dataset.size and not dataset.examples[column].cast(pl.Boolean).any()
    ]
    read_as: dict[str, list[str]] = {}
    for each in dataset.files:
        what = each.rows_of or _ROWS_OF.get(each.container, "")
        said = [f"a row is {what}"] if what else []
        for words in (*said, *(problem.message for problem in each.problems if problem.is_note)):
            read_as.setdefault(words, []).append(file_name(each.path).rpartition("/")[2])
    notes += [f"{listed([*dict.fromkeys(named)], len({*named}), FILES)}: {words}" for words, named in read_as.items()]
    notes += [*markup_notes(dataset.files), *refused_notes(dataset.evaluation_files)]
    if more := dataset.analyses.more_examples[0]:
        notes.append(f"volume counts each response of a row: {dataset.size + more:,} in {dataset.size:,} rows")
    if balanced and dataset.category is not None:
        category = dataset.category
        kinds = len(category.counts)
        values = f"{kinds:,} value" + ("s" if kinds != 1 else "") + (", several of a row" if category.several else "")
        empty = int((category.values == "").sum()) if category.several else 0
        labelled = category.values.len() - category.missing - empty
        few = f"; {labelled:,} of {dataset.size:,} rows have one" if labelled < _LABELLED * dataset.size else ""
        notes.append(f"balance counts {excerpt(category.key, 40)!r} ({category.origin}, {values}{few})")
    found = dataset.analyses
    for name, search in (("near-duplicate", found.near_search), ("leak", found.leak_search)):
        # An exact search that covered every row needs no note.
        unsure = search is not None and (not search.complete or search.limited)
        if search is not None and unsure and dataset.size > unread_rows(dataset):
            words = assurance(search.threshold, complete=search.complete)
            if search.limited:
                words += f"; {search.limited:,} of {dataset.size:,} rows are similar to many others, and each was"
                words += " compared with a few of these alone: datalint clusters --pairs compares all"
            notes.append(f"{name} search: {words}")
    if "near" in plan.needs and (unsearched := unsearched_ids(dataset)):
        notes.append(unsearched)
    # Of rows that are not read, no copies are reported.
    in_place = [] if shapes_of(dataset.examples) == {UNKNOWN.name} else found.in_place[:FILES]
    notes += [_in_place_note(each, file_name(dataset.files[each.file].path)) for each in in_place]
    if found.continued:
        notes.append(
            f"{found.continued:,} of {dataset.size:,} rows continue the dialogue of another row and are not counted as "
            "copies: datalint split keeps the rows of a dialogue in one part"
        )
    if left := _without_repeats(measures, dataset.size - unread_rows(dataset)):
        notes.append(f"repeats: {left}")
    if found.shared_part is not None:
        from datalint.engine.reduce.leaks.shared_parts import shared_part_note

        notes.append(shared_part_note(found.shared_part))
    if found.shared_responses and dataset.evaluation is not None:
        from datalint.engine.reduce.leaks.rare_responses import shared_responses_note

        notes.append(shared_responses_note(found.shared_responses, dataset.evaluation.height))
    notes += [*answers_notes(dataset), *filter(None, [thoughts_note(dataset), tools_note(dataset)])]
    notes += filter(None, [link_copies_note(dataset)])
    if len(dataset.files) > 1 and (versions := versions_note(dataset)):
        notes.append(versions)
    return [printable(note) for note in notes]


def _in_place_note(found: InPlace, path: FileName) -> str:
    """Return why equal lines of a plain text, or sides of pairs, are no copies."""
    if found.pairs:
        many = f", and {counted(found.lines, 'text')} of several pairs not counted as copies" if found.lines else ""
        return f"each '{found.pairs}' has one row of each label: sides of a pair, to join by '{found.pairs}'{many}"
    name = path.rpartition("/")[2]
    what = "short exchange" if found.exchanges else "sentence" if found.tagged and not found.other else "line"
    what = "answer" if found.unasked else "turn" if found.dialogue else what
    lines = counted(found.lines, what)
    repeat = "repeats an earlier one" if found.lines == 1 else "repeat earlier ones"
    if found.unasked:
        return f"{name}: {lines} {repeat}, and none counts as a copy, as the prompts are in another file"
    if found.dialogue:
        return f"{name}: {lines} of dialogues {repeat}, as replies do: not counted as copies, as earlier turns differ"
    if found.other:
        return f"{name}: {lines} {repeat}, and none counts as a copy, as {found.other} may differ there"
    if found.tagged:
        return f"{name}: {lines} of a few tokens {repeat}, as headings and short replies do: not counted as copies"
    if found.spoken:
        return f"{name}: {lines} of people who speak in turn {repeat}, as replies do: not counted as copies"
    if found.signs:
        return f"{name}: {lines} without a letter or digit {repeat}, as between two sections: not counted as copies"
    if found.running or found.exchanges:
        whole = "dialogue" if found.exchanges else "text"
        return f"{name}: {lines} of a running {whole} {repeat}: not counted as copies"
    return f"{name}: {lines} of a few words, before longer ones, {repeat}, as headings do: not counted as copies"


def _without_repeats(measures: Measures, size: int) -> str | None:
    """Return how many rows are left without repeats if more than half of the rows repeat others, otherwise None."""
    redundant = round((measures["redundant-share"] or 0) * size)
    if redundant <= _MOST * size:
        return None
    largest = round((measures["largest-cluster-share"] or 0) * size)
    alone = f"one cluster contains {largest:,}" if largest > _MOST * size else f"{redundant:,} repeat others"
    return f"of {size:,} rows {alone}: without repeats {size - redundant:,} would be left"
