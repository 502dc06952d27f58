"""Leaks of brief texts and of formulas, which any two samples of one source share: a note for each file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from datalint.api import MOST_RELATED, Dataset, Group, Hit, Leak, Severity, counted, others
from datalint.rules.common.duplicates.brief import BRIEF_WORDS, NOTED, most_frequent
from datalint.rules.common.duplicates.formulas import TAGGED
from datalint.rules.common.duplicates.leaks import same_files

#: What rows of each kind are called in the key of their note, and the shape of those that are plain texts.
_LABELLED, _FORMULAS, _PLAIN = "brief", "formulas", "headings"
_KINDS: Final = {TAGGED: _FORMULAS, "text": _PLAIN}
#: Kinds of leaks, those whose text is the same first.
_NEAREST: Final = ("exact", "normalized", "prompt", "near")
_WHY: Final = "as people often write the same"
_HEADED: Final = "as headings are"


def brief_leaks(data: Dataset) -> Iterator[Hit]:
    """Yield a hit for the brief texts of each file that the evaluation set has too, and one for the formulas.

    There is none if they are few of the evaluation rows.
    """
    held = data.evaluation
    if held is None or len({leak.evaluation for leak in data.brief_leaks}) < max(1, NOTED * held.height):
        return
    twins = {file for _, file in same_files(data)}
    files, shapes = data.examples["file"], data.examples["shape"]
    found: dict[tuple[int, str], dict[int, Leak]] = {}
    # A text that the evaluation set has is not said to be nearly in it, whichever of its rows is first.
    for leak in sorted(data.brief_leaks, key=lambda leak: _NEAREST.index(leak.kind)):
        if held["file"][leak.evaluation] not in twins:
            place = files[leak.training], _KINDS.get(shapes[leak.training], _LABELLED)
            found.setdefault(place, {}).setdefault(leak.training, leak)
    for (file, kind), leaks in found.items():
        rows = sorted(leaks)
        prompts = data.examples["response_hash" if kind == _PLAIN else "prompt_hash"]
        by_text: dict[int, list[int]] = {}
        for row in rows:
            by_text.setdefault(prompts[row], []).append(row)
        said = _formulas(leaks) if kind == _FORMULAS else _texts(leaks, labelled=kind == _LABELLED)
        yield Hit(
            f"{said}: {most_frequent(data, [Group(each) for each in by_text.values()])}",
            at=rows[0],
            related=others(rows[1:]),
            related_eval=tuple((leaks[row].evaluation, leaks[row].similarity) for row in rows[:MOST_RELATED]),
            severity=Severity.INFO,
            key=f"{kind} {file}",
            fixable=False,
        )


def _texts(leaks: Mapping[int, Leak], *, labelled: bool) -> str:
    nearly, relabelled = (sum(leak.kind == kind for leak in leaks.values()) for kind in ("near", "prompt"))
    counts = (f"{number:,} {how}" for number, how in ((nearly, "nearly"), (relabelled, "with another label")) if number)
    said = f" ({listed})" if (listed := ", ".join(counts)) else ""
    where = (
        f"in the evaluation set too{said}" if nearly < len(leaks) else "nearly the same as one in the evaluation set"
    )
    have = "row has" if len(leaks) == 1 else "rows have"
    text = "labelled text" if labelled else "text"
    return (
        f"{len(leaks):,} {have} a {text} of up to {BRIEF_WORDS} words that is {where}, {_WHY if labelled else _HEADED}"
    )


def _formulas(leaks: Mapping[int, Leak]) -> str:
    sentences = counted(len(leaks), "short sentence")
    nearly = sum(leak.kind == "near" for leak in leaks.values())
    said = f" ({nearly:,} nearly)" if nearly else ""
    return f"{sentences} {'is' if len(leaks) == 1 else 'are'} in the evaluation set too{said}, as formulas are"
