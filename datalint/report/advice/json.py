"""Advice as JSON, schema ``datalint-advice/1`` (docs/datalint-advice-1.schema.json)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from datalint.report.inert import to_json_document

if TYPE_CHECKING:
    from datalint.advise.advice import Advice
    from datalint.advise.fit import MethodFit
    from datalint.advise.memory import StackMemory

SCHEMA: Final = "datalint-advice/1"


def to_dict(advice: Advice) -> dict[str, Any]:
    """Return the advice as plain data; memory is in GB (10^9 bytes)."""
    from dataclasses import asdict

    from datalint.privacy.display import printable

    decision, training, row = advice.decision, advice.training, advice.decision.row
    data = None if advice.data is None else asdict(advice.data)
    return {
        "schema": SCHEMA,
        "recommendation": advice.choice,
        "headline": advice.headline,
        "path": [step._asdict() for step in decision.path],
        "leaf": decision.leaf or None,
        "open": decision.open,
        "row": None if row is None else row._asdict(),
        "changes": list(decision.changes),
        "data": data,
        "statements": [each._asdict() for each in advice.statements],
        "patterns": [each._asdict() for each in advice.patterns],
        "model": None
        if training.model is None
        else {"name": printable(training.model.name), "parameters": training.model.parameters},
        "gpu": None if training.gpu is None else {"name": training.gpu.name, "usable": training.gpu.usable},
        "run": None if advice.run is None else asdict(advice.run),
        "method": advice.method,
        "methods": [_method(each) for each in advice.methods],
        "notes": [each._asdict() for each in advice.notes],
        "settings": [each._asdict() for each in advice.settings],
        "lora_config": advice.lora_config,
        "tokens": advice.tokens,
        "hours": None if advice.time is None else advice.time._asdict(),
        "costs": [{**each._asdict(), "stale": stale} for each, stale in advice.costs],
        "missing": [each._asdict() for each in advice.missing],
    }


def to_json(advice: Advice) -> bytes:
    """Return the advice as UTF-8 JSON with a final newline."""
    return to_json_document(to_dict(advice))


def _method(fit: MethodFit) -> dict[str, Any]:
    return {
        "method": fit.method,
        "stock": _estimate(fit.stock),
        "fused": _estimate(fit.fused),
        "guide": fit.guide,
        "fit": fit.fit,
    }


def _estimate(found: StackMemory) -> dict[str, Any]:
    gb = 1e9
    return {
        **{end: round(value, 3) for end, value in found.total._asdict().items()},
        "terms": [
            {
                "name": term.name,
                **{end: round(value / gb, 3) for end, value in term.size._asdict().items()},
                "source": term.source,
            }
            for term in found.terms
        ],
    }
