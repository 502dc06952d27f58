"""Inference of rows with a label: classified texts."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from datalint.shapes.evidence.aims import AIMS, ASPECTS, is_aim, is_aimed_at, is_aspect
from datalint.shapes.evidence.checking import is_right
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
    of_one_kind,
    with_parallels,
    with_qualities,
    without_coarser,
    without_others,
)
from datalint.shapes.evidence.name_pairs import are_pair
from datalint.shapes.evidence.names import (
    CLASS,
    EXPLAINS,
    INFERENCE,
    LABEL,
    OPINIONS,
    OUTPUTS,
    QUESTIONS,
    has_word,
    is_about,
    is_caption,
    is_language,
    names_speakers,
)
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, Holds, SampledColumn, is_unnamed
from datalint.shapes.guess import JOIN, Guess
from datalint.shapes.inference.labelled.answer_scores import names_model
from datalint.shapes.inference.labelled.decisions import by_only_label
from datalint.shapes.inference.labelled.levels import on_levels, with_level
from datalint.shapes.inference.labelled.senses import is_sense, with_word
from datalint.shapes.inference.labelled.several_texts import is_read, of_own_label, responses_in
from datalint.shapes.inference.labelled.stars import review_and_stars
from datalint.shapes.inference.labelled.tickets import are_sorted
from datalint.support.names.column_names import Strength, fold_name, last_word, strength

#: The number of number columns from which on a table holds measurements, and no texts with labels.
_MEASURES: Final = 3
#: Words of the names of prompts that are those of people too.
_PEOPLE: Final = ("user", "human")
#: Names of a label that is learned, whatever others stand next to it.
_LITERAL: Final = ("label", "response", "answer", "output")
#: First word of the name of the label that was decided on, next to an original one and others.
_FINAL: Final = ("final",)
#: The same of labels that somebody corrected, next to those of a program.
_CORRECTED: Final = (("correct",), ("corrected",))
#: Words of the names of texts that somebody asks for, and how many times as long as the request they are at least.
_WORKS: Final = ("story", "poem", "poetry", "essay", "lyrics", "song", "joke", "letter", "recipe")
_LONGER: Final = 2
#: Labels of a text that are learned together.
_MOST_LABELS: Final = 8
#: The last word of the name of the part of a link that names a page, which rows that were taken from a site have.
_SLUG: Final = ("slug",)
#: A word of the name of whether a text is about its target, which is a second label in sentences.
_TOWARDS: Final = ("towards",)
#: Words of the names of the things that somebody thinks or feels something of, which have a category too.
_THINGS: Final = ("product", "item", "brand", "hotel", "restaurant", "movie", "app", "shop", "store")
#: How many times as long as the other one a text of a pair without names is at most.
_UNLIKE: Final = 5


def _is_asked_for(text: SampledColumn, texts: Sequence[SampledColumn]) -> bool:
    """Whether a text is a story or the like by its name, and longer than the prompt next to it."""
    asked = [each for each in texts if strength(each.key, "prompt") is Strength.WHOLE]
    asked = [each for each in asked if not (each.asks or has_word(each.key, QUESTIONS))]
    return has_word(text.key, _WORKS) and any(text.length > _LONGER * each.length for each in asked)


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
    # A language sorts rows, and a column that is named after one holds texts in it.
    labels = without_others([each for each in columns if is_label(each, rows) and not is_language(each.key.lower())])
    if all(each.unsaid and not is_class(each) for each in labels):
        labels = []  # what few rows have next to the text, or instead of it
    texts = [each for each in free if each not in labels]
    if (review := review_and_stars(columns, free, rows)) is not None:
        return review
    if (levels := on_levels(columns, free, rows)) is not None:
        return levels
    if not labels and (graded := with_level(columns, free, rows)) is not None:
        return graded
    labels, finer = without_coarser(of_one_kind(labels))
    literal = [each for each in labels if each.key.strip().lower() in _LITERAL]
    literal = literal or [each for each in labels if each.key.strip().lower() == "class" and is_class(each)]
    literal = literal or [each for each in labels if _is_final(each)]
    literal = [each for each in labels if _is_corrected(each)] or literal
    labels = literal if len(literal) == 1 else labels
    # What is right by its name is learned, next to what only describes a row.
    rights = [each for each in labels if is_right(each.key) and not each.sparse]
    labels = (rights := rights or [each for each in columns if _is_right_class(each, rows)]) or labels
    texts = [each for each in texts if not (rights and each.listed)]
    if not labels or not texts or responses_in(texts) or any(each.key == "instruction" for each in texts):
        return None
    text = _best_text(texts)
    stated = with_qualities([each for each in labels if is_class(each) or each in finer], labels)
    if len(stated) > 1 and len(labels) > _MOST_LABELS:
        labels = stated  # the classes, next to one column for each of many topics
    if stated and all(map(is_detail, stated)) and any(_is_asked_for(each, texts) for each in texts):
        return None  # what is said of a story next to the request for it
    named = [each for each in labels if strength(each.key, "category") is Strength.WHOLE]
    if stated:
        # What is within a text, or written about it, is a reason for the label.
        texts = [
            each for each in texts if each is text or is_aspect(each) or is_sense(each, stated) or not _is_reason(each)
        ]
    if not named and not stated and len(texts) > 1:
        return by_only_label(texts, labels, columns, rows)
    sorting = bool(named) and not stated and not any(has_word(each.key, CLASS) for each in named)
    # Numbers of a class are no fact about the texts, however many rows have one of them.
    same = all(each.uniform and (each.holds is Holds.LABEL or each.distinct * rows < 1.5) for each in named)
    if sorting and (_are_versions(text, texts) or same):
        return None  # a category sorts texts of which one is made of the other
    # Short names next to a long text, such as those of authors, are not what the label describes.
    texts = [each for each in texts if each is text or not _is_name(each, text)]
    number = (stated or named or labels)[0]
    label = in_words(number, columns)
    labels = [each for each in labels if each is label or each is not number]
    if len(texts) > 1:
        if not stated and not named and _are_long(texts):
            return None
        several = of_own_label(texts, label, stated, rows)
        return several._replace(clear=True, basis="names") if are_sorted(texts, labels, rows) else several
    # Of several labels one may be named so; without names, all are learned.
    others = [each for each in labels if each is not label]
    flags = [each for each in others if each.binary]
    if named and not stated and len(flags) == 1 and strength(text.key, "prompt") is Strength.WHOLE:
        # The category of a question sorts it, and what is true or false of it is learned.
        return Guess.of({"prompt": text.key, "response": flags[0].key, "category": label.key})
    alone = not others or (len(stated) == 1 and not rights) or is_label_of(stated, label)
    by_name = len(named) == 1 and alone and strength(text.key, "text") is Strength.WHOLE
    measures = sum(each.holds is Holds.NUMBER and not is_about(each) for each in columns if each is not label)
    measures = 0 if stated else measures
    quiet = bool(stated) or not any(each.holds in (Holds.OBJECT, Holds.LIST) and not is_about(each) for each in columns)
    few = is_few(label) or label in finer
    by_values = rows >= LEAST_ROWS and few and text.distinct >= VARIED and measures < _MEASURES and quiet
    # A prompt may have a label that is not what is learned, such as its topic.
    sorted_alone = bool(named) and len(columns) == 2 and has_word(text.key, QUESTIONS)
    asked = strength(text.key, "prompt") >= Strength.HEAD and not (by_values and (is_class(label) or sorted_alone))
    if not alone and (last := _after_text(columns, text, labels)) is not None:
        return last
    if not alone and not asked and by_values and len(others) < _MOST_LABELS and all(map(is_few, others)):
        labels = with_parallels(_without_things(labels, columns), columns)
        # What sorts rows by its name is not learned, next to what is.
        learned = [each for each in labels if strength(each.key, "group") < Strength.WHOLE] or labels
        found = {"prompt": text.key, "response": JOIN.join(each.key for each in learned)}
        # The others are levels below it, which most rows do not have.
        filled = [each.key for each in labels if not each.unsaid]
        found |= {"category": filled[0]} if len(filled) == 1 else {}
        sure = not all(map(is_flag, labels)) and not any(map(is_code, labels))
        return Guess.of(found, clear=text.length > LONG and sure and not has_word(text.key, OUTPUTS), basis="values")
    if not alone and not stated and not named:
        return None  # one of several, chosen by nothing
    if not quiet and not stated and not named and not text.length > LONG:
        return None
    if rows >= LEAST_ROWS and not stated and label.short and label.holds is Holds.TEXT and label.distinct >= VARIED:
        return Guess.of({"text": text.key})  # names of the rows, as hardly two have the same
    # Several labels in one text are no category.
    found = {"prompt": text.key, "response": label.key} | ({} if label.joined else {"category": label.key})
    clear = alone and (by_name or by_values) and not asked and not is_flag(label)
    # Where a line of a play is from is no label of it, nor is what a page of a site says of its subject next to a text.
    tagged = strength(label.key, "category") >= Strength.HEAD
    written = any(map(names_model, columns))
    aside = written or any(names_speakers(each) or fold_name(each.key)[-1:] == _SLUG for each in columns)
    clear = clear and (tagged or bool(stated) or label.joined or not aside)
    if written and not (tagged or stated or label.joined or strength(text.key, "text") is Strength.WHOLE):
        return None  # what a model was asked to write about is no label of what it wrote
    # What a model wrote is no prompt, and the caption of an image is a response.
    clear = clear and not has_word(text.key, OUTPUTS) and not is_caption(text, columns)
    return Guess.of(found, clear=clear, basis="names" if by_name or stated else "values")


def _is_reason(column: SampledColumn) -> bool:
    return column.within or has_word(column.key, (*EXPLAINS, *_TOWARDS))


def _is_final(column: SampledColumn) -> bool:
    """Whether a column holds the label that was decided on by its name, such as ``final_label``, and no flag does."""
    return (
        is_class(column)
        and not column.sparse
        and fold_name(column.key)[:1] == _FINAL
        and last_word(column.key) in LABEL
    )


def _is_corrected(column: SampledColumn) -> bool:
    """Whether a column holds the labels that somebody corrected by its name, such as ``corrected_label``."""
    words = fold_name(column.key)
    corrected = words[:1] in _CORRECTED and last_word(column.key) in LABEL
    return corrected and not (column.sparse or is_flag(column))


def _without_things(labels: list[SampledColumn], columns: Sequence[SampledColumn]) -> list[SampledColumn]:
    """Return labels without the category of a thing, such as a product, next to what somebody thinks or feels of it."""
    opinions = [each for each in labels if has_word(each.key, OPINIONS)]
    things = any(has_word(each.key, _THINGS) for each in columns if each not in labels)
    plain = [each for each in labels if strength(each.key, "category") is Strength.WHOLE and each not in opinions]
    return [each for each in labels if each not in plain] if opinions and things else labels


def _is_right_class(column: SampledColumn, rows: int) -> bool:
    """Whether a column holds words of which some repeat, too many for labels, that are right by their name."""
    few = column.short and column.holds is Holds.TEXT and not column.sparse and column.distinct <= VARIED
    return few and rows >= LEAST_ROWS and is_right(column.key) and not is_about(column)


def _are_versions(text: SampledColumn, texts: Sequence[SampledColumn]) -> bool:
    """Whether texts are a source and its target by their names, or another text is as varied as a text, and no shorter
    than half, and its name says nothing of what it is.
    """
    if any(are_pair(one.key, other.key) for one, other in pairwise(texts)):
        return True
    others = (each for each in texts if each is not text and not is_read(each) and not is_about(each))
    return any(each.distinct >= VARIED and 2 * each.length > text.length for each in others)


def _is_name(column: SampledColumn, text: SampledColumn) -> bool:
    """Whether a column of short texts next to much longer ones is metadata: its key names no role that is read."""
    said = ("text", "context", "heading", *(() if has_word(column.key, _PEOPLE) else ("prompt",)))
    named = is_read(column) or any(strength(column.key, each) for each in said)
    named = named or has_word(column.key, (*INFERENCE, *ASPECTS, *AIMS))
    return column.short and not named and text.length > _UNLIKE * column.length and text.length > LONG


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


def _are_long(texts: Sequence[SampledColumn]) -> bool:
    return sum(each.length > LONG for each in texts) > 1


def _best_text(texts: Sequence[SampledColumn]) -> SampledColumn:
    plain = [each for each in texts if not has_word(each.key, EXPLAINS)]
    said = [each for each in texts if has_word(each.key, ("comment", "comments")) and each.distinct >= VARIED]
    if said and all(each.distinct < VARIED and has_word(each.key, QUESTIONS) for each in plain):
        return said[0]  # what many say on a few questions
    # A comment is what the label is about, next to no more than what it is on.
    texts = plain if any(strength(each.key, "heading") < Strength.WHOLE for each in plain) else texts
    return max(texts, key=lambda each: (strength(each.key, "text"), strength(each.key, "prompt"), each.length))
