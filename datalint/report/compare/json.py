"""A comparison as JSON, schema ``datalint-compare/1``: everything, no table is cut."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from datalint.report.inert import to_json_document

if TYPE_CHECKING:
    from datalint.compare.model import (
        ChangedRow,
        ComparedSide,
        Comparison,
        Copy,
        EditedRow,
        FieldChange,
        GateChange,
        NewLeak,
        RowPlace,
    )

SCHEMA: Final = "datalint-compare/1"


def to_dict(found: Comparison) -> dict[str, Any]:
    """Return the comparison as plain data.

    ``excerpt`` and ``words`` are null beyond the first rows, which alone are read again.
    """
    return {
        "schema": SCHEMA,
        "identical": found.identical,
        "summary": list(found.summary),
        "old": _side(found.old),
        "new": _side(found.new),
        "rows": {
            "unchanged": found.unchanged,
            "moved": found.moved,
            "edited": len(found.edits),
            "added": len(found.added),
            "removed": len(found.removed),
        },
        "kinds": {kind.value: count for kind, count in found.kinds.items()},
        "same_text": found.same_text,
        "fields": [_change(change) for change in found.fields],
        "keys": [{"key": key.key, "old": key.old, "new": key.new} for key in found.keys],
        "edits": [_edit(edit) for edit in found.edits],
        "added": [_row(row) for row in found.added],
        "removed": [_row(row) for row in found.removed],
        "copies": [_copy(copy) for copy in found.copies],
        "gates": [_gate(gate) for gate in found.gates],
        "findings": [finding.to_dict() for finding in found.findings],
        "fixed": found.fixed,
        "category": _category(found),
        "leaks": [_leak(leak) for leak in found.leaks],
        "notes": list(found.notes),
    }


def to_json(found: Comparison) -> bytes:
    """Return the comparison as UTF-8 JSON with a final newline; equal input gives equal bytes."""
    return to_json_document(to_dict(found))


def _side(side: ComparedSide) -> dict[str, Any]:
    outcome = side.outcome
    return {
        "files": list(side.files),
        "sha256": list(side.digests),
        "rows": side.rows,
        "refused": side.refused,
        "verdict": outcome.verdict.value,
        "score": outcome.score,
        "factors": {
            name: {"score": factor.score, "verdict": factor.verdict.value} for name, factor in outcome.factors.items()
        },
        "findings": len(outcome.findings),
    }


def _change(change: FieldChange) -> dict[str, Any]:
    return {
        "what": change.what.value,
        "old": change.old,
        "new": change.new,
        "rows": change.rows,
        "values": [{"old": old, "new": new, "rows": rows} for old, new, rows in change.values],
    }


def _edit(edit: EditedRow) -> dict[str, Any]:
    return {
        "old": _place(edit.old),
        "new": _place(edit.new),
        "level": edit.level.value,
        "kind": edit.kind.value,
        "similarity": _rounded(edit.similarity),
        "words": edit.words,
    }


def _copy(copy: Copy) -> dict[str, Any]:
    return {
        "new": _place(copy.new),
        "old": _place(copy.old),
        "level": copy.level.value,
        "similarity": _rounded(copy.similarity),
        "words": copy.words,
    }


def _gate(gate: GateChange) -> dict[str, Any]:
    return {
        "factor": gate.factor,
        "title": gate.title,
        "old": {"shown": gate.before, "verdict": gate.old.value},
        "new": {"shown": gate.after, "verdict": gate.new.value},
    }


def _leak(leak: NewLeak) -> dict[str, Any]:
    return {
        "evaluation": _place(leak.evaluation),
        "training": _place(leak.training),
        "kind": leak.kind,
        "similarity": _rounded(leak.similarity),
    }


def _place(place: RowPlace) -> dict[str, Any]:
    return {"file": place.file, "line": place.line, "row": place.row}


def _row(row: ChangedRow) -> dict[str, Any]:
    return {**_place(row.place), "excerpt": row.excerpt}


def _rounded(similarity: float | None) -> float | None:
    return None if similarity is None else round(similarity, 6)


def _category(found: Comparison) -> dict[str, Any] | None:
    shift = found.category
    if shift is None:
        return None
    return {
        "old_key": shift.old_key,
        "new_key": shift.new_key,
        "distance": _rounded(shift.distance),
        "counts": [{"category": name, "old": old, "new": new} for name, old, new in shift.counts],
    }
