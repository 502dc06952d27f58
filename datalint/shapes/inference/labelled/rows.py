"""Inference of rows with a label: classified texts, pairs of texts, and questions with their options."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from datalint.shapes.evidence.aims import AIMS, ASPECTS, is_aim, is_aspect
from datalint.shapes.evidence.checking import is_right
from datalint.shapes.evidence.inputs import is_other_label, is_remark
from datalint.shapes.evidence.labels import (
    VARIED,
    before_words,
    in_words,
    is_class,
    is_code,
    is_detail,
    is_few,
    is_flag,
    is_label,
    is_label_of,
    of_one_kind,
    scores_of,
    without_coarser,
    without_others,
)
from datalint.shapes.evidence.names import (
    CLASS,
    EXPLAINS,
    INFERENCE,
    OPTION,
    OUTPUTS,
    QUESTIONS,
    has_word,
    is_about,
    is_caption,
    is_language,
    names_speakers,
    pair_stem,
)
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, Holds, SampledColumn, is_unnamed
from datalint.shapes.guess import JOIN, Guess
from datalint.shapes.inference.labelled.decided import by_only_label
from datalint.shapes.inference.labelled.levels import with_level
from datalint.shapes.inference.labelled.stars import rated
from datalint.shapes.inference.labelled.tickets import are_sorted, ticket
from datalint.support.column_names import Strength, fold_name, strength

#: The number of number columns from which on a table holds measurements, and no texts with labels.
_MEASURES: Final = 3
#: Words of the names of prompts that are those of people too.
_PEOPLE: Final = ("user", "human")
#: Names of a label that is learned, whatever others stand next to it.
_LITERAL: Final = ("label", "response", "answer", "output")
#: Words of the names of texts that somebody asks for, and how many times as long as the request they are at least.
_WORKS: Final = ("story", "poem", "poetry", "essay", "lyrics", "song", "joke", "letter", "recipe")
_LONGER: Final = 2
#: Labels of a text that are learned together.
_MOST_LABELS: Final = 8
#: How many times as long as the other one a text of a pair without names is at most.
_UNLIKE: Final = 5
#: Texts that a label may be about.
_MOST_TEXTS: Final = 4


def text_pair(columns: Sequence[SampledColumn], rows: int) -> Guess | None:
    """Return the guess about two texts under one name but for a number or letter, and the label of both."""
    texts = [each for each in columns if each.holds in (Holds.TEXT, Holds.CHAT) and not is_about(each)]
    labels = [each for each in columns if each not in texts and each.short and is_few(each) and not is_about(each)]
    labels = [each for each in labels if not is_code(each) or is_label(each, rows)]
    classes = list(filter(is_class, labels))
    labels = before_words(texts, classes if len(classes) == 1 else labels, rows)
    # How alike two texts are is no fact about the row.
    scores = [] if labels else scores_of(texts, columns)
    labels = labels or scores
    if len(texts) > 2:
        plain = [each for each in texts if not each.listed and not has_word(each.key, EXPLAINS)]
        paired = [each for each in plain if any(o is not each and _are_numbered((each, o)) for o in plain)]
        asked = [each for each in plain if each not in paired and strength(each.key, "prompt") is Strength.WHOLE]
        if len(paired) == 2 and len(labels) == len(classes) == len(asked) == 1 and asked[0].distinct >= VARIED:
            # Two answers of which one is better, or two texts that a question is about.
            read = {"prompt": asked[0].key, "context": JOIN.join(each.key for each in paired)}
            found = read | {"response": labels[0].key, "category": labels[0].key}
            return Guess.of(found, clear=rows >= LEAST_ROWS, basis="names")
        texts = paired if len(paired) == 2 and classes else [each for each in texts if not each.within]
    if len(texts) != 2 or len(labels) != 1 or not _are_numbered(texts):
        return None
    if has_word(texts[0].key, OPTION) or responses_in(texts):
        return None
    shorter, longer = sorted(each.length for each in texts)
    if is_unnamed(texts[0]) and longer > _UNLIKE * shorter:
        return None  # a name and a document
    # Of columns without names, a question, its answer and an explanation stand in this order.
    first, label, last = (columns.index(each) for each in (texts[0], labels[0], texts[1]))
    if is_unnamed(labels[0]) and first < label < last:
        return None
    guess = _of_several(texts, labels[0], rows)
    return guess._replace(clear=rows >= LEAST_ROWS, basis="names") if scores else guess


def _are_numbered(texts: Sequence[SampledColumn]) -> bool:
    """Whether the names of texts are the same but for a number or letter."""
    named = pair_stem if pair_stem(texts[0].key) else fold_name
    return bool(fold_name(texts[0].key)) and len({named(each.key) for each in texts}) == 1


def _of_several(texts: Sequence[SampledColumn], label: SampledColumn, rows: int) -> Guess:
    """Return the guess about several texts and a label of theirs: a pair of sentences, or a query and its document."""
    texts = [each for each in texts if each is not label]
    pair = _are_numbered(texts)
    first = texts[0] if pair else _below_title(max(texts, key=_is_main), texts)
    others = [each for each in texts if each is not first and JOIN not in each.key]
    if not pair:  # what only a language tells from the text, or small changes, is the same text
        others = [each for each in others if _without_language(each) != _without_language(first)]
        others = [each for each in others if each.edits != first.key]
    stated = is_class(label) and _is_main(first) > Strength.WORD and all(map(_is_read, others))
    stated |= is_class(label) and all(has_word(each.key, INFERENCE) for each in texts)
    stated |= is_class(label) and _are_parts(texts)
    varied = sum(each.distinct for each in texts) >= VARIED
    clear = (pair or stated) and varied and rows >= LEAST_ROWS and is_few(label)
    # Remarks, and labels of many values, are no texts that a label is about.
    kept = [e.key for e in others[: _MOST_TEXTS - 1] if not (is_remark(e) or is_other_label(e))]
    read = {"context": JOIN.join(kept)} if kept else {}
    found = {"prompt": first.key, **read, "response": label.key, "category": label.key}
    return Guess.of(found, clear=clear and 0 < len(others) < len(texts) <= _MOST_TEXTS, basis="names")


def _below_title(first: SampledColumn, texts: Sequence[SampledColumn]) -> SampledColumn:
    """Return the text that a label is about, or the longest one if that is a title."""
    longest = max(texts, key=lambda each: each.length)
    titled = strength(first.key, "heading") is Strength.WHOLE and strength(first.key, "text") is Strength.NONE
    return longest if titled and longest.length > _LONGER * first.length else first


def _are_parts(texts: Sequence[SampledColumn]) -> bool:
    """Whether two texts are a title and what is below it, such as ``issue_body``, or both are texts by their names."""
    names = [fold_name(each.key) for each in texts]
    if len(names) != 2 or any(len(name) < 2 for name in names):
        return False
    titled = names[0][:-1] == names[1][:-1] and "title" in (names[0][-1], names[1][-1])
    return titled or all(name[-1] == "text" for name in names)


def _is_asked_for(text: SampledColumn, texts: Sequence[SampledColumn]) -> bool:
    """Whether a text is a story or the like by its name, and longer than the prompt next to it."""
    asked = [each for each in texts if strength(each.key, "prompt") is Strength.WHOLE]
    asked = [each for each in asked if not (each.asks or has_word(each.key, QUESTIONS))]
    return has_word(text.key, _WORKS) and any(text.length > _LONGER * each.length for each in asked)


def _without_language(column: SampledColumn) -> tuple[str, ...]:
    return tuple(word for word in fold_name(column.key) if not is_language(word))


def _is_main(column: SampledColumn) -> Strength:
    """Return how clearly a column is what a label is about, by its name: a prompt before a text, ``ques_opt`` last."""
    asked, text = strength(column.key, "prompt"), strength(column.key, "text")
    begun = Strength.WORD if asked and strength(fold_name(column.key)[0], "prompt") else Strength.NONE
    return asked if asked >= Strength.HEAD else max(Strength(max(text - 1, 0)), begun)


def _is_read(column: SampledColumn) -> bool:
    """Whether a column holds what a label is about as well, by its name."""
    named = any(strength(column.key, meaning) >= Strength.HEAD for meaning in ("text", "context", "heading"))
    return named or is_aspect(column)


def labelled(columns: Sequence[SampledColumn], free: Sequence[SampledColumn], rows: int) -> Guess | None:
    """Return the guess about a text and its label, or its labels, with what the label is about if a column says so."""
    aims = [each for each in columns if is_aim(each, columns)]
    # A text that is repeated with another aim is another prompt.
    more = sum(each.distinct for each in aims if each.apart)
    rest = [each._replace(distinct=min(1.0, each.distinct + more)) if each in free else each for each in columns]
    rest = [each for each, before in zip(rest, columns, strict=True) if before not in aims]
    kept = {each.key for each in free}
    guess = _of_labels(rest, [each for each in rest if each.key in kept], rows)
    if guess is None or not aims or "context" in (found := dict(guess.columns)):
        return guess
    context = {"context": JOIN.join(each.key for each in aims)}
    return Guess.of(found | context, clear=guess.clear, basis=guess.basis)


def _of_labels(columns: Sequence[SampledColumn], free: Sequence[SampledColumn], rows: int) -> Guess | None:
    """Return the guess about a text and its label, or its labels."""
    # A language sorts rows, and a column that is named after one holds texts in it.
    labels = without_others([each for each in columns if is_label(each, rows) and not is_language(each.key.lower())])
    texts = [each for each in free if each not in labels]
    if (review := rated(columns, free, rows)) is not None:
        return review
    if not labels and (graded := with_level(columns, free, rows)) is not None:
        return graded
    if (reported := ticket(columns, labels, rows)) is not None:
        return reported
    labels, finer = without_coarser(of_one_kind(labels))
    literal = [each for each in labels if each.key.strip().lower() in _LITERAL]
    literal = literal or [each for each in labels if each.key.strip().lower() == "class" and is_class(each)]
    labels = literal if len(literal) == 1 else labels
    # What is right by its name is learned, next to what only describes a row.
    labels = (rights := [each for each in labels if is_right(each.key) and not each.sparse]) or labels
    texts = [each for each in texts if not (rights and each.listed)]
    if not labels or not texts or responses_in(texts) or any(each.key == "instruction" for each in texts):
        return None
    text = _best_text(texts)
    stated = [each for each in labels if is_class(each) or each in finer]
    if len(stated) > 1 and len(labels) > _MOST_LABELS:
        labels = stated  # the classes, next to one column for each of many topics
    if stated and all(map(is_detail, stated)) and any(_is_asked_for(each, texts) for each in texts):
        return None  # what is said of a story next to the request for it
    named = [each for each in labels if strength(each.key, "category") is Strength.WHOLE]
    if stated:
        # What is within a text, or written about it, is a reason for the label.
        texts = [
            each
            for each in texts
            if each is text or is_aspect(each) or not (each.within or has_word(each.key, EXPLAINS))
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
        several = _of_several(texts, label, rows)
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
        found = {"prompt": text.key, "response": JOIN.join(each.key for each in labels)}
        sure = not all(map(is_flag, labels)) and not any(map(is_code, labels))
        return Guess.of(found, clear=text.length > LONG and sure and not has_word(text.key, OUTPUTS), basis="values")
    if not alone and not stated and not named:
        return None  # one of several, chosen by nothing
    if not quiet and not stated and not named and not text.length > LONG:
        return None
    # Several labels in one text are no category.
    found = {"prompt": text.key, "response": label.key} | ({} if label.joined else {"category": label.key})
    clear = alone and (by_name or by_values) and not asked and not is_flag(label)
    # Where a line of a play is from is no label of it.
    clear = clear and bool(stated or named or label.joined or not any(names_speakers(each) for each in columns))
    # What a model wrote is no prompt, and the caption of an image is a response.
    clear = clear and not has_word(text.key, OUTPUTS) and not is_caption(text, columns)
    return Guess.of(found, clear=clear, basis="names" if by_name or stated else "values")


def _are_versions(text: SampledColumn, texts: Sequence[SampledColumn]) -> bool:
    """Whether another text, whose name says nothing of what it is, is as varied as a text, and no shorter than half."""
    others = (each for each in texts if each is not text and not _is_read(each) and not is_about(each))
    return any(each.distinct >= VARIED and 2 * each.length > text.length for each in others)


def _is_name(column: SampledColumn, text: SampledColumn) -> bool:
    """Whether a column of short texts next to much longer ones is metadata: its key names no role that is read."""
    said = ("text", "context", "heading", *(() if has_word(column.key, _PEOPLE) else ("prompt",)))
    named = _is_read(column) or any(strength(column.key, each) for each in said)
    named = named or has_word(column.key, (*INFERENCE, *ASPECTS, *AIMS))
    return column.short and not named and text.length > _UNLIKE * column.length and text.length > LONG


def _after_text(columns: Sequence[SampledColumn], text: SampledColumn, labels: Sequence[SampledColumn]) -> Guess | None:
    """Return the proposal for a table without names: of several labels, the last column if only it follows the text."""
    late = [each for each in labels if columns.index(each) > columns.index(text)]
    if len(late) != 1 or late[0] is not columns[-1] or not all(map(is_unnamed, columns)) or text.length <= LONG:
        return None
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


def responses_in(texts: Sequence[SampledColumn]) -> bool:
    """Whether one of the texts is a response by its name."""
    return any(strength(each.key, "response") >= Strength.HEAD for each in texts)
