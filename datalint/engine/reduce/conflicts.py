"""Prompts that several rows share, and those with contradicting answers among them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
import polars as pl

from datalint.engine.execute.row_reader import Reader
from datalint.engine.reduce.comparing.amounts import join_digits
from datalint.engine.reduce.comparing.closed_answers import MOST_CHARS, MOST_JOINED, are_other_labels, contradict
from datalint.engine.reduce.comparing.denied_questions import deny_what_is_asked
from datalint.engine.reduce.comparing.final_answers import state_other_values
from datalint.engine.reduce.comparing.stated_answers import are_yes_and_no, state_opposites, state_other_numbers
from datalint.engine.reduce.comparing.tagged_answers import have_other_tags
from datalint.engine.reduce.distinguishing_keys import tells_apart
from datalint.engine.reduce.loose_labels import without_loose
from datalint.engine.reduce.other_choices import find_other_choices
from datalint.engine.reduce.other_taggings import find_other_taggings
from datalint.engine.reduce.sampled_conflicts import find_sampled_conflicts
from datalint.neardup import normalize
from datalint.records.analyses import Group
from datalint.records.difference import shared_turns
from datalint.records.shape_counts import shapes_of
from datalint.shapes import mapped
from datalint.shapes.formats import intents, text_label
from datalint.support.distinct import distinct
from datalint.support.duplicates import has_more, repeated
from datalint.support.names.intent_keys import NAMES

#: Shapes of texts with a label: alone, and next to the labels of their words.
_LABELLED = (text_label.SHAPE.name, mapped.LABELS)
#: The most prompts with several answers whose texts are compared, and the most of these with long answers.
_MOST_CONFLICTS = 5_000
_MOST_LONG = 1_000
#: Labelled texts of up to this many characters are read again, if there are no more than this number of them.
_BRIEF = 200
_MOST_LABELLED = 100_000
#: Quotes and brackets around words, which do not change a text. They are no part of an emoticon.
_OPENING = r"""(^| )[\[("'‘“„«]+(\w)"""
_CLOSING = r"""(\w[.,]?)[\])"'’”»]+([ .,]|$)"""
#: An answer is a label if it answers this many prompts, in a dataset with this many rows for each distinct answer.
_LABEL_PROMPTS = 3
_ROWS_PER_LABEL = 4
#: Share of the answers that are such labels from which on the others are rare labels, or a slip.
_NEARLY_ALL = 0.9
#: Distinct answers of a dataset up to which they are a few labels, whatever their words, and ends of sentences.
_FEW_LABELS = 20
_SENTENCES = tuple(".!?…。！？")
#: Files with conflicts that are looked at.
_FILES = 100
#: Several answers to a prompt are intended if more than this share of the rows has them, over this many prompts.
_BY_DESIGN = 0.5
_LEAST_PROMPTS = 20
#: Different answers to one prompt from which on, if they are more than half of the rows, the prompt asks for none.
_LEAST_ANSWERS = 20


def find_repeated_prompts(examples: pl.DataFrame) -> list[Group]:
    """Return groups of rows with one context (system, prompt, earlier turns) and several different answers."""
    # In numpy, as few rows are repeated and each query has a fixed cost.
    column = {name: examples[name].to_numpy() for name in ("context", "answer", "prompt_chars", "response_chars")}
    answered = (column["prompt_chars"] > 0) & (column["response_chars"] > 0) & ~examples["is_preference"].to_numpy()
    rows = np.flatnonzero(answered)
    rows = rows[repeated(pl.Series(column["context"][rows])).to_numpy()]
    rows = rows[np.lexsort((column["answer"][rows], column["context"][rows]))]
    contexts, answers = column["context"][rows], column["answer"][rows]
    begins = np.append(True, contexts[1:] != contexts[:-1])[: len(rows)]
    # Of rows with one answer, the first.
    kept = begins | np.append(True, answers[1:] != answers[:-1])[: len(rows)]
    bounds = [*np.flatnonzero(begins[kept]).tolist(), int(kept.sum())]
    members = rows[kept].tolist()
    groups = (sorted(members[start:end]) for start, end in pairwise(bounds) if end - start >= 2)
    return [Group(group) for group in sorted(groups)]


def find_punctuated(examples: pl.DataFrame, reader: Reader) -> list[Group]:
    """Return groups of short texts with different labels that differ in hyphens, commas, full stops and quotes only.

    Question and exclamation marks make texts different, as a label may depend on them. So does what stands in other
    keys: rows with the same text then have several contexts.
    """
    are_labels = _are_labels(examples)
    if shapes_of(examples).isdisjoint(_LABELLED) and not are_labels:
        return []
    is_labelled = pl.lit(value=True) if are_labels else examples["shape"].is_in(_LABELLED)
    brief = pl.col("prompt_chars").is_between(1, _BRIEF) & (pl.col("response_chars") > 0)
    index = pl.int_range(pl.len(), dtype=pl.Int64).alias("i")
    rows = examples.select("context", "answer", "prompt_hash", "prompt_chars", "response_chars", "has_media", index)
    # The text next to an image is only a part of the prompt.
    rows = rows.filter(is_labelled & brief & ~pl.col("has_media"))
    if not 2 <= rows.height <= _MOST_LABELLED:
        return []
    [prompts] = reader.parts(rows["i"].to_numpy(), "prompt")
    words = _without_marks(prompts).alias("words")
    alike = (words != "") & words.is_duplicated()
    if not alike.any():
        return []
    rows = rows.with_columns(words).filter(alike)
    is_all = pl.col("context").n_unique().over("words") == pl.col("prompt_hash").n_unique().over("words")
    groups = (
        rows.filter(is_all)
        .unique(["words", "answer"], keep="first", maintain_order=True)
        .group_by("words", maintain_order=True)
        .agg("i", pl.col("context").n_unique().alias("prompts"))
        .filter((pl.col("i").list.len() >= 2) & (pl.col("prompts") >= 2))
    )
    return [Group(found) for found in groups["i"].to_list()]


def _are_labels(examples: pl.DataFrame) -> bool:
    """Return whether a few short answers are those of all rows."""
    if has_more(examples["answer"], min(_FEW_LABELS, examples.height // _ROWS_PER_LABEL)):
        return False
    return bool((examples["response_chars"] <= MOST_CHARS).all())


def _without_marks(texts: pl.Series) -> pl.Series:
    parted = normalize(texts.str.normalize("NFKC")).str.replace_all(r"\b[-‐]\b", " ")
    parted = parted.str.replace_all(_OPENING, "$1$2").str.replace_all(_CLOSING, "$1$2")
    return parted.str.replace_all(r"[.,。、]+( |$)", "$1").str.replace_all(" {2,}", " ").str.strip_chars()


def find_conflicts(groups: Sequence[Group], examples: pl.DataFrame, reader: Reader) -> list[Group]:
    """Return the repeated prompts and the groups of :func:`find_punctuated` that have contradicting answers.

    Sentences with two taggings are added, and questions whose answers name two options, in whichever order these are.

    Closed answers (labels, numbers, option letters, yes and no) contradict when neither contains the other once case
    and punctuation are removed, several labels of a row when one of them differs, and longer answers when one begins
    with yes and another with no, or when they are JSON in which a value is true and false. Those of two intents always
    do, as a text belongs to one. All other answers to one prompt are several answers, which
    :func:`find_repeated_prompts` reports. Where most rows have a prompt with several answers, as such a dataset is made
    that way, only other results at the end of sampled answers are conflicts; nothing is one among labelled turns of
    dialogues, where a key that is not read distinguishes all of them, or where two people may give a text both labels
    or scores. No row is in two groups.
    """
    if are_by_design(groups, examples.height):
        return find_sampled_conflicts(groups, examples, reader)
    # A prompt that most rows have, each with another answer, lacks what is answered.
    most = max(_LEAST_ANSWERS, _BY_DESIGN * examples.height)
    groups = [group for group in groups if len(group.rows) <= most]
    found = _contradicting(groups, examples, reader)
    reported = {row for group in found for row in group.rows}
    more = _contradicting(find_punctuated(examples, reader), examples, reader)
    found += [group for group in more if reported.isdisjoint(group.rows)]
    found = without_loose(found, examples, reader)
    found += _new_choices(examples, reader, {row for group in found for row in group.rows})
    found += find_other_taggings(examples, reader)
    found = _without_turns(found, examples, reader)
    # Where the order of two texts has no meaning, no row has another part of the prompt by exchanging them.
    if tells_apart([group for group in found if not _exchanges_texts(group, examples)], reader):
        return []
    return sorted(found, key=lambda group: group.rows[0])


def _exchanges_texts(group: Group, examples: pl.DataFrame) -> bool:
    """Return whether rows have one prompt with its texts in different orders."""
    contexts, prompts = (examples[name].gather(group.rows).n_unique() for name in ("context", "prompt_hash"))
    return contexts == 1 < prompts


def _new_choices(examples: pl.DataFrame, reader: Reader, reported: set[int]) -> list[Group]:
    """Return questions whose answers name other options, in other rows than those that are reported."""
    found = [group for group in find_other_choices(examples, reader) if reported.isdisjoint(group.rows)]
    return [] if are_by_design(found, examples.height) else found


def _without_turns(found: list[Group], examples: pl.DataFrame, reader: Reader) -> list[Group]:
    """Return conflicts without those among labelled turns of dialogues, whose labels depend on the turns before."""
    if not found:
        return found
    from datalint.engine.reduce.duplicates.dialogue_turns import are_turns_of_dialogues

    file = examples["file"].to_numpy()
    files = distinct(file[[row for group in found for row in group.rows]])[:_FILES].tolist()
    turns = {number for number in files if are_turns_of_dialogues(examples, reader, np.flatnonzero(file == number))}
    return [group for group in found if not all(file[row] in turns for row in group.rows)] if turns else found


def are_by_design(groups: Sequence[Group], rows: int) -> bool:
    """Return whether so many prompts have several answers that the dataset must be designed that way."""
    return len(groups) >= _LEAST_PROMPTS and sum(len(group.rows) for group in groups) > _BY_DESIGN * rows


def _contradicting(groups: Sequence[Group], examples: pl.DataFrame, reader: Reader) -> list[Group]:
    if not groups:
        return []
    chars, shapes = examples["response_chars"].to_numpy(), examples["shape"]
    closed = [all(chars[row] <= MOST_CHARS for row in group.rows) for group in groups]
    short = [group for group, each in zip(groups, closed, strict=True) if each][:_MOST_CONFLICTS]
    long = [group for group, each in zip(groups, closed, strict=True) if not each][:_MOST_LONG]
    rows = sorted({row for group in (*short, *long) for row in group.rows})
    read = dict(zip(rows, reader.texts(rows), strict=True))
    answers = {row: join_digits(text.response) for row, text in read.items()}
    joined = [group for group in long if all(chars[row] <= MOST_JOINED for row in group.rows)]
    labels = _labels(examples, [row for group in (*short, *joined) for row in group.rows])
    intent = _intents(examples)
    few = not has_more(examples["answer"], _FEW_LABELS)

    def exclude(group: Group, *, short: bool) -> bool:
        texts = [answers[row] for row in group.rows]
        if all(shapes[row] == intents.NAME for row in group.rows):
            group.names = [] if intent is None else [str(intent[row]) for row in group.rows]
            return intent is None or len(set(group.names)) > 1
        if len(set(texts)) == 1:
            return False
        if (
            are_yes_and_no(texts)
            or state_opposites(texts)
            or deny_what_is_asked(read[group.rows[0]].prompt, texts)
            or state_other_numbers(texts, read[group.rows[0]].prompt)
            or state_other_values(texts)
            or have_other_tags(texts)
            or (labels.issuperset(group.rows) and are_other_labels(texts))
        ):
            return True
        return short and contradict(
            [_last(answers, group.rows, row) for row in group.rows],
            labelled=all(shapes[row] in _LABELLED for row in group.rows),
            labels=[i for i, row in enumerate(group.rows) if row in labels],
            few=few and not any(text.rstrip().endswith(_SENTENCES) for text in texts),
        )

    return [group for group in short if exclude(group, short=True)] + [
        group for group in long if exclude(group, short=False)
    ]


def _intents(examples: pl.DataFrame) -> pl.Series | None:
    """Return the name of each row's intent, empty without one; None if no column has names."""
    named = [column for name in NAMES if (column := f"category:{name}") in examples.columns]
    if not named:
        return None
    return examples.select(pl.coalesce(*(pl.col(each).cast(pl.String) for each in named)).fill_null("")).to_series()


def _last(answers: Mapping[int, str], rows: Sequence[int], row: int) -> str:
    """Return a row's last answer: earlier ones of a conversation are the same in all rows."""
    return answers[row][shared_turns([answers[each] for each in rows]) :]


def _labels(examples: pl.DataFrame, rows: list[int]) -> set[int]:
    """Return the rows whose answer is a label of the dataset: if nearly all answers are labels, those are as well."""
    if not rows:
        return set()
    columns = examples.select("answer", "context", "response_chars", "prompt_chars")
    answered = columns.filter((pl.col("response_chars") > 0) & (pl.col("prompt_chars") > 0))
    if has_more(answered["answer"], answered.height // _ROWS_PER_LABEL):
        return set()
    counts = answered.group_by("answer").agg(pl.col("context").n_unique().alias("prompts"))
    labels = counts.filter(pl.col("prompts") >= _LABEL_PROMPTS)["answer"]
    if answered["answer"].is_in(labels.implode()).mean() >= _NEARLY_ALL:  # type: ignore[operator]
        return set(rows)
    mine = examples["answer"].gather(rows).is_in(labels.implode())
    return {row for row, each in zip(rows, mine, strict=True) if each}
