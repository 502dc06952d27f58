"""Inference of rows in which the name of the response is known, and that of its prompt is not, or not that alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from datalint.shapes.evidence.checking import is_right
from datalint.shapes.evidence.labels import VARIED, is_class
from datalint.shapes.evidence.names import REASONS, has_word, is_about, stands_out
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, Holds, SampledColumn
from datalint.shapes.guess import Guess
from datalint.support.names.column_names import Strength, strength

#: Words of the names of what a model answered.
_PREDICTED: Final = ("pred", "preds", "predicted", "prediction", "predictions")


def with_response(
    columns: Sequence[SampledColumn],
    rows: int,
    free: Sequence[SampledColumn],
    responses: Sequence[SampledColumn],
    prompt: SampledColumn | None,
    headings: Sequence[SampledColumn],
    texts: Sequence[SampledColumn],
) -> Guess | None:
    """Return the guess about a response that is named so, and the ``prompt`` that is, or else the text that may be."""
    alone = [each for each in free if each not in responses and not has_word(each.key, REASONS)]
    alone = [each for each in alone if each.distinct >= VARIED or strength(each.key, "remark") < Strength.HEAD]
    if not alone and prompt is None and stands_out(responses, "response"):
        # A text that is named so first is asked, such as a ``text_canonical`` next to an answer.
        alone = [each for each in free if each is not responses[0] and strength(each.key, "text")]
    if prompt is None and len(alone) == 1:
        corrected = alone[0].edits == responses[0].key or responses[0].edits == alone[0].key
        if has_word(alone[0].key, _PREDICTED) and not corrected:
            return None  # what a model answered, and what is right, to a question that is elsewhere
        clear = rows >= LEAST_ROWS and stands_out(responses, "response") and not _is_classified(columns, responses)
        clear = clear and (alone[0].distinct >= VARIED or alone[0].length > LONG)
        # A note about an answer is no prompt.
        clear = clear and strength(alone[0].key, "remark") < Strength.HEAD
        found = {"prompt": alone[0].key, "response": responses[0].key}
        return Guess.of(found, clear=clear, basis="names")
    if prompt is None:
        return _alone(columns, responses, rows)
    above: dict[str, str] = {}
    if (body := _body(prompt, headings, texts)) is not None:
        above = {"context": prompt.key}
        prompt, alone = body, [each for each in alone if each not in headings]
    if [each for each in alone if each.length > prompt.length / 2] == [prompt]:
        stated = stands_out(responses, "response") or _is_expected(responses)
        clear = rows >= LEAST_ROWS and prompt.holds is Holds.TEXT and stated
        clear = clear and not _is_classified(columns, responses)
        found = {"prompt": prompt.key, **above, "response": responses[0].key}
        return Guess.of(found, clear=clear, basis="names")
    return Guess.of({"prompt": prompt.key, **above, "response": responses[0].key})


def _is_classified(columns: Sequence[SampledColumn], responses: Sequence[SampledColumn]) -> bool:
    """Whether rows have a class, and a short text that may be what it is about, such as a ``target``."""
    return responses[0].short and any(is_class(each) for each in columns if each is not responses[0])


def _body(
    first: SampledColumn, headings: Sequence[SampledColumn], texts: Sequence[SampledColumn]
) -> SampledColumn | None:
    """Return the text that a heading stands above, as the body of a message does below its subject."""
    bodies = [each for each in texts if each.length > first.length and strength(each.key, "text") is Strength.WHOLE]
    return bodies[0] if first in headings and len(bodies) == 1 else None


def _is_expected(responses: Sequence[SampledColumn]) -> bool:
    """Whether the only response is a label that is expected by its name, such as ``expected_priority``."""
    return len(responses) == 1 and responses[0].holds is Holds.LABEL and is_right(responses[0].key)


def _alone(columns: Sequence[SampledColumn], responses: Sequence[SampledColumn], rows: int) -> Guess | None:
    """Return the proposal for texts that are named as answers, and of which nothing says what they answer."""
    (text, *more), facts = responses, (Holds.NOTHING, Holds.NUMBER, Holds.REFERENCE)
    others = [each for each in columns if each is not text and each.holds not in facts and not is_about(each)]
    if more or others or rows < LEAST_ROWS or text.holds is not Holds.TEXT:
        return None
    return Guess.of({"text": text.key}) if text.length > LONG and text.distinct >= VARIED else None
