"""Acceptance of findings in rows: its key is taken out of a chunk before anything else reads the rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from datalint.records.acceptance import KEY, PATH, parse_acceptance
from datalint.records.record import Problem
from datalint.records.structure import Structure

if TYPE_CHECKING:
    from datalint.sources.base import Located

#: A row for each rule that a row accepts findings of: the row's index, the code, why, and the last day.
SCHEMA: Final = pl.Schema({"at": pl.Int64(), "code": pl.String(), "reason": pl.String(), "until": pl.String()})
#: The rule that reports what is wrong with the key.
_RULE: Final = "invalid-acceptance"


def without_key(records: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return records without the key by which they accept findings."""
    return [{key: each[key] for key in each if key != KEY} if KEY in each else each for each in records]


def taken(raw: Located, structure: Structure, codes: Mapping[str, str] | None) -> tuple[Located, pl.DataFrame | None]:
    """Return a chunk without the key, and a frame of :data:`SCHEMA`; the chunk itself and None where no row has it.

    ``codes`` are those of all rules, by code and name. Problems with the key are noted for its row.
    """
    if not any(KEY in group.keys for group in structure.groups):
        return raw, None
    accepted: list[tuple[int, str, str, str | None]] = []
    noticed = dict(raw.noticed)
    for at, record in enumerate(raw.records):
        if KEY not in record:
            continue
        acceptance, problems = parse_acceptance(record[KEY], codes)
        if acceptance is not None:
            accepted += [(at, code, acceptance.reason, acceptance.until) for code in acceptance.codes]
        if problems:
            found = [Problem(_RULE, sentence, record=at, path=PATH) for sentence in problems]
            noticed[at] = [*noticed.get(at, ()), *found]
    frame = pl.DataFrame(accepted, schema=SCHEMA, orient="row")
    return replace(raw, records=without_key(raw.records), structure=None, noticed=noticed), frame
