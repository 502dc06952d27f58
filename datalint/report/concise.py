"""One finding per line, for editors and grep: ``path:line: CODE message``."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from datalint.core.results import Outcome
from datalint.privacy.display import printable
from datalint.report.inert import inert
from datalint.report.places import extent, ordinal
from datalint.report.wording import field_of, unassessed
from datalint.support.numbers import counted


def concise_lines(outcome: Outcome) -> Iterator[str]:
    """Yield a line for each finding, then the verdict."""
    name = cache(printable)
    for finding in outcome.findings.grouped:
        where = "dataset" if finding.file is None else str(name(finding.file))
        if finding.line is not None:
            where += f":{finding.line}"
        row, field = ordinal(finding), field_of(finding) if finding.file is not None else None
        spot = " ".join([*([f"row {row}"] if row is not None else []), *([field] if field else [])])
        words = f"{spot}: {finding.message}" if spot else str(finding.message)
        yield inert(f"{where}: {finding.rule} {words}{extent(finding)}")
    score = "no score" if outcome.score is None else f"score {outcome.score} of 100"
    found = f"{outcome.verdict.value}: {score}, {counted(len(outcome.findings.grouped), 'finding')}"
    yield f"{found}; {why}" if (why := unassessed(outcome)) else found


def to_concise(outcome: Outcome) -> str:
    """Return the whole report in concise form."""
    return "\n".join(concise_lines(outcome)) + "\n"
