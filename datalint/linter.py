"""The linter as functions: settings and sources in, report out."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, Final

from datalint.core.errors import DatalintError
from datalint.core.needs import EVALUATED, NEEDS
from datalint.engine.plan import Active, NearSettings, Plan, needs_of
from datalint.evaluation import misplaced, open_benchmarks
from datalint.inputs import evaluation_of, open_source, paths_of, settings_of
from datalint.privacy.display import printable
from datalint.provenance import find_provenance
from datalint.report.model import Report

if TYPE_CHECKING:
    from datalint.advise.facts import Training
    from datalint.cache.store import Store
    from datalint.compare import Comparison
    from datalint.compare.base import Base
    from datalint.compare.git import Repository
    from datalint.config.model import Settings
    from datalint.core.registry import Registry
    from datalint.engine.execute.chunk_cache import ChunkCache
    from datalint.engine.reduce.accepting import Since
    from datalint.engine.reduce.suppress import Baseline
    from datalint.fixes.fixed import Fixed
    from datalint.models.spec import ModelSpec
    from datalint.sources import Source
    from datalint.targets.spec import Target

#: The options that set what names a key of rows, apart from ``--columns``.
_OPTIONS: Final = {"balance.field": "--category ", "group-by": "--group-by "}


def lint(
    source: Any,
    eval: Any = None,  # noqa: A002
    config: Settings | Mapping[str, Any] | str | os.PathLike[str] | None = None,
    *,
    jobs: int = 1,
    charts: bool = False,
) -> Report:
    """Lint a dataset and return the report.

    Args:
        source: a path, glob, folder or ``hf://datasets/OWNER/NAME`` (or a list of them, read as one dataset), a
            pandas DataFrame, a ``datasets.Dataset``, the training split of a ``DatasetDict``, or an iterable of dicts.
        eval: the evaluation set, in any of the same forms; None looks for one next to a single file or among the splits
            of a ``DatasetDict``, False for none.
        config: settings, a mapping in the form of the configuration file, or the path of one. None means the
            nearest configuration file for paths, and the defaults for objects.
        jobs: processes to read with. More than one starts them by spawning, which runs the calling script again
            unless it guards what it does with ``if __name__ == "__main__":``.
        charts: gather what the pictures of :meth:`~datalint.report.model.Report.to_html` show.

    Raises:
        DatalintError: when the data can't be read or the settings are wrong; the message has the remedy.
    """
    from datalint.config.paths import covers_data
    from datalint.core.registry import Registry

    registry = Registry.default()
    paths = paths_of(source)
    settings = settings_of(config, paths, registry)
    sources = open_source(source, settings)
    evaluation = evaluation_of(source, eval, settings, paths)
    notes = input_notes(settings, paths, sources, discovered=config is None) if paths and eval is None else []
    partial = bool(paths) and not covers_data(settings, paths)
    report = run_lint(settings, registry, sources, evaluation, jobs=jobs, charts=charts, notes=notes, partial=partial)

    def fixing(**given: Any) -> Fixed:
        from datalint.fixer import fix_opened

        return fix_opened(settings, registry, sources, evaluation, jobs=jobs, partial=partial, **given)

    return report.with_fixing(fixing)


def run_lint(
    settings: Settings,
    registry: Registry,
    sources: Sequence[Source],
    evaluation: Sequence[Source] = (),
    *,
    progress: Callable[[int], None] | None = None,
    jobs: int = 1,
    charts: bool = False,
    baseline: Baseline | None = None,
    base: Base | None = None,
    since: Since | None = None,
    today: str | None = None,
    cache: tuple[Store, bytes] | None = None,
    notes: Sequence[str] = (),
    partial: bool = False,
) -> Report:
    """Lint opened sources under resolved settings; ``progress`` is told the bytes read so far.

    ``baseline`` returns which findings a baseline covers. With ``base`` only findings on rows that changed since it are
    listed. ``since`` and ``today`` are as for :func:`~datalint.engine.run.find_hits`. ``charts`` gathers what the HTML
    report draws: lengths, categories, clusters with their texts, positions.
    ``cache`` is where chunks are kept between runs, and the identity of the code. ``notes`` go before the report's own.
    ``partial`` is as for :func:`make_plan`.
    """
    from datalint.config.gates import load_gates
    from datalint.config.select import file_ignores
    from datalint.engine.guesses import with_guesses
    from datalint.engine.run import examine

    plan = make_plan(settings, registry, partial=partial)
    benchmarks = open_benchmarks(settings) if "benchmark" in plan.needs else []
    if "provenance" in plan.needs:
        plan = replace(plan, provenance=find_provenance(settings, sources))
    plan, guesses = with_guesses(plan, sources, evaluation, benchmarks)
    if charts:
        plan = plan.also_needing("category")
    if settings.memory_limit is not None:
        from datalint.engine.execute.memory import refuse_over

        refuse_over(settings.memory_limit, sources, evaluation, plan, jobs=jobs)
    with located_keys(settings):
        examined = examine(
            sources,
            evaluation,
            plan,
            list(load_gates(settings).values()),
            ignored=file_ignores(settings, registry),
            baseline=baseline,
            progress=progress,
            jobs=jobs,
            charts=charts,
            cache=cached_chunks(cache, plan),
            check_keys=True,
            confine=settings.files.confine,
            benchmarks=benchmarks,
            since=since,
            today=today,
        )
    outcome = examined.outcome
    if base is not None:
        from datalint.compare.base import narrow

        outcome = narrow(examined, base)
    found = (*map(printable, notes), *guesses, *outcome.notes)
    return Report.of(replace(outcome, fail_on=settings.fail_on, notes=found))


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
    :func:`run_lint`.
    """
    from datalint.compare import compare
    from datalint.compare.base import refuse_pointers, without_ref
    from datalint.config.gates import load_gates
    from datalint.config.select import file_ignores
    from datalint.engine.guesses import with_guesses
    from datalint.engine.map.row_keys import refuse_missing
    from datalint.engine.run import examine

    for sources in (*old, *new):
        refuse_pointers(sources)
    plan = make_plan(settings, registry, partial=partial)
    benchmarks = open_benchmarks(settings) if "benchmark" in plan.needs else []
    if "provenance" in plan.needs:
        plan = replace(plan, provenance=find_provenance(settings, new[0]))
    plan, guesses = with_guesses(plan, *old, *new, benchmarks)
    plan = plan.also_needing("category", "leaks")
    gates = list(load_gates(settings).values())
    ignored = file_ignores(settings, registry)
    if settings.memory_limit is not None:
        from datalint.engine.execute.memory import refuse_over

        # The first run's rows are still in memory while the second one is made.
        refuse_over(settings.memory_limit, [*old[0], *new[0]], [*old[1], *new[1]], plan, jobs=jobs)
    before = without_ref(ignored, repository) if repository is not None else ignored
    runs = [
        examine(
            *sides,
            plan,
            gates,
            ignored=each,
            jobs=jobs,
            cache=cached_chunks(cache, plan),
            keep_sketches=True,
            confine=settings.files.confine,
            benchmarks=benchmarks,
        )
        for sides, each in ((old, before), (new, ignored))
    ]
    runs = [run._replace(outcome=replace(run.outcome, fail_on=settings.fail_on)) for run in runs]
    with located_keys(settings):
        refuse_missing(plan, [run.training for run in runs])
    found = compare(*runs)
    return replace(found, notes=(*found.notes, *guesses))


