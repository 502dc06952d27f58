"""Prompts and responses with labels of how harmful each is, for classifiers of both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.checking import checks
from datalint.shapes.evidence.names import has_word
from datalint.shapes.evidence.opposites import any_denies
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn
from datalint.shapes.guess import JOIN, Guess, keys_of
from datalint.support.names.column_names import Strength, fold_name, strength

#: Words of the names of such labels, of labels of a whole row, and of the keys of what people noted of a row.
_HARM: Final = frozenset(
    "harm harms harmful harmfulness harmless safe safety unsafe toxic toxicity refusal refused jailbreak".split()
)
_SIDE: Final = _HARM | {"label", "labels", "is"}
_WHOLE: Final = frozenset("toxic toxicity jailbreak jailbreaking harmful harmfulness unsafe".split())
_ANNOTATED: Final = ("annotation", "annotations", "annotated", "annotator", "annotators")
#: Share of the rows that has the rarer label at least, and where both sides have labels, for the guess to be clear.
_RARER: Final = 0.02
_OFTEN: Final = 0.1
#: Different labels of a side at most.
_MOST_LABELS: Final = 4
_SIDES: Final = ("prompt", "response")


def judged_sides(
    found: Mapping[str, str], columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]
) -> Guess | None:
    """Return the guess that labels of a prompt and of its response are learned, such as ``response_harm_label``.

    Labels that sort the rows do not count: one label of responses must negate another. If only responses have labels,
    or hardly any of them is harmful, the safe ones may be learned instead, so that it is only proposed. Labels of the
    whole row, such as ``toxicity``, are learned if people annotated it.
    """
    if len(rows) < LEAST_ROWS or not {"prompt", "response"} <= found.keys():
        return None
    others = [each for each in columns if each.key not in (found["prompt"], found["response"]) and each.short]
    labels = {each.key: side for each in others if (side := _side_of(each))}
    if not any(side == "response" and _is_denied(key, rows, _RARER) for key, side in labels.items()):
        return _annotated(found, columns, others, rows)
    clear = all(any(_is_denied(key, rows, _OFTEN) for key, of in labels.items() if of == side) for side in _SIDES)
    return _guess(found, [*labels], clear=clear)


def _annotated(
    found: Mapping[str, str],
    columns: Sequence[SampledColumn],
    others: Sequence[SampledColumn],
    rows: Sequence[Mapping[str, Any]],
) -> Guess | None:
    """Return the guess that labels of whole rows are learned, which people annotated."""
    labels = [each.key for each in others if fold_name(each.key) and _WHOLE.issuperset(fold_name(each.key))]
    labels = [key for key in labels if _is_denied(key, rows, _RARER)]
    noted = any(has_word(each.key, _ANNOTATED) for each in columns if each.holds is not Holds.NOTHING)
    return _guess(found, labels, clear=True) if labels and noted else None


def _guess(found: Mapping[str, str], labels: Sequence[str], *, clear: bool) -> Guess:
    read = [*keys_of("context", found.get("context", "")), found["response"]]
    kept = {key: found[key] for key in ("system", "prompt") if key in found}
    context = JOIN.join(key for key in read if key)
    return Guess.of(kept | {"context": context, "response": JOIN.join(labels)}, clear=clear, basis="names")


def _side_of(column: SampledColumn) -> str:
    """Return the labelled side by the first word of a column's name: ``prompt`` or ``response``; empty for none.

    Whether an answer is expected to refuse, as ``expected_refusal`` says, is no label of the answer that is there.
    """
    words = fold_name(column.key)
    if len(words) < 2 or not _SIDE.issuperset(words[1:]) or checks(column.key):
        return ""
    return next((side for side in _SIDES if strength(words[0], side) is Strength.WHOLE), "")


def _is_denied(key: str, rows: Sequence[Mapping[str, Any]], rarer: float) -> bool:
    """Whether one of the usual labels of a column negates another, in the rows that have one.

    Usual ones are those of a share of ``rarer`` of these rows, or more.
    """
    values = [row.get(key) for row in rows if row.get(key) not in (None, "")]
    counts = Counter(str(int(value) if isinstance(value, bool) else value).strip().lower() for value in values)
    usual = [label for label, count in counts.items() if count >= rarer * len(values)]
    return len(values) >= LEAST_ROWS and len(counts) <= _MOST_LABELS and any_denies(usual)
