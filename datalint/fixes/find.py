"""Decides what to fix: the rules of a plan that offer a fix, and what to change so that they find nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from datalint.engine.execute.row_reader import Reader
from datalint.engine.map.mapper import Mapper
from datalint.engine.mapping import bytes_each, map_evaluation, map_sources
from datalint.engine.plan import needs_of
from datalint.engine.reduce.missing_keys import refuse_missing
from datalint.engine.reduce.policies import find_meant
from datalint.engine.reduce.suppress import Baseline, Ignored
from datalint.engine.run import map_benchmarks
from datalint.fixes.fixing import Fixing
from datalint.fixes.kept_rows import Keep, keep_first
from datalint.fixes.new_lines import count_new_rows
from datalint.fixes.policy import Policy, Rejected
from datalint.fixes.result import Fixes
from datalint.fixes.state import State
from datalint.sources.splits import with_lists
from datalint.verdict.kind_signs import find_kind

if TYPE_CHECKING:
    from datalint.core.kind import Kind
    from datalint.engine.execute.chunk_cache import ChunkCache
    from datalint.engine.plan import Active, Plan
    from datalint.engine.reduce.merge import Merged
    from datalint.sources import Source


def fixable(plan: Plan, only: Callable[[Active], bool] | None = None, rejected: Rejected = frozenset()) -> Plan:
    """Return the plan with the rules in ``rejected`` and those that offer a fix, if ``only`` accepts them."""
    codes = {code for code, _ in rejected}
    rules = tuple(
        each
        for each in plan.rules
        if each.rule.code in codes or (each.rule.fix is not None and (only is None or only(each)))
    )
    return replace(plan, rules=rules, needs=needs_of(rules))


def find_fixes(
    sources: Sequence[Source],
    evaluation: Sequence[Source],
    plan: Plan,
    *,
    unsafe: bool = False,
    keep: Keep = keep_first,
    ignored: Ignored | None = None,
    baseline: Baseline | None = None,
    progress: Callable[[int], None] | None = None,
    jobs: int = 1,
    cache: ChunkCache | None = None,
    named: Collection[str] = (),
    rejected: Rejected = frozenset(),
    benchmarks: Sequence[Source] = (),
) -> Fixes:
    """Return what to change in a dataset so that no rule of ``plan``, each with a fix, finds anything fixable in it.

    Without ``unsafe`` only safe fixes are applied. ``keep`` chooses the row of a cluster that stays. ``ignored``,
    ``baseline`` and ``cache`` are as for :func:`~datalint.engine.run.find_hits`: accepted findings are not fixed.
    A rule that would remove most rows is applied only if its code is ``named``. Rows with a finding in ``rejected`` are
    removed. ``benchmarks`` are compared with the rows.

    Raises:
        MissingKeyError: for a setting that names a key which no row has.
    """
    mapper = Mapper(plan, bytes_each(sources, jobs))
    training = map_sources(sources, mapper, progress, jobs=jobs, cache=cache)
    held = map_evaluation(evaluation, mapper, progress, jobs=jobs, cache=cache) if evaluation else None
    refuse_missing(plan, [training])
    training.keep_sketches = True
    reader = Reader(sources, training.examples, mapper.detector, training.kept, mapper.kernels)
    kind = _find_kind(training, plan, reader, alone=not evaluation)
    meant = find_meant(training.hits, plan.rules, training.examples.height, kind)
    held_reader = None
    if held is not None:
        held.keep_sketches = True
        detector = mapper.detector.of_evaluation()
        held_reader = Reader(evaluation, held.examples, detector, held.kept, mapper.kernels)
    places = training.examples.select("file", "line", "row", "offset")
    fixes = Fixes(plan, sources, training.files, places, reader=reader)
    state = State.of(sources, training, reader)
    policy = Policy(unsafe, keep, ignored, baseline, named, rejected)
    compared = map_benchmarks(benchmarks, plan, mapper)
    fixing = Fixing(fixes, state, mapper, (held, held_reader), compared, policy, meant, kind)
    # The state replaces its rows and sketches; the first ones, a third of the memory of a run, are not kept as well.
    del training, state
    found = fixing.run()
    # Of files as they are: a fix may replace them.
    found.new_rows = count_new_rows(found)
    return found


def _find_kind(training: Merged, plan: Plan, reader: Reader, *, alone: bool) -> Kind:
    """Return the kind of data that a check finds in the rows as they are."""
    paths = [with_lists(facts.path, facts.held_lists) for facts in training.files]
    card = plan.evaluation_card
    return find_kind(plan.kind, training.examples, paths, plan.mapping, reader, alone=alone, card=card).kind
