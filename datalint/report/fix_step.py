"""The command that fixes findings, and what it repairs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from datalint.core.fix import Safety
from datalint.core.results import FileResult, Outcome
from datalint.privacy.display import Shown
from datalint.report.fixable import fixable
from datalint.report.layout import Line, runs
from datalint.report.repeating import base_of, command_of, fixing
from datalint.support.numbers import counted

#: Shapes of one object in a file whose rows are written as lines once they are fixed, which its program can't read.
_NESTED: Final = frozenset(("intents", "reading-comprehension"))
_OBJECT: Final = "json-object"


def fix_step(outcome: Outcome, *, command: bool) -> Line:
    """Return how many places can be fixed, and with ``command`` how; empty for none."""
    safe, unsafe = fixable(outcome)
    if not safe and not unsafe:
        return []
    # Unsafe fixes are not the first to try.
    more = f" ({unsafe:,} more with --unsafe)" if safe and unsafe else "" if safe else " with --unsafe"
    lines = " in a copy as JSON Lines" if any(map(is_nested, outcome.files)) else ""
    said = f"{counted(safe or unsafe, 'place')} can be fixed{more}{lines}"
    return runs(f"{said}: ", (fix_command(outcome, None, safe=bool(safe)), "bold")) if command else runs(said)


def fix_command(outcome: Outcome, arguments: Sequence[str] | None, *, safe: bool) -> Shown:
    """Return the command that fixes the data of a run, and shows the changes before they are written."""
    base = base_of(outcome, arguments, selecting=True)
    return command_of([*fixing(base)], *(() if safe else ("--unsafe",)), name="fix")


def repaired_rules(outcome: Outcome, *safeties: Safety) -> frozenset[str]:
    """Return the codes of rules with findings that fixes of some safety repair."""
    table = outcome.findings.table
    # Each comparison costs a tenth of a query for several values, and a report asks several times.
    return frozenset().union(*(table["rule"].filter(table["fix"] == each.value) for each in safeties))


def is_nested(file: FileResult) -> bool:
    """Whether the rows of a training file are made of what an object holds, and fixes write them as rows."""
    return file.split == "train" and file.container == _OBJECT and file.shape in _NESTED
