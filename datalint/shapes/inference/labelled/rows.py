"""Inference of rows with a label: classified texts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from datalint.shapes.evidence.aims import is_aim, is_aimed_at
from datalint.shapes.evidence.labels import (
    VARIED,
    in_words,
    is_class,
    is_code,
    is_detail,
    is_few,
    is_flag,
    is_label,
    is_label_of,
    with_parallels,
)
from datalint.shapes.evidence.names import (
    CLASS,
    OUTPUTS,
    QUESTIONS,
    has_word,
    is_about,
    is_caption,
    names_speakers,
)
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, Holds, SampledColumn, is_unnamed
from datalint.shapes.guess import JOIN, Guess
from datalint.shapes.inference.labelled.decisions import by_only_label
from datalint.shapes.inference.labelled.label_choice import (
    MOST_LABELS,
    Labels,
    candidate_labels,
    choose_labels,
    without_things,
)
from datalint.shapes.inference.labelled.label_texts import (
    are_long,
    are_requested,
    are_versions,
    best_text,
    without_names,
    without_reasons,
)
from datalint.shapes.inference.labelled.levels import on_levels, with_level
from datalint.shapes.inference.labelled.senses import with_word
from datalint.shapes.inference.labelled.several_texts import of_own_label, responses_in
from datalint.shapes.inference.labelled.stars import review_and_stars
from datalint.shapes.inference.labelled.tickets import are_sorted
from datalint.support.names.column_names import Strength, fold_name, strength

#: The number of number columns from which on a table holds measurements, and no texts with labels.
_MEASURES: Final = 3
#: How many times as long as a part of it without a name a text is at least.
_LONGER: Final = 2
#: The last word of the name of the part of a link that names a page, which rows that were taken from a site have.
_SLUG: Final = ("slug",)
#: Labels of a table without names from which on the only flag among them is the likeliest to be learned.
_SEVERAL: Final = 3
#: Names of the model that wrote a text.
_MODELS: Final = (("model",), ("model", "name"), ("generator",), ("llm",))


def text_and_label(columns: Sequence[SampledColumn], free: Sequence[SampledColumn], rows: int) -> Guess | None:
    """Return the guess about a text and its label, or its labels, with what the label is about if a column says so."""
    terms = _terms(columns, rows)
    aims = [each for each in columns if is_aim(each, columns) or each in terms]
    if aimed := [each for each in columns if is_aimed_at(each, columns)]:
        others, unaimed = ([each for each in some if each not in aimed] for some in (columns, free))
        return _with_aimed(text_and_label(others, unaimed, rows), aimed)
    # A text that is repeated with another aim is another prompt.
    more = sum(each.distinct for each in aims if each.apart)
    rest = [each._replace(distinct=min(1.0, each.distinct + more)) if each in free else each for each in columns]
    rest = [each for each, before in zip(rest, columns, strict=True) if before not in aims]
    kept = {each.key for each in free}
    guess = _of_labels(rest, [each for each in rest if each.key in kept], rows)
    if guess is None or not aims:
        return guess
    if "context" in (found := dict(guess.columns)):
        return with_word(guess, aims, columns) or guess
    context = {"context": JOIN.join(each.key for each in aims)}
    return Guess.of(found | context, clear=guess.clear and not terms, basis=guess.basis)


def _with_aimed(guess: Guess | None, aimed: Sequence[SampledColumn]) -> Guess | None:
    """Return a guess that learns whom an offence is aimed at as well, if it learns several labels."""
    found = {} if guess is None else dict(guess.columns)
    if guess is None or JOIN not in found.get("response", ""):
        return guess
    keys = JOIN.join((found["response"], *(each.key for each in aimed)))
    return Guess.of(found | {"response": keys}, clear=guess.clear, basis=guess.basis)


def _terms(columns: Sequence[SampledColumn], rows: int) -> list[SampledColumn]:
    """Return the column of parts of a longer text in a table without names, which its labels are about."""
    if rows < LEAST_ROWS or not all(map(is_unnamed, columns)):
        return []
    short = [each for each in columns if each.holds is Holds.TEXT and each.short and each.within]
    long = [each for each in columns if each.holds is Holds.TEXT and each not in short]
    labels = [each for each in columns if is_label(each, rows)]
    if len(short) != 1 or len(long) != 1 or not labels or long[0].length < _LONGER * short[0].length:
        return []
    return short


def _of_labels(columns: Sequence[SampledColumn], free: Sequence[SampledColumn], rows: int) -> Guess | None:
    """Return the guess about a text and its label, or its labels."""
    candidates = candidate_labels(columns, rows)
    rated = review_and_stars(columns, free, rows) or on_levels(columns, free, rows)
    if rated is not None:
        return rated
    if not candidates and (graded := with_level(columns, free, rows)) is not None:
        return graded
    chosen = choose_labels(candidates, columns, rows)
    texts = [each for each in free if each not in candidates and not (chosen.rights and each.listed)]
    if not chosen.labels or not texts or responses_in(texts) or any(each.key == "instruction" for each in texts):
        return None
    if chosen.stated and all(map(is_detail, chosen.stated)) and are_requested(texts):
        return None  # what is said of a story next to the request for it
    text = best_text(texts)
    texts = without_reasons(texts, text, chosen.stated)
    if len(texts) > 1 and not chosen.named and not chosen.stated:
        return by_only_label(texts, chosen.labels, columns, rows)
    if _only_sorts(chosen, text, texts, rows):
        return None
    texts = without_names(texts, text)
    number = (chosen.stated or chosen.named or chosen.labels)[0]
    label = in_words(number, columns)
    chosen = chosen._replace(labels=[each for each in chosen.labels if each is label or each is not number])
    if len(texts) == 1:
        return _of_one_text(text, label, chosen, columns, rows)
    if not chosen.stated and not chosen.named and are_long(texts):
        return None
    several = of_own_label(texts, label, chosen.stated, rows)
    return several._replace(clear=True, basis="names") if are_sorted(texts, chosen.labels, rows) else several


def _only_sorts(chosen: Labels, text: SampledColumn, texts: Sequence[SampledColumn], rows: int) -> bool:
    """Whether labels are categories of rows, of which one text is made of another, or which are all of one category."""
    if not chosen.named or chosen.stated or any(has_word(each.key, CLASS) for each in chosen.named):
        return False
    # Numbers of a class are no fact about the texts, however many rows have one of them.
    same = all(each.uniform and (each.holds is Holds.LABEL or each.distinct * rows < 1.5) for each in chosen.named)
    return same or are_versions(text, texts)


def _of_one_text(
    text: SampledColumn, label: SampledColumn, chosen: Labels, columns: Sequence[SampledColumn], rows: int
) -> Guess | None:
    """Return the guess about the only text and its label, or all of its labels where none is named as the one."""
    others = [each for each in chosen.labels if each is not label]
    flags = [each for each in others if each.binary]
    if chosen.named and not chosen.stated and len(flags) == 1 and strength(text.key, "prompt") is Strength.WHOLE:
        # The category of a question sorts it, and what is true or false of it is learned.
        return Guess.of({"prompt": text.key, "response": flags[0].key, "category": label.key})
    shown = _by_values(text, label, chosen, columns, rows)
    # A prompt may have a label that is not what is learned, such as its topic.
    sorted_alone = bool(chosen.named) and len(columns) == 2 and has_word(text.key, QUESTIONS)
    asked = strength(text.key, "prompt") >= Strength.HEAD and not (shown and (is_class(label) or sorted_alone))
    alone = not others or (len(chosen.stated) == 1 and not chosen.rights) or is_label_of(chosen.stated, label)
    if not alone:
        if (last := _after_text(columns, text, chosen.labels)) is not None:
            return last
        if shown and not asked and len(others) < MOST_LABELS and all(map(is_few, others)):
            return _of_several(text, chosen.labels, columns)
    if not chosen.stated and not chosen.named and not (alone and (_is_quiet(columns) or text.length > LONG)):
        return None  # one of several, chosen by nothing
    words = label.short and label.holds is Holds.TEXT and label.distinct >= VARIED
    if words and rows >= LEAST_ROWS and not chosen.stated:
        return Guess.of({"text": text.key})  # names of the rows, as hardly two have the same
    return _of_one_label(text, label, chosen, columns, sure=alone and not asked, shown=shown)


def _by_values(
    text: SampledColumn, label: SampledColumn, chosen: Labels, columns: Sequence[SampledColumn], rows: int
) -> bool:
    """Whether values alone say that a label is learned: few of them over many texts, and nothing else that may be."""
    measures = sum(each.holds is Holds.NUMBER and not is_about(each) for each in columns if each is not label)
    bare = bool(chosen.stated) or (measures < _MEASURES and _is_quiet(columns))
    return rows >= LEAST_ROWS and (is_few(label) or label in chosen.finer) and text.distinct >= VARIED and bare


def _is_quiet(columns: Sequence[SampledColumn]) -> bool:
    """Whether rows have no list and no object that says something of an example."""
    return not any(each.holds in (Holds.OBJECT, Holds.LIST) and not is_about(each) for each in columns)


def _of_several(text: SampledColumn, labels: Sequence[SampledColumn], columns: Sequence[SampledColumn]) -> Guess:
    """Return the guess that learns all labels of a text but what sorts rows by its name."""
    labels = with_parallels(without_things(labels, columns), columns)
    flags = [each for each in labels if each.binary]
    if len(flags) == 1 and len(labels) >= _SEVERAL and all(map(is_unnamed, columns)):
        return Guess.of({"prompt": text.key, "response": flags[0].key})  # the others may say where the text is from
    learned = [each for each in labels if strength(each.key, "group") < Strength.WHOLE] or labels
    found = {"prompt": text.key, "response": JOIN.join(each.key for each in learned)}
    # The others are levels below it, which most rows do not have.
    filled = [each.key for each in labels if not each.unsaid]
    found |= {"category": filled[0]} if len(filled) == 1 else {}
    # Flags that are classes by their names are learned together, and others may be facts about a row.
    sure = not all(is_flag(each) and not is_class(each) for each in labels) and not any(map(is_code, labels))
    return Guess.of(found, clear=text.length > LONG and sure and not has_word(text.key, OUTPUTS), basis="values")


def _of_one_label(
    text: SampledColumn,
    label: SampledColumn,
    chosen: Labels,
    columns: Sequence[SampledColumn],
    *,
    sure: bool,
    shown: bool,
) -> Guess | None:
    """Return the guess about a text and one label, which is ``shown`` by values or said by names, if it is clear."""
    # Several labels in one text are no category.
    found = {"prompt": text.key, "response": label.key} | ({} if label.joined else {"category": label.key})
    by_name = len(chosen.named) == 1 and sure and strength(text.key, "text") is Strength.WHOLE
    tagged = strength(label.key, "category") >= Strength.HEAD or bool(chosen.stated) or label.joined
    written = any(map(_names_model, columns))
    if written and not tagged and strength(text.key, "text") is not Strength.WHOLE:
        return None  # what a model was asked to write about is no label of what it wrote
    # Where a line of a play is from is no label of it, nor is what a page of a site says of its subject next to a text.
    aside = written or any(names_speakers(each) or fold_name(each.key)[-1:] == _SLUG for each in columns)
    clear = sure and (by_name or shown) and not is_flag(label) and (tagged or not aside)
    # What a model wrote is no prompt, and the caption of an image is a response.
    clear = clear and not has_word(text.key, OUTPUTS) and not is_caption(text, columns)
    return Guess.of(found, clear=clear, basis="names" if by_name or chosen.stated else "values")


def _names_model(column: SampledColumn) -> bool:
    """Whether a column has the names of the models that wrote the texts next to them."""
    return fold_name(column.key) in _MODELS and column.short


def _after_text(columns: Sequence[SampledColumn], text: SampledColumn, labels: Sequence[SampledColumn]) -> Guess | None:
    """Return the proposal for a table without names: of several labels, the last column if only it follows the text.

    A number says no more than words before the text do, and is proposed next to these.
    """
    late = [each for each in labels if columns.index(each) > columns.index(text)]
    if len(late) != 1 or late[0] is not columns[-1] or not all(map(is_unnamed, columns)) or text.length <= LONG:
        return None
    words = [each for each in labels if each.holds is Holds.LABEL]
    if len(words) == 1 and late[0].holds is Holds.NUMBER:
        return Guess.of({"prompt": text.key, "response": JOIN.join((words[0].key, late[0].key))})
    return Guess.of({"prompt": text.key, "response": late[0].key, "category": late[0].key})
