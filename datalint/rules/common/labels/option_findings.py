"""Findings on the answers to questions with options, and on scores that contradict a choice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from datalint.api import Hit, Severity, excerpt, json_path
from datalint.rules.common.kept_rows import listed_rows
from datalint.rules.common.labels.answer_faults import LETTER, TWICE
from datalint.rules.common.labels.chosen_options import EMPTY, EQUAL, MISSING, Chosen, Fault, far_answers
from datalint.rules.common.pairs.side_scores import Lower, Scores

#: Share of the answers from which on they are no options.
ODD: Final = 0.05
#: Share of the pairs with other scores whose chosen side has the higher one from which on a higher score is better.
_HIGHER: Final = 0.9
#: Share of many answers that are no option from which on the same words are one by design.
_USUAL: Final = 0.1


def score_findings(scores: Scores, least: int) -> Iterator[Hit]:
    """Yield a hit for each chosen side with the lower score, and one for equal scores, if a higher score is better."""
    differing = scores.above + scores.below
    keys = [excerpt(key, 30) for key in scores.keys]
    lower = [Lower(*each) for each in listed_rows(scores.lower)]
    if differing >= least and scores.below >= _HIGHER * differing:
        yield Hit(
            f"'{keys[0]}' is lower than '{keys[1]}' in {scores.below:,} of {scores.pairs:,} pairs: are the sides swapped, or "
            "is a lower score better?",
            at=lower[0].row,
            path=json_path((scores.keys[0],)),
            severity=Severity.INFO,
            key="lower",
        )
    if differing < least or scores.above < _HIGHER * differing:
        return
    for each in lower:
        yield Hit(
            f"'{keys[0]}' is {each.chosen:g} and '{keys[1]}' is {each.rejected:g}: the rejected side has the higher score",
            at=each.row,
            path=json_path((scores.keys[0],)),
        )
    if scores.equal:
        yield Hit(
            f"{scores.equal:,} of {scores.pairs:,} pairs have equal scores under '{keys[0]}' and '{keys[1]}': no side is preferred",
            at=scores.tie,
            path=json_path((scores.keys[0],)),
            severity=Severity.INFO,
            key="ties",
        )


def many_findings(chosen: dict[str, Chosen], least: int) -> Iterator[Hit]:
    """Yield a hit for each key of which many answers are no option, at the first one."""
    for _, each in sorted(chosen.items()):
        if (far := far_answers(each, least, ODD, _USUAL)) is not None:
            count, fault = far
            named = f'{count} of {each.compared} answers under "{excerpt(fault.keys[-1], 30)}"'
            is_letter = len(fault.answer) == 1
            what = "a letter that no option has" if is_letter else "none of the options"
            yield Hit(
                f'{named} are {what}, such as "{fault.answer}"', at=fault.row, path=json_path(fault.keys), key="many"
            )


def said_of_fault(fault: Fault) -> str:
    """Say what is wrong with an answer to a question with options."""
    if fault.kind == EQUAL:
        return f'options {excerpt(fault.other, 40)} are the same: "{fault.answer}"'
    if fault.kind == EMPTY:
        return f"option {excerpt(fault.other, 10)} is empty"
    start = f'"{excerpt(fault.keys[-1], 30)}" is "{fault.answer}"'
    if fault.kind == TWICE:
        return f"{start}, an option that is there twice, as {excerpt(fault.other, 10)} too"
    if fault.kind == LETTER:
        return f"{start}, and these words are option {excerpt(fault.other, 10)}"
    if fault.differs:
        return f'"{excerpt(fault.keys[-1], 30)}" is none of the options; the nearest one differs: {fault.differs}'
    return f"{start}, and there are no options" if fault.kind == MISSING else f"{start}, which is none of the options"
