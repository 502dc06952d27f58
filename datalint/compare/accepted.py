"""What rows accept at a git revision: a pull request that accepts findings itself must not do so unnoticed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import polars as pl

from datalint.compare.base import at_revision
from datalint.core.table_format import DETECTED, TableFormat
from datalint.engine.map.acceptances import without_key
from datalint.engine.reduce.acceptances import Since
from datalint.privacy.display import printable
from datalint.records.acceptance import KEY, parse_acceptance
from datalint.records.canonical import exact_hash

if TYPE_CHECKING:
    from collections.abc import Mapping

    from datalint.compare.git import Repository
    from datalint.sources import Source

_SCHEMA = pl.Schema({"exact": pl.UInt64(), "code": pl.String()})


def accepted_since(
    repository: Repository,
    sources: Sequence[Source],
    codes: Mapping[str, str],
    table: TableFormat = DETECTED,
    *,
    binding: bool,
) -> Since:
    """Return what the rows of files accept at a revision; it is read when it is first asked for.

    Files outside of the repository are the same there. ``codes`` are those of all rules, by code and name. For
    ``table`` see :func:`~datalint.compare.base.sources_at`; ``binding`` is that of
    :class:`~datalint.engine.reduce.acceptances.Since`.
    """

    def marks() -> pl.DataFrame:
        found: list[tuple[int, str]] = []
        for source in sources:
            inside = repository.holds(source.path)
            for then in at_revision(repository, source, table) if inside else [source]:
                found += _marks(then, codes)
        return pl.DataFrame(found, schema=_SCHEMA, orient="row")

    return Since(printable(repository.label), marks, binding)


def _marks(source: Source, codes: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    for chunk in source.chunks(0):
        marked = [record for record in chunk.load().records if KEY in record]
        for record, bare in zip(marked, without_key(marked), strict=True):
            acceptance = parse_acceptance(record[KEY], codes).acceptance
            if acceptance is not None:
                exact = exact_hash(bare)
                yield from ((exact, code) for code in acceptance.codes)