@contextmanager
def located_keys(settings: Settings) -> Iterator[None]:
    """Say of a key that no row has where it was set: at a line of the configuration, or by which option."""
    from datalint.engine.map.row_keys import MissingKeyError

    try:
        yield
    except MissingKeyError as error:
        setting = _as_written(settings, error.setting)
        origin = settings.origins.get(setting)
        if origin == "command line":
            meaning = setting.removeprefix("columns.")
            option = _OPTIONS.get(setting, f"--columns {meaning}=")
            raise DatalintError(f"{option}{printable(error.key)}: {error.reason}") from None
        raise DatalintError(
            f"{origin}: {setting}: {error.reason}" if origin else f"{setting}: {error.reason}"
        ) from None


def cached_chunks(cache: tuple[Store, bytes] | None, plan: Plan) -> ChunkCache | None:
    """Return the cache of chunks that were mapped by a plan; None without a store."""
    if cache is None:
        return None
    from datalint.engine.execute.chunk_cache import ChunkCache

    return ChunkCache.of(cache[0], plan, cache[1])


def make_plan(settings: Settings, registry: Registry, *, partial: bool = False) -> Plan:
    """Settle the rules and what the engine must know; imports the rules that run.

    ``partial`` says that the inputs are not all of the data that the configuration names, so that keys which it names
    may be those of other rows.
    """
    from datalint.config.gates import load_gates
    from datalint.config.select import resolve

    rules = tuple(configured(Active(*each), settings) for each in resolve(settings, registry))
    near = settings.near_duplicates
    needs = needs_of(rules, load_gates(settings).values())
    model = find_model_of(settings)
    training = None
    if settings.plan is not None:
        from datalint.training import find_training

        training = find_training(settings)
    targets = find_targets_of(settings)
    return Plan(
        rules=rules,
        columns={meaning: key for meaning, key in settings.columns.items() if meaning != "category"},
        category_key=settings.category,
        contamination=settings.benchmarks.definition,
        group_keys=tuple(dict.fromkeys(settings.group_by)),
        expected=settings.balance.expected,
        near=NearSettings(view=near.view, shingle=near.shingle, threshold=near.threshold),
        needs=needs,
        missing=_missing(settings, needs, model, training) | ({} if targets else {"target": NEEDS["target"].remedy}),
        profile=settings.profile,
        loose_keys=loose_keys(settings, rules, partial=partial),
        model=model,
        codes=registry.by_name,
        max_length=settings.max_length,
        training=training,
        targets=targets,
    )


