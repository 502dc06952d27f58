"""The operation behind ``datalint compare``: two runs of one plan, and what changed between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from datalint.compare import compare
from datalint.compare.base import refuse_pointers, without_ref
from datalint.config.gates import load_gates
from datalint.config.select import file_ignores
from datalint.engine.guesses.columns import with_guesses
from datalint.engine.reduce.missing_keys import refuse_missing
from datalint.engine.run import Examined, examine
from datalint.privacy.display import Shown, printable
from datalint.setup.evaluation import open_benchmarks
from datalint.setup.plan import located_keys, make_plan
from datalint.setup.provenance import find_provenance
from datalint.setup.resources import cached_chunks, find_spill, in_large_chunks

if TYPE_CHECKING:
    from datalint.cache.store import Store
    from datalint.compare import Comparison
    from datalint.compare.git import Repository
    from datalint.config.model import Settings
    from datalint.core.registry import Registry
    from datalint.sources import Source


def run_compare(
    settings: Settings,
    registry: Registry,
    old: tuple[Sequence[Source], Sequence[Source]],
    new: tuple[Sequence[Source], Sequence[Source]],
    *,
    repository: Repository | None = None,
    jobs: int = 1,
    cache: tuple[Store, bytes] | None = None,
    partial: bool = False,
) -> Comparison:
    """Lint two datasets under resolved settings and return what changed.

    ``old`` and ``new`` are the sources of the training and of the evaluation set. ``repository`` is the revision
    that the old sources were read from, so that per-file ignores know their paths. ``cache`` and ``partial`` are as for
    :func:`~datalint.operations.check.run_lint`.
    """
    for sources in (*old, *new):
        refuse_pointers(sources)
    plan = make_plan(settings, registry, new[0], partial=partial)
    benchmarks = open_benchmarks(settings) if "benchmark" in plan.needs else []
    if "provenance" in plan.needs:
        plan = replace(plan, provenance=find_provenance(settings, new[0]))
    plan, guesses = with_guesses(plan, *old, *new, benchmarks)
    plan = plan.also_needing("category", "leaks")
    gates = list(load_gates(settings).values())
    ignored = file_ignores(settings, registry)
    # The first run's rows are still in memory while the second one is made.
    spill = find_spill(settings, [*old[0], *new[0]], [*old[1], *new[1]], plan, jobs=jobs)
    before = without_ref(ignored, repository) if repository is not None else ignored
    runs = [
        examine(
            in_large_chunks(settings, sides[0], jobs=jobs),
            sides[1],
            plan,
            gates,
            ignored=each,
            jobs=jobs,
            cache=cached_chunks(cache, plan),
            keep_sketches=True,
            confine=settings.files.confine,
            benchmarks=benchmarks,
            spill=spill,
        )
        for sides, each in ((old, before), (new, ignored))
    ]
    runs = [run._replace(outcome=replace(run.outcome, fail_on=settings.fail_on)) for run in runs]
    with located_keys(settings):
        refuse_missing(plan, [run.training for run in runs])
    found = compare(*runs)
    return replace(found, notes=(*found.notes, *_accepted_note(runs), *guesses))


def _accepted_note(runs: Sequence[Examined]) -> list[Shown]:
    """Return the note that more or fewer findings are accepted, which nothing else says as the rows are the same."""
    old, new = (len(run.outcome.accepted) for run in runs)
    return [printable(f"findings accepted in rows: {old:,} before, {new:,} now")] if old != new else []
