"""Inference of rows with a label: classified texts, pairs of texts, and questions with their options."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from datalint.shapes.guess import JOIN, Guess
from datalint.shapes.names import CHOICE, CLASS, OPTION, RIGHT, has_word, is_about, stands_out, stem
from datalint.shapes.sampled import LEAST_ROWS, Holds, SampledColumn, is_unnamed
from datalint.support.column_names import Strength, fold_name, strength

#: Columns of numbers from which on a table holds measures, and not texts with their labels.
_MEASURES: Final = 3
#: Share of distinct values from which on a column of texts is one of examples, and up to which numbers are classes.
VARIED: Final = 0.5
_CLASSES: Final = 0.2
#: Texts that a label may be about.
_MOST_TEXTS: Final = 4


def is_class(column: SampledColumn) -> bool:
    """Whether a column holds the right classes of texts, by its name and values; a topic or type is none."""
    words = fold_name(column.key)
    return bool(words) and words[-1] in CLASS and _is_few(column)


def _is_few(column: SampledColumn) -> bool:
    return column.holds is Holds.LABEL or (column.holds is Holds.NUMBER and column.distinct <= _CLASSES)


def text_pair(columns: Sequence[SampledColumn], rows: int) -> Guess | None:
    """Return the guess about two texts under one name but for a number or letter, and the label of both."""
    texts = [each for each in columns if each.holds in (Holds.TEXT, Holds.CHAT) and not is_about(each)]
    labels = [each for each in columns if each not in texts and each.short and _is_few(each) and not is_about(each)]
    if len(texts) != 2 or len(labels) != 1 or not _are_numbered(texts):
        return None
    if has_word(texts[0].key, OPTION) or responses_in(texts):
        return None
    # Of columns without names, a question, its answer and an explanation stand in this order.
    first, label, last = (columns.index(each) for each in (texts[0], labels[0], texts[1]))
    if is_unnamed(labels[0]) and first < label < last:
        return None
    return _of_several(texts, labels[0], rows)


def _are_numbered(texts: Sequence[SampledColumn]) -> bool:
    """Whether the names of texts are the same but for a number or letter."""
    return bool(stem(texts[0].key)) and len({stem(each.key) for each in texts}) == 1


def _of_several(texts: Sequence[SampledColumn], label: SampledColumn, rows: int) -> Guess:
    """Return the guess about several texts and a label of theirs: a pair of sentences, or a query and its document."""
    pair = _are_numbered(texts)
    first = texts[0] if pair else max(texts, key=_is_main)
    others = [each for each in texts if each is not first and JOIN not in each.key]
    stated = is_class(label) and _is_main(first) > Strength.WORD and all(map(_is_read, others))
    varied = sum(each.distinct for each in texts) >= VARIED
    clear = (pair or stated) and varied and rows >= LEAST_ROWS and _is_few(label)
    found = {
        "prompt": first.key,
        "context": JOIN.join(each.key for each in others[: _MOST_TEXTS - 1]),
        "response": label.key,
        "category": label.key,
    }
    return Guess.of(found, clear=clear and len(others) < len(texts) <= _MOST_TEXTS, basis="names")


def _is_main(column: SampledColumn) -> Strength:
    """Return how clearly a column is what a label is about, by its name: a prompt before a text."""
    asked, text = strength(column.key, "prompt"), strength(column.key, "text")
    return asked if asked >= Strength.HEAD else Strength(text - 1) if text else Strength.NONE


def _is_read(column: SampledColumn) -> bool:
    """Whether a column holds what a label is about besides, by its name."""
    return any(strength(column.key, meaning) >= Strength.HEAD for meaning in ("text", "context", "heading"))


def chosen_option(columns: Sequence[SampledColumn], prompts: Sequence[SampledColumn]) -> Guess | None:
    """Return the guess about a question, its options under numbered names, and which one is right."""
    options = [each for each in columns if len(fold_name(each.key)) in (1, 2) and fold_name(each.key)[0] in CHOICE]
    options = [each for each in options if stem(each.key) == stem(options[0].key)]
    rights = [each for each in columns if each not in options and has_word("".join(fold_name(each.key)), RIGHT)]
    if len(options) < 2 or len(rights) != 1 or not prompts or not stands_out(prompts, "prompt"):
        return None
    found = {"prompt": prompts[0].key, "context": JOIN.join(each.key for each in options)}
    return Guess.of(found | {"response": rights[0].key}, clear=True, basis="names")


def labelled(columns: Sequence[SampledColumn], free: Sequence[SampledColumn], rows: int) -> Guess | None:
    """Return the guess about a text and its label."""
    labels = [
        each
        for each in columns
        if (each.holds is Holds.LABEL and not is_about(each))
        or (each.short and each.holds in (Holds.TEXT, Holds.NUMBER) and strength(each.key, "category") >= Strength.HEAD)
    ]
    texts = [each for each in free if each not in labels]
    if not labels or not texts or responses_in(texts) or any(each.key == "instruction" for each in texts):
        return None
    text = _best_text(texts)
    named = [each for each in labels if strength(each.key, "category") is Strength.WHOLE]
    if not named and len(texts) > 1:
        return None
    label = named[0] if named else labels[0]
    if len(texts) > 1:
        classes = [each for each in labels if is_class(each)]
        return _of_several(texts, classes[0] if len(classes) == 1 else label, rows)
    by_name = len(named) == 1 and strength(text.key, "text") is Strength.WHOLE
    measures = sum(each.holds is Holds.NUMBER and not is_about(each) for each in columns if each is not label)
    by_values = rows >= LEAST_ROWS and _is_few(label) and text.distinct >= VARIED and measures < _MEASURES
    # A prompt may have a label that is not what is learned, such as its topic.
    asked = strength(text.key, "prompt") >= Strength.HEAD and not (by_values and is_class(label))
    clear = len(labels) == 1 and len(texts) == 1 and (by_name or by_values) and not asked
    found = {"prompt": text.key, "response": label.key, "category": label.key}
    return Guess.of(found, clear=clear, basis="names" if by_name else "values")


def _best_text(texts: Sequence[SampledColumn]) -> SampledColumn:
    return max(texts, key=lambda each: (strength(each.key, "text"), strength(each.key, "prompt"), each.length))


def responses_in(texts: Sequence[SampledColumn]) -> bool:
    """Whether one of the texts is a response by its name."""
    return any(strength(each.key, "response") >= Strength.HEAD for each in texts)
