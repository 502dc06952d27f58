"""Leaks of brief labelled texts and of formulas, which any two samples of one source share: a note for each file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from datalint.api import MOST_RELATED, Dataset, Group, Hit, Leak, Severity, counted, others
from datalint.rules.common.brief import BRIEF_WORDS, most_frequent
from datalint.rules.common.formulas import TAGGED
from datalint.rules.common.leaks import same_files

#: What rows of either kind are called in the key of their note.
_KINDS: Final = ("brief", "formulas")
#: Kinds of leaks, those whose text is the same first.
_NEAREST: Final = ("exact", "normalized", "prompt", "near")
_WHY: Final = "as several people may write the same"


def brief_leaks(data: Dataset) -> Iterator[Hit]:
    """Yield a hit for the brief texts of each file that the evaluation set has too, and one for the formulas."""
    held = data.evaluation
    if held is None or not data.brief_leaks:
        return
    twins = {file for _, file in same_files(data)}
    files, shapes, prompts = (data.examples[name] for name in ("file", "shape", "prompt_hash"))
    found: dict[tuple[int, bool], dict[int, Leak]] = {}
    # A text that the evaluation set has is not said to be nearly in it, whichever of its rows is first.
    for leak in sorted(data.brief_leaks, key=lambda leak: _NEAREST.index(leak.kind)):
        if held["file"][leak.evaluation] not in twins:
            place = files[leak.training], shapes[leak.training] == TAGGED
            found.setdefault(place, {}).setdefault(leak.training, leak)
    for (file, tagged), leaks in found.items():
        rows = sorted(leaks)
        by_text: dict[int, list[int]] = {}
        for row in rows:
            by_text.setdefault(prompts[row], []).append(row)
        said = _formulas(leaks) if tagged else _texts(leaks)
        yield Hit(
            f"{said}: {most_frequent(data, [Group(each) for each in by_text.values()])}",
            at=rows[0],
            related=others(rows[1:]),
            related_eval=tuple((leaks[row].evaluation, leaks[row].similarity) for row in rows[:MOST_RELATED]),
            severity=Severity.INFO,
            key=f"{_KINDS[tagged]} {file}",
            fixable=False,
        )


def _texts(leaks: Mapping[int, Leak]) -> str:
    nearly, relabelled = (sum(leak.kind == kind for leak in leaks.values()) for kind in ("near", "prompt"))
    counts = (f"{number:,} {how}" for number, how in ((nearly, "nearly"), (relabelled, "with another label")) if number)
    said = f" ({listed})" if (listed := ", ".join(counts)) else ""
    where = (
        f"in the evaluation set too{said}" if nearly < len(leaks) else "nearly the same as one in the evaluation set"
    )
    have = "row has" if len(leaks) == 1 else "rows have"
    return f"{len(leaks):,} {have} a labelled text of up to {BRIEF_WORDS} words that is {where}, {_WHY}"


def _formulas(leaks: Mapping[int, Leak]) -> str:
    sentences = f"{counted(len(leaks), 'short sentence')} in which no tag names anything"
    nearly = sum(leak.kind == "near" for leak in leaks.values())
    said = f" ({nearly:,} nearly)" if nearly else ""
    return f"{sentences} {'is' if len(leaks) == 1 else 'are'} in the evaluation set too{said}, as formulas are"
