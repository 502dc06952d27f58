"""The operation behind ``datalint fix``: settings and sources in, what to change out."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from datalint.config.select import file_ignores
from datalint.core.errors import DatalintError
from datalint.engine.guesses.columns import with_guesses
from datalint.fixes.find import find_fixes, fixable
from datalint.fixes.fixed import Fixed
from datalint.fixes.kept_rows import KEEPS, Keep, keep_by, keep_first
from datalint.fixes.policy import Rejected
from datalint.fixes.result import Fixes
from datalint.setup.evaluation import open_benchmarks
from datalint.setup.inputs import evaluation_of, open_source, paths_of, settings_of
from datalint.setup.plan import located_keys, make_plan
from datalint.setup.resources import cached_chunks, refuse_over_limit

if TYPE_CHECKING:
    from datalint.cache.store import Store
    from datalint.config.model import Settings
    from datalint.core.registry import Registry
    from datalint.engine.plan import Active
    from datalint.engine.reduce.suppress import Baseline
    from datalint.sources import Source


#: The specificity of a selector that is one rule's code or name.
_ONE: Final = 4


def fix(
    source: Any,
    eval: Any = None,  # noqa: A002
    config: Settings | Mapping[str, Any] | str | os.PathLike[str] | None = None,
    *,
    unsafe: bool = False,
    keep: str | Callable[[list[dict[str, Any]]], int] = "first",
    jobs: int = 1,
) -> Fixed:
    """Fix a dataset and return what is left of it; the first three arguments and ``jobs`` are as for ``lint``.

    Args:
        source: the dataset.
        eval: the evaluation set, whose rows are removed from the dataset if ``unsafe``.
        config: the settings.
        unsafe: also remove rows and change what texts say; otherwise rows mean the same afterwards.
        keep: which of several duplicates stays: ``first``, ``longest``, ``latest`` or ``reviewed``, or a function that
            takes their records and returns the index of one.
        jobs: processes to read with.

    Raises:
        DatalintError: when the data can't be read or the settings are wrong.
    """
    from datalint.config.paths import covers_data
    from datalint.core.registry import Registry

    registry = Registry.default()
    paths = paths_of(source)
    settings = settings_of(config, paths, registry)
    sources = open_source(source, settings)
    evaluation = evaluation_of(source, eval, settings, paths, sources)
    partial = bool(paths) and not covers_data(settings, paths)
    return fix_opened(settings, registry, sources, evaluation, unsafe=unsafe, keep=keep, jobs=jobs, partial=partial)


def fix_opened(
    settings: Settings,
    registry: Registry,
    sources: Sequence[Source],
    evaluation: Sequence[Source] = (),
    *,
    unsafe: bool = False,
    keep: str | Callable[[list[dict[str, Any]]], int] = "first",
    jobs: int = 1,
    partial: bool = False,
) -> Fixed:
    """Fix opened sources; see :func:`fix`."""
    if isinstance(keep, str) and keep not in KEEPS:
        raise DatalintError(f"keep is {keep!r}; choose from {', '.join(KEEPS)}, or give a function")
    chosen = KEEPS[keep] if isinstance(keep, str) else keep_by(keep)
    return Fixed(
        run_fix(settings, registry, sources, evaluation, unsafe=unsafe, keep=chosen, jobs=jobs, partial=partial)
    )


def named_rules(settings: Settings, registry: Registry) -> frozenset[str]:
    """Return the codes of the rules that are selected one by one."""
    given = [each for layer in settings.selections for each in (*(layer.select or ()), *layer.extend_select)]
    return frozenset(registry.code_of(each) for each in given if registry.specificity(each) == _ONE)


def run_fix(
    settings: Settings,
    registry: Registry,
    sources: Sequence[Source],
    evaluation: Sequence[Source] = (),
    *,
    unsafe: bool = False,
    keep: Keep | None = None,
    progress: Callable[[int], None] | None = None,
    jobs: int = 1,
    baseline: Baseline | None = None,
    partial: bool = False,
    cache: tuple[Store, bytes] | None = None,
    only: Callable[[Active], bool] | None = None,
    rejected: Rejected = frozenset(),
) -> Fixes:
    """Return what to change in opened sources so that a check finds nothing fixable in them.

    Without ``unsafe`` rows mean the same afterwards. ``keep`` chooses the row of a cluster that stays, by default the
    first. Findings that rows, ``baseline`` or the settings accept are not fixed. ``only`` says which of the selected
    rules count. Rows with a finding in ``rejected`` (code and fingerprint) are removed. The rest is as for
    :func:`~datalint.operations.check.run_lint`.
    """

    plan = fixable(make_plan(settings, registry, sources, partial=partial), only, rejected)
    benchmarks = open_benchmarks(settings) if "benchmark" in plan.needs else []
    plan, _ = with_guesses(plan, sources, evaluation, benchmarks)
    refuse_over_limit(settings, sources, evaluation, plan, jobs=jobs)
    with located_keys(settings):
        return find_fixes(
            sources,
            evaluation,
            plan,
            unsafe=unsafe,
            keep=keep or keep_first,
            ignored=file_ignores(settings, registry),
            baseline=baseline,
            progress=progress,
            jobs=jobs,
            cache=cached_chunks(cache, plan),
            named=named_rules(settings, registry),
            rejected=rejected,
            benchmarks=benchmarks,
        )
