"""What targets do with a row, for the rules that report it."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import Any

from datalint.api import Edit, Fault, Hit, Record, Replace, printable


def faults(record: Record, outcomes: Collection[str]) -> Iterator[tuple[str, Fault]]:
    """Yield ``(target, fault)`` for the faults with one of ``outcomes`` that no other rule reports."""
    for treatment in record.treatments:
        for fault in treatment.faults:
            if fault.outcome in outcomes and not fault.rule:
                yield treatment.target, fault


def hit(target: str, fault: Fault, verb: str) -> Hit:
    """Return the hit of a fault; ``verb`` says what the target does with the row."""
    what = f" ({fault.what})" if fault.what else ""
    said = f"{target} {verb}: {fault.says}{what}"
    return Hit(printable(said), path=fault.path, key=f"{target} {fault.reason} {fault.path}", fixable=bool(fault.form))


def in_other_form(record: Record) -> Iterator[Edit]:
    """Yield the edits that give tool arguments the form that all targets want, none where they want different ones."""
    forms = {fault.path: fault.form for treatment in record.treatments for fault in treatment.faults if fault.form}
    for path, form in forms.items():
        place = record.place(path)
        if place is not None:
            steps, value = place
            yield Replace(steps, _in_form(value, form))


def _in_form(value: Any, form: str) -> Any:
    return json.dumps(value, ensure_ascii=False) if form == "string" else json.loads(value)
