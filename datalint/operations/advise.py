"""The operation behind ``datalint advise``: settings and opened sources in, a recommendation out."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from datalint.advise.advice import Advice, advise
from datalint.advise.facts import Answers, DataFacts, Training
from datalint.setup.training import find_training
from datalint.support.named_tuple import NamedTuple

if TYPE_CHECKING:
    from datalint.cache.store import Store
    from datalint.config.model import Settings
    from datalint.core.registry import Registry
    from datalint.core.results import Outcome
    from datalint.sources import Source

#: What facts are made from: near-duplicates, and the tokens of a model.
_NEEDS: Final = ("near", "tokens")
#: Chunks up to which a check stores none.
_FEW_CHUNKS: Final = 3


class ReadFacts(NamedTuple):
    """What a dataset shows, and the outcome of the run that read it."""

    data: DataFacts
    outcome: Outcome


def read_facts(
    settings: Settings,
    registry: Registry,
    sources: Sequence[Source],
    evaluation: Sequence[Source] = (),
    *,
    progress: Callable[[int], None] | None = None,
    jobs: int = 1,
    cache: tuple[Store, bytes] | None = None,
    partial: bool = False,
) -> ReadFacts:
    """Read a dataset as a check does, and return what its rows show; the arguments are those of ``run_lint``."""
    from datalint.engine.guesses.columns import with_guesses
    from datalint.engine.run import examine
    from datalint.records.observed import facts_of
    from datalint.setup.plan import located_keys, make_plan
    from datalint.setup.resources import cached_chunks, in_large_chunks, refuse_over_limit

    plan = make_plan(_deciding(settings, registry, sources), registry, sources, partial=partial).also_needing(*_NEEDS)
    plan, _ = with_guesses(plan, sources, evaluation)
    refuse_over_limit(settings, sources, evaluation, plan, jobs=jobs)
    with located_keys(settings):
        examined = examine(
            in_large_chunks(settings, sources, jobs=jobs),
            evaluation,
            plan,
            (),
            progress=progress,
            jobs=jobs,
            cache=cached_chunks(cache, plan),
            check_keys=True,
            confine=settings.files.confine,
        )
    return ReadFacts(facts_of(examined.dataset), examined.outcome)


def _deciding(settings: Settings, registry: Registry, sources: Sequence[Source]) -> Settings:
    """Return the settings with the rules that decide which rows are valid, where no others save time.

    A larger dataset is read with all rules, as a check reads it, so that the chunks which a check stored are used.
    """
    from datalint.config.model import Selection
    from datalint.config.select import selected_codes
    from datalint.core.registry import BUILTIN_PREFIXES
    from datalint.sources.base import CHUNK_BYTES

    sizes = [source.content.size if hasattr(source, "content") else None for source in sources]
    if None in sizes or sum(filter(None, sizes)) > _FEW_CHUNKS * CHUNK_BYTES:
        return settings
    judging = tuple(BUILTIN_PREFIXES - {"FMT"})
    kept = [code for code in selected_codes(settings, registry) if not code.startswith(judging)]
    return replace(settings, command_line=Selection(select=tuple(kept)))


def answers_of(settings: Settings) -> Answers:
    """Return what the plan of the settings answers to the guide's questions."""
    plan = settings.plan
    if plan is None:
        return Answers()
    return Answers(
        goal=plan.goal,
        task=plan.task,
        knowledge=plan.knowledge,
        retrievable=plan.retrievable,
        format_or_style=plan.format_or_style,
        prompt_solves=plan.prompt_solves,
        latency_or_cost=plan.latency_or_cost,
    )


def advice_of(
    settings: Settings, answers: Answers, data: DataFacts | None, *, today: datetime.date, declared: bool = False
) -> Advice:
    """Return the advice for the plan of the settings, for answers to the guide's questions, and for a dataset.

    ``declared`` says that the plan is one of a file, even if the configuration has none.

    Raises:
        DatalintError: for a plan that cannot be.
    """
    from datalint.advise.cost import TokenPrice
    from datalint.config.model import TrainingPlan
    from datalint.stats.prices import known_prices

    training = find_training(settings) or Training(plan=TrainingPlan(), max_length=settings.max_length)
    plan = replace(
        training.plan,
        goal=answers.goal,
        knowledge=answers.knowledge,
        retrievable=answers.retrievable,
        format_or_style=answers.format_or_style,
        prompt_solves=answers.prompt_solves,
        latency_or_cost=answers.latency_or_cost,
    )
    written = any(key.startswith("plan.") and settings.line_of(key) for key in settings.origins)
    declared = declared or written or bool(plan.models) or plan.metric is not None or plan.prompt_baseline is not None
    rates = [
        TokenPrice(each.provider, each.model, each.per_million, each.as_of, each.source)
        for each in known_prices()
        if each.currency == "USD"
    ]
    return advise(answers, data, replace(training, plan=plan, declared=declared), today, rates)