def find_model_of(settings: Settings) -> ModelSpec | None:
    """Return the model that the settings name, None where they name none.

    Raises:
        DatalintError: when it cannot be found or read, with the line that names it.
    """
    if settings.model is None:
        if settings.max_length is not None:
            raise DatalintError(_located(settings, "max-length", "needs a model to count tokens with; add --model"))
        return None
    from datalint.models.find import find_model

    try:
        return find_model(settings.model, settings.files.confine.check)
    except DatalintError as error:
        raise DatalintError(_located(settings, "model", str(error))) from error


def find_targets_of(settings: Settings) -> tuple[Target, ...]:
    """Return the targets that the settings name.

    Raises:
        DatalintError: when one cannot be found or read, with the line that names it.
    """
    if not settings.target_names:
        return ()
    from datalint.targets.load import find_targets

    try:
        return find_targets(settings.target_names, settings.targets, settings.files.read)
    except DatalintError as error:
        raise DatalintError(_located(settings, "target", str(error))) from error


def _located(settings: Settings, key: str, sentence: str) -> str:
    line = settings.line_of(key)
    return f"--{key}: {sentence}" if line is None else f"{line}: {key}: {sentence}"


def _missing(
    settings: Settings, needs: frozenset[str], model: ModelSpec | None, training: Training | None
) -> dict[str, str]:
    """Return the reason for each need that neither the settings nor the installed packages provide."""
    from datalint.neardup.semantic import is_installed

    missing: dict[str, str] = {}
    if training is None:
        missing |= {need: NEEDS[need].remedy for need in ("plan", "memory")}
    elif (lacking := training.lacks_for_memory) is not None:
        missing["memory"] = lacking
    if model is None:
        missing |= {need: NEEDS[need].remedy for need in ("model", "tokens")}
    elif model.vocabulary is None:
        missing["tokens"] = model.lacks
    if settings.eval is False:
        reason = "evaluation is switched off (eval = false)"
        missing |= dict.fromkeys((*EVALUATED, "held-out-evaluation"), reason)
    if not settings.group_by:
        missing["groups"] = NEEDS["groups"].remedy
    if not settings.benchmarks.paths:
        missing["benchmark"] = NEEDS["benchmark"].remedy
    if "embeddings" in needs and not is_installed():
        missing["embeddings"] = NEEDS["embeddings"].remedy
    if not settings.balance.expected:
        missing["distribution"] = NEEDS["distribution"].remedy
    return missing


def loose_keys(settings: Settings, rules: Sequence[Active], *, partial: bool) -> frozenset[str]:
    """Return the settings whose key may be missing: of a configuration file that is not about these rows or rules."""
    categories = "category" in needs_of(rules)
    found = []
    for setting in (*(f"columns.{meaning}" for meaning in settings.columns), "balance.field", "group-by"):
        unneeded = partial or (setting == "balance.field" and not categories)
        if unneeded and settings.line_of(_as_written(settings, setting)) is not None:
            found.append(setting)
    return frozenset(found)


def _as_written(settings: Settings, setting: str) -> str:
    """Return the key of the configuration that a setting of the plan was made from."""
    return "columns.category" if setting == "balance.field" and settings.balance.field is None else setting


def configured(active: Active, settings: Settings) -> Active:
    """Give a rule's options the settings of the project that they take their values from, and check them.

    Raises:
        DatalintError: when the rule cannot work with them, with the line that names the option or the setting.
    """
    rule, options = active.rule, active.options
    taken = {}
    for field in fields(options):
        setting = field.metadata.get("setting")
        if setting and getattr(options, field.name) == field.default and (value := getattr(settings, setting)):
            taken[field.name] = value
    if taken:
        active = active._replace(options=replace(options, **taken))
    if rule.check_function is not None:
        try:
            rule.check_function(active.options)
        except DatalintError as error:
            line = next(filter(None, map(settings.line_of, _keys_of(active, taken))), None)
            if line is None:
                raise
            raise DatalintError(f"{line}: {error}") from error
    return active


def _keys_of(active: Active, taken: Mapping[str, Any]) -> Iterator[str]:
    """Yield the keys of the configuration that a rule's options may be set by."""
    from datalint.config.values import kebab

    for field in fields(active.options):
        if field.name in taken:
            yield field.metadata["setting"]
        else:
            yield from (f"rules.{name}.{kebab(field.name)}" for name in (active.rule.name, active.rule.code))


def input_notes(settings: Settings, paths: Sequence[str], sources: Sequence[Source], *, discovered: bool) -> list[str]:
    """Return notes on configuration files that are not used, and on evaluation files among the training files.

    ``discovered`` says that the configuration file was searched for, not named.
    """
    from datalint.config.load import unused_configurations

    files = [source.path for source in sources]
    return [*(unused_configurations(paths, files) if discovered else []), *misplaced(settings, files)]
