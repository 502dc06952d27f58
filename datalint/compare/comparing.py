"""Compare two runs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from datalint.compare.edits import find_edits
from datalint.compare.keys import key_changes
from datalint.compare.matching import RowMatch, match_rows, moved_rows
from datalint.compare.model import ChangedRow, ComparedSide, Comparison, Copy, Level, RowPlace
from datalint.compare.shifts import category_shift, gate_changes, new_findings, new_leaks
from datalint.compare.summary import summarize
from datalint.privacy.display import Shown, excerpt, file_name, printable
from datalint.records.analyses import NO_TEXT
from datalint.sources.base import PARALLEL

if TYPE_CHECKING:
    from datalint.engine.run import Examined

#: The maximum number of added rows, of removed rows, and of copies with their differing words that are shown.
SHOWN: Final = 50
_EXCERPT: Final = 100
_NOT_NEAR: Final = "near-duplicates were not looked for: none of the rules that need them runs"


def compare(old: Examined, new: Examined) -> Comparison:
    """Return the changes from one run to another of the same plan."""
    matches = match_rows(old, new)
    places = (_placer(old), _placer(new))
    edits = find_edits(matches.matched, (old.reader, new.reader), places)
    edits.keys[0].read(old.reader, matches.removed)
    edits.keys[1].read(new.reader, matches.added)
    exact = [match for match in matches.matched if match.level is Level.EXACT]
    findings, fixed = new_findings(old, new, matches.matched)
    found = Comparison(
        old=_side(old),
        new=_side(new),
        unchanged=len(exact),
        moved=moved_rows(exact),
        edits=edits.edits,
        kinds={kind: edits.kinds[kind] for kind in sorted(edits.kinds, key=lambda kind: -kind.rank)},
        fields=edits.fields(),
        same_text=edits.same_text,
        keys=key_changes(*edits.keys),
        added=_shown(new, matches.added, places[1]),
        removed=_shown(old, matches.removed, places[0]),
        copies=_copies(old, new, matches.copies),
        gates=gate_changes(old.outcome, new.outcome),
        findings=findings,
        fixed=fixed,
        category=category_shift(old.dataset.category, new.dataset.category),
        leaks=new_leaks(old, new),
        # Without rows on one side there is nothing to look for.
        notes=() if matches.near or not (old.dataset.size and new.dataset.size) else (printable(_NOT_NEAR),),
    )
    return replace(found, summary=tuple(summarize(found)))


def _placer(run: Examined) -> Callable[[int], RowPlace]:
    examples = run.dataset.examples
    files = [file_name(facts.path) for facts in run.dataset.files]
    columns = [examples[name].to_list() for name in ("file", "line", "row")] if examples.height else [[], [], []]
    return lambda row: RowPlace(files[columns[0][row]], columns[1][row], columns[2][row])


def _side(run: Examined) -> ComparedSide:
    facts = run.dataset.files
    return ComparedSide(
        files=tuple(file_name(each.path) for each in facts),
        outcome=run.outcome,
        rows=run.dataset.size,
        refused=sum(each.rows_refused for each in facts),
        # The hash of parallel text is that of its first file alone.
        digests=tuple(each.sha256 if each.container != PARALLEL else "" for each in facts),
    )


def _shown(run: Examined, rows: Sequence[int], place: Callable[[int], RowPlace]) -> list[ChangedRow]:
    texts = run.reader.texts(rows[:SHOWN])
    excerpts = [excerpt(text.prompt or text.response or text.system or NO_TEXT, _EXCERPT) for text in texts]
    return [ChangedRow(place(row), excerpts[i] if i < len(excerpts) else None) for i, row in enumerate(rows)]


def _copies(old: Examined, new: Examined, copies: Sequence[RowMatch]) -> list[Copy]:
    near = [copy for copy in copies if copy.level is Level.NEAR][:SHOWN]
    texts = zip(
        old.reader.texts([copy.old for copy in near]), new.reader.texts([copy.new for copy in near]), strict=True
    )
    words = {copy.new: _differ(one, other) for copy, (one, other) in zip(near, texts, strict=True)}
    places = (_placer(old), _placer(new))
    return [
        Copy(places[1](each.new), places[0](each.old), each.level, each.similarity or 1.0, words.get(each.new))
        for each in copies
    ]


def _differ(one: Sequence[str], other: Sequence[str]) -> Shown:
    from datalint.records.difference import difference

    return printable("; ".join(difference(a, b) for a, b in zip(one, other, strict=True) if a != b))
