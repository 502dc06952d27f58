"""Two texts without telling names: their values distinguish the prompt from the response."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from datalint.shapes.evidence.checking import prescribes
from datalint.shapes.evidence.inputs import is_case, is_more
from datalint.shapes.evidence.name_pairs import are_opposite
from datalint.shapes.evidence.names import (
    CLASS,
    SPEAKER,
    has_word,
    is_about,
    is_data,
    objects_in,
    stem,
)
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, Holds, SampledColumn, is_unnamed, width
from datalint.shapes.guess import Guess
from datalint.shapes.inference.texts.missing_sides import below_heading, may_describe
from datalint.shapes.inference.texts.transforms import LEAST_DISTINCT, are_wordings, texts_of
from datalint.shapes.side_keys import use_of
from datalint.support.names.column_names import Strength, fold_name, last_word, strength

#: Mean characters of the longer of two texts from which on it is more than a name.
_SENTENCE: Final = 20
#: Values of a flag.
_YES_OR_NO: Final = 2
#: The last word of the name of a prompt with places for what is asked.
_TEMPLATE: Final = "template"
#: Length of a name up to which it is one.
_NAME: Final = 12
#: Difference of two columns' scores from which on it is sure which is the response: that of their order.
_SURE: Final = 1.0


def by_values(columns: Sequence[SampledColumn], rows: int) -> Guess | None:
    """Return the guess about two texts, of which names say nothing: which is asked or short comes before the other."""
    texts = texts_of(columns)
    if len(texts) > 2:
        # A name, or a text that is made of another one, is no third.
        texts = [
            each for each in texts if not (each.contains and not _is_meant(each)) and not (each.short and each.within)
        ]
    if len(texts) != 2 or rows < LEAST_ROWS or any(map(is_unnamed, texts)) or are_wordings(texts, columns):
        return None
    scores = [_lean(each, other, place) for place, (each, other) in enumerate((texts, texts[::-1]))]
    first, second = (texts[0], texts[1]) if scores[0] <= scores[1] else (texts[1], texts[0])
    margin = abs(scores[0] - scores[1])
    more = len(texts) < len(texts_of(columns))
    if all(map(_is_row, texts)) or _are_versions(*texts) or (more and second.within):
        return None
    if are_opposite(texts[0].key, texts[1].key):
        return None
    labels = [each for each in columns if each not in texts and not is_about(each)]
    others = [each for each in labels if each.holds is Holds.LABEL or (has_word(each.key, CLASS) and each.length > 0)]
    # What is read next to a prompt is no answer, and neither is more of the prompt.
    is_side = any(strength(second.key, meaning) >= Strength.HEAD for meaning in ("context", "heading", "test"))
    is_side = is_side or prescribes(second.key)
    if is_side or is_case(second, first, columns) or is_more(second) or (second.short and _is_group(second)):
        return None
    if _names_text(first, second):
        return Guess.of({"text": second.key})
    # Texts that say something of a label are no answers, nor is the body of a heading.
    headed = strength(first.key, "heading") is Strength.WHOLE and (
        any(strength(second.key, meaning) >= Strength.HEAD or is_data(second) for meaning in ("text", "context"))
        or len(others) > 1
    )
    if headed and (below := below_heading(first, second, columns)) is not None:
        return below
    others = [each for each in others if not _is_group(each)]
    # So may a yes or no be, of which the name says nothing else: two texts are read for it.
    flags = [each for each in labels if each.holds is Holds.NUMBER and each.binary and use_of(each.key) != "metadata"]
    flags = [each for each in flags if 0 < each.distinct * rows < _YES_OR_NO + 0.5]
    if flags and margin <= _SURE:
        return None
    others += [each for each in flags if each not in others]
    if others and first.distinct < LEAST_DISTINCT <= second.distinct:
        return None
    clear = margin >= _SURE and not others and not headed and second.distinct >= LEAST_DISTINCT
    clear = clear and not any(has_word(each.key, SPEAKER) for each in columns)
    clear = clear and not (_are_halves(first, second) or first.sparse or second.sparse)
    clear = clear and (first.distinct >= LEAST_DISTINCT or first.length > LONG)
    clear = clear and not objects_in(columns) and max(each.length for each in texts) > _SENTENCE
    # A title with a label of its own is a heading of something.
    titled = strength(first.key, "heading") >= Strength.HEAD
    clear = clear and not (titled and any(each.holds is Holds.LABEL for each in columns))
    clear = clear and not may_describe(second.key, first.key)
    if not clear and max(each.length for each in texts) <= LONG:
        return None
    return Guess.of({"prompt": first.key, "response": second.key}, clear=clear, basis="values")


def _are_halves(one: SampledColumn, other: SampledColumn) -> bool:
    """Whether only a number or a letter tells two names apart, as those of a pair whose label is missing."""
    return fold_name(one.key) == fold_name(other.key) or (bool(stem(one.key)) and stem(one.key) == stem(other.key))


def _is_meant(column: SampledColumn) -> bool:
    """Whether a name says what a text is in an example."""
    return any(strength(column.key, each) for each in ("prompt", "response", "text", "written", "context"))


def _are_versions(one: SampledColumn, other: SampledColumn) -> bool:
    """Whether two names end with one word for what is written, such as two translations of a text."""
    ends = {fold_name(each.key)[-1:] for each in (one, other)}
    named = any(strength(one.key, meaning) >= Strength.HEAD for meaning in ("written", "response"))
    return named and len(ends) == 1 and all(len(fold_name(each.key)) > 1 for each in (one, other))


def _is_row(column: SampledColumn) -> bool:
    """Whether the name of a column is as long as its texts: then the first row was taken for a header."""
    size = width(column.key)
    return size > _NAME and size > column.length / 2


def _is_group(column: SampledColumn) -> bool:
    """Whether a label sorts rows by its name, and is not learned."""
    return any(strength(column.key, each) >= Strength.HEAD for each in ("group", "category")) and not has_word(
        column.key, CLASS
    )


def _names_text(first: SampledColumn, second: SampledColumn) -> bool:
    """Whether a short column has a name for each text, as a tag has one for a template, and a section for its content.

    A topic may be what somebody is to write about, and so may any class of a text that is named as written.
    """
    if not first.short or first.code or first.length > LONG or first.distinct < LEAST_DISTINCT:
        return False
    if strength(first.key, "heading") >= Strength.HEAD:
        return False
    if any(strength(second.key, meaning) >= Strength.HEAD for meaning in ("response", "written")):
        return False
    return _is_group(first) or last_word(second.key) == _TEMPLATE or strength(second.key, "text") is Strength.WHOLE


def _lean(each: SampledColumn, other: SampledColumn, place: int) -> float:
    """Return how much a column leans to the response (above 0) or the prompt, next to another one."""
    score = 0.5 if place else -0.5
    for meaning, sign in (("prompt", -1.5), ("response", 1.5), ("written", 1.0), ("text", -0.5), ("heading", -0.5)):
        score += sign * max(0, strength(each.key, meaning) - 1)
    if each.spoken and not other.spoken:
        score -= 3
    if each.asks and not other.asks:
        score -= 2
    if each.code and not other.code:
        score += 1
    if each.length > 3 * other.length and each.length > LONG:
        score += 1
    return score
